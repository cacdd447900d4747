import type { Timestamp } from '@stratakv/core'
import { type Bytes, type KeyRange, toByteRange } from '../bytes.ts'
import type { KeyValue } from '../raw-options.ts'
import { keyName } from './key-name.ts'
import type { SnapshotReads } from './snapshot-reads.ts'
import { scanPairs, type TxnScanOptions } from './snapshot-scan.ts'
import type { TxnCallOptions, TxnEnv } from './txn-env.ts'

/**
 * All keys as they were at one timestamp. Reads wait for transactions that may still commit before it, and finish what crashed
 * clients have left. Calls may overlap.
 *
 * Text stands for its UTF-8 bytes. What is passed in is copied before the call returns; what comes out belongs to the caller.
 *
 * **Errors** of every call: SnapshotTooOldError, BackoffExhaustedError, CallAbortedError, CallRefusedError, ClosedError.
 */
export class Snapshot {
  readonly #env: TxnEnv
  readonly #reads: SnapshotReads

  /** Made by `TikvClient.snapshot`. */
  constructor(env: TxnEnv, reads: SnapshotReads) {
    this.#env = env
    this.#reads = reads
  }

  get timestamp(): Timestamp {
    return this.#reads.timestamp
  }

  /** `undefined`: not found. */
  get(key: Bytes, { signal }: TxnCallOptions = {}): Promise<Uint8Array | undefined> {
    const keyBytes = this.#env.bytes.call.take(key)
    return this.#env.call(kinds.get, signal, async (scope) => {
      const value = await this.#reads.get(scope, keyBytes)
      await this.#reads.checkSafePoint()
      return value === undefined ? undefined : this.#env.bytes.own(value)
    })
  }

  /** Values in the order of `keys`; `undefined`: not found. */
  batchGet(keys: readonly Bytes[], { signal }: TxnCallOptions = {}): Promise<(Uint8Array | undefined)[]> {
    const keyBytes = keys.map((key) => this.#env.bytes.call.take(key))
    return this.#env.call(kinds.batchGet, signal, async (scope) => {
      const found = await this.#reads.batchGet(scope, keyBytes)
      await this.#reads.checkSafePoint()
      return keyBytes.map((key) => {
        const value = found.get(keyName(key))
        return value === undefined ? undefined : this.#env.bytes.own(value)
      })
    })
  }

  /**
   * Pairs in ascending order. Pages are fetched as they are needed; leaving the loop ends it. Every page has the budget of a call of
   * its own.
   */
  scan(range: KeyRange = {}, options: TxnScanOptions = {}): AsyncGenerator<KeyValue, void, undefined> {
    const bytes = toByteRange(this.#env.bytes.call, range)
    return scanPairs(this.#env, this.#reads, bytes, { ...options, reverse: false })
  }

  /** Pairs of `[start, end)` in descending order; else as `scan`. */
  reverseScan(range: KeyRange = {}, options: TxnScanOptions = {}): AsyncGenerator<KeyValue, void, undefined> {
    const bytes = toByteRange(this.#env.bytes.call, range)
    return scanPairs(this.#env, this.#reads, bytes, { ...options, reverse: true })
  }
}

const kinds = {
  get: { name: 'txn_get', isWrite: false },
  batchGet: { name: 'txn_batch_get', isWrite: false },
}
