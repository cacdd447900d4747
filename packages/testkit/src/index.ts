/**
 * Tools for tests on the StrataKV seams: time that stands still, dice that fall the same way twice, disks that fail
 * on purpose. Nothing here runs in production.
 *
 * @packageDocumentation
 */
export { settled } from './event-loop.ts'
export { type SeededRandom, seededRandom } from './seeded-random.ts'
export {
  type PendingTimer,
  type SimulatedClock,
  type SimulatedClockOptions,
  StillPendingError,
  simulatedClock,
  TimersPendingError,
} from './simulated-clock.ts'
