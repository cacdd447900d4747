import type { LogIndex } from '@stratakv/core'

export interface LogGcOptions {
  /** `raftstore.raft-log-gc-threshold`: fewer entries than that are not worth a command. */
  readonly threshold: number
  /** `raftstore.raft-log-gc-count-limit`: with more, a follower that is behind gets a snapshot instead. */
  readonly countMax: number
  /** `raftstore.raft-log-gc-size-limit`: the same in bytes of what is in memory. */
  readonly bytesMax: number
  /** `raftstore.raft-log-reserve-max-ticks`: after so many rounds below the threshold they go all the same. */
  readonly reserveRoundsMax: number
}

export interface LogGcState {
  readonly firstIndex: LogIndex
  readonly lastIndex: LogIndex
  readonly applied: LogIndex
  /** What every member has. */
  readonly replicated: LogIndex
  readonly cachedBytes: number
  /** Rounds since something was dropped, or there was nothing to drop. */
  readonly reservedRounds: number
}

/**
 * Up to and with which entry a leader's log may go; `undefined` for nothing, this time. What all have goes; so that a follower that
 * is away cannot make the log grow without bound, half of it goes when it is too long.
 * (TiKV components/raftstore/src/store/fsm/peer.rs, on_raft_gc_log_tick.)
 */
export function logGcIndex(state: LogGcState, options: LogGcOptions): LogIndex | undefined {
  const { firstIndex, lastIndex, applied, replicated } = state
  const isTooLong = applied - firstIndex + 1 > options.countMax || state.cachedBytes > options.bytesMax
  let keepFrom: LogIndex
  if (isTooLong) keepFrom = Math.max(firstIndex + Math.floor((lastIndex - firstIndex) / 2), replicated)
  else if (replicated < firstIndex || lastIndex - firstIndex < 3) return undefined
  else if (replicated - firstIndex < options.threshold && state.reservedRounds < options.reserveRoundsMax)
    return undefined
  else keepFrom = replicated
  // The entry that all have stays, for its term is asked for.
  const index = Math.min(keepFrom, applied) - 1
  return index >= firstIndex ? index : undefined
}
