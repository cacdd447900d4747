import type { RegionView } from '../region-cache.ts'
import type { StoreRecord } from '../stores.ts'

/** How far the cluster is from having what it is meant to have. */
export interface ReplicationProgress {
  readonly regionCount: number
  /** Regions that have their voters, all of them on stores that stay. */
  readonly wholeCount: number
  /** Voters a region should have: `replication.max-replicas`, or one on each store where there are fewer. */
  readonly voterCount: number
  /** Stores that are on their way out, and the replicas that they still have. */
  readonly draining: readonly { readonly storeId: number; readonly replicaCount: number }[]
}

const everyKey = new Uint8Array(0)

/** Pure. Looks at every region. */
export function replicationProgress(
  regions: RegionView,
  stores: readonly StoreRecord[],
  maxReplicas: number,
): ReplicationProgress {
  const staying = new Set(stores.filter(({ meta }) => meta.state === 'up').map(({ meta }) => meta.id))
  const voterCount = Math.min(maxReplicas, staying.size)
  const all = regions.scan(everyKey, everyKey, 0)
  const whole = all.filter(({ region, pendingPeers }) => {
    const here = region.peers.filter(({ role, storeId, id }) => {
      return role === 'voter' && staying.has(storeId) && !pendingPeers.some((pending) => pending.id === id)
    })
    return here.length >= voterCount
  })
  const draining = stores
    .filter(({ meta }) => meta.state === 'offline')
    .map(({ meta }) => ({ storeId: meta.id, replicaCount: regions.onStore(meta.id).length }))
  return { regionCount: all.length, wholeCount: whole.length, voterCount, draining }
}
