/**
 * The KvEngine seam on LevelDB, by way of `classic-level`: the node's default store.
 *
 * @packageDocumentation
 */
export { type LevelEngineOptions, openLevelEngine, type ReadMode } from './level-engine.ts'
