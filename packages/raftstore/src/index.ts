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

export { RegionAgent, type RegionAgentDeps, type RegionAgentOptions } from './agent/region-agent.ts'
export type { SplitScanOptions } from './agent/split-scan.ts'
export type { StalePeersOptions } from './agent/stale-peers.ts'
export type { AppliedEntry, ApplyEffect, EngineStep } from './apply/apply-entry.ts'
export { PeerChangeError } from './apply/change-peers.ts'
export type { ApplyProgress, LogPosition, MergeState, RegionState } from './apply/region-state.ts'
export { SplitError } from './apply/split-region.ts'
export type { CommandBody, PeerChange, RegionCommand, SplitPart } from './command/region-command.ts'
export { DiskSpaceGate, type DiskSpaceGateOptions } from './disk-space-gate.ts'
export {
  ClusterIdMismatchError,
  ForeignBootstrapError,
  ForeignRaftLogError,
  ForeignSenderError,
  InconsistentReplicaError,
  RaftLogLostError,
  RaftStoreStoppedError,
  SnapshotRefusedError,
  StateRecordError,
  StoreNotEmptyError,
  WriteOutcomeUnknownError,
} from './errors.ts'
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
export type { HibernationOptions } from './peer/hibernation.ts'
export type { LoadedPeer } from './peer/load-peer.ts'
export type { LogGcOptions } from './peer/log-gc.ts'
export type { MergeLimits } from './peer/merge-readiness.ts'
export type { Peer } from './peer/peer.ts'
export type { PeerDeps, PeerWork } from './peer/peer-deps.ts'
export type { PeerLog, PeerLogDeps, PeerLogState, ReadEntries } from './peer/peer-log.ts'
export type { PeerOptions } from './peer/peer-options.ts'
export { RaftKv, type RaftKvDeps, type RaftKvOptions } from './raft-kv.ts'
export { decodeStoreIdent, initialLogIndex, initialTerm, type StoreIdentity } from './state-records.ts'
export type { ApplyTarget } from './store/apply-loop.ts'
export type { PeerExtra, PeerMessage, PeerTransport } from './store/peer-message.ts'
export { RaftStore } from './store/raft-store.ts'
export type { RaftStoreDeps, RaftStoreEvents, RaftStoreOptions } from './store/raft-store-options.ts'
export type { RegionMap } from './store/region-map.ts'
export { StoreMessages, type StoreMessagesEvents } from './store/store-messages.ts'
export {
  joinCluster,
  loadRegions,
  type OpenedStore,
  openStore,
  prepareRegions,
  type StoreDescription,
} from './store-bootstrap.ts'
export { CommandRecordError } from './wire/command-record-error.ts'
export { PeerMessageError } from './wire/peer-message-record.ts'
