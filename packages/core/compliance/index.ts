/**
 * Compliance suites: what every implementation of a seam must do, as one call in its test file.
 *
 * @packageDocumentation
 */

export { type ApiVersionComplianceOptions, type ApiVersionSupports, apiVersionCompliance } from './api-version.ts'
export { type ChecksumComplianceOptions, checksumCompliance } from './checksum.ts'
export { type FileSystemComplianceOptions, type FileSystemUnderTest, fileSystemCompliance } from './file-system.ts'
export { type KvComplianceOptions, type KvFixture, kvCompliance } from './kv.ts'
export { type KvEngineComplianceOptions, type KvEngineFixture, kvEngineCompliance } from './kv-engine.ts'
export type { TestApi } from './test-api.ts'
