import type { RaftLogger, RaftLogLevel } from '@stratakv/raft'
import { ScenarioCommandError } from './arguments.ts'
import { indent } from './format.ts'

const levels = ['debug', 'info', 'warn', 'error', 'fatal', 'none'] as const
export type OutputLevel = (typeof levels)[number]

export function parseLevel(text: string): OutputLevel {
  const level = levels.find((known) => known === text.toLowerCase())
  if (level === undefined) throw new ScenarioCommandError(`log levels are ${levels.join(', ')}, not ${text}`)
  return level
}

/** What a command prints: its own words, and the log lines of nodes among them. */
export class ScenarioOutput implements RaftLogger {
  level: OutputLevel = 'debug'
  #text = ''

  isEnabled(level: RaftLogLevel): boolean {
    return levels.indexOf(level) >= levels.indexOf(this.level)
  }

  log(level: RaftLogLevel, text: string): void {
    this.#text += `${level.toUpperCase()} ${text}\n`
  }

  get isQuiet(): boolean {
    return this.level === 'none'
  }

  print(text: string): void {
    this.#text += text
  }

  /** What `run` prints is indented. */
  indented(run: () => void): void {
    const before = this.#text
    this.#text = ''
    try {
      run()
    } finally {
      this.#text = before + indent(this.#text)
    }
  }

  take(): string {
    const text = this.#text
    this.#text = ''
    return text
  }
}
