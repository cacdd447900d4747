/** Ids come from the placement driver's one id space; 0 is never a valid id. All are safe integers, checked when decoded. */
export type RegionId = number & { readonly brand?: 'RegionId' }
export type PeerId = number & { readonly brand?: 'PeerId' }
export type StoreId = number & { readonly brand?: 'StoreId' }
/** Raft term and log index. */
export type Term = number & { readonly brand?: 'Term' }
export type LogIndex = number & { readonly brand?: 'LogIndex' }
/** Random 64 bits, hence bigint. */
export type ClusterId = bigint

/** metapb.PeerRole. */
export type PeerRole = 'voter' | 'learner' | 'incoming-voter' | 'demoting-voter'

export interface Peer {
  readonly id: PeerId
  readonly storeId: StoreId
  readonly role: PeerRole
}

/** `version` grows by split and merge, `confVer` by membership changes. Neither ever goes back. */
export interface RegionEpoch {
  readonly confVer: number
  readonly version: number
}

/** A contiguous range `[startKey, endKey)` of the key space in boundary form (memcomparable for transactions); empty ends are unbounded. */
export interface Region {
  readonly id: RegionId
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
  readonly epoch: RegionEpoch
  readonly peers: readonly Peer[]
}

export function formatEpoch(epoch: RegionEpoch): string {
  return `conf_ver ${epoch.confVer} version ${epoch.version}`
}
