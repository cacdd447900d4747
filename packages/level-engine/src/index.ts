/**
 * The KvEngine seam on LevelDB, by way of `classic-level`: the node's default store.
 *
 * @packageDocumentation
 */
export { type DamagedFile, inspectLevelFiles, openLevelCopy, repairLevelDatabase } from './database-inspection.ts'
export type { FileFault } from './file-check.ts'
export { openLevelEngine } from './level-engine.ts'
export type { LevelEngineOptions, ReadMode } from './level-engine-options.ts'
