import { type Peer, toHex } from '@stratakv/core'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { RegionState } from '../region-cache.ts'
import { regionScore } from '../region-score.ts'
import type { StoreRecord } from '../stores.ts'
import type { Json } from './json-text.ts'

/** The JSON forms in which PD's HTTP paths show things; pd-ctl and dashboards read these names. */

/** The release whose protocol is spoken; tools decide by it what they may ask. */
export const protocolVersion = 'v6.1.0'

export function memberJson(pd: EmbeddedPlacementDriver): Json {
  return {
    name: pd.name,
    member_id: pd.memberId,
    peer_urls: [],
    client_urls: [...pd.clientUrls],
    binary_version: protocolVersion,
  }
}

/** protobuf numbers; 0 is left out, as Go does. */
const stateNumbers = { up: undefined, offline: 1, tombstone: 2 } as const
const nodeStateNumbers = { up: 1, offline: 2, tombstone: 3 } as const

export function storeJson(pd: EmbeddedPlacementDriver, record: StoreRecord): Json {
  const { meta, report, lastHeartbeatMs } = record
  const load = pd.regions.load(meta.id)
  const capacityBytes = report?.capacityBytes ?? 0
  const availableBytes = report?.availableBytes ?? 0
  const startSeconds = report?.startTimestamp || meta.startTimestamp
  const uptimeMs = lastHeartbeatMs - startSeconds * 1000
  return {
    store: {
      id: meta.id,
      address: meta.address,
      state: stateNumbers[meta.state],
      labels: meta.labels.length === 0 ? undefined : meta.labels.map(({ key, value }) => ({ key, value })),
      version: meta.version,
      peer_address: meta.peerAddress || undefined,
      status_address: meta.statusAddress || undefined,
      git_hash: meta.gitHash || undefined,
      start_timestamp: meta.startTimestamp || undefined,
      deploy_path: meta.deployPath || undefined,
      last_heartbeat: lastHeartbeatMs === 0 ? undefined : BigInt(lastHeartbeatMs) * 1_000_000n,
      node_state: nodeStateNumbers[meta.state],
      state_name: pd.storeStateName(record),
    },
    status: {
      capacity: byteSize(capacityBytes),
      available: byteSize(availableBytes),
      used_size: byteSize(report?.usedBytes ?? 0),
      leader_count: load.leaderCount,
      leader_weight: 1,
      leader_score: load.leaderCount,
      leader_size: load.leaderSizeMiB,
      region_count: load.regionCount,
      region_weight: 1,
      region_score: regionScore({ capacityBytes, availableBytes, regionSizeMiB: load.regionSizeMiB }),
      region_size: load.regionSizeMiB,
      pending_peer_count: load.pendingPeerCount || undefined,
      slow_score: report?.slowScore || undefined,
      sending_snap_count: report?.sendingSnapshotCount || undefined,
      receiving_snap_count: report?.receivingSnapshotCount || undefined,
      is_busy: report?.isBusy || undefined,
      start_ts: report === undefined ? undefined : rfc3339(startSeconds * 1000),
      last_heartbeat_ts: lastHeartbeatMs === 0 ? undefined : rfc3339(lastHeartbeatMs),
      uptime: lastHeartbeatMs > 0 && uptimeMs > 0 ? goDuration(uptimeMs) : undefined,
    },
  }
}

export function regionJson(state: RegionState): Json {
  const { region, leader, buckets } = state
  return {
    id: region.id,
    start_key: toHex(region.startKey),
    end_key: toHex(region.endKey),
    epoch: { conf_ver: region.epoch.confVer, version: region.epoch.version },
    peers: region.peers.map(peerJson),
    leader: leader === undefined ? {} : peerJson(leader),
    down_peers:
      state.downPeers.length === 0
        ? undefined
        : state.downPeers.map(({ peer, downSeconds }) => ({ peer: peerJson(peer), down_seconds: downSeconds })),
    pending_peers: state.pendingPeers.length === 0 ? undefined : state.pendingPeers.map(peerJson),
    written_bytes: state.bytesWritten,
    read_bytes: state.bytesRead,
    written_keys: state.keysWritten,
    read_keys: state.keysRead,
    approximate_size: state.approximateSizeMiB,
    approximate_keys: state.approximateKeyCount,
    buckets: buckets === undefined ? undefined : buckets.keys.map(toHex),
  }
}

export function regionsJson(states: readonly RegionState[]): Json {
  return { count: states.length, regions: states.map(regionJson) }
}

/** Figures over all the regions given. */
export function regionStatsJson(states: readonly RegionState[]): Json {
  const totals = { empty: 0, size: 0, keys: 0 }
  const stores = new Map<
    number,
    { leaders: number; leaderSize: number; leaderKeys: number; peers: number; peerSize: number; peerKeys: number }
  >()
  const storeOf = (id: number) => {
    let store = stores.get(id)
    if (store === undefined) {
      store = { leaders: 0, leaderSize: 0, leaderKeys: 0, peers: 0, peerSize: 0, peerKeys: 0 }
      stores.set(id, store)
    }
    return store
  }
  for (const { region, leader, approximateSizeMiB: size, approximateKeyCount: keys } of states) {
    if (size <= 1) totals.empty++
    totals.size += size
    totals.keys += keys
    if (leader !== undefined) {
      const store = storeOf(leader.storeId)
      store.leaders++
      store.leaderSize += size
      store.leaderKeys += keys
    }
    for (const { storeId } of region.peers) {
      const store = storeOf(storeId)
      store.peers++
      store.peerSize += size
      store.peerKeys += keys
    }
  }
  const byStore = (pick: (store: ReturnType<typeof storeOf>) => number): Json =>
    Object.fromEntries([...stores].map(([id, store]) => [id.toString(), pick(store)]))
  return {
    count: states.length,
    empty_count: totals.empty,
    storage_size: totals.size,
    storage_keys: totals.keys,
    store_leader_count: byStore((store) => store.leaders),
    store_peer_count: byStore((store) => store.peers),
    store_leader_size: byStore((store) => store.leaderSize),
    store_leader_keys: byStore((store) => store.leaderKeys),
    store_peer_size: byStore((store) => store.peerSize),
    store_peer_keys: byStore((store) => store.peerKeys),
  }
}

const roles = {
  voter: { role: undefined, name: 'Voter' },
  learner: { role: 1, name: 'Learner' },
  'incoming-voter': { role: 2, name: 'IncomingVoter' },
  'demoting-voter': { role: 3, name: 'DemotingVoter' },
} as const

function peerJson(peer: Peer): Json {
  const { role, name } = roles[peer.role]
  return {
    id: peer.id,
    store_id: peer.storeId,
    role,
    role_name: name,
    is_learner: peer.role === 'learner' ? true : undefined,
  }
}

export function rfc3339(unixMs: number): string {
  return new Date(unixMs).toISOString()
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** Four significant digits and a binary unit: `1.819TiB`. */
export function byteSize(bytes: number): string {
  let scaled = bytes
  let unit = 0
  while (scaled >= 1024 && unit < byteUnits.length - 1) {
    scaled /= 1024
    unit++
  }
  return `${Number(scaled.toPrecision(4))}${byteUnits[unit]}`
}

/** As Go prints a duration: `1h2m3.5s`. */
export function goDuration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor(ms / 60_000) % 60
  const seconds = `${(ms % 60_000) / 1000}s`
  if (hours > 0) return `${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}
