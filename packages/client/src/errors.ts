import { type RegionId, type RpcStatusError, StrataError } from '@stratakv/core'
import type { BackoffKind } from './backoff-curve.ts'

/** The base of what this package throws. */
export abstract class ClientError extends StrataError {
  /**
   * One of the tries of a request may have been executed although its answer never came. About a write: it may be there, now or a
   * moment later.
   */
  readonly isUndetermined: boolean = false
}

/** Sets the mark on an error that is about to leave a request; others than ours pass as they are. */
export function markUndetermined(error: unknown): void {
  if (error instanceof ClientError) (error as { isUndetermined: boolean }).isUndetermined = true
}

/** One wait, and what made it necessary. */
export interface BackoffStep {
  readonly kind: BackoffKind
  readonly waitMs: number
  readonly cause: Error
}

/** The call has waited as long as it may. `cause` is what was met last. */
export class BackoffExhaustedError extends ClientError {
  readonly code = 'CLIENT_BACKOFF_EXHAUSTED'
  readonly budgetMs: number
  /** Waits by kind, all of them. */
  readonly waitCounts: ReadonlyMap<BackoffKind, number>
  /** The last waits, oldest first. */
  readonly history: readonly BackoffStep[]

  constructor(
    budgetMs: number,
    waitCounts: ReadonlyMap<BackoffKind, number>,
    history: readonly BackoffStep[],
    cause: Error,
  ) {
    const counts = [...waitCounts].map(([kind, count]) => `${kind} ${count}x`).join(', ')
    const waits = counts === '' ? '' : ` (${counts})`
    super(`gave up after ${budgetMs} ms of waiting${waits}; met last: ${cause.message}`, { cause })
    this.budgetMs = budgetMs
    this.waitCounts = waitCounts
    this.history = history
  }
}

/** The caller's signal was aborted; its reason is the `cause`. */
export class CallAbortedError extends ClientError {
  readonly code = 'CLIENT_CALL_ABORTED'

  constructor(reason: unknown) {
    super('the call was aborted by its caller', { cause: reason })
  }
}

/** The server ended the call with a gRPC status that no retry cures, such as UNIMPLEMENTED. The status is in `cause`. */
export class CallRefusedError extends ClientError {
  readonly code = 'CLIENT_CALL_REFUSED'
  readonly address: string
  readonly method: string

  constructor(address: string, method: string, cause: RpcStatusError) {
    super(`${address} refused ${method}: ${cause.message} (status ${cause.status})`, { cause })
    this.address = address
    this.method = method
  }
}

/** A region refused the request for good: asked again, it would say the same. */
export abstract class RegionRefusedError extends ClientError {
  readonly regionId: RegionId
  constructor(regionId: RegionId, message: string) {
    super(message)
    this.regionId = regionId
  }
}

/** One write is larger than the store's `raftstore.raft-entry-max-size`. */
export class WriteTooLargeError extends RegionRefusedError {
  readonly code = 'CLIENT_WRITE_TOO_LARGE'
  readonly entryBytes: number

  constructor(regionId: RegionId, entryBytes: number) {
    super(regionId, `region ${regionId} takes no write of ${entryBytes} bytes (raftstore.raft-entry-max-size)`)
    this.entryBytes = entryBytes
  }
}

/** The cluster is being set back to an earlier time; nothing else is served meanwhile. */
export class FlashbackError extends RegionRefusedError {
  readonly code = 'CLIENT_FLASHBACK'
}

/** A read's timestamp lies ahead of what the placement driver has given out. */
export class InvalidTimestampError extends RegionRefusedError {
  readonly code = 'CLIENT_INVALID_TIMESTAMP'
}

/** A region error that was met on the way, as history and causes show it. `label` is client-go's name of the kind. */
export class RegionErrorMet extends ClientError {
  readonly code = 'CLIENT_REGION_ERROR_MET'
  readonly label: string
  readonly regionId: RegionId

  constructor(label: string, regionId: RegionId, detail: string) {
    super(`region ${regionId}: ${label}${detail === '' ? '' : `: ${detail}`}`)
    this.label = label
    this.regionId = regionId
  }
}

/** The placement driver could not say where something is. Its own error, if it gave one, is the `cause`. */
export class RouteUnknownError extends ClientError {
  readonly code = 'CLIENT_ROUTE_UNKNOWN'
  /** What was asked for, e.g. `region of key 6B`. */
  readonly what: string

  constructor(what: string, options?: ErrorOptions) {
    const detail = options?.cause instanceof Error ? `: ${options.cause.message}` : ''
    super(`the placement driver does not know the ${what}${detail}`, options)
    this.what = what
  }
}

/** The server ran the command and says in words what was wrong with it. */
export class ServerError extends ClientError {
  readonly code: string = 'CLIENT_SERVER'
  /** E.g. `raw_put`. */
  readonly command: string
  /** As the server wrote it. */
  readonly text: string

  constructor(command: string, text: string) {
    super(`${command}: ${text}`)
    this.command = command
    this.text = text
  }
}

/** A key is longer than the store's `storage.max-key-size`. */
export class KeyTooLargeError extends ServerError {
  override readonly code = 'CLIENT_KEY_TOO_LARGE'
  readonly keyBytes: number
  readonly limitBytes: number

  constructor(command: string, text: string, keyBytes: number, limitBytes: number) {
    super(command, text)
    this.keyBytes = keyBytes
    this.limitBytes = limitBytes
  }
}

/** TiKV tells it in words only (`components/error_code`, KV:Storage:KeyTooLarge). */
const keyTooLargeText = /max key size exceeded, size: (\d+), limit: (\d+)/

/** The error for the text in a response's `error` field. */
export function serverError(command: string, text: string): ServerError {
  const found = keyTooLargeText.exec(text)
  if (found === null) return new ServerError(command, text)
  return new KeyTooLargeError(command, text, Number(found[1]), Number(found[2]))
}

/** A write failed in a way that leaves open whether it was done: a connection broke, an answer did not come. Why is the `cause`. */
export class UndeterminedError extends ClientError {
  readonly code = 'CLIENT_UNDETERMINED'
  readonly command: string
  override readonly isUndetermined = true

  constructor(command: string, cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    super(`whether ${command} was executed is not known: ${detail}`, { cause })
    this.command = command
  }
}

/** An argument that no server could make sense of. */
export class InvalidArgumentError extends ClientError {
  readonly code = 'CLIENT_INVALID_ARGUMENT'
  readonly argument: string

  constructor(argument: string, message: string) {
    super(`${argument} ${message}`)
    this.argument = argument
  }
}
