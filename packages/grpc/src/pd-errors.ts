import { type ClusterId, StrataError } from '@stratakv/core'
import type { ErrorType } from '@stratakv/proto/pdpb'

/** No placement driver could answer within the budget. */
export class PdUnavailableError extends StrataError {
  readonly code = 'PD_CLIENT_UNAVAILABLE'
  readonly endpoints: readonly string[]
  /** @param cause what the last try failed with */
  constructor(endpoints: readonly string[], cause: unknown) {
    const detail = cause instanceof Error ? `: ${cause.message}` : ''
    super(`no placement driver among ${endpoints.join(', ')} answered${detail}`, { cause })
    this.endpoints = endpoints
  }
}

/** A placement driver of another cluster answered: an address was given to somebody else, or its data was wiped. */
export class PdClusterMismatchError extends StrataError {
  readonly code = 'PD_CLIENT_CLUSTER_MISMATCH'
  readonly endpoint: string
  readonly expected: ClusterId
  readonly got: ClusterId
  constructor(endpoint: string, expected: ClusterId, got: ClusterId) {
    super(`${endpoint} belongs to cluster ${got}, not ${expected}`)
    this.endpoint = endpoint
    this.expected = expected
    this.got = got
  }
}

/** The placement driver answered that it will not: not bootstrapped yet, a store that was removed, and so on. */
export class PdRefusedError extends StrataError {
  readonly code = 'PD_CLIENT_REFUSED'
  readonly type: ErrorType
  constructor(type: ErrorType, message: string) {
    super(message)
    this.type = type
  }
}

/** The answer breaks the protocol: acting on it could lose data. */
export class PdProtocolError extends StrataError {
  readonly code = 'PD_CLIENT_PROTOCOL'
}

/** A number of ids or timestamps that cannot be asked for. */
export class PdCountError extends StrataError {
  readonly code = 'PD_CLIENT_COUNT'
  readonly count: number
  constructor(what: string, count: number, countMax: number) {
    super(`${what}: ${count} is not a whole number from 1 to ${countMax}`)
    this.count = count
  }
}

/** More callers wait than may. */
export class PdBusyError extends StrataError {
  readonly code = 'PD_CLIENT_BUSY'
  constructor(waitingMax: number) {
    super(`${waitingMax} callers wait for timestamps`)
  }
}
