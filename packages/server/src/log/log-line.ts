/**
 * TiKV's text form of a log line, which its dashboards and collectors parse:
 *
 *     [2026/11/25 22:28:14.123 +00:00] [INFO] [<unknown>] ["shutting down"] [signal=SIGTERM]
 *
 * Time, level, source file, message, fields. A value is quoted as a JSON text when it holds a blank, a control character or one of `"=[]`.
 */

/** The source file is not known: lines are told apart by their text, and positions in a bundle help nobody. */
const unknownSource = '<unknown>'

/** One line, its newline included. `fields` in the order in which they are written. */
export function textLine(
  time: string,
  level: string,
  message: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  let line = `[${time}] [${level}] [${unknownSource}] [${quoted(message)}]`
  for (const [name, value] of Object.entries(fields)) line += ` [${quoted(name)}=${quoted(textOf(value))}]`
  return `${line}\n`
}

/** Milliseconds since the Unix epoch as `2026/11/25 22:28:14.123 +00:00`, in the machine's time zone. */
export function logTime(unixMs: number): string {
  const date = new Date(unixMs)
  const offset = -date.getTimezoneOffset()
  // Shifted, so that the UTC getters give the local time.
  const [day, time] = new Date(unixMs + offset * 60_000).toISOString().slice(0, -1).split('T')
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${day!.replaceAll('-', '/')} ${time} ${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand bare in a line
  return text === '' || /[\u0000-\u0020"=[\]\u007f\u2028\u2029]/.test(text) ? JSON.stringify(text) : text
}
