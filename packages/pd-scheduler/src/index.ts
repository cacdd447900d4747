/**
 * The placement driver inside one process: cluster identity, ids, timestamps, stores, regions and safe points, durable on
 * a `FileSystem`, and what it takes to keep regions whole and stores even. It is one member, always the leader; it does not
 * replicate itself. The gRPC and HTTP faces are in `@stratakv/pd-scheduler/edge`.
 *
 * @packageDocumentation
 */
export {
  DuplicateStoreAddressError,
  InvalidBootstrapError,
  InvalidCountError,
  InvalidEtcdRequestError,
  InvalidRegionError,
  InvalidSafePointError,
  InvalidServiceError,
  InvalidStoreError,
  MetadataCorruptionError,
  MetadataPoisonedError,
  MetadataValueError,
  MetadataVersionError,
  NotBootstrappedError,
  PdBusyError,
  PdLimitError,
  StaleRegionError,
  StoreNotFoundError,
  StoreTombstoneError,
  UnknownRegionError,
} from './errors.ts'
export type {
  EtcdAnswer,
  EtcdComparison,
  EtcdKeyValue,
  EtcdKv,
  EtcdOperation,
  EtcdRange,
  EtcdRangeAnswer,
  EtcdTransaction,
} from './etcd-kv.ts'
export {
  type GcBarrier,
  type GcSafePoints,
  type GcState,
  gcWorkerServiceId,
  neverExpires,
  type ServiceSafePoint,
  savedSafePointKey,
  type TxnSafePointAdvance,
} from './gc-safe-points.ts'
export { type Keyspace, type Keyspaces, nullKeyspaceId } from './keyspaces.ts'
export { type PlacementDriverRecords, readPlacementDriverRecords } from './metadata-inspection.ts'
export {
  type EmbeddedPlacementDriver,
  openPlacementDriver,
  type PlacementDriverDeps,
  type PlacementDriverOptions,
} from './placement-driver.ts'
export type {
  AcceptedReport,
  RegionBuckets,
  RegionState,
  RegionView,
  StoreLoad,
} from './region-cache.ts'
export type { RegionList } from './region-list.ts'
export type { ClusterView, StoreInfluence, StoreView } from './schedule/cluster-view.ts'
export type { Operator, OperatorRecord, OperatorStatus } from './schedule/operator.ts'
export type { OperatorBook } from './schedule/operator-book.ts'
export type { OperatorKind, OperatorPlan } from './schedule/operator-plan.ts'
export type { OperatorStep, StepPeer } from './schedule/operator-step.ts'
export type { OrderStream, OrderStreams } from './schedule/order-streams.ts'
export {
  defaultPlacementConfig,
  InvalidPlacementConfigError,
  type PlacementConfig,
} from './schedule/placement-config.ts'
export type { ReplicationProgress } from './schedule/replication.ts'
export type { Scheduler } from './schedule/scheduler.ts'
export type { StoreRecord, StoreReport, StoreStateName } from './stores.ts'
