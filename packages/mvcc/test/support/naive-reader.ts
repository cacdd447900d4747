import { maxTimestamp, type Timestamp } from '@stratakv/core'
import type { Lock, ReadView, Write } from '../../src/index.ts'

/** One key's whole stored state, as plain data. */
export interface NaiveKey {
  readonly name: string
  readonly lock: Lock | undefined
  /** Any order. */
  readonly writes: readonly { readonly commitTs: Timestamp; readonly write: Write }[]
  /** By start timestamp, as text. */
  readonly values: ReadonlyMap<Timestamp, string>
}

/** A value, `undefined`, or the name of the error. */
export type NaiveAnswer = string | undefined

/** The reading rules, one sentence each, without cursors, bounds or encodings. */
export function naiveRead(key: NaiveKey, view: ReadView): NaiveAnswer {
  const { lock } = key
  const changes = lock !== undefined && (lock.kind === 'put' || lock.kind === 'delete')
  if (changes && view.isolation !== 'rc' && !view.resolvedLocks?.has(lock.startTs)) {
    const isPrimary = new TextDecoder().decode(lock.primary) === key.name
    const mayCommitBelow = lock.startTs <= view.readTs && lock.minCommitTs <= view.readTs
    const readsAroundPrimary = view.readTs === maxTimestamp && isPrimary && !lock.useAsyncCommit
    if (view.isolation === 'rc-check-ts' || (mayCommitBelow && !readsAroundPrimary)) {
      if (!view.committedLocks?.has(lock.startTs)) {
        return view.isolation === 'si' ? 'KeyIsLocked' : 'WriteConflict'
      }
      return lock.kind === 'put' ? storedValue(key, lock) : undefined
    }
  }
  if (view.isolation === 'rc-check-ts' && key.writes.some(({ commitTs }) => commitTs > view.readTs)) {
    return 'WriteConflict'
  }
  const visible = key.writes
    .filter(({ commitTs }) => commitTs <= view.readTs)
    .sort((left, right) => (left.commitTs > right.commitTs ? -1 : 1))
  for (const { write } of visible) {
    if (write.gcFence !== undefined && write.gcFence !== 0n && write.gcFence <= view.readTs) return undefined
    if (write.kind === 'put') return storedValue(key, write)
    if (write.kind === 'delete') return undefined
  }
  return undefined
}

function storedValue(key: NaiveKey, record: { startTs: Timestamp; shortValue: Uint8Array | undefined }): string {
  if (record.shortValue !== undefined) return new TextDecoder().decode(record.shortValue)
  return key.values.get(record.startTs) ?? 'DefaultNotFound'
}
