/**
 * Transaction and raw commands of one store, on a {@link Kv}.
 *
 * @packageDocumentation
 */
export type { CommandEnv, WriteCommand, WriteResult } from './command.ts'
export {
  type ConcurrencyManager,
  createConcurrencyManager,
  type KeyGuard,
  type LockCheck,
} from './concurrency-manager.ts'
