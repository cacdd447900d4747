/**
 * Tools for tests on the StrataKV seams: time that stands still, dice that fall the same way twice, disks that fail
 * or count. Nothing here runs in production.
 *
 * @packageDocumentation
 */
export {
  type CountingFileSystem,
  type CountingFileSystemOptions,
  countingFileSystem,
  type FileEvent,
} from './counting-file-system.ts'
export { settled } from './event-loop.ts'
export type { ArmedFault, Fault, FaultRule } from './fault-rule.ts'
export { type FaultyFileSystem, type FaultyFileSystemOptions, faultyFileSystem } from './faulty-file-system.ts'
export { type FileOperation, fileOperations } from './intercepted-file-system.ts'
export { type SeededRandom, seededRandom } from './seeded-random.ts'
export { forSeeds, SeedFailedError } from './seeds.ts'
export {
  type PendingTimer,
  type SimulatedClock,
  type SimulatedClockOptions,
  StillPendingError,
  simulatedClock,
  TimersPendingError,
} from './simulated-clock.ts'
