/**
 * The KvEngine seam on RocksDB, by way of `rocksdb-native`: for comparison, and for those who want RocksDB's compaction under
 * a StrataKV store.
 *
 * @packageDocumentation
 */
export { inspectRocksdb, type RocksdbDamage, type RocksdbInspection } from './database-inspection.ts'
export { openRocksdbEngine } from './rocksdb-engine.ts'
export type { RocksdbEngineOptions } from './rocksdb-engine-options.ts'
export { RocksdbUnavailableError } from './rocksdb-errors.ts'
