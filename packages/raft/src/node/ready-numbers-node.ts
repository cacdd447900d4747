import { assert, type LogIndex } from '@stratakv/core'
import { entriesBytes, payloadBytes } from '../entry-bytes.ts'
import { appendThread, type Message, newMessage, type Snapshot } from '../message.ts'
import type { RaftDeps, RaftOptions } from '../raft-options.ts'
import { GroupNode } from './group-node.ts'
import { type Ready, ReadyTracker, takeMessages, takePromises } from './ready.ts'

export interface NumberedReady extends Ready {
  /** One more than that of the one before. */
  readonly number: number
  /** To be sent only when this Ready is durable; `messages` may go at once. */
  readonly persistedMessages: readonly Message[]
}

interface Unpersisted {
  readonly number: number
  /** What the node tells itself when it is durable. */
  readonly messages: readonly Message[]
}

interface Applying {
  readonly lastIndex: LogIndex
  readonly bytes: number
  readonly payloadBytes: number
}

/**
 * A node whose Readies are numbered, so that a host of many groups writes those of all in one batch and says afterwards how far
 * each is durable. Several may be out. What is handed out to be applied is durable here. (raft-rs' `on_persist_ready`.)
 */
export class ReadyNumbersNode extends GroupNode {
  readonly #tracker: ReadyTracker
  #number = 0
  readonly #unpersisted: Unpersisted[] = []
  readonly #applying: Applying[] = []

  constructor(deps: RaftDeps, options: RaftOptions) {
    super(deps, options)
    this.#tracker = new ReadyTracker(this.raft.core, false)
  }

  get hasReady(): boolean {
    return this.#tracker.hasNews
  }

  /** What the next Ready has to apply in place of all that is here. */
  get pendingSnapshot(): Snapshot | undefined {
    return this.raft.core.log.unstable.nextSnapshot
  }

  /** Of the newest Ready. */
  get lastNumber(): number {
    return this.#number
  }

  ready(): NumberedReady {
    const { core } = this.raft
    const news = this.#tracker.take()
    const all = takeMessages(core)
    // A vote asked for with a tail that a crash takes would count for the shorter log with which the node campaigns again.
    const messages = all.filter(({ type }) => type !== 'vote')
    const votes = all.length === messages.length ? [] : all.filter(({ type }) => type === 'vote')
    const promises = takePromises(core)
    const number = ++this.#number
    const toItself: Message[] = promises.filter(({ to }) => to === core.id)
    const { unstable, lastIndex } = core.log
    // Also of a new term: an acknowledgement of the old one says nothing of what was written in it.
    const isNewTerm = news.hardState !== undefined && unstable.hasEntries
    if (news.entries.length > 0 || news.snapshot !== undefined || isNewTerm) {
      const place = unstable.hasEntries ? { index: lastIndex, logTerm: core.log.lastTerm } : {}
      const { term, id } = core
      toItself.push(
        newMessage('storage-append-response', id, appendThread, term, { ...place, snapshot: news.snapshot }),
      )
    }
    if (toItself.length > 0) this.#unpersisted.push({ number, messages: toItself })
    const { committedEntries } = news
    const bytes = entriesBytes(committedEntries)
    if (committedEntries.length > 0) {
      const { index } = committedEntries.at(-1)!
      this.#applying.push({ lastIndex: index, bytes, payloadBytes: payloadBytes(committedEntries) })
    }
    this.#tracker.accept(news, bytes)
    return { ...news, messages, number, persistedMessages: [...promises.filter(({ to }) => to !== core.id), ...votes] }
  }

  /** All Readies up to this number are durable. */
  persisted(number: number): void {
    assert(number <= this.#number, 'what is durable was handed out')
    while (this.#unpersisted.length > 0 && this.#unpersisted[0]!.number <= number) {
      for (const message of this.#unpersisted.shift()!.messages) this.raft.step(message)
    }
  }

  /** Committed entries up to this one have been applied: the last of a Ready's, or one before. */
  appliedTo(index: LogIndex): void {
    let bytes = 0
    let payload = 0
    while (this.#applying.length > 0 && this.#applying[0]!.lastIndex <= index) {
      const done = this.#applying.shift()!
      bytes += done.bytes
      payload += done.payloadBytes
    }
    this.raft.appliedTo(index, bytes, payload)
  }
}
