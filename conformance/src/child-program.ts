import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type Clock, systemClock } from '@stratakv/core'

/** How a program ended. */
export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ProgramOptions {
  readonly cwd?: string
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Takes each line of standard output and standard error. */
  readonly onLine?: (line: string) => void
}

/** A program that could not be started, or did not end as it should. */
export class ProgramFailedError extends Error {
  override readonly name = 'ProgramFailedError'
  readonly command: string

  constructor(command: string, reason: string, options?: ErrorOptions) {
    super(`${command}: ${reason}`, options)
    this.command = command
  }
}

/** Programs that have not ended. They must not outlive this process. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143))
}

/** One child process, ended by its id and never by its name. */
export class ChildProgram {
  readonly command: string
  readonly ended: Promise<ProgramEnd>
  private readonly child: ChildProcess

  constructor(command: string, args: readonly string[], options: ProgramOptions = {}) {
    this.command = command
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    running.add(child)
    const drained = [child.stdout, child.stderr].map((stream) => drain(stream, options.onLine))
    this.ended = new Promise<ProgramEnd>((resolve, reject) => {
      child.once('error', (cause) => {
        running.delete(child)
        reject(new ProgramFailedError(command, cause.message, { cause }))
      })
      child.once('close', (code, signal) => {
        running.delete(child)
        // The last lines first, then the end.
        void Promise.all(drained).then(() => resolve({ code, signal }))
      })
    })
    // A failed start is seen by whoever awaits `ended`; until then it is no unhandled rejection.
    this.ended.catch(() => {})
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Sends a signal to this process alone. Does nothing once it has ended. */
  signal(signal: NodeJS.Signals): void {
    if (running.has(this.child)) this.child.kill(signal)
  }

  /** Ends with `signal`, and with SIGKILL when that has done nothing for `patienceMs`. */
  async stop(signal: NodeJS.Signals, patienceMs: number, clock: Clock = systemClock()): Promise<ProgramEnd> {
    this.signal(signal)
    const lost = clock.after(patienceMs, () => this.signal('SIGKILL'))
    try {
      return await this.ended
    } finally {
      lost.cancel()
    }
  }
}

/** Runs a program to its end and returns it with what it printed. A run longer than `timeoutMs` is killed. */
export async function runProgram(
  command: string,
  args: readonly string[],
  timeoutMs: number,
  options: ProgramOptions = {},
): Promise<ProgramEnd & { readonly lines: readonly string[]; readonly timedOut: boolean }> {
  const lines: string[] = []
  let timedOut = false
  const program = new ChildProgram(command, args, {
    ...options,
    onLine: (line) => {
      lines.push(line)
      options.onLine?.(line)
    },
  })
  const timer = systemClock().after(timeoutMs, () => {
    timedOut = true
    program.signal('SIGKILL')
  })
  try {
    return { ...(await program.ended), lines, timedOut }
  } finally {
    timer.cancel()
  }
}

async function drain(stream: Readable | null, onLine: ((line: string) => void) | undefined): Promise<void> {
  if (!stream) return
  for await (const line of createInterface({ input: stream })) onLine?.(line)
}
