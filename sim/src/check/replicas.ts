import {
  type ColumnFamily,
  compareBytes,
  emptyBytes,
  type KvEngine,
  type Region,
  type StoreId,
  toHex,
} from '@stratakv/core'
import type { EmbeddedPlacementDriver } from '@stratakv/pd-scheduler'
import { dataEndKey, dataKey } from '@stratakv/raftstore'
import type { SimulatedCluster } from '../world/simulated-cluster.ts'
import type { StoreProcess } from '../world/simulated-store.ts'

const dataFamilies: readonly ColumnFamily[] = ['default', 'lock', 'write']

/** What keeps replicas from being equal now, and stores from having no more than they should; `undefined`: nothing does. */
export async function unequalReplicas(cluster: SimulatedCluster): Promise<string | undefined> {
  const { regionCount, wholeCount, voterCount } = cluster.pd.replication()
  if (wholeCount < regionCount)
    return `${regionCount - wholeCount} of ${regionCount} regions lack some of ${voterCount} voters`
  for (const { region } of cluster.pd.regions.scan(emptyBytes, emptyBytes, 0)) {
    let first: string | undefined
    for (const { storeId } of region.peers) {
      const running = cluster.machineOf(storeId)?.running
      const held = running?.node.regions.find(({ id }) => id === region.id)
      if (running === undefined || held === undefined) return `region ${region.id} is not on store ${storeId}`
      if (held.epoch.version !== region.epoch.version)
        return `region ${region.id} has another range on store ${storeId}`
      const content = await contentOf(running.engine, region)
      first ??= content
      if (content !== first) {
        const [one, other] = firstDifference(first, content)
        return `region ${region.id} differs: store ${region.peers[0]!.storeId} has ${one}, store ${storeId} has ${other}`
      }
    }
  }
  for (const { storeId, running } of cluster.machines) {
    const left = running && (await leftBehind(storeId!, running, cluster.pd))
    if (left !== undefined) return left
  }
  return undefined
}

/** What a store has that is no member's. */
async function leftBehind(
  storeId: StoreId,
  { node, engine }: StoreProcess,
  pd: EmbeddedPlacementDriver,
): Promise<string | undefined> {
  for (const { id } of node.regions) {
    const members = pd.regions.byId(id)?.region.peers ?? []
    if (!members.some((peer) => peer.storeId === storeId)) return `region ${id} is still on store ${storeId}`
  }
  const ranges = node.regions.map(({ startKey, endKey }) => [dataKey(startKey), dataEndKey(endKey)] as const)
  for (const cf of dataFamilies) {
    const cursor = engine.iterate(cf, { lowerBound: dataKey(emptyBytes), upperBound: dataEndKey(emptyBytes) })
    for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
      const { key } = cursor
      if (ranges.some(([start, end]) => compareBytes(start, key) <= 0 && compareBytes(key, end) < 0)) continue
      cursor.close()
      return `store ${storeId} holds ${cf} ${toHex(key)}, which is in no region of its own`
    }
    cursor.close()
  }
  return undefined
}

async function contentOf(engine: KvEngine, { startKey, endKey }: Region): Promise<string> {
  const range = { lowerBound: dataKey(startKey), upperBound: dataEndKey(endKey) }
  let content = ''
  for (const cf of dataFamilies) {
    const cursor = engine.iterate(cf, range)
    for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
      content += `${cf} ${toHex(cursor.key)} ${toHex(cursor.value)}\n`
    }
    cursor.close()
  }
  return content
}

/** Lines, each of a key with its value. */
function firstDifference(one: string, other: string): [string, string] {
  const [left, right] = [one.split('\n'), other.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  const shown = (lines: readonly string[]) => `${lines.length - 1} keys and there ${lines[at] || 'nothing'}`
  return [shown(left), shown(right)]
}
