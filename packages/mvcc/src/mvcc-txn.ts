import type { KeyChange, Timestamp } from '@stratakv/core'
import { appendTs } from './key.ts'
import { encodeLock, type Lock } from './lock-record.ts'
import { createWrite, encodeWrite, type Write, writeKindOf } from './write-record.ts'

/** A lock of a one-phase commit: it becomes a commit record when all keys of the request agree, or else an ordinary lock. */
interface DeferredLock {
  readonly key: Uint8Array
  readonly lock: Lock
  /** A pessimistic lock stands on the key and goes with the commit. */
  readonly replacesPessimistic: boolean
}

/**
 * The changes one command makes for one transaction, in the form the engine takes. It decides nothing and reads nothing.
 * Keys are encoded; those handed in are kept until the changes are applied.
 */
export class MvccTxn {
  readonly startTs: Timestamp
  private pending: KeyChange[] = []
  private deferred: DeferredLock[] = []
  private bytes = 0

  constructor(startTs: Timestamp) {
    this.startTs = startTs
  }

  get changes(): readonly KeyChange[] {
    return this.pending
  }

  /** Bytes of keys and values collected so far. */
  get writeBytes(): number {
    return this.bytes
  }

  get isEmpty(): boolean {
    return this.pending.length === 0
  }

  putLock(key: Uint8Array, lock: Lock): void {
    this.put('lock', key, encodeLock(lock))
  }

  unlock(key: Uint8Array): void {
    this.delete('lock', key)
  }

  putWrite(key: Uint8Array, commitTs: Timestamp, write: Write): void {
    this.put('write', appendTs(key, commitTs), encodeWrite(write))
  }

  deleteWrite(key: Uint8Array, commitTs: Timestamp): void {
    this.delete('write', appendTs(key, commitTs))
  }

  putValue(key: Uint8Array, startTs: Timestamp, value: Uint8Array): void {
    this.put('default', appendTs(key, startTs), value)
  }

  deleteValue(key: Uint8Array, startTs: Timestamp): void {
    this.delete('default', appendTs(key, startTs))
  }

  /** Holds a lock back until {@link commitDeferred} or {@link putDeferred} says what it becomes. */
  deferLock(key: Uint8Array, lock: Lock, replacesPessimistic: boolean): void {
    this.deferred.push({ key, lock, replacesPessimistic })
  }

  /** One-phase commit: the deferred locks are committed without ever having been written. */
  commitDeferred(commitTs: Timestamp): void {
    for (const { key, lock, replacesPessimistic } of this.deferred) {
      this.putWrite(key, commitTs, createWrite(writeKindOf(lock.kind), lock.startTs, lock.shortValue))
      if (replacesPessimistic) this.unlock(key)
    }
    this.deferred = []
  }

  /** One-phase commit given up: the deferred locks become ordinary ones, which the client commits in a second phase. */
  putDeferred(): void {
    for (const { key, lock } of this.deferred) this.putLock(key, { ...lock, useAsyncCommit: false, secondaries: [] })
    this.deferred = []
  }

  /** Forgets everything collected. */
  clear(): void {
    this.pending = []
    this.deferred = []
    this.bytes = 0
  }

  private put(cf: KeyChange['cf'], key: Uint8Array, value: Uint8Array): void {
    this.pending.push({ type: 'put', cf, key, value })
    this.bytes += key.length + value.length
  }

  private delete(cf: KeyChange['cf'], key: Uint8Array): void {
    this.pending.push({ type: 'delete', cf, key })
    this.bytes += key.length
  }
}
