import type { LogIndex } from '@stratakv/core'
import type { NodeId } from '../conf-state.ts'
import type { Entry } from '../entry.ts'
import type { HardState, Message, Snapshot } from '../message.ts'
import type { RaftCore, ReadState } from '../raft-core.ts'
import type { RaftRole } from '../role.ts'

/** What need not be stored. */
export interface SoftState {
  readonly leader: NodeId
  readonly role: RaftRole
}

/** What a host has to do, in this order where it does one after the other: write, send, apply. */
export interface Ready {
  /** If it has changed. */
  readonly softState: SoftState | undefined
  /** If it has changed: to be written with the entries. */
  readonly hardState: HardState | undefined
  readonly readStates: readonly ReadState[]
  /** To be written to the log; an entry takes the place of all that is stored from its index on. */
  readonly entries: readonly Entry[]
  /** To be written, and applied before entries are. The log begins behind it. */
  readonly snapshot: Snapshot | undefined
  /** To be applied, in order. */
  readonly committedEntries: readonly Entry[]
  readonly messages: readonly Message[]
  /** Whether what is to be written has to be durable before anything is said to be: a commit index alone need not. */
  readonly mustSync: boolean
}

/** What has been told to the host, and when there is news. */
export class ReadyTracker {
  readonly #core: RaftCore
  /** Whether committed entries are handed out before they are durable here: when they are in the same Ready, and written first. */
  readonly #mayBeUnstable: boolean
  #leader: NodeId
  #role: RaftRole
  #term: number
  #vote: NodeId
  #commit: LogIndex

  constructor(core: RaftCore, mayBeUnstable: boolean) {
    this.#core = core
    this.#mayBeUnstable = mayBeUnstable
    this.#leader = core.leader
    this.#role = core.role
    this.#term = core.term
    this.#vote = core.vote
    this.#commit = core.log.committed
  }

  /** Allocates nothing: it is asked after each tick of each group. */
  get hasNews(): boolean {
    const core = this.#core
    return (
      core.messages.length > 0 ||
      core.promises.length > 0 ||
      core.readStates.length > 0 ||
      this.#hasSoftNews ||
      this.#hasHardNews ||
      core.log.unstable.nextSnapshot !== undefined ||
      core.log.unstable.hasNextEntries ||
      core.log.hasNextCommitted(this.#mayBeUnstable)
    )
  }

  /** All news but messages; from now on it is told. */
  take(): Omit<Ready, 'messages'> {
    const core = this.#core
    const { log } = core
    const entries = log.unstable.nextEntries()
    const committedEntries = log.nextCommitted(this.#mayBeUnstable)
    const mustSync = entries.length > 0 || core.term !== this.#term || core.vote !== this.#vote
    const news = {
      softState: this.#hasSoftNews ? { leader: core.leader, role: core.role } : undefined,
      hardState: this.#hasHardNews ? core.hardState : undefined,
      readStates: core.readStates,
      entries,
      snapshot: log.unstable.nextSnapshot,
      committedEntries,
      mustSync,
    }
    this.#leader = core.leader
    this.#role = core.role
    this.#term = core.term
    this.#vote = core.vote
    this.#commit = log.committed
    if (core.readStates.length > 0) core.readStates = []
    return news
  }

  /** What `take` returned is under way. */
  accept({ committedEntries }: Pick<Ready, 'committedEntries'>, committedBytes: number): void {
    const { log } = this.#core
    log.unstable.accept()
    const last = committedEntries.at(-1)
    if (last !== undefined) log.acceptApplying(last.index, committedBytes, this.#mayBeUnstable)
  }

  get #hasSoftNews(): boolean {
    return this.#core.leader !== this.#leader || this.#core.role !== this.#role
  }

  get #hasHardNews(): boolean {
    const { term, vote, log } = this.#core
    return term !== this.#term || vote !== this.#vote || log.committed !== this.#commit
  }
}

export function takeMessages(core: RaftCore): Message[] {
  if (core.messages.length === 0) return []
  const { messages } = core
  core.messages = []
  return messages
}

export function takePromises(core: RaftCore): Message[] {
  if (core.promises.length === 0) return []
  const { promises } = core
  core.promises = []
  return promises
}
