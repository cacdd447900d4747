import type { ClusterId, Timestamp } from '@stratakv/core'
import type { BackupMode, KeyRange } from './manifest.ts'
import type { Pair } from './pair-sum.ts'

/** What is read, and as of when. */
export interface ScanRequest {
  readonly mode: BackupMode
  readonly range: KeyRange
  /** Of a transactional scan. */
  readonly ts: Timestamp
}

/**
 * A cluster as backup and restore see it. Calls fail with what the client throws once its own retries are used up.
 */
export interface Cluster {
  readonly clusterId: ClusterId
  /** A timestamp above all that were given out before. */
  timestamp(): Promise<Timestamp>
  /**
   * Keeps garbage collection from passing `ts` for `ttlSeconds`, under a name of this backup's own. Answers the lowest safe point
   * that is in force then: above `ts`, the call came too late. 0 seconds: ends it.
   */
  protect(name: string, ts: Timestamp, ttlSeconds: number): Promise<Timestamp>
  /** Pairs in ascending order of their keys, in batches as they come. They are the caller's. */
  scan(request: ScanRequest): AsyncIterable<readonly Pair[]>
  /** Writes all pairs, durable when it resolves. Writing the same again changes nothing that a reader sees. */
  write(mode: BackupMode, pairs: readonly Pair[]): Promise<void>
}
