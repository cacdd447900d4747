import type { ByteCount } from '@stratakv/core'

/** How point reads are done; see `LevelEngineOptions.reads`. */
export type ReadMode = 'inline' | 'threaded'

export interface LevelEngineOptions {
  /** The folder of the database; it and its parents are made if missing. */
  readonly path: string
  /**
   * `inline` (default): `get` and `getMany` answer synchronously, and an iterator's seeks after its first run on the event loop. Two to
   * four times the speed when the block is cached by LevelDB or the system; when it is not, the whole loop waits for the
   * disk. `threaded`: every read is a promise and waits on a libuv thread. For data far larger than memory on a slow disk.
   */
  readonly reads?: ReadMode
  /** LevelDB's cache of uncompressed blocks. Default 64 MiB; changes speed only. */
  readonly blockCacheBytes?: ByteCount
  /**
   * A memtable is written to a table at this size; up to two are in memory. Default 32 MiB. Larger means fewer, larger
   * tables and less rewriting, but a longer recovery (about 1 s for each 100 MiB of log) and longer flushes.
   */
  readonly memtableBytes?: ByteCount
  /** Snappy for table blocks that shrink by it. Default true. Off saves CPU and costs disk. */
  readonly compression?: boolean
  /** Table files kept open, each with its index in memory. Default 1000, which spans 8 GiB of data. */
  readonly maxOpenFiles?: number
}
