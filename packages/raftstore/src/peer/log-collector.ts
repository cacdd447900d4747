import type { LogIndex } from '@stratakv/core'
import { type LogGcOptions, logGcIndex } from './log-gc.ts'
import type { PeerLog } from './peer-log.ts'

interface Member {
  readonly match: LogIndex
  readonly isRecentlyActive: boolean
}

export interface LogRound {
  /** Entries up to here may leave memory. */
  readonly evictTo: LogIndex
  /** A command to drop entries up to here is worth its while. */
  readonly compact: LogIndex | undefined
}

/** Says, round by round, what of a peer's log is not needed any more. */
export class LogCollector {
  #reservedRounds = 0

  /** `members`: all but the peer itself, where it leads. */
  round(log: PeerLog, applied: LogIndex, members: readonly Member[] | undefined, options: LogGcOptions): LogRound {
    if (members === undefined) return { evictTo: applied, compact: undefined }
    const firstIndex = log.firstIndex()
    const lastIndex = log.lastIndex()
    let replicated = lastIndex
    let evictTo = applied
    for (const { match, isRecentlyActive } of members) {
      replicated = Math.min(replicated, match)
      if (isRecentlyActive) evictTo = Math.min(evictTo, match)
    }
    const { cachedBytes } = log
    const reservedRounds = this.#reservedRounds++
    const compact = logGcIndex({ firstIndex, lastIndex, applied, replicated, cachedBytes, reservedRounds }, options)
    if (compact !== undefined || replicated < firstIndex || lastIndex - firstIndex < 3) this.#reservedRounds = 0
    return { evictTo, compact }
  }
}
