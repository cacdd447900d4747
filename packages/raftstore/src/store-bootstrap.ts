import {
  emptyBytes,
  type KeyChange,
  type KvEngine,
  type PlacementDriver,
  type Region,
  type StoreId,
  type StoreMeta,
} from '@stratakv/core'
import { ClusterIdMismatchError, ForeignBootstrapError, StateRecordError, StoreNotEmptyError } from './errors.ts'
import {
  applyStateKey,
  dataMaxKey,
  dataMinKey,
  isRegionStateKey,
  prepareBootstrapKey,
  regionStateKey,
  regionStatesEnd,
  regionStatesStart,
  storeIdentKey,
} from './keys.ts'
import {
  decodePreparedRegion,
  decodeRegionRecord,
  decodeStoreIdent,
  encodeInitialApplyState,
  encodePreparedRegion,
  encodeRegionState,
  encodeStoreIdent,
  type RegionRecord,
  type StoreIdentity,
} from './state-records.ts'

/** The engine's view of a store that is ready to serve. */
export interface OpenedStore {
  readonly identity: StoreIdentity
  readonly regions: readonly Region[]
}

/** Everything the placement driver is told about the store but its id, which it gives out itself. */
export type StoreDescription = Omit<StoreMeta, 'id'>

/**
 * Makes the engine's directory a member of the placement driver's cluster, or recognises it as one, and registers the store.
 * The steps are TiKV's (src/server/node.rs), each durable before the next, so that a crash between any two is finished by
 * the next start:
 *
 * 1. store ident written (a crash before it wastes one id);
 * 2. first region prepared: its state and the prepare key, in one batch;
 * 3. the placement driver takes store and region, atomically, or says that it has a first region already;
 * 4. prepare key removed (in the latter case, unless that region is ours, together with the prepared region).
 *
 * @throws ClusterIdMismatchError, StoreNotEmptyError, ForeignBootstrapError, StateRecordError
 */
export async function openStore(
  engine: KvEngine,
  placementDriver: PlacementDriver,
  description: StoreDescription,
): Promise<OpenedStore> {
  const identity = await identify(engine, placementDriver)
  const store: StoreMeta = { ...description, id: identity.storeId }
  await bootstrapCluster(engine, placementDriver, store)
  const regions = await loadRegions(engine)
  for (const { id, peers } of regions) {
    if (peers.length === 1) continue
    throw new StateRecordError(regionStateKey(id), `region ${id} is replicated; this build serves single replicas`)
  }
  if (regions.length === 0) {
    // Before the store is registered: one that never serves would stay in the cluster's list, and the address of the store
    // whose folder was deleted is still taken, which would be the error told instead of this one.
    const first = await placementDriver.regionByKey(emptyBytes)
    throw new ForeignBootstrapError(first?.region.id)
  }
  await placementDriver.putStore(store)
  return { identity, regions }
}

/**
 * The same for a store on Raft: where another store has made the cluster, this one joins it, and regions come to it as the placement
 * driver sees fit. @throws ClusterIdMismatchError, StoreNotEmptyError, StateRecordError
 */
export async function joinCluster(
  engine: KvEngine,
  placementDriver: PlacementDriver,
  description: StoreDescription,
): Promise<StoreIdentity> {
  const identity = await identify(engine, placementDriver)
  const store: StoreMeta = { ...description, id: identity.storeId }
  await bootstrapCluster(engine, placementDriver, store)
  await placementDriver.putStore(store)
  return identity
}

async function identify(engine: KvEngine, placementDriver: PlacementDriver): Promise<StoreIdentity> {
  const clusterId = await placementDriver.clusterId()
  const record = await engine.get('default', storeIdentKey)
  if (record !== undefined) {
    const identity = decodeStoreIdent(storeIdentKey, record)
    if (identity.clusterId !== clusterId) throw new ClusterIdMismatchError(identity.clusterId, clusterId)
    return identity
  }
  if (await hasData(engine)) throw new StoreNotEmptyError()
  const storeId: StoreId = await placementDriver.allocateIds(1)
  const identity = { clusterId, storeId }
  await engine.write([{ type: 'put', cf: 'default', key: storeIdentKey, value: encodeStoreIdent(identity) }], {
    sync: true,
  })
  return identity
}

/** True when a data column family holds data keys or CF raft holds anything. */
async function hasData(engine: KvEngine): Promise<boolean> {
  for (const cf of ['default', 'lock', 'write'] as const) {
    if (await hasAnyKey(engine, cf, dataMinKey, dataMaxKey)) return true
  }
  return hasAnyKey(engine, 'raft', emptyBytes, emptyBytes)
}

async function hasAnyKey(
  engine: KvEngine,
  cf: 'default' | 'lock' | 'write' | 'raft',
  lowerBound: Uint8Array,
  upperBound: Uint8Array,
): Promise<boolean> {
  const cursor = engine.iterate(cf, { lowerBound, upperBound, keysOnly: true, expectedCount: 1 })
  try {
    return await cursor.seekToFirst()
  } finally {
    cursor.close()
  }
}

async function bootstrapCluster(engine: KvEngine, placementDriver: PlacementDriver, store: StoreMeta): Promise<void> {
  const prepared = await engine.get('default', prepareBootstrapKey)
  let region = prepared === undefined ? undefined : decodePreparedRegion(prepareBootstrapKey, prepared)
  if (region === undefined) {
    if (await placementDriver.isBootstrapped()) return
    region = await prepareFirstRegion(engine, placementDriver, store.id)
  }
  const outcome = await placementDriver.bootstrap(store, region)
  const changes: KeyChange[] = [{ type: 'delete', cf: 'default', key: prepareBootstrapKey }]
  if (outcome === 'already-bootstrapped') {
    // Ours, if an earlier start got its answer lost; otherwise another store was faster, and the region must go.
    const first = await placementDriver.regionById(region.id)
    if (first === undefined) {
      changes.push({ type: 'delete', cf: 'raft', key: regionStateKey(region.id) })
      changes.push({ type: 'delete', cf: 'raft', key: applyStateKey(region.id) })
    }
  }
  await engine.write(changes, { sync: true })
}

async function prepareFirstRegion(
  engine: KvEngine,
  placementDriver: PlacementDriver,
  storeId: StoreId,
): Promise<Region> {
  const regionId = await placementDriver.allocateIds(2)
  const region: Region = {
    id: regionId,
    startKey: emptyBytes,
    endKey: emptyBytes,
    epoch: { confVer: 1, version: 1 },
    peers: [{ id: regionId + 1, storeId, role: 'voter' }],
  }
  await engine.write(
    [
      { type: 'put', cf: 'default', key: prepareBootstrapKey, value: encodePreparedRegion(region) },
      { type: 'put', cf: 'raft', key: regionStateKey(regionId), value: encodeRegionState(region) },
      { type: 'put', cf: 'raft', key: applyStateKey(regionId), value: encodeInitialApplyState() },
    ],
    { sync: true },
  )
  return region
}

/** Writes regions as bootstrap leaves its first one: no entry in their logs, no data. Of a store that is being made, and no other. */
export async function prepareRegions(engine: KvEngine, regions: readonly Region[]): Promise<void> {
  const changes = regions.flatMap((region): KeyChange[] => [
    { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region) },
    { type: 'put', cf: 'raft', key: applyStateKey(region.id), value: encodeInitialApplyState() },
  ])
  await engine.write(changes, { sync: true })
}

/** Every region with a live peer on this store, in id order. @throws StateRecordError */
export async function loadRegions(engine: KvEngine): Promise<Region[]> {
  const regions: Region[] = []
  for (const { state, region } of await loadRegionRecords(engine)) {
    if (state === 'tombstone') continue
    if (state === 'normal') regions.push(region)
    else throw new StateRecordError(regionStateKey(region.id), 'its data is being replaced by a snapshot')
  }
  return regions
}

/** What the store has of each region, in id order. @throws StateRecordError */
export async function loadRegionRecords(engine: KvEngine): Promise<RegionRecord[]> {
  const records: RegionRecord[] = []
  const cursor = engine.iterate('raft', { lowerBound: regionStatesStart, upperBound: regionStatesEnd })
  try {
    for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
      if (isRegionStateKey(cursor.key)) records.push(decodeRegionRecord(cursor.key, cursor.value))
    }
  } finally {
    cursor.close()
  }
  return records
}
