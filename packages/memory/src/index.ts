/**
 * A disk, a key-value engine and a Raft log in memory, for tests, simulation and nodes that keep nothing. The disk knows what a
 * power cut may take; the engine is the oracle of all others.
 *
 * @packageDocumentation
 */
export {
  createMemoryDisk,
  type MemoryDisk,
  type MemoryDiskDeps,
  type MemoryDiskOptions,
  type SyncCounts,
  type SyncPoint,
} from './memory-disk.ts'
export { createMemoryEngine } from './memory-engine.ts'
export { createMemoryRaftLog } from './memory-raft-log.ts'
