import { type Instant, type LogIndex, NotLeaderError, type Term } from '@stratakv/core'
import type { LogPosition } from '../apply/region-state.ts'
import { Lease } from './lease.ts'
import type { Peer } from './peer.ts'
import type { PeerDeps } from './peer-deps.ts'
import type { PeerOptions } from './peer-options.ts'
import { PendingReads } from './pending-reads.ts'
import type { Proposer } from './proposer.ts'

type ReadDeps = Pick<PeerDeps, 'clock' | 'onWork' | 'onReaderWaits'>

/** When what one peer's region holds on this store may be read: under its lease, or when the others have been asked. */
export class PeerReads {
  readonly #peer: Peer
  readonly #proposer: Proposer
  readonly #deps: ReadDeps
  readonly #lease: Lease
  readonly #pending = new PendingReads()

  constructor(peer: Peer, proposer: Proposer, deps: ReadDeps, { leaseMs }: PeerOptions) {
    this.#peer = peer
    this.#proposer = proposer
    this.#deps = deps
    this.#lease = new Lease(leaseMs)
  }

  /** Whether none waits. */
  get isEmpty(): boolean {
    return this.#pending.isEmpty
  }

  /**
   * Resolves when the engine shows all that was acknowledged before this call; `undefined`: it does. @throws NotLeaderError, and with it
   * rejects, too, who waits when the peer leads no more
   */
  readable(): Promise<void> | undefined {
    const now = this.#deps.clock.now()
    if (!this.isLocal(now)) return this.#ask()
    // Before it ends.
    if (this.#lease.isEnding(now) && !this.#pending.hasQuestion) this.#ask().catch(() => {})
    return this.isBehind ? this.#awaitAnswered() : undefined
  }

  /** Whether nothing was acknowledged that is not decided here, and nobody else can have been elected. */
  isLocal(now: Instant): boolean {
    const { isCaughtUp, term } = this.#peer
    return isCaughtUp && !this.#isGivenAway && this.#lease.isValid(term, now)
  }

  /** Whether a write was acknowledged here that the engine does not show yet. */
  get isBehind(): boolean {
    return this.#proposer.answeredIndex > this.#appliedIndex
  }

  /**
   * Whether it is committed, and not applied here, that the region becomes part of another: as soon as another store hears of it, that one
   * may answer for the keys. Raft knows before its entries come out, which a slow disk of this store holds back.
   */
  get #isGivenAway(): boolean {
    const { prepareMergeIndex } = this.#proposer
    return prepareMergeIndex > this.#appliedIndex && this.#peer.node.status.committed >= prepareMergeIndex
  }

  get #appliedIndex(): LogIndex {
    return this.#peer.progress.applied.index
  }

  #ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { stopped, isLeader, regionId, leader } = this.#peer
      if (stopped !== undefined || !isLeader) {
        reject(stopped ?? new NotLeaderError(regionId, leader))
        return
      }
      this.#peer.stir()
      const settle = (error?: Error) => (error === undefined ? resolve() : reject(error))
      this.#pending.add({ askedAt: this.#deps.clock.now(), settle })
      this.#deps.onWork()
    })
  }

  #awaitAnswered(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => (error === undefined ? resolve() : reject(error))
      this.#pending.addAnswered(this.#proposer.answeredIndex, { askedAt: this.#deps.clock.now(), settle })
      this.#deps.onReaderWaits()
    })
  }

  /** What is to be asked of Raft, goes there. */
  collect(): void {
    const { node, isLeader } = this.#peer
    if (this.#pending.hasQuestion && isLeader) node.readIndex(this.#pending.takeQuestion())
  }

  /** Raft has an answer. */
  answered(context: Uint8Array, index: LogIndex): void {
    const askedAt = this.#pending.answer(context, index)
    if (askedAt !== undefined && this.#peer.isLeader) this.#renew(askedAt)
    this.applied(this.#appliedIndex)
    if (this.#pending.waitsForApply) this.#deps.onReaderWaits()
  }

  /** Entries up to and with `last` are committed: those that were proposed here tell when a majority was heard of. */
  committed(last: LogPosition): void {
    const { isLeader, term } = this.#peer
    const proposedAt = this.#proposer.committed(last)
    if (proposedAt !== undefined && isLeader && last.term === term) this.#renew(proposedAt)
  }

  /** Entries up to and with `index` are applied. */
  applied(index: LogIndex): void {
    this.#pending.applied(index)
  }

  /** Leadership is offered to another. */
  forfeit(term: Term): void {
    this.#lease.forfeit(term)
  }

  /** The peer has become something else than it was. */
  roleChanged(wasLeader: boolean): void {
    this.#lease.expire()
    const { regionId, leader } = this.#peer
    if (wasLeader) this.#pending.failAll(new NotLeaderError(regionId, leader))
  }

  /** The peer goes. */
  failAll(error: Error): void {
    this.#lease.expire()
    this.#pending.failAll(error)
  }

  #renew(sentAt: Instant): void {
    // Elsewhere the new regions may already be led by another, who cannot be elected before this lease has ended.
    if (this.#proposer.reshapeIndex > this.#appliedIndex) return
    this.#lease.renew(this.#peer.term, sentAt)
  }
}
