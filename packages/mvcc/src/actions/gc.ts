import type { Timestamp } from '@stratakv/core'
import type { MvccTxn } from '../mvcc-txn.ts'
import type { MvccReader } from '../reader.ts'
import { type Steps, wait } from '../steps.ts'
import type { VersionedWrite } from '../write-record.ts'

export interface GcOutcome {
  readonly foundCount: number
  readonly deletedCount: number
  /** False: the write limit was reached, apply the changes and call again for the same key. */
  readonly isComplete: boolean
}

/**
 * Removes the versions of one key that no reader at or above `safePoint` can see. Locks older than the safe point must
 * have been resolved before.
 *
 * Newest to oldest among the records at or below the safe point: locks and rollbacks go; the first put stays, what is
 * below it goes; a first delete goes too, but last, when nothing is left below that it would have to hide.
 *
 * @param key encoded
 * @param writeBytesMax stop when `txn` holds as much. A delete marker is never removed in a round that was cut short.
 */
export function* gcKey(
  reader: MvccReader,
  txn: MvccTxn,
  key: Uint8Array,
  safePoint: Timestamp,
  writeBytesMax: number,
): Steps<GcOutcome> {
  let foundCount = 0
  let deletedCount = 0
  let decided = false
  let deleteMarker: Timestamp | undefined
  let version = yield* wait(reader.seekWrite(key, safePoint))
  while (version !== undefined) {
    if (txn.writeBytes >= writeBytesMax) return { foundCount, deletedCount, isComplete: false }
    foundCount++
    const { commitTs, write } = version
    if (decided || write.kind === 'lock' || write.kind === 'rollback') {
      removeVersion(txn, key, version)
      deletedCount++
    } else {
      decided = true
      if (write.kind === 'delete') deleteMarker = commitTs
    }
    version = yield* wait(reader.nextWrite(key))
  }
  if (deleteMarker !== undefined) {
    txn.deleteWrite(key, deleteMarker)
    deletedCount++
  }
  return { foundCount, deletedCount, isComplete: true }
}

function removeVersion(txn: MvccTxn, key: Uint8Array, { commitTs, write }: VersionedWrite): void {
  txn.deleteWrite(key, commitTs)
  if (write.kind === 'put' && write.shortValue === undefined) txn.deleteValue(key, write.startTs)
}
