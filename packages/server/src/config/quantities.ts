/** TiKV's size units: powers of 1024, written with or without the `i`. Longest names first, so that `KiB` is not read as `B`. */
const sizeUnits: readonly (readonly [string, number])[] = [
  ['PiB', 1024 ** 5],
  ['TiB', 1024 ** 4],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
  ['PB', 1024 ** 5],
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['KB', 1024],
  ['B', 1],
]

/** Bytes, or undefined when `text` is no size. A bare number is bytes. */
export function parseSize(text: string): number | undefined {
  const trimmed = text.trim()
  const unit = sizeUnits.find(([name]) => trimmed.endsWith(name))
  const digits = unit === undefined ? trimmed : trimmed.slice(0, -unit[0].length).trim()
  if (!/^\d+(\.\d+)?$/.test(digits)) return undefined
  const bytes = Math.round(Number(digits) * (unit?.[1] ?? 1))
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** The shortest exact form, as TiKV's `/config` shows it. */
export function formatSize(bytes: number): string {
  for (const [name, factor] of sizeUnits) {
    if (name.length === 3 && bytes >= factor && bytes % factor === 0) return `${bytes / factor}${name}`
  }
  return `${bytes}B`
}

const durationUnits: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]

/** Milliseconds, or undefined when `text` is no duration. Units descend and each occurs once: `1h30m`, `100ms`. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(text.trim())
  if (match === null || match[0] === '') return undefined
  let total = 0
  for (const [index, [, factor]] of durationUnits.entries()) total += Number(match[index + 1] ?? 0) * factor
  total = Math.round(total)
  return Number.isSafeInteger(total) ? total : undefined
}

export function formatDuration(durationMs: number): string {
  let rest = durationMs
  let text = ''
  for (const [name, factor] of durationUnits) {
    const count = Math.floor(rest / factor)
    if (count === 0) continue
    text += `${count}${name}`
    rest -= count * factor
  }
  return text === '' ? '0s' : text
}
