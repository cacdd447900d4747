/**
 * Compliance suites: what every implementation of a seam must do, as one call in its test file.
 *
 * @packageDocumentation
 */
export type { TestApi } from './test-api.ts'
