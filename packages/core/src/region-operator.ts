import type { Peer, Region, RegionEpoch, RegionId } from './region.ts'

/** One step of a membership change. A `remove` names the peer as it is. */
export interface PeerChange {
  readonly type: 'add-voter' | 'add-learner' | 'remove'
  readonly peer: Peer
}

/** What is to be done with a region. Each is advice: the leader may refuse, and then says nothing. */
export type RegionOrder =
  /** A simple change: no joint configuration in between. */
  | { readonly type: 'change-peer'; readonly change: PeerChange }
  /** Two or more enter a joint configuration, one is a simple change, none leaves the joint one. `add-learner` of a voter demotes it. */
  | { readonly type: 'change-peers'; readonly changes: readonly PeerChange[] }
  /** To `peer`; any of `peers`, which then holds `peer` too, will do as well when it is not empty. */
  | { readonly type: 'transfer-leader'; readonly peer: Peer; readonly peers: readonly Peer[] }
  /** At `keys` (boundary form) for `use-keys`; else where the store finds the halves, by a scan or by estimate. */
  | {
      readonly type: 'split'
      readonly policy: 'scan' | 'approximate' | 'use-keys'
      readonly keys: readonly Uint8Array[]
    }
  /** The region is swallowed by its neighbour `target`, whose peers are on the same stores. */
  | { readonly type: 'merge'; readonly target: Region }

/** One order for a region's leader, as the placement driver believed the region to be. */
export interface RegionOperator {
  readonly regionId: RegionId
  /** The command is proposed at this epoch: a region that has moved on refuses it. */
  readonly epoch: RegionEpoch
  /** The leader. */
  readonly targetPeer: Peer
  readonly order: RegionOrder
}
