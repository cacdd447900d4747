import { assert, isPromise, type MaybePromise, type Timestamp } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import type { CallScope } from '../call-scope.ts'
import { txnCommands } from './commands.ts'
import { KeyLockedError } from './errors.ts'
import { failureOf } from './key-error.ts'
import { keyName } from './key-name.ts'
import { inParallel } from './parallel.ts'
import { PassedLocks } from './passed-locks.ts'
import type { TxnEnv } from './txn-env.ts'

export interface SnapshotOptions {
  /**
   * `si`: the newest versions at the timestamp, whatever is being committed (default). `rc`: locks are not looked at, so what
   * is being committed may be seen on one key and not yet on another.
   */
  readonly isolation?: 'si' | 'rc' | undefined
}

/** Keys of one KvBatchGet (client-go's batchGetSize). */
const batchGetKeyCountMax = 5120
const requestsAtOnceMax = 16

/** The requests of one snapshot, and what it has learnt of the locks that it met. */
export class SnapshotReads {
  readonly timestamp: Timestamp
  readonly #env: TxnEnv
  readonly #isolation: kvrpcpb.IsolationLevel
  readonly #passed = new PassedLocks()

  constructor(env: TxnEnv, timestamp: Timestamp, { isolation = 'si' }: SnapshotOptions) {
    this.#env = env
    this.timestamp = timestamp
    this.#isolation = isolation === 'rc' ? kvrpcpb.IsolationLevel.RC : kvrpcpb.IsolationLevel.SI
  }

  async get(scope: CallScope, key: Uint8Array): Promise<Uint8Array | undefined> {
    for (;;) {
      const request = kvrpcpb.GetRequest.create({ context: this.context(), key, version: this.timestamp })
      const answer = this.#env.regions.callKey(scope, txnCommands.get, encodeBytes(key), request)
      const response = isPromise(answer) ? await answer : answer
      if (response.error === undefined) return response.notFound ? undefined : response.value
      await this.passLocks(scope, [this.lockOf(response.error)])
    }
  }

  /** Values by `keyName`. */
  async batchGet(scope: CallScope, keys: readonly Uint8Array[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    await this.#readInto(scope, keys, found)
    return found
  }

  /** What a request says about how it reads. */
  context(): kvrpcpb.Context | undefined {
    if (this.#passed.isEmpty && this.#isolation === kvrpcpb.IsolationLevel.SI) return undefined
    const { resolvedLocks, committedLocks } = this.#passed.lists()
    return kvrpcpb.Context.create({ isolationLevel: this.#isolation, resolvedLocks, committedLocks })
  }

  /** @throws what the error means when it is no lock */
  lockOf(error: kvrpcpb.KeyError): kvrpcpb.LockInfo {
    if (error.locked === undefined) throw failureOf(error, this.timestamp)
    return error.locked
  }

  /** After it, reads of the locked keys get further: past the locks, through them, or when their transactions had time to end. */
  async passLocks(scope: CallScope, locks: readonly kvrpcpb.LockInfo[]): Promise<void> {
    const { locks: resolver, background } = this.#env
    const outcome = await resolver.lookForReader(scope, this.timestamp, locks)
    const isNew = this.#passed.add(outcome.passable, outcome.readable)
    if (outcome.removable.size > 0) {
      // The store steps over the locks that a request names. One that was named and stood in the way all the same, as with
      // stores that do not know that field, has to go first.
      const remove = (signal: AbortSignal) => resolver.remove(this.#env.openScope(signal), outcome.removable)
      if (!isNew || !background.start(remove)) await resolver.remove(scope, outcome.removable)
    }
    if (outcome.blocking !== undefined) {
      const { key, lockVersion } = outcome.blocking
      await scope.backoff('txn-lock-fast', new KeyLockedError(key, lockVersion))
    } else if (!isNew && outcome.removable.size === 0) {
      // Said to be passable, and yet in the way: nothing that asking at once again would change.
      await scope.backoff('txn-lock-fast', new KeyLockedError(locks[0]!.key, locks[0]!.lockVersion))
    }
  }

  /** Call it after a read. @throws SnapshotTooOldError */
  checkSafePoint(): MaybePromise<void> {
    return this.#env.safePoints.check(this.timestamp)
  }

  async #readInto(scope: CallScope, keys: readonly Uint8Array[], found: Map<string, Uint8Array>): Promise<void> {
    if (keys.length === 0) return
    const groups = await this.#env.regions.groupByRegion(scope, keys.map(encodeBytes))
    const requests = groups.flatMap(({ region, indexes }) =>
      slices(indexes, batchGetKeyCountMax).map((part) => ({ region, keys: part.map((index) => keys[index]!) })),
    )
    await inParallel(requests, requestsAtOnceMax, async ({ region, keys: own }) => {
      const part = requests.length === 1 ? scope : scope.fork()
      const request = kvrpcpb.BatchGetRequest.create({ context: this.context(), keys: own, version: this.timestamp })
      const response = await this.#env.regions.callRegion(part, txnCommands.batchGet, region, request)
      if (response === 'moved') return this.#readInto(part, own, found)
      if (response.error !== undefined) {
        await this.passLocks(part, [this.lockOf(response.error)])
        return this.#readInto(part, own, found)
      }
      const locks: kvrpcpb.LockInfo[] = []
      for (const { error, key, value } of response.pairs) {
        if (error === undefined) found.set(keyName(key), value)
        else locks.push(this.lockOf(error))
      }
      if (locks.length === 0) return
      await this.passLocks(part, locks)
      return this.#readInto(
        part,
        locks.map(({ key }) => key),
        found,
      )
    })
  }
}

function slices<T>(items: readonly T[], countMax: number): (readonly T[])[] {
  assert(countMax > 0, 'slices hold something')
  if (items.length <= countMax) return [items]
  const found: T[][] = []
  for (let at = 0; at < items.length; at += countMax) found.push(items.slice(at, at + countMax))
  return found
}
