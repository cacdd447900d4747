import type { Instant, Timer } from '@stratakv/core'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { encodeBytes } from '@stratakv/wasm'
import { txnCommands } from './commands.ts'
import { lockTtlMsMin, managedLockTtlMs, transactionAgeMsMax } from './commit-plan.ts'
import type { CommittingTxn } from './committing-txn.ts'
import type { TxnEnv } from './txn-env.ts'

/** Well before the shortest time to live is over. */
const firstBeatMs = lockTtlMsMin / 2
const beatMs = managedLockTtlMs / 2

/**
 * Keeps the primary's lock alive while its client is: others roll back what outlives its time. Most transactions have committed before the
 * first beat. A beat that fails is followed by the next; what its answer says is found out by the commit.
 */
export class LockHeartbeat {
  readonly #env: TxnEnv
  readonly #txn: CommittingTxn
  readonly #primary: Uint8Array
  /** Made with the first beat, which most transactions do not live to see: aborting costs more than the rest of a small one. */
  #beats: AbortController | undefined
  #timer: Timer | undefined

  constructor(env: TxnEnv, txn: CommittingTxn, primary: Uint8Array) {
    this.#env = env
    this.#txn = txn
    this.#primary = primary
    this.#arm(firstBeatMs)
  }

  stop(): void {
    this.#timer?.cancel()
    this.#beats?.abort()
  }

  #arm(delayMs: number): void {
    this.#timer = this.#env.clock.after(delayMs, () => this.#beat(this.#env.clock.now()))
  }

  #beat(now: Instant): void {
    const ageMs = now - this.#txn.beganAt
    if (ageMs > transactionAgeMsMax) return
    // Armed before the beat is sent: one that hangs must not be the last.
    this.#arm(beatMs)
    void this.#send(Math.ceil(ageMs) + managedLockTtlMs).catch(() => {})
  }

  async #send(adviseLockTtl: number): Promise<void> {
    const request = kvrpcpb.TxnHeartBeatRequest.create({
      primaryLock: this.#primary,
      startVersion: this.#txn.startTs,
      adviseLockTtl,
    })
    this.#beats ??= new AbortController()
    const scope = this.#env.openScope(this.#beats.signal)
    await this.#env.regions.callKey(scope, txnCommands.txnHeartBeat, encodeBytes(this.#primary), request)
  }
}
