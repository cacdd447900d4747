import { ClosedError, FileIoError, fileError } from '@stratakv/core'
import { NativePanicError } from './errors.ts'
import type { NativeBinding, NativeDisk, NativeDiskOptions } from './native-binding.ts'

interface PendingCall {
  readonly path: string
  resolve(answer: number): void
  reject(error: Error): void
}

/** Outcomes taken in one step: more of them take another. */
const drainCountMax = 256
/** Of one outcome in the array: slot, 0 or 1 for a failure, answer. */
const outcomeNumbers = 3

/** The calls that run in Rust: each has a slot, under which Rust reports that it is over. */
export class NativeCalls {
  readonly disk: NativeDisk
  readonly #pending: (PendingCall | undefined)[] = []
  readonly #freeSlots: number[] = []
  readonly #outcomes = new Float64Array(drainCountMax * outcomeNumbers)
  #runningCount = 0
  #whenIdle: (() => void) | undefined
  #stopping: Promise<void> | undefined

  constructor(binding: NativeBinding, options: NativeDiskOptions) {
    this.disk = new binding.NativeDisk(options, () => this.#drain())
  }

  get isStopped(): boolean {
    return this.#stopping !== undefined
  }

  /** What `begin` starts in the slot that it is given: a byte count, an offset, a size or a file's number. */
  run(path: string, operation: string, begin: (slot: number) => void): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#stopping !== undefined) throw new ClosedError('native file system')
      // Refused at the limit: who has thousands of calls running has lost count of them, and waiting here would hide it.
      if (this.#runningCount >= this.disk.pendingCountMax) throw new FileIoError(path, operation, 'EAGAIN')
      const slot = this.#freeSlots.pop() ?? this.#pending.length
      // Before anything is kept: what it throws is thrown to the caller, and nothing runs.
      begin(slot)
      this.#pending[slot] = { path, resolve, reject }
      if (this.#runningCount++ === 0) this.disk.keepAlive(true)
    })
  }

  /** Waits for the calls that run, then ends the threads. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    if (this.#runningCount > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    this.disk.stop()
  }

  /** Called from Rust, once for all calls that were over by then. */
  #drain(): void {
    let count: number
    do {
      count = this.disk.drain(this.#outcomes)
      for (let index = 0; index < count; index++) this.#settle(index * outcomeNumbers)
    } while (count === drainCountMax)
    if (this.#runningCount > 0) return
    this.disk.keepAlive(false)
    this.#whenIdle?.()
  }

  #settle(at: number): void {
    const slot = this.#outcomes[at]!
    const call = this.#pending[slot]!
    this.#pending[slot] = undefined
    this.#freeSlots.push(slot)
    this.#runningCount--
    if (this.#outcomes[at + 1] === 0) call.resolve(this.#outcomes[at + 2]!)
    else call.reject(this.#failure(slot, call.path))
  }

  #failure(slot: number, path: string): Error {
    const { operation, errno, message } = this.disk.failure(slot)
    if (errno === 'PANIC') return new NativePanicError(path, operation, message)
    return fileError(errno, path, operation, { cause: Object.assign(new Error(message), { code: errno }) })
  }
}
