import type { LogIndex, Modify, Peer, PeerId, Region, RegionEpoch, RegionId, Term } from '@stratakv/core'
import type { ConfChangeType, Entry } from '@stratakv/raft'

/** One peer comes, goes, or changes its role. */
export interface PeerChange {
  readonly type: Exclude<ConfChangeType, 'update-node'>
  /** As it will be: a voter where it is added as a node, a learner where as a learner. */
  readonly peer: Peer
}

/** A region that a split makes. */
export interface SplitPart {
  /** Where it meets its right neighbour; a boundary key. */
  readonly splitKey: Uint8Array
  readonly regionId: RegionId
  /** One for each peer of the region that is split, in their order. */
  readonly peerIds: readonly PeerId[]
}

/** What is replicated: every replica does it at the same place of the log, with the same result. */
export type CommandBody =
  | { readonly type: 'write'; readonly changes: readonly Modify[] }
  /** Entries up to and with `index` may go. */
  | { readonly type: 'compact-log'; readonly index: LogIndex; readonly term: Term }
  /** None leaves a joint configuration, several enter one. */
  | { readonly type: 'change-peers'; readonly changes: readonly PeerChange[] }
  /** Parts by ascending key. The region that is split keeps what is right of the last key, or left of the first. */
  | { readonly type: 'split'; readonly parts: readonly SplitPart[]; readonly rightDerive: boolean }
  /** The region is to become part of `target`, as it is now. All its replicas have its log up to in front of `minIndex`. */
  | { readonly type: 'prepare-merge'; readonly minIndex: LogIndex; readonly target: Region }
  /** To the target: it takes over `source`, whose last entry is at `commit`. `entries` are what not every replica of the source may have. */
  | {
      readonly type: 'commit-merge'
      readonly source: Region
      readonly commit: LogIndex
      readonly entries: readonly Entry[]
    }
  /** The merge that the entry at `commit` has prepared cannot be: the region is as it was before. */
  | { readonly type: 'rollback-merge'; readonly commit: LogIndex }
  /** Every replica computes a hash of what it has here; `context` names the way. */
  | { readonly type: 'compute-hash'; readonly context: Uint8Array }
  /** What the leader had at `index`. */
  | { readonly type: 'verify-hash'; readonly index: LogIndex; readonly hash: Uint8Array; readonly context: Uint8Array }

export interface RegionCommand {
  /** Of the region when it was proposed: where it has moved on since, the command does nothing. */
  readonly epoch: RegionEpoch
  readonly body: CommandBody
}

/** Which halves of the epoch a command needs unchanged. (TiKV components/raftstore/src/store/util.rs, admin command epochs.) */
export function epochChecks({ type }: CommandBody): { readonly version: boolean; readonly confVer: boolean } {
  switch (type) {
    case 'write':
      return { version: true, confVer: false }
    case 'compact-log':
    case 'compute-hash':
    case 'verify-hash':
      return { version: false, confVer: false }
    case 'change-peers':
      return { version: false, confVer: true }
    case 'split':
    case 'prepare-merge':
    case 'commit-merge':
    case 'rollback-merge':
      return { version: true, confVer: true }
  }
}

/** Per-change overhead counted against the entry limit: type, column family and lengths as an entry carries them. */
const changeOverheadBytes = 16

/** Of the keys and values, and of what stands around them. */
export function changesBytes(changes: readonly Modify[]): number {
  let bytes = 0
  for (const change of changes) {
    bytes += changeOverheadBytes
    if (change.type === 'put') bytes += change.key.length + change.value.length
    else if (change.type === 'delete') bytes += change.key.length
    else bytes += change.start.length + change.end.length
  }
  return bytes
}
