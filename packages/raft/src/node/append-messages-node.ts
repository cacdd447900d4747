import { entriesBytes } from '../entry-bytes.ts'
import { appendThread, applyThread, type Message, newMessage, type Snapshot } from '../message.ts'
import type { RaftDeps, RaftOptions } from '../raft-options.ts'
import { GroupNode } from './group-node.ts'
import { type Ready, ReadyTracker, takeMessages, takePromises } from './ready.ts'

/**
 * A node that tells its storage what to do by messages, and does not wait: several Readies may be out. A `storage-append` goes to
 * {@link appendThread}, a `storage-apply` to {@link applyThread}; when one is done, its `responses` are delivered, to this node
 * and others. Messages to one of the two are handled in order, and none is lost; the two need not wait for each other.
 *
 * An append without responses need not be durable; an apply never. What a Ready says of entries and the hard state is what the
 * messages say again.
 */
export class AppendMessagesNode extends GroupNode {
  readonly #tracker: ReadyTracker

  constructor(deps: RaftDeps, options: RaftOptions) {
    super(deps, options)
    this.#tracker = new ReadyTracker(this.raft.core, false)
  }

  get hasReady(): boolean {
    return this.#tracker.hasNews
  }

  ready(): Ready {
    const { core } = this.raft
    const news = this.#tracker.take()
    const messages = takeMessages(core)
    const promises = takePromises(core)
    const { entries, hardState, snapshot, committedEntries } = news
    if (entries.length > 0 || hardState !== undefined || snapshot !== undefined || promises.length > 0) {
      const { term, vote, commit } = hardState ?? { term: 0, vote: 0, commit: 0 }
      const responses = [...promises, ...this.#appendResponse(snapshot)]
      messages.push(
        newMessage('storage-append', appendThread, core.id, term, { entries, snapshot, vote, commit, responses }),
      )
    }
    if (committedEntries.length > 0) {
      const done = newMessage('storage-apply-response', core.id, applyThread, 0, { entries: committedEntries })
      messages.push(
        newMessage('storage-apply', applyThread, core.id, 0, { entries: committedEntries, responses: [done] }),
      )
    }
    this.#tracker.accept(news, entriesBytes(committedEntries))
    return { ...news, messages }
  }

  /**
   * Says how far the log is durable when the append is done. In this term: by the time that it arrives in a later one, entries
   * may have been replaced twice, and be the same in index and term as what was written before.
   */
  #appendResponse(snapshot: Snapshot | undefined): Message[] {
    const { log, id, term } = this.raft.core
    const { hasEntries } = log.unstable
    if (!hasEntries && snapshot === undefined) return []
    const place = hasEntries ? { index: log.lastIndex, logTerm: log.lastTerm } : {}
    return [newMessage('storage-append-response', id, appendThread, term, { ...place, snapshot })]
  }
}
