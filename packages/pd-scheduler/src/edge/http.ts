import { StrataError } from '@stratakv/core'
import { InvalidServiceError, InvalidStoreError, StoreNotFoundError, StoreTombstoneError } from '../errors.ts'
import { fromHex } from '../persisted-values.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import type { StoreRecord } from '../stores.ts'
import {
  goDuration,
  memberJson,
  protocolVersion,
  regionJson,
  regionStatsJson,
  regionsJson,
  rfc3339,
  storeJson,
} from './http-forms.ts'
import { HttpError, type PdHttpHandler, percentDecoded, type Route, type RouteCall, routed } from './http-routes.ts'
import type { Json } from './json-text.ts'
import { operatorRoutes } from './operator-routes.ts'

const regionLimitDefault = 16
const regionLimitMax = 10_240

/** The first of PD's HTTP paths: what pd-ctl and dashboards read about members, stores, regions and safe points. */
export function pdHttp(pd: EmbeddedPlacementDriver): PdHttpHandler {
  return routed('/pd', [
    ...bothPrefixes([
      { method: 'GET', path: '/health', answer: () => healthJson(pd) },
      { method: 'GET', path: '/ping', answer: () => ({}) },
    ]),
    ...under('/pd/api/v1', [...memberRoutes(pd), ...clusterRoutes(pd).map((route) => demandingCluster(pd, route))]),
  ])
}

/** Answered before the cluster is bootstrapped too. */
function memberRoutes(pd: EmbeddedPlacementDriver): Route[] {
  return [
    {
      method: 'GET',
      path: '/version',
      answer: () => ({ version: protocolVersion, build_time: '', hash: '', branch: 'stratakv' }),
    },
    {
      method: 'GET',
      path: '/status',
      answer: () => ({
        build_ts: '',
        version: protocolVersion,
        git_hash: '',
        start_timestamp: Math.floor(pd.startedAtMs / 1000),
      }),
    },
    {
      method: 'GET',
      path: '/members',
      answer: () => ({
        header: { cluster_id: pd.id },
        members: [memberJson(pd)],
        leader: memberJson(pd),
        etcd_leader: memberJson(pd),
      }),
    },
    { method: 'GET', path: '/leader', answer: () => memberJson(pd) },
    {
      method: 'GET',
      path: '/config',
      answer: () => ({ schedule: scheduleJson(pd), replication: replicationJson(pd) }),
    },
    { method: 'GET', path: '/config/schedule', answer: () => scheduleJson(pd) },
    { method: 'GET', path: '/config/replicate', answer: () => replicationJson(pd) },
    { method: 'GET', path: '/config/cluster-version', answer: () => pd.clusterVersion },
    { method: 'GET', path: '/cluster/status', answer: () => clusterStatusJson(pd) },
    {
      method: 'GET',
      path: '/gc/safepoint',
      answer: () => ({
        service_gc_safe_points: pd.gc.services().map(({ serviceId, expiresAt, safePoint }) => ({
          service_id: serviceId,
          expired_at: expiresAt,
          safe_point: safePoint,
        })),
        gc_safe_point: pd.gc.gcSafePoint,
      }),
    },
    {
      method: 'DELETE',
      path: '/gc/safepoint/{service}',
      answer: async (call) => {
        const service = new TextDecoder().decode(percentDecoded(call.parameter('service')))
        await withStatus(pd.gc.updateService(service, 0n, 0n))
        return 'Delete service GC safepoint successfully.'
      },
    },
  ]
}

function clusterRoutes(pd: EmbeddedPlacementDriver): Route[] {
  const { regions } = pd
  const storeNamed = (call: RouteCall): StoreRecord => {
    const id = idParameter(call)
    const record = pd.storeRecord(id)
    if (record === undefined) throw new HttpError(404, new StoreNotFoundError(id).message)
    return record
  }
  return [
    { method: 'GET', path: '/cluster', answer: () => ({ id: pd.id, max_peer_count: pd.placement.maxReplicas }) },
    ...operatorRoutes(pd),
    { method: 'GET', path: '/stores', answer: (call) => storesJson(pd, call.query.getAll('state')) },
    { method: 'GET', path: '/store/{id}', answer: (call) => storeJson(pd, storeNamed(call)) },
    {
      method: 'DELETE',
      path: '/store/{id}',
      answer: async (call) => {
        await withStatus(pd.removeStore(idParameter(call), { force: call.query.has('force') }))
        return 'The store is set as Offline.'
      },
    },
    { method: 'GET', path: '/regions', answer: () => regionsJson(regions.scan(noKey, noKey, 0)) },
    {
      method: 'GET',
      path: '/regions/key',
      answer: ({ query }) => {
        const found = regions.scan(keyOf(query, 'key'), keyOf(query, 'end_key'), limitOf(query))
        return regionsJson(found)
      },
    },
    {
      method: 'GET',
      path: '/regions/store/{id}',
      answer: (call) => regionsJson(regions.onStore(idParameter(call))),
    },
    {
      method: 'GET',
      path: '/region/id/{id}',
      answer: (call) => {
        const state = regions.byId(idParameter(call))
        return state === undefined ? null : regionJson(state)
      },
    },
    {
      method: 'GET',
      path: '/region/key/{key}',
      answer: (call) => {
        const bytes = percentDecoded(call.parameter('key'))
        const key = call.query.get('format') === 'hex' ? hexKey(new TextDecoder().decode(bytes)) : bytes
        const state = regions.byKey(key)
        return state === undefined ? null : regionJson(state)
      },
    },
    {
      method: 'GET',
      path: '/stats/region',
      answer: ({ query }) => regionStatsJson(regions.scan(keyOf(query, 'start_key'), keyOf(query, 'end_key'), 0)),
    },
    {
      // Stores do not report theirs by default (TiKV: report-min-resolved-ts-interval = 0), and nothing is collected here.
      method: 'GET',
      path: '/min-resolved-ts',
      answer: () => ({ is_real_time: false, min_resolved_ts: 0, persist_interval: '0s' }),
    },
  ]
}

const noKey = new Uint8Array(0)

function under(prefix: string, routes: readonly Route[]): Route[] {
  return routes.map((route) => ({ ...route, path: prefix + route.path }))
}

function bothPrefixes(routes: readonly Route[]): Route[] {
  return [...under('/pd', routes), ...under('/pd/api/v1', routes)]
}

/** Tools look for this text to tell "no store has come yet" from a broken placement driver. */
function demandingCluster(pd: EmbeddedPlacementDriver, route: Route): Route {
  return {
    ...route,
    answer: (call) => {
      if (!pd.bootstrapped) throw new HttpError(500, 'TiKV cluster not bootstrapped, please start TiKV first')
      return route.answer(call)
    },
  }
}

function healthJson(pd: EmbeddedPlacementDriver): Json {
  return [{ name: pd.name, member_id: pd.memberId, client_urls: [...pd.clientUrls], health: true }]
}

/** Only what is in force. Truth values are text, as in PD. */
function scheduleJson({ placement }: EmbeddedPlacementDriver): Json {
  return {
    'max-snapshot-count': placement.maxSnapshotCount,
    'max-pending-peer-count': placement.maxPendingPeerCount,
    'max-merge-region-size': placement.maxMergeRegionSizeMiB,
    'max-merge-region-keys': placement.maxMergeRegionKeys,
    'split-merge-interval': goDuration(placement.splitMergeIntervalMs),
    'max-store-down-time': goDuration(placement.maxStoreDownTimeMs),
    'leader-schedule-limit': placement.leaderScheduleLimit,
    'region-schedule-limit': placement.regionScheduleLimit,
    'replica-schedule-limit': placement.replicaScheduleLimit,
    'merge-schedule-limit': placement.mergeScheduleLimit,
    'tolerant-size-ratio': placement.tolerantSizeRatio,
    'low-space-ratio': placement.lowSpaceRatio,
    'region-score-formula-version': 'v2',
    'enable-one-way-merge': String(placement.enableOneWayMerge),
    'enable-joint-consensus': String(placement.enableJointConsensus),
    'enable-remove-down-replica': String(placement.enableRemoveDownReplica),
    'enable-replace-offline-replica': String(placement.enableReplaceOfflineReplica),
    'enable-make-up-replica': String(placement.enableMakeUpReplica),
    'enable-remove-extra-replica': String(placement.enableRemoveExtraReplica),
    'enable-location-replacement': String(placement.enableLocationReplacement),
  }
}

function replicationJson(pd: EmbeddedPlacementDriver): Json {
  return {
    'max-replicas': pd.placement.maxReplicas,
    'location-labels': pd.placement.locationLabels.join(','),
    'strictly-match-label': 'false',
    'enable-placement-rules': 'false',
    'isolation-level': '',
  }
}

function clusterStatusJson(pd: EmbeddedPlacementDriver): Json {
  const only = pd.regions.count === 1 ? pd.regions.byKey(noKey) : undefined
  const voterCount = only?.region.peers.filter(({ role }) => role === 'voter').length ?? 0
  return {
    raft_bootstrap_time: pd.bootstrapTimeMs === undefined ? undefined : rfc3339(pd.bootstrapTimeMs),
    is_initialized: pd.regions.count > 1 || (voterCount >= pd.placement.maxReplicas && only?.pendingPeers.length === 0),
    replication_status: '',
  }
}

const stateOfNumber = { 0: 'up', 1: 'offline', 2: 'tombstone' } as const

function storesJson(pd: EmbeddedPlacementDriver, states: readonly string[]): Json {
  const wanted = states.map((text) => {
    if (text === '0' || text === '1' || text === '2') return stateOfNumber[text]
    throw new HttpError(400, `unknown store state "${text}"`)
  })
  const records = pd
    .storeRecords({ includeTombstones: wanted.length > 0 })
    .filter(({ meta }) => wanted.length === 0 || wanted.includes(meta.state))
  return { count: records.length, stores: records.map((record) => storeJson(pd, record)) }
}

function idParameter(call: RouteCall): number {
  const text = call.parameter('id')
  const id = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(id)) throw new HttpError(400, `"${text}" is not an id`)
  return id
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit')
  if (text === null || text === '') return regionLimitDefault
  const limit = Number(text)
  if (!Number.isInteger(limit)) throw new HttpError(400, `"${text}" is not a limit`)
  return limit < 1 ? regionLimitDefault : Math.min(limit, regionLimitMax)
}

/** Keys with bytes that are not UTF-8 have to be sent as `format=hex`: the query has been decoded as text before it comes here. */
function keyOf(query: URLSearchParams, name: string): Uint8Array {
  const text = query.get(name) ?? ''
  return query.get('format') === 'hex' ? hexKey(text) : new TextEncoder().encode(text)
}

function hexKey(text: string): Uint8Array {
  try {
    return fromHex(text)
  } catch {
    throw new HttpError(400, `"${text}" is not hex`)
  }
}

/** Turns the refusals an operator can cause into the status PD gives them. */
async function withStatus<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (error) {
    if (error instanceof StoreNotFoundError) throw new HttpError(404, error.message)
    if (error instanceof StoreTombstoneError) throw new HttpError(410, error.message)
    if (error instanceof InvalidStoreError || error instanceof InvalidServiceError)
      throw new HttpError(400, error.message)
    if (error instanceof StrataError) throw new HttpError(500, error.message)
    throw error
  }
}
