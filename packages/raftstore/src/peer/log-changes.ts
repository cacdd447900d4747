import type { LogIndex, RaftLogChange, RegionId } from '@stratakv/core'
import type { HardState, NumberedReady } from '@stratakv/raft'
import { encodeRaftState, raftStateKey } from '../state-records.ts'
import { encodeEntry } from '../wire/entry-record.ts'

/** What a Ready has for the log. `current` and `lastIndex` as they are when its entries are in. */
export function logChangesOf(
  regionId: RegionId,
  { entries, hardState: news, mustSync, snapshot }: NumberedReady,
  current: HardState,
  lastIndex: LogIndex,
): RaftLogChange[] {
  // With a snapshot, what is to be remembered is written in its course.
  if (!mustSync || snapshot !== undefined) return []
  const hardState = news ?? current
  const changes: RaftLogChange[] = []
  const first = entries[0]
  if (first !== undefined) {
    changes.push({ type: 'append', regionId, firstIndex: first.index, entries: entries.map(encodeEntry) })
  }
  // A commit index in front of the log's end on disk would look like a lost log.
  const commit = Math.min(hardState.commit, lastIndex)
  const value = encodeRaftState({ hardState: { ...hardState, commit }, lastIndex })
  changes.push({ type: 'put', regionId, key: raftStateKey, value })
  return changes
}
