import { createRequire } from 'node:module'
import { RocksdbUnavailableError } from './rocksdb-errors.ts'

/** The part of `rocksdb-native` that is used here; it brings no types of its own. A session is the database, or a snapshot of it. */
export interface RocksdbSession {
  read(options: { readonly capacity: number; readonly autoDestroy: true }): RocksdbReadBatch
  iterator(range: RocksdbRange, options: { readonly capacity: number }): RocksdbStream
  /** Of a snapshot: its release is done when the call returns; what still reads keeps it. */
  close(): Promise<void>
}

export interface RocksdbDatabase extends RocksdbSession {
  ready(): Promise<void>
  snapshot(): RocksdbSession
  write(options: { readonly capacity: number }): RocksdbWriteBatch
  approximateSize(start: Uint8Array, end: Uint8Array): Promise<number>
}

/** Operations hold on to the arrays given until `flush` has settled. */
export interface RocksdbWriteBatch {
  tryPut(key: Uint8Array, value: Uint8Array): void
  tryDelete(key: Uint8Array): void
  tryDeleteRange(start: Uint8Array, end: Uint8Array): void
  /** On one of libuv's threads; never syncs. */
  flush(): Promise<void>
  destroy(): void
}

export interface RocksdbReadBatch {
  /** Resolves after `tryFlush`; null when the key is not there. */
  get(key: Uint8Array): Promise<Buffer | null>
  tryFlush(): void
}

export interface RocksdbRange {
  readonly gt?: Uint8Array
  readonly gte?: Uint8Array
  readonly lt?: Uint8Array
  readonly lte?: Uint8Array
  readonly reverse?: boolean
  readonly values?: boolean
  readonly limit?: number
}

/** A `streamx` readable. */
export interface RocksdbStream {
  on(event: 'data', listener: (entry: { readonly key: Buffer; readonly value: Buffer | null }) => void): void
  on(event: 'error', listener: (error: Error) => void): void
  on(event: 'end' | 'close', listener: () => void): void
  destroy(): void
}

/** RocksDB's own numbers. */
export const walRecoveryMode = {
  /** A log may end in the middle of a record; damage before that fails the open. */
  tolerateCorruptedTail: 0,
  /** Any damage fails the open. */
  absoluteConsistency: 1,
  /** What lies behind damage is dropped: the state is that of some moment. What TiKV opens with. */
  pointInTime: 2,
} as const

export interface RocksdbOpenOptions {
  readonly readOnly?: boolean
  readonly createIfMissing?: boolean
  readonly maxBackgroundJobs?: number
  readonly maxOpenFiles?: number
  readonly maxWriteBufferNumber?: number
  readonly writeBufferSize?: number
  readonly tableCacheIndexAndFilterBlocks?: boolean
  readonly blockCache?: boolean
  readonly walRecoveryMode?: number
}

type RocksdbConstructor = new (path: string, options: RocksdbOpenOptions) => RocksdbDatabase

/**
 * Loaded when an engine is opened, so that a program which only might use RocksDB starts everywhere.
 *
 * @throws RocksdbUnavailableError where there is no binary
 */
export function makeDatabase(path: string, options: RocksdbOpenOptions): RocksdbDatabase {
  const require = createRequire(import.meta.url)
  let Database: RocksdbConstructor
  try {
    Database = require('rocksdb-native') as RocksdbConstructor
  } catch (cause) {
    throw new RocksdbUnavailableError(`${process.platform}-${process.arch}`, { cause })
  }
  return new Database(path, options)
}
