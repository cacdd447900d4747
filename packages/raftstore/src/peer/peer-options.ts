import type { HibernationOptions } from './hibernation.ts'

/** Time is counted in ticks; see `RaftStoreOptions.baseTickMs`. */
export interface PeerOptions {
  /** `raftstore.raft-election-timeout-ticks`. */
  readonly electionTicks: number
  /** `raftstore.raft-heartbeat-ticks`. */
  readonly heartbeatTicks: number
  /** `raftstore.raft-store-max-leader-lease`: less than an election timeout by a tick at least. */
  readonly leaseMs: number
  /** `raftstore.raft-max-size-per-msg`. */
  readonly messageBytesMax: number
  /** `raftstore.raft-max-inflight-msgs`. */
  readonly inflightCountMax: number
  /** Committed entries that are handed out to be applied, at once. */
  readonly applyingBytesMax: number
  readonly hibernation: HibernationOptions
}
