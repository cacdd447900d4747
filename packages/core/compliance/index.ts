/**
 * Compliance suites: what every implementation of a seam must do, as one call in its test file.
 *
 * @packageDocumentation
 */

export { type ApiVersionComplianceOptions, type ApiVersionSupports, apiVersionCompliance } from './api-version.ts'
export { type ChecksumComplianceOptions, checksumCompliance } from './checksum.ts'
export { type ClockComplianceOptions, type ClockFixture, clockCompliance } from './clock.ts'
export { type CompressorComplianceOptions, compressorCompliance } from './compressor.ts'
export { type FileSystemComplianceOptions, type FileSystemUnderTest, fileSystemCompliance } from './file-system.ts'
export { type KvComplianceOptions, type KvFixture, kvCompliance } from './kv.ts'
export { type KvEngineComplianceOptions, type KvEngineFixture, kvEngineCompliance } from './kv-engine.ts'
export { type MemoryLocksComplianceOptions, type MemoryLocksFixture, memoryLocksCompliance } from './memory-locks.ts'
export {
  type PlacementDriverComplianceOptions,
  type PlacementDriverFixture,
  placementDriverCompliance,
} from './placement-driver.ts'
export {
  type RaftLogEngineComplianceOptions,
  type RaftLogEngineFixture,
  raftLogEngineCompliance,
} from './raft-log-engine.ts'
export { describeRaftLog, NaiveRaftLog, type NaiveRegion, RaftLogDice } from './raft-log-model.ts'
export { type RandomComplianceOptions, randomCompliance } from './random.ts'
export { rpcCompliance } from './rpc.ts'
export type { RpcComplianceOptions, RpcFixture } from './rpc-fixture.ts'
export { type TelemetryComplianceOptions, type TelemetryFixture, telemetryCompliance } from './telemetry.ts'
export type { TestApi } from './test-api.ts'
export { type TransportComplianceOptions, type TransportFixture, transportCompliance } from './transport.ts'
export {
  type AdmissionPressure,
  type WriteAdmissionComplianceOptions,
  type WriteAdmissionFixture,
  writeAdmissionCompliance,
} from './write-admission.ts'
