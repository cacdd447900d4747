import { type Clock, fraction, type Instant, type Random, RpcStatusError, rpcStatus } from '@stratakv/core'
import { PdUnavailableError } from './pd-errors.ts'

const waitMsMin = 50
const waitMsMax = 1000

/** True for what another try, perhaps of another member, may cure: nobody there, not the leader, no answer in time. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof RpcStatusError)) return false
  const { status } = error
  return status === rpcStatus.unavailable || status === rpcStatus.deadlineExceeded || status === rpcStatus.cancelled
}

export function callerGaveUp(signal: AbortSignal | undefined): RpcStatusError {
  return new RpcStatusError(rpcStatus.cancelled, 'the caller gave the call up', { cause: signal?.reason })
}

/** The waits between the tries of one piece of work. The first retry is at once: mostly it only has to find the new leader. */
export class RetryBudget {
  readonly #clock: Clock
  readonly #random: Random
  readonly #endsAt: Instant
  #retryCount = 0

  constructor(clock: Clock, random: Random, budgetMs: number) {
    this.#clock = clock
    this.#random = random
    this.#endsAt = clock.now() + budgetMs
  }

  /** @throws PdUnavailableError when no time is left, RpcStatusError CANCELLED when the caller gives up */
  async wait(endpoints: readonly string[], cause: unknown, signal?: AbortSignal): Promise<void> {
    const growing = Math.min(waitMsMax, waitMsMin * 2 ** Math.max(0, this.#retryCount - 1))
    // Half of it is chance, so that the clients of a cluster do not come back all at once.
    const waitMs = this.#retryCount === 0 ? 0 : growing * (0.5 + fraction(this.#random) / 2)
    this.#retryCount++
    if (this.#clock.now() + waitMs >= this.#endsAt) throw new PdUnavailableError(endpoints, cause)
    if (waitMs > 0) await pause(this.#clock, waitMs, signal)
    if (signal?.aborted) throw callerGaveUp(signal)
  }
}

/** Ends early, and normally, when `signal` is aborted. */
function pause(clock: Clock, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      timer.cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = clock.after(waitMs, done)
    signal?.addEventListener('abort', done)
    if (signal?.aborted) done()
  })
}
