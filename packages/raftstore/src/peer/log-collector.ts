import type { LogIndex } from '@stratakv/core'
import { type LogGcOptions, logGcIndex } from './log-gc.ts'
import type { PeerLog } from './peer-log.ts'

interface Member {
  readonly match: LogIndex
  readonly isRecentlyActive: boolean
}

/** Up to which entry those may leave memory that are `applied`: to members that are there the rest is still to be sent. */
export function evictableIndex(applied: LogIndex, members: Iterable<Member>): LogIndex {
  let index = applied
  for (const { match, isRecentlyActive } of members) if (isRecentlyActive) index = Math.min(index, match)
  return index
}

/** Says, round by round, what of a leader's log is not needed any more. */
export class LogCollector {
  #reservedRounds = 0

  /** Up to where a command to drop entries is worth its while. `members`: all but the peer itself. */
  round(log: PeerLog, applied: LogIndex, members: readonly Member[], options: LogGcOptions): LogIndex | undefined {
    const firstIndex = log.firstIndex()
    const lastIndex = log.lastIndex()
    const replicated = members.reduce((least, { match }) => Math.min(least, match), lastIndex)
    const { cachedBytes } = log
    const reservedRounds = this.#reservedRounds++
    const compact = logGcIndex({ firstIndex, lastIndex, applied, replicated, cachedBytes, reservedRounds }, options)
    if (compact !== undefined || replicated < firstIndex || lastIndex - firstIndex < 3) this.#reservedRounds = 0
    return compact
  }
}
