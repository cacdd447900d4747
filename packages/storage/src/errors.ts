import { StrataError, toHex } from '@stratakv/core'

/** A raw key is longer than `storage.max-key-size`, as the client sent it. */
export class RawKeyTooLargeError extends StrataError {
  readonly code = 'KV:Storage:KeyTooLarge'
  readonly keyBytes: number
  readonly limitBytes: number
  constructor(keyBytes: number, limitBytes: number) {
    super(`max key size exceeded, size: ${keyBytes}, limit: ${limitBytes}`)
    this.keyBytes = keyBytes
    this.limitBytes = limitBytes
  }
}

/** The empty key is a bound, never a place for a value. */
export class EmptyKeyError extends StrataError {
  readonly code = 'STORAGE_EMPTY_KEY'
  /** E.g. `raw_put`. */
  readonly command: string
  constructor(command: string) {
    super(`${command} needs a key that is not empty`)
    this.command = command
  }
}

/** A range that is upside down, or reaches beyond the region. All keys are encoded. */
export class InvalidRequestRangeError extends StrataError {
  readonly code = 'KV:Storage:InvalidReqRange'
  readonly start: Uint8Array
  readonly end: Uint8Array
  readonly regionStart: Uint8Array
  readonly regionEnd: Uint8Array
  constructor(start: Uint8Array, end: Uint8Array, regionStart: Uint8Array, regionEnd: Uint8Array) {
    super(
      `Request range exceeds bound, request range:[${toHex(start)}, ${toHex(end)}), physical bound:[${toHex(regionStart)}, ${toHex(regionEnd)})`,
    )
    this.start = start
    this.end = end
    this.regionStart = regionStart
    this.regionEnd = regionEnd
  }
}

/** The ranges of a raw batch scan are empty or upside down. */
export class InvalidKeyRangesError extends StrataError {
  readonly code = 'STORAGE_INVALID_KEY_RANGES'
  constructor() {
    super('Invalid KeyRanges')
  }
}

/** UnsafeDestroyRange without a bound would destroy what nobody named. */
export class UnboundedDestroyRangeError extends StrataError {
  readonly code = 'STORAGE_UNBOUNDED_DESTROY_RANGE'
  constructor() {
    super('unsafe destroy range needs a start key and an end key')
  }
}

/** A batch put has neither no time to live, nor one, nor one for each pair. */
export class TtlCountMismatchError extends StrataError {
  readonly code = 'KV:Storage:TtlLenNotEqualsToPairs'
  readonly ttlCount: number
  readonly pairCount: number
  constructor(ttlCount: number, pairCount: number) {
    super('The length of ttls does not equal to the length of pairs')
    this.ttlCount = ttlCount
    this.pairCount = pairCount
  }
}

/**
 * One answer would take more memory than `replyBytesMax`. It is refused rather than cut short: clients take fewer pairs
 * than they asked for as the end of the range.
 */
export class ReplyTooLargeError extends StrataError {
  readonly code = 'STORAGE_REPLY_TOO_LARGE'
  readonly limitBytes: number
  constructor(limitBytes: number) {
    super(`the answer is larger than ${limitBytes} bytes: ask for fewer pairs at a time`)
    this.limitBytes = limitBytes
  }
}

/** The client went away before its command was handed to the Kv: nothing was written. */
export class CommandCancelledError extends StrataError {
  readonly code = 'STORAGE_COMMAND_CANCELLED'
  readonly command: string
  constructor(command: string) {
    super(`${command} was cancelled by its client`)
    this.command = command
  }
}
