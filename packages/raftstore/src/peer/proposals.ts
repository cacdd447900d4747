import { type Instant, StaleCommandError, type WriteStage } from '@stratakv/core'
import type { LogPosition } from '../apply/region-state.ts'

/** One whose entry is not applied yet. */
export interface Proposal extends LogPosition {
  readonly proposedAt: Instant
  readonly onStage: ((stage: WriteStage) => void) | undefined
  /** What is said first counts. */
  readonly settle: (error?: Error) => void
}

/**
 * A leader's proposals, by ascending index. Each is settled at the latest when the entry at its place is applied, which is its own, or
 * that of another leader.
 */
export class Proposals {
  #pending: Proposal[] = []
  #committedCount = 0
  #passedCount = 0

  get count(): number {
    return this.#pending.length
  }

  push(proposal: Proposal): void {
    // A new leader's log may be shorter than what this node had proposed in an earlier term.
    while (this.#pending.length > 0 && this.#pending.at(-1)!.index >= proposal.index)
      this.#pending.pop()!.settle(new StaleCommandError())
    this.#committedCount = Math.min(this.#committedCount, this.#pending.length)
    this.#passedCount = Math.min(this.#passedCount, this.#pending.length)
    this.#pending.push(proposal)
  }

  /** Entries up to and with this one are committed. Returns when the newest of its term was proposed, if one was. */
  committed({ index, term }: LogPosition): Instant | undefined {
    let newest: Instant | undefined
    while (this.#committedCount < this.#pending.length && this.#pending[this.#committedCount]!.index <= index) {
      const proposal = this.#pending[this.#committedCount++]!
      if (proposal.term !== term) continue
      newest = proposal.proposedAt
      proposal.onStage?.('committed')
    }
    return newest
  }

  /** The proposal of the entry at this place, if it has one here, which stays until it is applied. Asked by ascending index. */
  at({ index, term }: LogPosition): Proposal | undefined {
    while (this.#passedCount < this.#pending.length && this.#pending[this.#passedCount]!.index < index)
      this.#passedCount++
    const proposal = this.#pending[this.#passedCount]
    return proposal?.index === index && proposal.term === term ? proposal : undefined
  }

  /** The entry at this place is applied; its own proposal, if it has one here, is the answer. */
  takeApplied({ index, term }: LogPosition): Proposal | undefined {
    while (this.#pending.length > 0 && this.#pending[0]!.index <= index) {
      const proposal = this.#pending.shift()!
      this.#committedCount = Math.max(0, this.#committedCount - 1)
      this.#passedCount = Math.max(0, this.#passedCount - 1)
      if (proposal.index === index && proposal.term === term) return proposal
      // Another entry has its place, or it never came into the log.
      proposal.settle(new StaleCommandError())
    }
    return undefined
  }

  /** The peer goes. */
  failAll(error: Error): void {
    const pending = this.#pending
    this.#pending = []
    this.#committedCount = 0
    this.#passedCount = 0
    for (const proposal of pending) proposal.settle(error)
  }
}
