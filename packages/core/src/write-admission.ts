import type { Instant } from './clock.ts'
import type { MaybePromise } from './maybe-promise.ts'

/** The valve in front of the write path. It decides; it never touches the engine. */
export interface WriteAdmission {
  /** Asked before a command takes latches. `busy`: the client is told ServerIsBusy. */
  admit(): 'go' | 'busy'
  /** Asked when the final size is known, with latches held. Waits while the engine is behind; `deadline` when that would last too long. */
  charge(writeBytes: number, deadline: Instant): MaybePromise<'charged' | 'deadline'>
  /** Gives back what a write was charged that then failed. */
  refund(writeBytes: number): void
}

/** Everything goes, at once. */
export function unlimitedAdmission(): WriteAdmission {
  return { admit: () => 'go', charge: () => 'charged', refund() {} }
}
