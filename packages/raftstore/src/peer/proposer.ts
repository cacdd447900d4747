import { type Clock, type Instant, type LogIndex, NotLeaderError, type RegionId } from '@stratakv/core'
import { type ConfChangeCodec, RaftProposalDroppedError, type ReadyNumbersNode } from '@stratakv/raft'
import { type AppliedEntry, isPlainWrite } from '../apply/apply-entry.ts'
import type { LogPosition } from '../apply/region-state.ts'
import type { RegionCommand } from '../command/region-command.ts'
import { type Proposal, Proposals } from './proposals.ts'
import { type CommandRun, proposeRun, runsOf, type WaitingCommand } from './propose-command.ts'

export interface ProposerDeps {
  readonly node: ReadyNumbersNode
  readonly confChanges: ConfChangeCodec
  readonly clock: Clock
  readonly regionId: RegionId
  /** Why the region does not take the command, as it is now. */
  readonly refusalOf: (command: RegionCommand) => Error | undefined
}

export interface ProposerOptions {
  /** Of the entries in one append, and so of what is proposed together. */
  readonly messageBytesMax: number
}

/** A leader's commands, from when they are asked for until they are applied. Writes go to Raft together, once a turn. */
export class Proposer {
  readonly #deps: ProposerDeps
  readonly #messageBytesMax: number
  /** For the next turn. */
  #waiting: WaitingCommand[] = []
  readonly #proposals = new Proposals()
  #reshapeIndex: LogIndex = 0
  #prepareMergeIndex: LogIndex = 0
  #answeredIndex: LogIndex = 0

  constructor(deps: ProposerDeps, { messageBytesMax }: ProposerOptions) {
    this.#deps = deps
    this.#messageBytesMax = messageBytesMax
  }

  /** Commands that are not settled. */
  get count(): number {
    return this.#waiting.length + this.#proposals.count
  }

  /** Where this leader has put its newest split or merge; 0: it has none. */
  get reshapeIndex(): LogIndex {
    return this.#reshapeIndex
  }

  /** Where this leader has proposed to merge; 0: it has not. */
  get prepareMergeIndex(): LogIndex {
    return this.#prepareMergeIndex
  }

  /** The newest entry whose write was told to have taken place before it was applied; 0: none was. */
  get answeredIndex(): LogIndex {
    return this.#answeredIndex
  }

  /** A write waits for `flush`; any other command goes to Raft now, behind what waits. */
  add(waiting: WaitingCommand): void {
    this.#waiting.push(waiting)
    if (waiting.command.body.type !== 'write') this.flush()
  }

  /** What waits goes to Raft. */
  flush(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const run of runsOf(waiting, this.#messageBytesMax)) this.#propose(run)
  }

  /** Not to be answered: Raft hands it on to whoever leads. */
  suggest(command: RegionCommand): void {
    const [run] = runsOf([{ command, settle() {} }], this.#messageBytesMax)
    this.#isTaken(run!)
  }

  /** See {@link Proposals.committed}. */
  committed(last: LogPosition): Instant | undefined {
    return this.#proposals.committed(last)
  }

  /**
   * What committed entries do is known: writes that change data and nothing else have taken place, as far as their callers can see, if
   * readers wait for `answeredIndex` to be applied.
   */
  decided(entries: readonly AppliedEntry[]): void {
    for (const entry of entries) {
      if (!isPlainWrite(entry)) continue
      const proposal = this.#proposals.at(entry.after.progress.applied)
      if (proposal === undefined) continue
      this.#answeredIndex = proposal.index
      proposal.settle()
    }
  }

  /** See {@link Proposals.takeApplied}. */
  takeApplied(position: LogPosition): Proposal | undefined {
    return this.#proposals.takeApplied(position)
  }

  /** The peer leads no more, or begins to. */
  roleChanged(): void {
    this.#reshapeIndex = 0
    this.#prepareMergeIndex = 0
  }

  /** The peer goes. */
  failAll(error: Error): void {
    this.#proposals.failAll(error)
    for (const { settle } of this.#waiting.splice(0)) settle(error)
  }

  #propose(run: CommandRun): void {
    const { node, clock, regionId, refusalOf } = this.#deps
    const before = node.lastIndex
    const proposedAt = clock.now()
    // Of all that a run has, or of none.
    let refusal = refusalOf(run.waiting[0]!.command)
    // Handing over: nobody is known to lead by the time that it is asked again.
    if (refusal === undefined && !this.#isTaken(run)) refusal = new NotLeaderError(regionId, undefined)
    for (const [at, { command, onStage, settle }] of run.waiting.entries()) {
      if (refusal !== undefined) {
        settle(refusal)
        continue
      }
      const index = before + 1 + at
      const { type } = command.body
      if (type === 'split' || type === 'prepare-merge') this.#reshapeIndex = index
      if (type === 'prepare-merge') this.#prepareMergeIndex = index
      this.#proposals.push({ index, term: node.term, proposedAt, onStage, settle })
      onStage?.('proposed')
    }
  }

  #isTaken(run: CommandRun): boolean {
    try {
      proposeRun(this.#deps.node, this.#deps.confChanges, run)
      return true
    } catch (error) {
      if (!(error instanceof RaftProposalDroppedError)) throw error
      return false
    }
  }
}
