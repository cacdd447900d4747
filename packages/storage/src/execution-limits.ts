import { type Clock, type Instant, ServerIsBusyError, sleep } from '@stratakv/core'
import { CommandCancelledError } from './errors.ts'
import type { RequestContext } from './request.ts'
import type { ExecuteOptions } from './scheduler.ts'

/** The moment at which the client gives up; `undefined` when it did not say. */
function deadlineOf(context: RequestContext, clock: Clock): Instant | undefined {
  const { maxExecutionDurationMs = 0 } = context
  return maxExecutionDurationMs > 0 ? clock.now() + maxExecutionDurationMs : undefined
}

/** Counted from now. */
export function executeOptions(context: RequestContext, clock: Clock): ExecuteOptions {
  const deadline = deadlineOf(context, clock)
  return {
    ...(deadline === undefined ? {} : { deadline }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  }
}

/**
 * Lets a long read share the event loop. One loop serves everything, Raft heartbeats included, so a walk over a region
 * must not keep it for longer than a slice.
 */
export interface TimeSlice {
  /** True when it is time to `pause`. Cheap: it looks at the clock at every 64th call only. */
  spent(): boolean
  /** Yields to everything else that is due, and begins the next slice. Rejects with ServerIsBusyError when the deadline has passed, with CommandCancelledError when the client has gone. */
  pause(): Promise<void>
}

const callsPerLook = 64

/** @param sliceMs longest run without a pause */
export function startTimeSlice(command: string, context: RequestContext, clock: Clock, sliceMs: number): TimeSlice {
  const deadline = deadlineOf(context, clock)
  let callCount = 0
  let endsAt: Instant | undefined
  return {
    spent() {
      if (callCount++ % callsPerLook !== 0) return false
      const now = clock.now()
      // The first look only starts the watch.
      endsAt ??= now + sliceMs
      return now >= endsAt
    },
    async pause() {
      await sleep(clock, 0)
      if (context.signal?.aborted) throw new CommandCancelledError(command)
      const now = clock.now()
      if (deadline !== undefined && now >= deadline) throw new ServerIsBusyError('deadline is exceeded')
      endsAt = now + sliceMs
    },
  }
}
