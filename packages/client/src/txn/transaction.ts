import type { Timestamp } from '@stratakv/core'
import { type Bytes, type KeyRange, toByteRange } from '../bytes.ts'
import type { KeyValue } from '../raw-options.ts'
import { bufferedScan } from './buffered-scan.ts'
import { type CommitOptions, Committer } from './committer.ts'
import type { CommittingTxn } from './committing-txn.ts'
import { TransactionFinishedError, UndeterminedCommitError } from './errors.ts'
import { defaultMemBufferLimits, MemBuffer, type MemBufferLimits } from './mem-buffer.ts'
import { Snapshot } from './snapshot.ts'
import { SnapshotReads } from './snapshot-reads.ts'
import { scanPairs, type TxnScanOptions } from './snapshot-scan.ts'
import type { TxnCallOptions, TxnEnv } from './txn-env.ts'

export interface TransactionOptions extends CommitOptions, Partial<MemBufferLimits> {}

/** `active` takes calls; the others are ends, or the way there. */
export type TransactionState = 'active' | 'committing' | 'committed' | 'undetermined' | 'rolled-back'

/**
 * An optimistic transaction: reads see the keys as they were at its start, and its own writes; writes are kept here until `commit`, which
 * fails with WriteConflictError when another transaction has committed one of the written keys meanwhile. Leaving its scope
 * (`await using`) rolls it back unless it was committed. Calls may overlap.
 *
 * Text stands for its UTF-8 bytes. What is passed in is copied before the call returns; what comes out belongs to the caller.
 *
 * **Errors** of every call: TransactionFinishedError; of reads also those of {@link Snapshot}.
 */
export class Transaction implements AsyncDisposable {
  readonly #env: TxnEnv
  readonly #txn: CommittingTxn
  readonly #options: TransactionOptions
  readonly #reads: SnapshotReads
  readonly #snapshot: Snapshot
  readonly #buffer: MemBuffer
  #state: TransactionState = 'active'

  /** Made by `TxnClient.begin`. */
  constructor(env: TxnEnv, txn: CommittingTxn, options: TransactionOptions = {}) {
    this.#env = env
    this.#txn = txn
    this.#options = options
    this.#reads = new SnapshotReads(env, txn.startTs, {})
    this.#snapshot = new Snapshot(env, this.#reads)
    this.#buffer = new MemBuffer({ ...defaultMemBufferLimits, ...limitsOf(options) })
  }

  get startTs(): Timestamp {
    return this.#txn.startTs
  }

  get state(): TransactionState {
    return this.#state
  }

  /** `undefined`: not found. */
  async get(key: Bytes, options?: TxnCallOptions): Promise<Uint8Array | undefined> {
    this.#checkActive()
    const own = this.#read(key)
    if (own === undefined) return this.#snapshot.get(key, options)
    return own === 'deleted' ? undefined : own.slice()
  }

  /** Values in the order of `keys`; `undefined`: not found. */
  async batchGet(keys: readonly Bytes[], options?: TxnCallOptions): Promise<(Uint8Array | undefined)[]> {
    this.#checkActive()
    const own = keys.map((key) => this.#read(key))
    const missing = keys.filter((_, index) => own[index] === undefined)
    const stored = missing.length === 0 ? [] : await this.#snapshot.batchGet(missing, options)
    let next = 0
    return own.map((read) => {
      if (read === undefined) return stored[next++]
      return read === 'deleted' ? undefined : read.slice()
    })
  }

  /**
   * Pairs in ascending order; a page is fetched when it is needed, and leaving the loop ends it. Of this transaction's own writes it
   * gives those that were there when the loop began.
   */
  async *scan(range: KeyRange = {}, options: TxnScanOptions = {}): AsyncGenerator<KeyValue, void, undefined> {
    this.#checkActive()
    yield* this.#scan(range, { ...options, reverse: false })
  }

  /** Pairs of `[start, end)` in descending order; else as `scan`. */
  async *reverseScan(range: KeyRange = {}, options: TxnScanOptions = {}): AsyncGenerator<KeyValue, void, undefined> {
    this.#checkActive()
    yield* this.#scan(range, { ...options, reverse: true })
  }

  /** @throws EntryTooLargeError, TransactionTooLargeError: the transaction is as before */
  put(key: Bytes, value: Bytes): void {
    this.#checkActive()
    const { written } = this.#env.bytes
    this.#buffer.put(written.take(key), written.take(value))
  }

  /**
   * Writes a key that must not exist: the commit fails with KeyExistsError if it does.
   *
   * @throws KeyExistsError when this transaction itself has written it; and as `put` does
   */
  insert(key: Bytes, value: Bytes): void {
    this.#checkActive()
    const { written } = this.#env.bytes
    this.#buffer.insert(written.take(key), written.take(value))
  }

  /** A key that is not there is no error. @throws as `put` does */
  delete(key: Bytes): void {
    this.#checkActive()
    this.#buffer.delete(this.#env.bytes.written.take(key))
  }

  /**
   * For keys that were read and must not change before the commit: it fails with WriteConflictError if one has. Without it two
   * transactions may each change what the other has only read. @throws as `put` does
   */
  lock(...keys: readonly Bytes[]): void {
    this.#checkActive()
    for (const key of keys) this.#buffer.lock(this.#env.bytes.written.take(key))
  }

  /**
   * Makes all writes visible at once. The answer is the commit timestamp; `undefined` when there was nothing to write.
   *
   * @throws WriteConflictError, TransactionRolledBackError, KeyExistsError, KeyRefusedError, BackoffExhaustedError, CallAbortedError: the
   * transaction has no effect. UndeterminedCommitError: nobody knows. TransactionFinishedError
   */
  async commit({ signal }: TxnCallOptions = {}): Promise<Timestamp | undefined> {
    this.#checkActive()
    const mutations = this.#buffer.mutations()
    if (mutations.length === 0) {
      this.#state = 'committed'
      return undefined
    }
    this.#state = 'committing'
    try {
      const committer = new Committer(this.#env, this.#txn, mutations, this.#options)
      const commitTs = await this.#env.call(commitKind, signal, (scope) => committer.commit(scope))
      this.#state = 'committed'
      return commitTs
    } catch (error) {
      this.#state = error instanceof UndeterminedCommitError ? 'undetermined' : 'rolled-back'
      throw error
    }
  }

  /** Drops all writes; no store has heard of them. After that: nothing. @throws TransactionFinishedError once `commit` was called */
  async rollback(): Promise<void> {
    if (this.#state === 'rolled-back') return
    this.#checkActive()
    this.#state = 'rolled-back'
  }

  /** Rolls back what was not committed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === 'active') this.#state = 'rolled-back'
  }

  #scan(
    range: KeyRange,
    options: TxnScanOptions & { readonly reverse: boolean },
  ): AsyncGenerator<KeyValue, void, undefined> {
    const bytes = toByteRange(this.#env.bytes.call, range)
    return bufferedScan(this.#buffer, bytes, options, (below) =>
      scanPairs(this.#env, this.#reads, bytes, { ...below, reverse: options.reverse }),
    )
  }

  #read(key: Bytes): Uint8Array | 'deleted' | undefined {
    return this.#buffer.read(this.#env.bytes.call.take(key))
  }

  #checkActive(): void {
    if (this.#state !== 'active') throw new TransactionFinishedError(this.startTs, this.#state)
  }
}

/** Whether it was done is said by the error itself. */
const commitKind = { name: 'txn_commit', isWrite: false }

function limitsOf({ entryCountMax, entryBytesMax, transactionBytesMax }: TransactionOptions): Partial<MemBufferLimits> {
  return {
    ...(entryCountMax === undefined ? {} : { entryCountMax }),
    ...(entryBytesMax === undefined ? {} : { entryBytesMax }),
    ...(transactionBytesMax === undefined ? {} : { transactionBytesMax }),
  }
}
