import type { RegionId, Timestamp } from '@stratakv/core'
import { gcKey, MvccTxn } from '@stratakv/mvcc'
import type { WriteCommand } from '../command.ts'
import { done, txnCommand } from './txn-command.ts'

export interface GcKeysRequest {
  readonly regionId: RegionId
  /** Encoded, at least one. */
  readonly keys: readonly Uint8Array[]
  readonly safePoint: Timestamp
  /** A write ends with the record that reaches it. */
  readonly writeBytesMax: number
  /** Longest run on the event loop before the write. */
  readonly sliceMs: number
}

export interface GcKeysResponse {
  /** Keys from the front that have no garbage left. Fewer than asked for: the rest wants another command, which will get on. */
  readonly completedCount: number
  readonly foundCount: number
  readonly deletedCount: number
}

/**
 * Removes old versions of some keys, as many as one small write takes. It holds their latches, so that a rollback that is
 * about to rewrite a record (see `withOverlappedRollback`) cannot bring it back after it was removed, and needs no fence for that.
 */
export function gcKeysCommand(request: GcKeysRequest): WriteCommand<GcKeysResponse> {
  const { keys, safePoint, writeBytesMax, sliceMs } = request
  return txnCommand({
    name: 'gc',
    context: { kv: { regionId: request.regionId } },
    keys,
    extraWriteBytes: writeBytesMax,
    *decide(reader, { clock }) {
      const txn = new MvccTxn(0n)
      const endsAt = clock.now() + sliceMs
      let completedCount = 0
      let foundCount = 0
      let deletedCount = 0
      for (const key of keys) {
        const outcome = yield* gcKey(reader, txn, key, safePoint, writeBytesMax)
        foundCount += outcome.foundCount
        deletedCount += outcome.deletedCount
        if (!outcome.isComplete) break
        completedCount++
        if (txn.writeBytes >= writeBytesMax || clock.now() >= endsAt) break
      }
      return done(txn.changes, { completedCount, foundCount, deletedCount })
    },
  })
}
