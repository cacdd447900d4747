import type { KeyChange, KvSnapshot, MaybePromise } from '@stratakv/core'
import { type MvccReader, type Steps, withReader } from '@stratakv/mvcc'
import type { CommandEnv, WriteCommand, WriteResult } from '../command.ts'
import { checkKeyInRegion } from '../region-snapshot.ts'
import type { RequestContext } from '../request.ts'

/** What differs between transaction commands on keys that are known beforehand. */
export interface TxnCommandParts<R> {
  readonly name: string
  readonly context: RequestContext
  /** Encoded: latched, and checked to lie in the region. */
  readonly keys: readonly Uint8Array[]
  /** See {@link WriteCommand.writeBytes}; what the keys do not show: values, primaries. */
  readonly extraWriteBytes?: number
  readonly exemptFromBusy?: boolean
  /** Decides, inside one round. */
  readonly decide: (reader: MvccReader, env: CommandEnv) => Steps<WriteResult<R>>
}

/** A command that latches its keys, reads them and is done in one round. */
export function txnCommand<R>(parts: TxnCommandParts<R>): WriteCommand<R> {
  return {
    name: parts.name,
    kv: parts.context.kv,
    latchKeys: parts.keys,
    writeBytes: parts.keys.reduce((sum, key) => sum + key.length, parts.extraWriteBytes ?? 0),
    exemptFromBusy: parts.exemptFromBusy ?? false,
    process(snapshot: KvSnapshot, env: CommandEnv): MaybePromise<WriteResult<R>> {
      for (const key of parts.keys) checkKeyInRegion(key, snapshot.region)
      return withReader(snapshot, snapshot.locks, (reader) => parts.decide(reader, env))
    },
  }
}

/** The result of a command that writes `changes` and is done. */
export function done<R>(changes: readonly KeyChange[], response: R): WriteResult<R> {
  return { changes, response }
}
