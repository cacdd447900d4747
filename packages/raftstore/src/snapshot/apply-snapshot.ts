import {
  type ColumnFamily,
  compareBytes,
  emptyBytes,
  type KeyChange,
  type KvEngine,
  type RaftLogEngine,
  type Region,
} from '@stratakv/core'
import type { HardState } from '@stratakv/raft'
import type { LogPosition } from '../apply/region-state.ts'
import { applyStateKey, dataEndKey, dataKey, regionStateKey, restoredEpochKey } from '../keys.ts'
import { encodeApplyState, encodeEpoch, encodeRaftState, encodeRegionState, raftStateKey } from '../state-records.ts'
import { pairBytes, snapshotFamilies } from './snapshot-format.ts'
import type { SnapshotSpool } from './snapshot-spool.ts'

export interface ApplySnapshotDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly spool: SnapshotSpool
}

/** A snapshot that Raft has taken on. */
export interface IncomingSnapshot {
  readonly region: Region
  readonly position: LogPosition
  readonly hardState: HardState
}

/** A region whose place a snapshot takes: it went into `mergedInto` elsewhere. */
export interface ReplacedRegion {
  readonly region: Region
  readonly mergedInto: Region
}

/** Of one write into the engine, about. */
const batchBytesMax = 1024 * 1024

/**
 * Makes a replica what the snapshot says. `before` is the region as it was here, if it was; `replaced` were merged elsewhere, into it
 * or what it took over itself. What a crash at any line leaves is finished
 * by {@link finishSnapshot}:
 *
 * 1. engine, synced: the region is being replaced, and applied up to the snapshot's position; and `replaced` are no more;
 * 2. log, synced: no entry any more, and nothing before that position;
 * 3. engine: data of the old and of the new range goes, the snapshot's comes, then, synced: the region is as it should be.
 *
 * The spooled file is needed until then.
 */
export async function applySnapshot(
  deps: ApplySnapshotDeps,
  incoming: IncomingSnapshot,
  before: Region | undefined,
  replaced: readonly ReplacedRegion[],
): Promise<void> {
  const { region, position } = incoming
  const { engine } = deps
  await engine.write(
    [
      { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region, 'applying') },
      {
        type: 'put',
        cf: 'raft',
        key: applyStateKey(region.id),
        value: encodeApplyState({ applied: position, truncated: position }),
      },
      ...replaced.flatMap(tombstoneChanges),
    ],
    { sync: true },
  )
  if (before !== undefined && before.peers.length > 0) await deleteData(engine, before)
  for (const source of replaced) await deleteData(engine, source.region)
  const cleaned = replaced.map((source) => ({ type: 'clean', regionId: source.region.id }) as const)
  if (cleaned.length > 0) await deps.logEngine.write(cleaned, { sync: true })
  await finishSnapshot(deps, incoming)
}

function tombstoneChanges({ region, mergedInto: target }: ReplacedRegion): KeyChange[] {
  const value = encodeRegionState(region, 'tombstone', { minIndex: 0, commit: 0, target })
  return [
    { type: 'put', cf: 'raft', key: regionStateKey(region.id), value },
    { type: 'delete', cf: 'raft', key: applyStateKey(region.id) },
  ]
}

/** Steps 2 and 3, which may be done again. @throws SnapshotCorruptionError, FileNotFoundError */
export async function finishSnapshot(
  deps: ApplySnapshotDeps,
  { region, position, hardState }: IncomingSnapshot,
): Promise<void> {
  const { engine, logEngine, spool } = deps
  const { index } = position
  const value = encodeRaftState({ hardState: { ...hardState, commit: index }, lastIndex: index })
  await logEngine.write(
    [
      { type: 'compact', regionId: region.id, index: index + 1 },
      { type: 'put', regionId: region.id, key: raftStateKey, value },
    ],
    { sync: true },
  )
  await deleteData(engine, region)
  const name = { regionId: region.id, ...position }
  let batch: KeyChange[] = []
  let bytes = 0
  for await (const { cf, pairs } of spool.read(name, region)) {
    for (const pair of pairs) {
      batch.push({ type: 'put', cf, key: dataKey(pair.key), value: pair.value })
      bytes += pairBytes(pair)
    }
    if (bytes < batchBytesMax) continue
    await engine.write(batch, { sync: false })
    batch = []
    bytes = 0
  }
  // Durable with all that was written before.
  batch.push({ type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region) })
  batch.push({ type: 'put', cf: 'raft', key: restoredEpochKey(region.id), value: encodeEpoch(region.epoch) })
  await engine.write(batch, { sync: true })
  await spool.remove(name)
}

/** The region's range is empty afterwards. Not synced. */
export async function deleteData(
  engine: KvEngine,
  { startKey, endKey }: Pick<Region, 'startKey' | 'endKey'>,
): Promise<void> {
  for (const cf of snapshotFamilies as readonly ColumnFamily[]) {
    await engine.deleteRange(cf, dataKey(startKey), dataEndKey(endKey), { sync: false })
  }
}

/** What is in no region's range goes: a crash may have left it. Synced by whatever is synced next. */
export async function deleteDataBetween(engine: KvEngine, regions: readonly Region[]): Promise<void> {
  const ordered = [...regions].sort((left, right) => compareBytes(left.startKey, right.startKey))
  let startKey = emptyBytes
  for (const region of ordered) {
    if (compareBytes(startKey, region.startKey) < 0) await deleteData(engine, { startKey, endKey: region.startKey })
    if (region.endKey.length === 0) return
    startKey = region.endKey
  }
  await deleteData(engine, { startKey, endKey: emptyBytes })
}
