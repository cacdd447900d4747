import { StrataError } from '@stratakv/core'
import type { ScenarioCommand } from '@stratakv/testkit'

/** A command that this runner does not know, or not so. It is no output of a node: the file cannot be run. */
export class ScenarioCommandError extends StrataError {
  readonly code = 'SCENARIO_COMMAND'
}

/** A command's arguments, each of which has to be asked for. */
export class Arguments {
  readonly #command: ScenarioCommand
  readonly #seen = new Set<string>()
  #position = 0

  constructor(command: ScenarioCommand) {
    this.#command = command
  }

  /** The next argument without a value. */
  next(what: string): string {
    const bare = this.rest
    const found = bare[0]
    if (found === undefined) throw new ScenarioCommandError(`${this.#command.name} lacks ${what}`)
    this.#position++
    return found
  }

  /** Those without a value that were not asked for. */
  get rest(): readonly string[] {
    return this.#bare.slice(this.#position)
  }

  takeRest(): readonly string[] {
    const { rest } = this
    this.#position += rest.length
    return rest
  }

  nextId(): number {
    return integer(this.next('a node'), 'a node')
  }

  has(key: string): boolean {
    return this.#command.arguments.some((argument) => argument.key === key && argument.values.length > 0)
  }

  list(key: string): readonly string[] | undefined {
    this.#seen.add(key)
    return this.#command.arguments.find((argument) => argument.key === key && argument.values.length > 0)?.values
  }

  text(key: string): string | undefined {
    return this.list(key)?.[0]
  }

  integer(key: string): number | undefined {
    const text = this.text(key)
    return text === undefined ? undefined : integer(text, key)
  }

  ids(key: string): readonly number[] | undefined {
    return this.list(key)?.map((text) => integer(text, key))
  }

  flag(key: string): boolean {
    const text = this.text(key)
    if (text !== undefined && text !== 'true' && text !== 'false') {
      throw new ScenarioCommandError(`${key} is true or false, not ${text}`)
    }
    return text === 'true'
  }

  /** @throws ScenarioCommandError for an argument that nobody asked for */
  end(): void {
    const extra = [
      ...this.rest,
      ...this.#command.arguments
        .filter(({ key, values }) => values.length > 0 && !this.#seen.has(key))
        .map(({ key }) => key),
    ]
    if (extra.length > 0) throw new ScenarioCommandError(`${this.#command.name} does not know ${extra.join(', ')}`)
  }

  get #bare(): readonly string[] {
    return this.#command.arguments.filter(({ values }) => values.length === 0).map(({ key }) => key)
  }
}

function integer(text: string, what: string): number {
  if (!/^\d+$/.test(text)) throw new ScenarioCommandError(`${what} is a number, not ${text}`)
  return Number(text)
}
