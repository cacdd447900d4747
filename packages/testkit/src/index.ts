/**
 * Tools for tests on the StrataKV seams: time that stands still, dice that fall the same way twice, disks that fail
 * or count. Nothing here runs in production.
 *
 * @packageDocumentation
 */

// They live in core, because a node that fails on purpose draws from them too; tests find them here as ever.
export { type SeededRandom, seededRandom } from '@stratakv/core'
export {
  type CountingFileSystem,
  type CountingFileSystemOptions,
  countingFileSystem,
  type FileEvent,
} from './counting-file-system.ts'
export { settled } from './event-loop.ts'
export type { ArmedFault, Fault, FaultRule } from './fault-rule.ts'
export { type FaultyFileSystem, type FaultyFileSystemOptions, faultyFileSystem } from './faulty-file-system.ts'
export { type FaultyRpc, type FaultyRpcOptions, faultyRpc, type RpcCallSeen, type RpcFault } from './faulty-rpc.ts'
export {
  FuzzFindingError,
  type FuzzOptions,
  type FuzzReport,
  type FuzzTarget,
  fuzz,
  tryInput,
} from './fuzz.ts'
export {
  type FileCall,
  type FileOperation,
  fileOperations,
  InterceptedFileSystem,
  type Interceptor,
} from './intercepted-file-system.ts'
export { mutate } from './mutate.ts'
export {
  parseScenarioFile,
  runScenario,
  type ScenarioArgument,
  type ScenarioCommand,
  type ScenarioMismatch,
  ScenarioSyntaxError,
} from './scenario-file.ts'
export { forSeeds, SeedFailedError } from './seeds.ts'
export {
  type PendingTimer,
  type SimulatedClock,
  type SimulatedClockOptions,
  StillPendingError,
  simulatedClock,
  TimersPendingError,
} from './simulated-clock.ts'
export type { Anomaly, AnomalyType, History, HistoryTxn } from './snapshot-history.ts'
export { snapshotIsolationAnomalies } from './snapshot-isolation.ts'
