import { StrataError } from './errors.ts'
import type { ColumnFamily } from './kv-engine.ts'

/** The storage's mode; names print as TiKV prints them. */
export type ApiVersionName = 'V1' | 'V1ttl' | 'V2'
export type CommandKind = 'raw' | 'txn'

/** A raw value with its time of death. */
export interface RawValue {
  readonly value: Uint8Array
  /** Unix seconds; 0 = never. */
  readonly expiresAtUnixSeconds: number
}

/** A key range as the client sent it; an empty end is unbounded. */
export interface RequestRange {
  readonly start: Uint8Array
  readonly end: Uint8Array
}

/** Key and value format of one API version, and which requests it takes. Pure. */
export interface ApiVersion {
  readonly name: ApiVersionName
  /** Raw values carry a time to live. */
  readonly hasTtl: boolean
  /**
   * @param requestVersion kvrpcpb.APIVersion of the request's Context: 0 V1, 1 V1TTL, 2 V2
   * @param command for the error text, e.g. `raw_put`
   * @throws ApiVersionNotMatchedError, InvalidKeyModeError
   */
  checkKeys(requestVersion: number, kind: CommandKind, command: string, keys: readonly Uint8Array[]): void
  /** As `checkKeys`, for ranges. */
  checkRanges(requestVersion: number, kind: CommandKind, command: string, ranges: readonly RequestRange[]): void
  /** @throws InvalidColumnFamilyError */
  rawColumnFamily(requested: string): ColumnFamily
  /** The stored form. May be `key` itself. */
  encodeRawKey(key: Uint8Array): Uint8Array
  decodeRawKey(stored: Uint8Array): Uint8Array
  /** The stored form. May be `value` itself. @throws TtlNotEnabledError */
  encodeRawValue(value: Uint8Array, expiresAtUnixSeconds: number): Uint8Array
  /** `undefined` for a value that is deleted, or expired at `nowUnixSeconds`. */
  decodeRawValue(stored: Uint8Array, nowUnixSeconds: number): RawValue | undefined
}

/** The request speaks another API version than the storage. */
export class ApiVersionNotMatchedError extends StrataError {
  readonly code = 'KV:Storage:ApiVersionNotMatched'
  readonly command: string
  readonly storageVersion: ApiVersionName
  readonly requestVersion: string
  constructor(command: string, storageVersion: ApiVersionName, requestVersion: string) {
    super(
      `Api version in request does not match with TiKV storage, cmd: ${command}, storage: ${storageVersion}, request: ${requestVersion}`,
    )
    this.command = command
    this.storageVersion = storageVersion
    this.requestVersion = requestVersion
  }
}

/** A raw request names a column family that does not exist. */
export class InvalidColumnFamilyError extends StrataError {
  readonly code = 'KV:Storage:InvalidCF'
  readonly columnFamily: string
  constructor(columnFamily: string) {
    super(`invalid cf name: ${columnFamily}`)
    this.columnFamily = columnFamily
  }
}

/** A time to live on a storage whose values carry none. */
export class TtlNotEnabledError extends StrataError {
  readonly code = 'KV:Storage:TtlNotEnabled'
  constructor() {
    super('ttl is not enabled, but get put request with ttl')
  }
}
