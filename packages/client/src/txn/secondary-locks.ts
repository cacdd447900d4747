import type { Timestamp } from '@stratakv/core'
import type { CheckSecondaryLocksResponse, LockInfo } from '@stratakv/proto/kvrpcpb'
import { ProtocolViolationError } from './errors.ts'
import type { Ending } from './txn-fate.ts'

/** `not-async`: one of the locks is an ordinary one, so the primary alone decides after all. */
export type AsyncVerdict = Ending | { readonly type: 'not-async' }

/**
 * Adds up what the secondary keys of an async-commit transaction say: it is committed when every key is locked, at the greatest
 * min_commit_ts, or when one key is committed already; a key without either rolls it back, and was made to stay so
 * by the question. Pure; answers come in any order.
 */
export class SecondaryLocks {
  readonly #startTs: Timestamp
  #commitTs: Timestamp
  #found: AsyncVerdict | undefined

  constructor(primaryLock: LockInfo) {
    this.#startTs = primaryLock.lockVersion
    this.#commitTs = primaryLock.minCommitTs
  }

  /** The answer about `askedCount` keys. @throws ProtocolViolationError when it contradicts an earlier one */
  add(askedCount: number, { locks, commitTs }: CheckSecondaryLocksResponse): void {
    if (locks.length >= askedCount) {
      for (const lock of locks) this.#addLock(lock)
      return
    }
    const found: Ending = commitTs === 0n ? { type: 'rolled-back' } : { type: 'committed', commitTs }
    if (found.type === 'committed' && found.commitTs < this.#commitTs) {
      throw new ProtocolViolationError(
        `transaction ${this.#startTs}: a key is committed at ${found.commitTs}, before its min_commit_ts ${this.#commitTs}`,
      )
    }
    const before = this.#found
    if (before !== undefined && before.type !== 'not-async' && !isSame(before, found)) {
      throw new ProtocolViolationError(`transaction ${this.#startTs}: keys disagree whether and when it was committed`)
    }
    // A decided key weighs more than an ordinary lock: the ordinary way would only find the same.
    this.#found = found
  }

  verdict(): AsyncVerdict {
    return this.#found ?? { type: 'committed', commitTs: this.#commitTs }
  }

  #addLock(lock: LockInfo): void {
    if (lock.lockVersion !== this.#startTs) {
      throw new ProtocolViolationError(`asked for locks of ${this.#startTs}, got one of ${lock.lockVersion}`)
    }
    if (!lock.useAsyncCommit) this.#found ??= { type: 'not-async' }
    else if (lock.minCommitTs > this.#commitTs) this.#commitTs = lock.minCommitTs
  }
}

function isSame(left: Ending, right: Ending): boolean {
  if (left.type === 'committed' && right.type === 'committed') return left.commitTs === right.commitTs
  return left.type === right.type
}
