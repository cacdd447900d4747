import { physicalMs, type Timestamp } from '@stratakv/core'
import type { Lock } from './lock-record.ts'

/** True when the lock's time to live is over at `currentTs`. The last millisecond still counts as alive. */
export function isExpired(lock: Lock, currentTs: Timestamp): boolean {
  return physicalMs(lock.startTs) + lock.ttlMs < physicalMs(currentTs)
}
