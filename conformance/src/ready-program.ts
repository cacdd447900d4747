import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Clock, systemClock } from '@stratakv/core'
import { ChildProgram, ProgramFailedError } from './child-program.ts'

/** A process is up in well under a second; a slow machine and a long recovery fit in. */
export const startMsMax = 60_000
/** A clean end flushes; what takes longer is killed, which counts as a failure of the caller's check. */
export const stopMsMax = 30_000

/** The built command, found as an installed package would be. */
export function commandPath(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('stratakv/package.json'))), 'dist', 'main.js')
}

/**
 * Starts `node` with these arguments. Resolves when it says that it is ready. `log` gets its last lines.
 *
 * @throws ProgramFailedError when it ends before
 */
export async function startReady(
  name: string,
  args: readonly string[],
  log: LastLines,
  clock: Clock = systemClock(),
): Promise<ChildProgram> {
  let ready = (): void => {}
  const serving = new Promise<void>((resolve) => {
    ready = resolve
  })
  const program = new ChildProgram(process.execPath, args, {
    onLine: (line) => {
      log.take(line)
      if (/\bready\b/.test(line)) ready()
    },
  })
  const late = clock.after(startMsMax, () => program.signal('SIGKILL'))
  const ended = program.ended.then((end) => {
    throw new ProgramFailedError(name, `ended (${end.signal ?? end.code}) before it was ready\n${log.text}`)
  })
  try {
    await Promise.race([serving, ended])
    return program
  } finally {
    ended.catch(() => {})
    late.cancel()
  }
}

/** Kept of a process's own log, to be shown when something fails. */
export class LastLines {
  readonly #lines: string[] = []
  readonly #countMax: number

  constructor(countMax = 6) {
    this.#countMax = countMax
  }

  take(line: string): void {
    if (line.trim() === '') return
    this.#lines.push(line)
    if (this.#lines.length > this.#countMax) this.#lines.shift()
  }

  get all(): readonly string[] {
    return this.#lines
  }

  get text(): string {
    return this.#lines.join('\n')
  }
}
