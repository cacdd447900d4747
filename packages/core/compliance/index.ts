/**
 * Compliance suites: what every implementation of a seam must do, as one call in its test file.
 *
 * @packageDocumentation
 */
export type { TestApi } from './test-api.ts'
export { type ChecksumComplianceOptions, checksumCompliance } from './checksum.ts'
export { type ApiVersionComplianceOptions, type ApiVersionSupports, apiVersionCompliance } from './api-version.ts'
export { type KvEngineComplianceOptions, type KvEngineFixture, kvEngineCompliance } from './kv-engine.ts'
