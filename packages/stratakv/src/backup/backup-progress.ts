import type { Clock, Instant } from '@stratakv/core'

export type BackupPhase = 'backing up' | 'verifying' | 'restoring' | 'comparing'

export interface BackupProgress {
  readonly phase: BackupPhase
  /** Pairs so far, those of earlier runs among them. */
  readonly count: number
  /** Of their keys and values. */
  readonly bytes: number
  /** Bytes in all, when that is known. */
  readonly bytesTotal: number | undefined
  readonly isDone: boolean
}

export type ProgressListener = (progress: BackupProgress) => void

/** Often enough to see that it goes on. Milliseconds. */
const reportIntervalMs = 1000

/** Counts, and passes on a figure at most once a second, and the last one. */
export class ProgressMeter {
  readonly #clock: Clock
  readonly #listener: ProgressListener | undefined
  readonly #phase: BackupPhase
  readonly #bytesTotal: number | undefined
  #count = 0
  #bytes = 0
  #reportedAt: Instant

  constructor(
    deps: { readonly clock: Clock; readonly onProgress?: ProgressListener | undefined },
    phase: BackupPhase,
    bytesTotal?: number,
  ) {
    this.#clock = deps.clock
    this.#listener = deps.onProgress
    this.#phase = phase
    this.#bytesTotal = bytesTotal
    this.#reportedAt = this.#clock.now()
  }

  add(count: number, bytes: number): void {
    this.#count += count
    this.#bytes += bytes
    const now = this.#clock.now()
    if (now - this.#reportedAt < reportIntervalMs) return
    this.#reportedAt = now
    this.#report(false)
  }

  finish(): void {
    this.#report(true)
  }

  #report(isDone: boolean): void {
    this.#listener?.({
      phase: this.#phase,
      count: this.#count,
      bytes: this.#bytes,
      bytesTotal: this.#bytesTotal,
      isDone,
    })
  }
}
