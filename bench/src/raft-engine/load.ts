/** One load on one engine: `conformance/raft-engine-rs/src/bench.rs` puts the same on the crate, with threads as callers. */
export interface Load {
  readonly regions: number
  /** Each keeps one write in flight, and has regions of its own. */
  readonly writers: number
  readonly entryBytes: number
  readonly kind: 'incompressible' | 'json'
  /** A write takes 1 to so many entries of one region, and a state of 20 bytes. */
  readonly entriesMax: number
  readonly seed: number
  readonly warmupMs: number
  readonly durationMs: number
  /** Operations a second that are offered; absent: each writer goes on at once. */
  readonly rate?: number
  /** Each region is compacted to so many entries, all in one write, every `compactMs`. */
  readonly keep: number
  readonly compactMs: number
  readonly purgeMs: number
  readonly targetFileSize: number
  readonly purgeThreshold: number
}

/** What a process tells of its load. The crate's program prints the same names. */
export interface LoadResult {
  readonly operations: number
  readonly seconds: number
  /** Payloads of entries, keys and values. */
  readonly userBytes: number
  /** The kernel's account of what this process sent to storage, from the warm-up's end until the engine was closed. */
  readonly writtenBytes: number
  /** User and system time of all threads. */
  readonly cpuSeconds: number
  /** From the intended start of each operation. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly purges: number
  /** The longest write that overlapped a purge. */
  readonly purgePauseMs: number
  /** The event loop's longest delay while a purge ran; absent where there is no event loop. */
  readonly purgeLoopDelayMs?: number
}

/** As arguments of the crate's program. */
export function loadArguments(load: Load): readonly string[] {
  const { rate } = load
  return [
    ['regions', load.regions],
    ['writers', load.writers],
    ['entry-bytes', load.entryBytes],
    ['kind', load.kind],
    ['entries-max', load.entriesMax],
    ['seed', load.seed],
    ['warmup-ms', load.warmupMs],
    ['duration-ms', load.durationMs],
    ['keep', load.keep],
    ['compact-ms', load.compactMs],
    ['purge-ms', load.purgeMs],
    ['target-file-size', load.targetFileSize],
    ['purge-threshold', load.purgeThreshold],
    ...(rate === undefined ? [] : [['rate', rate]]),
  ].map(([name, value]) => `${name}=${value}`)
}
