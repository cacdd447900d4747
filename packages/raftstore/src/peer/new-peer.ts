import { emptyBytes, type Region, type RegionId } from '@stratakv/core'
import type { HardState } from '@stratakv/raft'
import { decodeRaftState, initialPosition } from '../state-records.ts'
import type { LoadedPeer } from './load-peer.ts'

/** Of a region of which nothing is known yet; it may have voted before a restart. */
export function unknownPeer(id: RegionId, hardState: HardState): LoadedPeer {
  const region = { id, startKey: emptyBytes, endKey: emptyBytes, epoch: { confVer: 0, version: 0 }, peers: [] }
  const nowhere = { index: 0, term: 0 }
  return {
    region,
    progress: { applied: nowhere, truncated: nowhere },
    hardState: { ...hardState, commit: 0 },
    entries: [],
  }
}

/** Of a region that a split has made; `voted` is what a peer that was made of it before has promised. */
export function freshPeer(region: Region, voted: HardState | undefined): LoadedPeer {
  const { term, vote } = voted ?? { term: 0, vote: 0 }
  const { index: commit } = initialPosition
  const hardState =
    term > initialPosition.term ? { term, vote, commit } : { term: initialPosition.term, vote: 0, commit }
  return { region, progress: { applied: initialPosition, truncated: initialPosition }, hardState, entries: [] }
}

/** @throws StateRecordError */
export function hardStateOf(record: Uint8Array | undefined): HardState {
  return record === undefined ? { term: 0, vote: 0, commit: 0 } : decodeRaftState(record).hardState
}
