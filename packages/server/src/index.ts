/**
 * A storage node composed from the StrataKV packages: engine, transactions and an embedded placement driver in one
 * process, with TiKV's and PD's own protocols on its sockets. This package wires and translates; it decides nothing
 * about data.
 *
 * @packageDocumentation
 * @example
 * await using node = await StorageNode.open({ dataDir: './data' })
 * const { pd } = await node.serve() // give this address to any TiKV client
 */
export {
  type ComposedNode,
  composeNode,
  type EmbeddedCalls,
  LogEngineMissingError,
  type NodeIdentity,
  type NodeParts,
  type SnapshotPlace,
  type StoreAddresses,
  tikvVersion,
} from './compose-node.ts'
export {
  type CheckedConfig,
  checkConfig,
  completeConfig,
  configToml,
  defaultConfig,
  describeKeys,
  readToml,
  showConfig,
  type UnknownKey,
} from './config/config.ts'
export { ConfigFileError, ConfigValueError } from './config/errors.ts'
export type { ConfigKey } from './config/key-kinds.ts'
export { type Config, type ConfigKeyName, configKeys, type IoBackend } from './config/keys.ts'
export { formatDuration, formatSize, parseDuration, parseSize } from './config/quantities.ts'
export {
  DamagedMarkerError,
  DataDirectoryClusterError,
  DataDirectoryIncompleteError,
  DataDirectoryInUseError,
  DataDirectoryTooNewError,
  EngineMismatchError,
  ForeignDataDirectoryError,
} from './data-directory/errors.ts'
export {
  type DirectoryFacts,
  type DoctorDeps,
  type DoctorOptions,
  type DoctorProgress,
  type DoctorReport,
  examineDirectory,
  NotThereError,
} from './doctor/doctor.ts'
export type { Finding, FindingCode, RepairKind, Severity } from './doctor/finding.ts'
export type { RecordCounts } from './doctor/record-check.ts'
export { FaultRuleError, FaultsExposedError, FaultsOffError } from './faults/errors.ts'
export {
  type CallFaultRule,
  callFaults,
  type DelayRule,
  type DiskFault,
  type DiskFaultRule,
  diskFaults,
  type FaultedCalls,
  type FaultOdds,
  type FaultRule,
  type RegionFault,
  regionFaults,
} from './faults/fault-rule.ts'
export type { ArmedFault } from './faults/fault-table.ts'
export type { FaultOptions, Faults, FrozenPart } from './faults/node-faults.ts'
export { AddressTakenError } from './listen.ts'
export { LogFileError, type LogFileOptions } from './log/log-file.ts'
export { type LogFields, type Logger, type LogOptions, pinoLogger, silentLogger } from './log/logger.ts'
export type { MemoryShares } from './memory-shares.ts'
export { IoBackendUnavailableError } from './node-disk.ts'
export {
  type Endpoints,
  type NodeEdgesDeps,
  type ServedNode,
  serveNode,
} from './node-edges.ts'
export { PlacementDriverNode, type PlacementDriverNodeOptions } from './placement-driver-node.ts'
export { type PrometheusTelemetry, prometheusTelemetry } from './prometheus-telemetry.ts'
export { raftStoreOptions } from './raft-options.ts'
export { StorageNode, type StorageNodeOptions } from './storage-node.ts'
export { storeMethods } from './store-methods.ts'
export { productVersion } from './version.ts'
