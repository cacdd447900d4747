import { StateRecordError } from '../errors.ts'
import { applyStateKey } from '../keys.ts'
import { type ApplySnapshotDeps, deleteDataBetween, finishSnapshot } from '../snapshot/apply-snapshot.ts'
import { decodeApplyState, decodeRaftState, type RegionRecord, raftStateKey } from '../state-records.ts'
import { destroyPeer } from './peer-registry.ts'

/** Snapshots that were being applied are applied, and peers that were going go. */
export async function finishInterrupted(deps: ApplySnapshotDeps, records: readonly RegionRecord[]): Promise<void> {
  const { engine, logEngine } = deps
  for (const { state, region, merge } of records) {
    const { id } = region
    if (state === 'tombstone') {
      if (logEngine.lastIndex(id) !== undefined || (await logEngine.get(id, raftStateKey)) !== undefined) {
        await destroyPeer(deps, region, merge === undefined, merge)
      }
      continue
    }
    if (state !== 'applying') continue
    const record = await engine.get('raft', applyStateKey(id))
    if (record === undefined)
      throw new StateRecordError(applyStateKey(id), 'a snapshot is being applied, and nothing says which')
    const { applied } = decodeApplyState(applyStateKey(id), record)
    const raftRecord = await logEngine.get(id, raftStateKey)
    const { term, vote } = raftRecord === undefined ? { term: 0, vote: 0 } : decodeRaftState(raftRecord).hardState
    const hardState =
      term >= applied.term
        ? { term, vote, commit: applied.index }
        : { term: applied.term, vote: 0, commit: applied.index }
    await finishSnapshot(deps, { region, position: applied, hardState })
  }
  await deleteDataBetween(
    engine,
    records.filter(({ state }) => state !== 'tombstone').map(({ region }) => region),
  )
  // Those that were whole, and had not gone to Raft yet: they are sent again.
  await deps.spool.removeAll()
}
