import {
  type ApiVersion,
  ApiVersionNotMatchedError,
  type ColumnFamily,
  InvalidColumnFamilyError,
  TtlNotEnabledError,
} from '@stratakv/core'
import { requestVersionName } from './request-version.ts'

/**
 * API V1: raw keys and values are stored as the client sent them, in the column family it names. Nothing tells raw keys
 * from transactional ones, so a client that uses both can overwrite one with the other; V2 exists because of it.
 * Stateless: one may serve a whole node.
 */
export function v1(): ApiVersion {
  return {
    name: 'V1',
    hasTtl: false,
    checkKeys: (requestVersion, _kind, command) => checkVersion(requestVersion, command),
    checkRanges: (requestVersion, _kind, command) => checkVersion(requestVersion, command),

    rawColumnFamily(requested): ColumnFamily {
      switch (requested) {
        case '':
        case 'default':
          return 'default'
        case 'lock':
        case 'write':
          return requested
        default:
          // Also `raft`: region state is never a client's to touch.
          throw new InvalidColumnFamilyError(requested)
      }
    },

    encodeRawKey: (key) => key,
    decodeRawKey: (stored) => stored,

    encodeRawValue(value, expiresAtUnixSeconds) {
      if (expiresAtUnixSeconds !== 0) throw new TtlNotEnabledError()
      return value
    },

    decodeRawValue: (stored) => ({ value: stored, expiresAtUnixSeconds: 0 }),
  }
}

/** V1 takes V1 and nothing else, whatever the keys (TiKV `src/storage/mod.rs`, check_api_version). */
function checkVersion(requestVersion: number, command: string): void {
  if (requestVersion !== 0) throw new ApiVersionNotMatchedError(command, 'V1', requestVersionName(requestVersion))
}
