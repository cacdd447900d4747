import { StrataError } from '@stratakv/core'

/** `key`, `key=value` or `key=(value, value)`. */
export interface ScenarioArgument {
  readonly key: string
  /** None when there is no `=`. */
  readonly values: readonly string[]
}

/** One command of a scenario file and what it is expected to print. */
export interface ScenarioCommand {
  /** Of the command's own line, from 1 on. */
  readonly line: number
  readonly name: string
  readonly arguments: readonly ScenarioArgument[]
  /** Lines between the command and the rule. */
  readonly input: string
  /** Ends with a line break, unless it is empty. */
  readonly expected: string
}

export class ScenarioSyntaxError extends StrataError {
  readonly code = 'SCENARIO_SYNTAX'
  readonly line: number
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`)
    this.line = line
  }
}

/**
 * Reads a scenario file, in the grammar of cockroachdb/datadriven: stanzas with blank lines between, and comments, lines with a
 * `#`, outside of them. A stanza is a command, lines of input, a rule `----`, and the output up to a blank line. With the rule
 * twice, the output goes on to the rule twice again, blank lines and all. A command that ends in a backslash goes on in the
 * next line.
 * @throws ScenarioSyntaxError
 */
export function parseScenarioFile(text: string): ScenarioCommand[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  const commands: ScenarioCommand[] = []
  let at = 0
  while (at < lines.length) {
    if (isBlank(lines[at]!) || lines[at]!.startsWith('#')) {
      at++
      continue
    }
    const line = at + 1
    let head = lines[at++]!.trim()
    while (head.endsWith('\\') && at < lines.length) head = `${head.slice(0, -1)} ${lines[at++]!.trim()}`
    const input: string[] = []
    while (at < lines.length && lines[at] !== rule) input.push(lines[at++]!)
    if (at === lines.length) throw new ScenarioSyntaxError(line, `no rule ${rule} behind ${head}`)
    at++
    const isFenced = lines[at] === rule
    if (isFenced) at++
    const output: string[] = []
    while (at < lines.length) {
      if (isFenced ? lines[at] === rule && lines[at + 1] === rule : isBlank(lines[at]!)) break
      output.push(lines[at++]!)
    }
    if (isFenced && at === lines.length) throw new ScenarioSyntaxError(line, `the output's ${rule} twice has no end`)
    if (isFenced) at += 2
    const [name, ...rest] = tokensOf(head, line)
    commands.push({
      line,
      name: name!.key,
      arguments: rest,
      input: input.join('\n'),
      expected: output.map((row) => `${row}\n`).join(''),
    })
  }
  return commands
}

/** What a command printed otherwise than expected. */
export interface ScenarioMismatch {
  readonly command: ScenarioCommand
  readonly actual: string
}

/**
 * Runs commands in turn; `run` answers what is printed, or throws, and then the error's text is what is printed. A missing line
 * break at the end is added. Ends at the first difference.
 */
export async function runScenario(
  commands: readonly ScenarioCommand[],
  run: (command: ScenarioCommand) => string | Promise<string>,
): Promise<ScenarioMismatch | undefined> {
  for (const command of commands) {
    let printed: string
    try {
      printed = await run(command)
    } catch (error) {
      printed = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
    const actual = printed === '' || printed.endsWith('\n') ? printed : `${printed}\n`
    if (actual !== command.expected) return { command, actual }
  }
  return undefined
}

const rule = '----'

function isBlank(line: string): boolean {
  return line.trim() === ''
}

function tokensOf(head: string, line: number): ScenarioArgument[] {
  const tokens: ScenarioArgument[] = []
  const token = /\s*([^\s=()]+)(?:=(?:\(([^()]*)\)|([^\s()]*)))?(?=\s|$)/gy
  let end = 0
  for (let match = token.exec(head); match !== null; match = token.exec(head)) {
    const [, key, list, value] = match
    const values = list !== undefined ? splitList(list) : value !== undefined ? [value] : []
    tokens.push({ key: key!, values })
    end = token.lastIndex
  }
  if (tokens.length === 0 || head.slice(end).trim() !== '') {
    throw new ScenarioSyntaxError(line, `what is meant by ${head.slice(end).trim()}?`)
  }
  return tokens
}

function splitList(list: string): string[] {
  return list.trim() === '' ? [] : list.split(',').map((value) => value.trim())
}
