import type { Clock, KvContext, KvSnapshot, MaybePromise, Modify } from '@stratakv/core'
import type { ConcurrencyManager, KeyGuard } from './concurrency-manager.ts'

/** What one write command may use while it is being processed; all reads go through the snapshot. */
export interface CommandEnv {
  readonly clock: Clock
  readonly concurrency: ConcurrencyManager
  /** `storage.max-key-size`, of the encoded key. */
  readonly maxKeyBytes: number
}

/** What processing decided. The scheduler charges, writes and answers; a command touches nothing itself. */
export interface WriteResult<R> {
  /** Empty: nothing is written and the response goes out at once. Buffers belong to the scheduler from here on. */
  readonly changes: readonly Modify[]
  readonly response: R
  /**
   * Guards of the locks that readers must meet in memory until the write is applied. The scheduler releases them,
   * exactly once, unless it cannot be known whether the write took place: then they stay. A command that throws after it took guards has released them itself.
   */
  readonly keyGuards?: readonly KeyGuard[]
  /**
   * More is to be done: when `changes` are applied (at once, if there are none), `process` is called again with a fresh
   * snapshot. The command carries its own position between the calls; `response` is ignored until the last one.
   * `latchKeys` is read again before each round: the same array keeps the latches, another array gives them back and
   * takes the new ones, so what was read before must be read again. That is how ResolveLock goes through a region:
   * a round without latches finds keys, the next latches those and resolves them.
   * Every round is a whole write: a crash or an error in between keeps the earlier rounds.
   */
  readonly continue?: boolean
}

/** One write: what it touches, and the decision it takes over a snapshot. An object serves one execution only. */
export interface WriteCommand<R> {
  /** TiKV's tag of the command, e.g. `prewrite`: the `type` label of its metrics. */
  readonly name: string
  readonly kv: KvContext
  /**
   * Encoded keys, in any order, duplicates welcome. No two commands that share one run at the same time, from before the
   * snapshot until the write is applied. Empty: runs beside anything. May be a getter: see `WriteResult.continue`.
   */
  readonly latchKeys: readonly Uint8Array[]
  /** Estimate of what will be written; counted against `storage.scheduler-pending-write-threshold` while the command is in flight. */
  readonly writeBytes: number
  /** Passes when the scheduler is busy: it ends transactions or frees space (TiKV's high priority). */
  readonly exemptFromBusy: boolean
  /** Decides. Must not keep the snapshot beyond its answer. What it throws or rejects with is the command's failure, with nothing written. */
  process(snapshot: KvSnapshot, env: CommandEnv): MaybePromise<WriteResult<R>>
}
