import type { Telemetry } from '@stratakv/core'

/** Why a retry waits; each kind has its own curve, as in client-go (`internal/retry/backoff.go`). */
export type BackoffKind =
  | 'tikv-rpc'
  | 'pd-rpc'
  | 'region-miss'
  | 'region-scheduling'
  | 'server-busy'
  | 'disk-full'
  | 'stale-command'
  | 'max-ts-not-synced'
  | 'region-not-initialized'
  | 'txn-lock'
  | 'txn-lock-fast'

/** One user call, with all its tries: its cancellation and what it may still wait. */
export interface CallScope {
  readonly signal: AbortSignal | undefined
  readonly telemetry: Telemetry
  /** Waits before the next try. @throws BackoffExhaustedError naming what was met, CallAbortedError */
  backoff(kind: BackoffKind, cause: Error): Promise<void>
  /** @throws CallAbortedError when the caller has given up */
  check(): void
}
