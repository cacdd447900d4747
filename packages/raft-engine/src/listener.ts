import type { LogQueue } from './format/file-name.ts'

/** Told of what happens, synchronously and in order. It must not throw. Bytes of an append are not yet synced when it is told of them. */
export interface RaftEngineListener {
  /** A file is about to take batches: each there is when the engine is opened, and each made later. */
  onFileOpened?(queue: LogQueue, seq: number): void
  /** Batches were written. */
  onAppended?(queue: LogQueue, seq: number, writtenBytes: number): void
  /** What was written to the file is in memory: reads see it. */
  onApplied?(queue: LogQueue, seq: number): void
  /** Files up to this one are gone, or wait to be used again. */
  onPurged?(queue: LogQueue, seq: number): void
}
