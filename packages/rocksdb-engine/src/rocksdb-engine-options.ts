import type { ByteCount } from '@stratakv/core'

export interface RocksdbEngineOptions {
  /** The folder of the database; it and its parents are made if missing. */
  readonly path: string
  /**
   * A memtable is written to a table at this size. Default 32 MiB. Larger means fewer, larger tables and less rewriting, but
   * a longer recovery and longer flushes.
   */
  readonly memtableBytes?: ByteCount
  /** Memtables in memory, the one that takes writes among them; at the limit writes wait for a flush. Default 5, as in TiKV. */
  readonly memtableCountMax?: number
  /** Threads for flushes and compactions, which are RocksDB's own and never libuv's. Default 2. */
  readonly backgroundJobCountMax?: number
  /** Table files kept open, each with its index and filter in memory. Default 1000, which spans 64 GiB of data. */
  readonly maxOpenFiles?: number
  /** RocksDB's cache of blocks, which is 32 MiB when on. Default true; changes speed only. */
  readonly blockCache?: boolean
}
