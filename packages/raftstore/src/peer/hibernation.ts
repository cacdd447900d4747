import type { LogIndex, PeerId } from '@stratakv/core'

export interface HibernationOptions {
  /** `raftstore.hibernate-regions`. */
  readonly isOn: boolean
  /**
   * `raftstore.peer-stale-state-check-interval`, in ticks: a leader that sleeps wakes that often and is heard. A follower that has heard
   * nothing for twice as long wakes, and so notices that its leader is gone.
   */
  readonly staleCheckTicks: number
}

/** How a leader stands, as far as its sleep goes. */
export interface LeaderFacts {
  readonly lastIndex: LogIndex
  readonly committed: LogIndex
  readonly applied: LogIndex
  /** Up to where each other member has the log. */
  readonly matches: readonly LogIndex[]
  /** Someone waits for it, or it does something that ticks drive on: a hand-over, a merge, a snapshot. */
  readonly hasWork: boolean
}

/** Whether a leader has nothing to say to anyone. (TiKV components/raftstore/src/store/hibernate_state.rs and peer.rs, check_before_tick.) */
export function mayLeaderSleep({ lastIndex, committed, applied, matches, hasWork }: LeaderFacts): boolean {
  return !hasWork && committed === lastIndex && applied === lastIndex && matches.every((match) => match === lastIndex)
}

/** How a follower stands that its leader asks to sleep. */
export interface FollowerFacts {
  readonly isLeadersOfTerm: boolean
  /** The leader's last entry, as it said. */
  readonly leaderLastIndex: LogIndex
  readonly lastIndex: LogIndex
  readonly committed: LogIndex
  readonly hasWork: boolean
}

/** Whether a follower has all that its leader has, and knows that it is committed. */
export function mayFollowerSleep(facts: FollowerFacts): boolean {
  const { isLeadersOfTerm, leaderLastIndex, lastIndex, committed, hasWork } = facts
  return isLeadersOfTerm && !hasWork && lastIndex === leaderLastIndex && committed === lastIndex
}

/**
 * Whether a replica counts time. One that sleeps sends nothing and starts no election; whatever is said to it, or asked of it, wakes it.
 *
 * It is safe because time that a replica does not count makes it later with everything: a follower gives its vote later, a leader steps
 * down later. Reads stand on the lease, which is by the clock and ends during the sleep, and then on a question to the others, which wakes all.
 */
export class Hibernation {
  readonly #options: HibernationOptions
  /** A leader asks when it was quiet for as long as an election takes. */
  readonly #quietTicksMin: number
  #quietTicks = 0
  #sleptTicks = 0
  #isAsleep = false
  readonly #agreed = new Set<PeerId>()

  constructor(options: HibernationOptions, electionTicks: number) {
    this.#options = options
    this.#quietTicksMin = electionTicks
  }

  get isAsleep(): boolean {
    return this.#isAsleep
  }

  /** A tick while asleep. True when it has slept long enough, and wakes. */
  sleepOn(isLeader: boolean): boolean {
    this.#sleptTicks++
    const { staleCheckTicks } = this.#options
    if (this.#sleptTicks < (isLeader ? staleCheckTicks : 2 * staleCheckTicks)) return false
    this.stir()
    return true
  }

  /**
   * A leader's tick while awake. True when the others are to be asked whether they would sleep: not while it says something else, which
   * may come behind the question, and wake them.
   */
  beQuiet(isSpeaking: boolean, mayAsk: () => boolean): boolean {
    if (!this.#options.isOn) return false
    if (++this.#quietTicks < this.#quietTicksMin || isSpeaking) return false
    this.#quietTicks = 0
    this.#agreed.clear()
    return mayAsk()
  }

  /** A member would sleep. True when all `others` would. */
  agree(member: PeerId, others: readonly PeerId[]): boolean {
    this.#agreed.add(member)
    return others.every((id) => this.#agreed.has(id))
  }

  sleep(): void {
    this.#isAsleep = true
    this.#sleptTicks = 0
    this.#agreed.clear()
  }

  /** Something happens. True when it was asleep. */
  stir(): boolean {
    const wasAsleep = this.#isAsleep
    this.#isAsleep = false
    this.#quietTicks = 0
    if (this.#agreed.size > 0) this.#agreed.clear()
    return wasAsleep
  }
}
