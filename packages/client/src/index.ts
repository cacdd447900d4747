/**
 * A TiKV client for TypeScript: raw and transactional, against any TiKV or StrataKV, over gRPC or in this process.
 *
 * @packageDocumentation
 */
export type { BackoffKind, CallScope } from './call-scope.ts'
