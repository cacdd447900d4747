import type { Peer, StoreId } from '@stratakv/core'
import { RegionCache } from '../src/region-cache.ts'
import { type ClusterView, noInfluence, type StoreView } from '../src/schedule/cluster-view.ts'
import { type PlacementConfig, placementConfig } from '../src/schedule/placement-config.ts'
import { region, report } from './sample-driver.ts'

export interface SampleView extends ClusterView {
  readonly cache: RegionCache
  /** Stores by id, changed in place. */
  readonly table: Map<StoreId, StoreView>
  readonly busyRegions: Set<number>
}

/** A cluster of `storeCount` stores that are up, with no limits, in which nothing runs. */
export function sampleView(storeCount: number, given: Partial<PlacementConfig> = {}): SampleView {
  const cache = new RegionCache()
  const table = new Map<StoreId, StoreView>()
  const busyRegions = new Set<number>()
  const withLoad = (store: StoreView): StoreView => ({ ...store, load: cache.load(store.id) })
  for (let id = 1; id <= storeCount; id++) table.set(id, sampleStore(id))
  return {
    config: placementConfig(given),
    cache,
    table,
    busyRegions,
    regions: cache,
    get stores() {
      return [...table.values()].map(withLoad)
    },
    store: (id) => {
      const found = table.get(id)
      return found && withLoad(found)
    },
    influence: () => noInfluence,
    hasOperator: (id) => busyRegions.has(id),
    isHeard: () => true,
    hasRoom: () => true,
    isFreshlySplit: () => false,
  }
}

export function sampleStore(id: StoreId, fields: Partial<StoreView> = {}): StoreView {
  return {
    id,
    labels: [],
    state: 'Up',
    isBusy: false,
    capacityBytes: 2 ** 40,
    availableBytes: 2 ** 39,
    snapshotCount: 0,
    load: { regionCount: 0, regionSizeMiB: 0, leaderCount: 0, leaderSizeMiB: 0, pendingPeerCount: 0 },
    ...fields,
  }
}

/** `1 2 3L 4+ 5-`: stores of voters, with L of a learner, + of an incoming and - of a demoting voter. The first leads. Peer ids are store ids plus 100. */
export function peersOf(text: string): Peer[] {
  const roles = { L: 'learner', '+': 'incoming-voter', '-': 'demoting-voter' } as const
  return text.split(' ').map((word) => {
    const storeId = Number.parseInt(word, 10)
    const role = roles[word.at(-1) as keyof typeof roles] ?? 'voter'
    return { id: storeId + 100, storeId, role }
  })
}

/** Puts a region into the view's cache and returns it as it is there. */
export function placed(
  view: SampleView,
  id: number,
  range: readonly [string, string],
  peers: string,
  fields: {
    down?: readonly number[]
    pending?: readonly number[]
    sizeMiB?: number
    version?: number
    confVer?: number
    leader?: number
  } = {},
) {
  const of = { ...region(id, range, fields), peers: peersOf(peers) }
  const on = (stores: readonly number[] = []) => of.peers.filter(({ storeId }) => stores.includes(storeId))
  return view.cache.report(
    report(of, {
      leader: of.peers.find(({ storeId }) => storeId === fields.leader) ?? of.peers[0]!,
      downPeers: on(fields.down).map((peer) => ({ peer, downSeconds: 3600 })),
      pendingPeers: on(fields.pending),
      approximateSizeBytes: (fields.sizeMiB ?? 1) * 2 ** 20,
    }),
  ).state
}
