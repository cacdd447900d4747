import type { ClusterId, LogIndex, Region, RegionEpoch, StoreId, Term } from '@stratakv/core'
import { regionFromMessage, regionToMessage } from '@stratakv/proto'
import * as metapb from '@stratakv/proto/metapb'
import {
  MergeState as MergeRecord,
  PeerState,
  RaftApplyState,
  RaftLocalState,
  RegionLocalState,
  StoreIdent,
} from '@stratakv/proto/raft-serverpb'
import type { HardState } from '@stratakv/raft'
import type { ApplyProgress, LogPosition, MergeState } from './apply/region-state.ts'
import { StateRecordError } from './errors.ts'

/** A region made by bootstrap or split starts at this log position (TiKV RAFT_INIT_LOG_TERM and _INDEX): its first real entry is the next one. */
export const initialTerm: Term = 5
export const initialLogIndex: LogIndex = 5

/** Who this store is. Written once, durable before the store's id is told to anyone. */
export interface StoreIdentity {
  readonly clusterId: ClusterId
  readonly storeId: StoreId
}

export function encodeStoreIdent(identity: StoreIdentity): Uint8Array {
  return StoreIdent.encode(StoreIdent.create({ clusterId: identity.clusterId, storeId: identity.storeId }))
}

export function decodeStoreIdent(key: Uint8Array, record: Uint8Array): StoreIdentity {
  const ident = decodeRecord(key, () => StoreIdent.decode(record))
  if (ident.storeId === 0 || ident.clusterId === 0n) throw new StateRecordError(key, 'store ident without ids')
  return { clusterId: ident.clusterId, storeId: ident.storeId }
}

export function encodePreparedRegion(region: Region): Uint8Array {
  return metapb.Region.encode(regionToMessage(region))
}

export function decodePreparedRegion(key: Uint8Array, record: Uint8Array): Region {
  return checkRegion(
    key,
    decodeRecord(key, () => metapb.Region.decode(record)),
  )
}

/**
 * What a store has of a region: a replica; one that a snapshot is replacing, whose data is not whole; one that is about to become part of
 * another region; or nothing any more, but the memory of which peer it was.
 */
export type RegionRecordState = 'normal' | 'applying' | 'tombstone' | 'merging'

export interface RegionRecord {
  readonly state: RegionRecordState
  readonly region: Region
  /** Of one that is merging; or a tombstone's that has gone into `target`, with all its data. */
  readonly merge?: MergeState | undefined
}

const recordStates: Readonly<Record<RegionRecordState, PeerState>> = {
  normal: PeerState.Normal,
  applying: PeerState.Applying,
  tombstone: PeerState.Tombstone,
  merging: PeerState.Merging,
}

export function encodeRegionState(
  region: Region,
  state: RegionRecordState = 'normal',
  merge?: MergeState | undefined,
): Uint8Array {
  const mergeState =
    merge &&
    MergeRecord.create({ minIndex: merge.minIndex, commit: merge.commit, target: regionToMessage(merge.target) })
  return RegionLocalState.encode(
    RegionLocalState.create({ state: recordStates[state], region: regionToMessage(region), mergeState }),
  )
}

/** @throws StateRecordError */
export function decodeRegionRecord(key: Uint8Array, record: Uint8Array): RegionRecord {
  const { state: number, region, mergeState } = decodeRecord(key, () => RegionLocalState.decode(record))
  const state = (Object.keys(recordStates) as RegionRecordState[]).find((name) => recordStates[name] === number)
  if (state === undefined) throw new StateRecordError(key, `peer state ${number} is not known to this build`)
  if (region === undefined) throw new StateRecordError(key, 'region state without a region')
  if (mergeState?.target === undefined) {
    if (state === 'merging') throw new StateRecordError(key, 'a merge without a target')
    return { state, region: checkRegion(key, region) }
  }
  const { minIndex, commit, target } = mergeState
  return { state, region: checkRegion(key, region), merge: { minIndex, commit, target: checkRegion(key, target) } }
}

/** The region, or undefined for a tombstone. @throws StateRecordError also where data is not whole */
export function decodeRegionState(key: Uint8Array, record: Uint8Array): Region | undefined {
  const state = decodeRecord(key, () => RegionLocalState.decode(record))
  // A tombstone of an older build may lack the region.
  if (state.state === PeerState.Tombstone) return undefined
  const known = decodeRegionRecord(key, record)
  if (known.state === 'normal' || known.state === 'merging') return known.region
  throw new StateRecordError(key, 'its data is being replaced by a snapshot')
}

export function encodeEpoch(epoch: RegionEpoch): Uint8Array {
  return metapb.RegionEpoch.encode(metapb.RegionEpoch.create(epoch))
}

/** @throws StateRecordError */
export function decodeEpoch(key: Uint8Array, record: Uint8Array): RegionEpoch {
  const { confVer, version } = decodeRecord(key, () => metapb.RegionEpoch.decode(record))
  return { confVer, version }
}

/** Where a region stands that bootstrap or a split has made. */
export const initialPosition: LogPosition = { index: initialLogIndex, term: initialTerm }

const initialProgress: ApplyProgress = { applied: initialPosition, truncated: initialPosition }

/** Where applying stands in a region that has applied nothing yet. */
export function encodeInitialApplyState(): Uint8Array {
  return encodeApplyState(initialProgress)
}

/** What is applied is committed, whatever the log's side remembers after a crash. */
export function encodeApplyState({ applied, truncated }: ApplyProgress): Uint8Array {
  return RaftApplyState.encode(
    RaftApplyState.create({
      appliedIndex: applied.index,
      truncatedState: { index: truncated.index, term: truncated.term },
      commitIndex: applied.index,
      commitTerm: applied.term,
    }),
  )
}

/** @throws StateRecordError */
export function decodeApplyState(
  key: Uint8Array,
  record: Uint8Array,
): ApplyProgress & { readonly commit: LogPosition } {
  const state = decodeRecord(key, () => RaftApplyState.decode(record))
  const truncated = { index: state.truncatedState?.index ?? 0, term: state.truncatedState?.term ?? 0 }
  const { appliedIndex, commitIndex, commitTerm } = state
  if (appliedIndex < truncated.index || commitIndex < appliedIndex) {
    throw new StateRecordError(
      key,
      `applied ${appliedIndex} is outside of the log from ${truncated.index} to ${commitIndex}`,
    )
  }
  // Where more is committed than applied, the term of what is applied is the log's to say.
  const applied = { index: appliedIndex, term: commitIndex === appliedIndex ? commitTerm : 0 }
  return { applied, truncated, commit: { index: commitIndex, term: commitTerm } }
}

/** What a peer must never forget, as it stands in the log engine. */
export interface StoredRaftState {
  readonly hardState: HardState
  readonly lastIndex: LogIndex
}

/** The key of a {@link StoredRaftState} among a region's values in the log engine. (TiKV raft_log_engine's `R`.) */
export const raftStateKey: Uint8Array = Uint8Array.of(0x52)

export function encodeRaftState({ hardState, lastIndex }: StoredRaftState): Uint8Array {
  const { term, vote, commit } = hardState
  return RaftLocalState.encode(RaftLocalState.create({ hardState: { term, vote, commit }, lastIndex }))
}

/** @throws StateRecordError */
export function decodeRaftState(record: Uint8Array): StoredRaftState {
  const state = decodeRecord(raftStateKey, () => RaftLocalState.decode(record))
  const { term = 0, vote = 0, commit = 0 } = state.hardState ?? {}
  return { hardState: { term, vote, commit }, lastIndex: state.lastIndex }
}

function checkRegion(key: Uint8Array, message: metapb.Region): Region {
  if (message.id === 0 || message.regionEpoch === undefined || message.peers.length === 0) {
    throw new StateRecordError(key, 'region without id, epoch or peers')
  }
  return decodeRecord(key, () => regionFromMessage(message))
}

function decodeRecord<T>(key: Uint8Array, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw new StateRecordError(key, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
