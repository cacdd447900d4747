import type { Clock, Instant } from '@stratakv/core'
import type { RequestContext } from './request.ts'
import type { ExecuteOptions } from './scheduler.ts'

/** How long, and for whom, a request is worth its work. */
export type ExecutionLimits = Pick<RequestContext, 'maxExecutionDurationMs' | 'signal'>

/** The moment at which the client gives up, counted from now; `undefined` when it did not say. */
export function deadlineOf({ maxExecutionDurationMs = 0 }: ExecutionLimits, clock: Clock): Instant | undefined {
  return maxExecutionDurationMs > 0 ? clock.now() + maxExecutionDurationMs : undefined
}

/** Counted from now. */
export function executeOptions(limits: ExecutionLimits, clock: Clock): ExecuteOptions {
  const deadline = deadlineOf(limits, clock)
  const { signal } = limits
  if (deadline === undefined) return signal === undefined ? unlimited : { signal }
  return signal === undefined ? { deadline } : { deadline, signal }
}

const unlimited: ExecuteOptions = {}
