import { below, type Random } from '@stratakv/core'

/** Why a retry waits; each kind has its own curve, as in client-go (`config/retry/config.go`). */
export type BackoffKind =
  | 'tikv-rpc'
  | 'pd-rpc'
  | 'region-miss'
  | 'region-scheduling'
  | 'region-recovery'
  | 'region-not-initialized'
  | 'is-witness'
  | 'server-busy'
  | 'disk-full'
  | 'stale-command'
  | 'max-ts-not-synced'
  | 'txn-lock'
  | 'txn-lock-fast'
  | 'txn-not-found'

/** `none`: exactly the exponential value; `equal`: between half of it and all of it. */
export type Jitter = 'none' | 'equal'

/** Doubles from `baseMs` with each wait, up to `capMs`. */
export interface BackoffCurve {
  readonly baseMs: number
  readonly capMs: number
  readonly jitter: Jitter
}

/** client-go's figures. */
export const backoffCurves: Readonly<Record<BackoffKind, BackoffCurve>> = {
  'tikv-rpc': { baseMs: 100, capMs: 2000, jitter: 'equal' },
  'pd-rpc': { baseMs: 500, capMs: 3000, jitter: 'equal' },
  'region-miss': { baseMs: 2, capMs: 500, jitter: 'none' },
  'region-scheduling': { baseMs: 2, capMs: 500, jitter: 'none' },
  'region-recovery': { baseMs: 100, capMs: 10_000, jitter: 'equal' },
  'region-not-initialized': { baseMs: 2, capMs: 1000, jitter: 'none' },
  'is-witness': { baseMs: 1000, capMs: 10_000, jitter: 'equal' },
  'server-busy': { baseMs: 2000, capMs: 10_000, jitter: 'equal' },
  'disk-full': { baseMs: 500, capMs: 5000, jitter: 'none' },
  'stale-command': { baseMs: 2, capMs: 1000, jitter: 'none' },
  'max-ts-not-synced': { baseMs: 2, capMs: 500, jitter: 'none' },
  'txn-lock': { baseMs: 100, capMs: 3000, jitter: 'equal' },
  'txn-lock-fast': { baseMs: 2, capMs: 3000, jitter: 'equal' },
  'txn-not-found': { baseMs: 2, capMs: 500, jitter: 'none' },
}

/** The wait before the next try, whole milliseconds, when there were `waitCount` of this kind before it. */
export function backoffMs(curve: BackoffCurve, waitCount: number, random: Random): number {
  const fullMs = Math.min(curve.capMs, curve.baseMs * 2 ** waitCount)
  if (curve.jitter === 'none') return fullMs
  const halfMs = Math.floor(fullMs / 2)
  return fullMs - halfMs + below(random, halfMs + 1)
}
