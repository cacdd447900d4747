import type { LogToolOptions, LogToolProgress } from './tool-deps.ts'

/** Counts the bytes of the files that are behind, and tells of it. */
export class ToolProgress {
  readonly #options: Pick<LogToolOptions, 'onProgress' | 'signal'>
  readonly #totalBytes: number
  #behindBytes = 0

  constructor(options: Pick<LogToolOptions, 'onProgress' | 'signal'>, totalBytes: number) {
    this.#options = options
    this.#totalBytes = totalBytes
  }

  /** So far into the file. Throws when the work was called off. */
  at(phase: LogToolProgress['phase'], offset: number): void {
    this.#options.signal?.throwIfAborted()
    this.#tell(phase, this.#behindBytes + offset)
  }

  fileDone(phase: LogToolProgress['phase'], fileBytes: number): void {
    this.#options.signal?.throwIfAborted()
    this.#behindBytes += fileBytes
    this.#tell(phase, this.#behindBytes)
  }

  #tell(phase: LogToolProgress['phase'], doneBytes: number): void {
    this.#options.onProgress?.({
      phase,
      doneBytes: Math.min(doneBytes, this.#totalBytes),
      totalBytes: this.#totalBytes,
    })
  }
}
