import type { Message } from '@stratakv/raft'

/**
 * A peer that was stopped has forgotten that it heard of a leader, who may still trust in its vote: it gives none to others before
 * an election timeout has passed. A candidate that was told to campaign has the leader's leave.
 */
export class VoteEmbargo {
  #ticksLeft: number

  constructor(ticks: number) {
    this.#ticksLeft = ticks
  }

  tick(): void {
    if (this.#ticksLeft > 0) this.#ticksLeft--
  }

  /** Whether the message may reach Raft. */
  lets({ type, context }: Message): boolean {
    if (this.#ticksLeft === 0 || (type !== 'vote' && type !== 'pre-vote')) return true
    return context.length > 0
  }
}
