import { type Clock, isPromise, type MaybePromise, ServerIsBusyError, sleep } from '@stratakv/core'
import { CommandCancelledError } from './errors.ts'
import { deadlineOf, type ExecutionLimits } from './execution-limits.ts'

/**
 * Lets a long read share the event loop. One loop serves everything, Raft heartbeats included, so a walk over a region
 * must not keep it for longer than a slice.
 */
export interface TimeSlice {
  /** True when it is time to `pause`. Looks at the clock: ask once for some dozens of entries. */
  spent(): boolean
  /** Yields to everything else that is due, and begins the next slice. Rejects with ServerIsBusyError when the deadline has passed, with CommandCancelledError when the client has gone. */
  pause(): Promise<void>
}

/** @param sliceMs longest run without a pause */
export function startTimeSlice(command: string, limits: ExecutionLimits, clock: Clock, sliceMs: number): TimeSlice {
  const deadline = deadlineOf(limits, clock)
  let endsAt = clock.now() + sliceMs
  return {
    spent: () => clock.now() >= endsAt,
    async pause() {
      await sleep(clock, 0)
      if (limits.signal?.aborted) throw new CommandCancelledError(command)
      const now = clock.now()
      if (deadline !== undefined && now >= deadline) throw new ServerIsBusyError('deadline is exceeded')
      endsAt = now + sliceMs
    },
  }
}

/** Calls `step` until it answers false. Pauses between slices. */
export function repeat(slice: TimeSlice, step: () => MaybePromise<boolean>): MaybePromise<void> {
  for (;;) {
    const goesOn = step()
    if (isPromise(goesOn)) return repeatLater(slice, step, goesOn)
    if (!goesOn) return
    if (slice.spent()) return repeatLater(slice, step, true)
  }
}

/** A loop, not a chain of promises that would grow with every step. */
async function repeatLater(
  slice: TimeSlice,
  step: () => MaybePromise<boolean>,
  first: MaybePromise<boolean>,
): Promise<void> {
  for (let goesOn = await first; goesOn; ) {
    if (slice.spent()) await slice.pause()
    const next = step()
    goesOn = isPromise(next) ? await next : next
  }
}
