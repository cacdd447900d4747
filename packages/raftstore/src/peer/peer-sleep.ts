import type { Clock, Instant, PeerId, Peer as PeerMeta } from '@stratakv/core'
import type { PeerExtra, PeerMessage } from '../store/peer-message.ts'
import { extraMessage } from './extra-message.ts'
import { Hibernation, mayFollowerSleep, mayLeaderSleep } from './hibernation.ts'
import type { Peer } from './peer.ts'
import type { PeerDeps } from './peer-deps.ts'
import type { PeerOptions } from './peer-options.ts'

/** What is said between the peers of a region that nobody asks anything, so that none of them counts time; and what ends that. */
export class PeerSleep {
  readonly #peer: Peer
  readonly #clock: Clock
  readonly #deps: Pick<PeerDeps, 'tell' | 'onWork'>
  readonly #hibernation: Hibernation
  readonly #speaksRarely: boolean
  #wokenAt: Instant = 0

  constructor(peer: Peer, deps: Pick<PeerDeps, 'clock' | 'tell' | 'onWork'>, options: PeerOptions) {
    this.#peer = peer
    this.#clock = deps.clock
    this.#deps = deps
    this.#hibernation = new Hibernation(options.hibernation, options.electionTicks)
    this.#speaksRarely = options.heartbeatTicks > 1
  }

  get isAsleep(): boolean {
    return this.#hibernation.isAsleep
  }

  /** Since when others have been asked to speak again. */
  get wokenAt(): Instant {
    return this.#wokenAt
  }

  /** A tick comes. False when it is slept through. */
  takesTick(): boolean {
    if (!this.isAsleep) return true
    if (!this.#hibernation.sleepOn(this.#peer.isLeader)) return false
    this.#wake()
    return true
  }

  /** Raft has counted the tick. */
  ticked(): void {
    const peer = this.#peer
    if (!peer.isLeader) return
    // Where each tick is a heartbeat there is no better time.
    const isSpeaking = peer.node.hasReady && this.#speaksRarely
    if (this.#hibernation.beQuiet(isSpeaking, () => this.#mayLeaderSleep)) this.#askOthers()
  }

  /** Somebody asks here what only the leader can answer: that one, or a next one, is to be there. */
  rouse(): void {
    if (this.isAsleep) this.stir()
  }

  /** Something is said to the peer, by `from`, or asked of it. */
  stir(from?: PeerId): void {
    if (this.#hibernation.stir() && (from === undefined || from !== this.#peer.node.leader)) this.#wake()
  }

  /** What another peer says beside Raft. */
  heed({ from, message }: PeerMessage, extra: PeerExtra): void {
    const { isLeader, term, node, hasWork } = this.#peer
    if (extra === 'wake-up') this.rouse()
    else if (extra === 'hibernate-request') {
      const isLeadersOfTerm = !isLeader && message.term === term && node.leader === from.id
      const { lastIndex, committed } = node.status
      if (!mayFollowerSleep({ isLeadersOfTerm, leaderLastIndex: message.index, lastIndex, committed, hasWork })) return
      this.#sleep()
      this.#deps.tell(extraMessage(this.#peer, from, 'hibernate-response'))
    } else if (isLeader && message.term === term && message.index === node.lastIndex) {
      const others = this.#others.map(({ id }) => id)
      if (this.#hibernation.agree(from.id, others) && this.#mayLeaderSleep) this.#sleep()
    }
  }

  #wake(): void {
    const { isLeader, leader, node } = this.#peer
    this.#wokenAt = this.#clock.now()
    if (isLeader) node.ping()
    else if (leader !== undefined) this.#deps.tell(extraMessage(this.#peer, leader, 'wake-up'))
    this.#deps.onWork()
  }

  #sleep(): void {
    const { log, progress } = this.#peer
    this.#hibernation.sleep()
    log.evictTo(progress.applied.index)
  }

  #askOthers(): void {
    const others = this.#others
    if (others.length === 0) this.#sleep()
    for (const to of others) this.#deps.tell(extraMessage(this.#peer, to, 'hibernate-request'))
  }

  get #others(): readonly PeerMeta[] {
    const { region, meta } = this.#peer
    return region.peers.filter(({ id }) => id !== meta.id)
  }

  get #mayLeaderSleep(): boolean {
    const { node, progress, hasWork } = this.#peer
    const { lastIndex, committed, transferee } = node.status
    const matches = [...node.progress.values()].map(({ match }) => match)
    const isBusy = hasWork || transferee !== 0
    return mayLeaderSleep({ lastIndex, committed, applied: progress.applied.index, matches, hasWork: isBusy })
  }
}
