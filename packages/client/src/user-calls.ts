import { type Clock, ClosedError, type Histogram, isPromise, type MaybePromise, type Telemetry } from '@stratakv/core'
import type { CallScope, CallScopes } from './call-scope.ts'
import { UndeterminedError } from './errors.ts'

/** One kind of user call, e.g. `raw_get`. */
export interface CallKind {
  readonly name: string
  /** A failure that leaves open whether it was done is an UndeterminedError. */
  readonly isWrite: boolean
}

export interface UserCallsDeps {
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly scopes: CallScopes
}

/** What every call of a user has around it: a scope, a span, a duration, and the last word about writes. */
export class UserCalls {
  readonly #deps: UserCallsDeps
  readonly #seconds: Histogram
  #isClosed = false

  /** `metric`: of the calls' durations. */
  constructor(deps: UserCallsDeps, metric: { readonly name: string; readonly help: string }) {
    this.#deps = deps
    this.#seconds = deps.telemetry.histogram({ ...metric, labels: ['type'] })
  }

  /** Calls from now on fail with ClosedError. */
  close(): void {
    this.#isClosed = true
  }

  /** Never throws: what `body` throws is a rejection. */
  run<T>(
    kind: CallKind,
    budgetMs: number,
    signal: AbortSignal | undefined,
    body: (scope: CallScope) => MaybePromise<T>,
  ): Promise<T> {
    if (this.#isClosed) return Promise.reject(new ClosedError('client'))
    const { clock, telemetry, scopes } = this.#deps
    const span = telemetry.span(kind.name)
    const startedAt = clock.now()
    const scope = scopes.open({ budgetMs, signal })
    const succeed = (value: T): T => {
      this.#seconds.observe((clock.now() - startedAt) / 1000, kind.name)
      span.end()
      return value
    }
    const fail = (error: unknown): never => {
      this.#seconds.observe((clock.now() - startedAt) / 1000, kind.name)
      const told = kind.isWrite && scope.undeterminedCount > 0 ? asUndetermined(kind, error) : error
      span.end(told)
      throw told
    }
    try {
      const answer = body(scope)
      return isPromise(answer) ? answer.then(succeed, fail) : Promise.resolve(succeed(answer))
    } catch (error) {
      return Promise.resolve(error).then(fail)
    }
  }
}

function asUndetermined(kind: CallKind, error: unknown): UndeterminedError {
  return error instanceof UndeterminedError ? error : new UndeterminedError(kind.name, error)
}
