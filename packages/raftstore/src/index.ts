/**
 * What a store is on disk and towards clients: TiKV's physical key layout and state records, the bootstrap of a store, the
 * checks that turn a request away with a region error, and {@link LocalKv}, the Kv of regions with a single replica.
 *
 * @packageDocumentation
 * @example
 * const { identity, regions } = await openStore(engine, placementDriver, description)
 * const kv = new LocalKv({ engine, locks, diskSpace }, { storeId: identity.storeId, regions, raftEntryMaxBytes })
 * await kv.write({ regionId: regions[0].id }, [{ type: 'put', cf: 'default', key, value }])
 */
export { DiskSpaceGate, type DiskSpaceGateOptions } from './disk-space-gate.ts'
export { ClusterIdMismatchError, ForeignBootstrapError, StateRecordError, StoreNotEmptyError } from './errors.ts'
export {
  applyStateKey,
  dataEndKey,
  dataKey,
  dataMaxKey,
  dataMinKey,
  logicalKey,
  prepareBootstrapKey,
  regionStateKey,
  storeIdentKey,
} from './keys.ts'
export { type KvFlow, LocalKv, type LocalKvDeps, type LocalKvOptions } from './local-kv.ts'
export { decodeStoreIdent, initialLogIndex, initialTerm, type StoreIdentity } from './state-records.ts'
export { loadRegions, type OpenedStore, openStore, type StoreDescription } from './store-bootstrap.ts'
