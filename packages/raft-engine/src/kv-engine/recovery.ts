import {
  type EngineIterator,
  type KvEngine,
  type LogIndex,
  RaftLogCorruptionError,
  type RaftLogValue,
  type RegionId,
  toHex,
} from '@stratakv/core'
import {
  decodeFloor,
  decodeKey,
  entriesEnd,
  entryKey,
  floorKey,
  type RaftKey,
  raftKeysEnd,
  raftKeysStart,
} from './raft-keys.ts'
import type { RegionLog } from './region-log.ts'

/** A region whose values fit into one read of the iterator needs three seeks. */
const expectedValueCount = 4

/** A region as it lies in the engine. */
interface FoundRegion {
  /** Entries `[firstIndex, endIndex)`, in which those below `floor` are no more. */
  readonly firstIndex: LogIndex
  readonly endIndex: LogIndex
  readonly floor: LogIndex | undefined
  readonly values: ReadonlyMap<string, RaftLogValue>
}

/**
 * Finds every region: a few seeks for each, however long its log. Deletes what a drop that was cut short left behind.
 *
 * @throws RaftLogCorruptionError
 */
export async function recoverRegions(engine: KvEngine, name: string): Promise<Map<RegionId, RegionLog>> {
  const logs = new Map<RegionId, RegionLog>()
  const dropped: { readonly regionId: RegionId; readonly from: LogIndex; readonly floor: LogIndex }[] = []
  const iterator = engine.iterate('raft', {
    lowerBound: raftKeysStart,
    upperBound: raftKeysEnd,
    expectedCount: expectedValueCount,
  })
  try {
    let found = await iterator.seekToFirst()
    while (found) {
      const key = decodeKey(iterator.key)
      if (key.kind === 'foreign') {
        found = await iterator.next()
        continue
      }
      const { firstIndex, endIndex, floor, values } = await readRegion(iterator, key, name)
      if (floor !== undefined) dropped.push({ regionId: key.regionId, from: Math.min(firstIndex, floor), floor })
      const start = Math.min(Math.max(firstIndex, floor ?? 0), endIndex)
      if (start < endIndex || values.size > 0) logs.set(key.regionId, { firstIndex: start, endIndex, values })
      found = iterator.valid
    }
  } finally {
    iterator.close()
  }
  for (const { regionId, from, floor } of dropped) await finishDrop(engine, regionId, from, floor)
  return logs
}

/** Deletes the entries below `floor`, and then what says that they are no more. */
export async function finishDrop(engine: KvEngine, regionId: RegionId, from: LogIndex, floor: LogIndex): Promise<void> {
  // Durable before the floor goes: without it, an entry that was left would count again.
  await engine.deleteRange('raft', entryKey(regionId, from), entryKey(regionId, floor), {
    sync: engine.supports.durable,
  })
  await engine.write([{ type: 'delete', cf: 'raft', key: floorKey(regionId) }], { sync: false })
}

/** From the region's first key, at which `iterator` stands, to the first behind it. */
async function readRegion(
  iterator: EngineIterator,
  first: Exclude<RaftKey, { kind: 'foreign' }>,
  name: string,
): Promise<FoundRegion> {
  const { regionId } = first
  let [firstIndex, endIndex] = [0, 0]
  if (first.kind === 'entry') {
    firstIndex = first.index
    const behind = entriesEnd(regionId)
    await iterator.seekForPrev(behind)
    // The state key lies exactly there.
    if (iterator.valid && decodeKey(iterator.key).kind !== 'entry') await iterator.prev()
    const last = iterator.valid ? decodeKey(iterator.key) : first
    if (last.kind !== 'entry' || last.regionId !== regionId) {
      throw new RaftLogCorruptionError(name, undefined, `region ${regionId}: a key among its entries is none of ours`)
    }
    endIndex = last.index + 1
    await iterator.seek(behind)
  }
  let floor: LogIndex | undefined
  const values = new Map<string, RaftLogValue>()
  for (; iterator.valid; await iterator.next()) {
    const key = decodeKey(iterator.key)
    if (key.kind === 'foreign') continue
    if (key.regionId !== regionId) break
    if (key.kind === 'value') values.set(toHex(key.key), [key.key, iterator.value.slice()])
    if (key.kind !== 'floor') continue
    floor = decodeFloor(iterator.value)
    if (floor === undefined) {
      throw new RaftLogCorruptionError(name, undefined, `region ${regionId}: ${toHex(iterator.value)} is no index`)
    }
  }
  return { firstIndex, endIndex, floor, values }
}
