import {
  isPromise,
  type KvEngine,
  type LogIndex,
  type RaftLogEngine,
  type Region,
  type RegionEpoch,
  type RegionId,
} from '@stratakv/core'
import type { Entry, HardState } from '@stratakv/raft'
import type { ApplyProgress, LogPosition, MergeState } from '../apply/region-state.ts'
import { RaftLogLostError } from '../errors.ts'
import { applyStateKey, restoredEpochKey } from '../keys.ts'
import {
  decodeApplyState,
  decodeEpoch,
  decodeRaftState,
  initialPosition,
  type RegionRecord,
  raftStateKey,
} from '../state-records.ts'
import { decodeEntry } from '../wire/entry-record.ts'

/** A peer's state, as a crash or a clean stop has left it, checked. */
export interface LoadedPeer {
  readonly region: Region
  readonly progress: ApplyProgress
  readonly merging?: MergeState | undefined
  /** The region's epoch in the last snapshot that was put in its place here; see `Peer.restoredEpoch`. */
  readonly restoredEpoch?: RegionEpoch | undefined
  readonly hardState: HardState
  /** All behind what is truncated. */
  readonly entries: readonly Entry[]
}

const noTerm = 0

/** @throws StateRecordError, RaftLogLostError */
export async function loadPeer(
  engine: KvEngine,
  logEngine: RaftLogEngine,
  { region, merge: merging }: RegionRecord,
): Promise<LoadedPeer> {
  const record = await engine.get('raft', applyStateKey(region.id))
  const fresh = { applied: initialPosition, truncated: initialPosition, commit: initialPosition }
  const { applied, truncated, commit } =
    record === undefined ? fresh : decodeApplyState(applyStateKey(region.id), record)
  const raftRecord = await logEngine.get(region.id, raftStateKey)
  // What bootstrap and splits make has nothing to say to the log before its first entry.
  const initialHardState = { term: truncated.term, vote: 0, commit: truncated.index }
  const { hardState, lastIndex } =
    raftRecord === undefined ? { hardState: initialHardState, lastIndex: truncated.index } : decodeRaftState(raftRecord)
  const entries = await readLog(logEngine, region.id, truncated, lastIndex)
  const termOf = (index: LogIndex) =>
    index === truncated.index ? truncated.term : (entries[index - truncated.index - 1]?.term ?? noTerm)
  if (lastIndex < commit.index || termOf(commit.index) !== commit.term || hardState.term < commit.term) {
    throw new RaftLogLostError(region.id, commit.index, lastIndex)
  }
  return {
    region,
    merging,
    restoredEpoch: await loadRestoredEpoch(engine, region.id),
    progress: { applied: { index: applied.index, term: termOf(applied.index) }, truncated },
    hardState: { ...hardState, commit: Math.max(hardState.commit, commit.index) },
    entries,
  }
}

/** See `Peer.restoredEpoch`. @throws StateRecordError */
export async function loadRestoredEpoch(engine: KvEngine, regionId: RegionId): Promise<RegionEpoch | undefined> {
  const record = await engine.get('raft', restoredEpochKey(regionId))
  return record && decodeEpoch(restoredEpochKey(regionId), record)
}

async function readLog(
  logEngine: RaftLogEngine,
  regionId: RegionId,
  truncated: LogPosition,
  lastIndex: LogIndex,
): Promise<readonly Entry[]> {
  if (lastIndex <= truncated.index) return []
  const first = logEngine.firstIndex(regionId)
  const last = logEngine.lastIndex(regionId)
  if (first === undefined || last === undefined || first > truncated.index + 1 || last < lastIndex) {
    throw new RaftLogLostError(regionId, lastIndex, last ?? truncated.index)
  }
  const read = logEngine.entries(regionId, truncated.index + 1, lastIndex + 1)
  return (isPromise(read) ? await read : read).map(decodeEntry)
}
