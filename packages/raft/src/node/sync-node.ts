import { assert } from '@stratakv/core'
import { entriesBytes } from '../entry-bytes.ts'
import type { Message } from '../message.ts'
import { newLocalMessage } from '../message.ts'
import type { RaftDeps, RaftOptions } from '../raft-options.ts'
import { GroupNode } from './group-node.ts'
import { type Ready, ReadyTracker, takeMessages, takePromises } from './ready.ts'

/**
 * A node whose host does one thing after the other: `ready`, write it durably, send the messages, apply, `advance`. Committed
 * entries may be among those that the same Ready writes.
 */
export class SyncNode extends GroupNode {
  readonly #tracker: ReadyTracker
  /** What the node tells itself when the host has done its part; undefined while no Ready is out. */
  #onAdvance: Message[] | undefined

  constructor(deps: RaftDeps, options: RaftOptions) {
    super(deps, options)
    this.#tracker = new ReadyTracker(this.raft.core, true)
  }

  get hasReady(): boolean {
    return this.#tracker.hasNews
  }

  /** Must be followed by `advance` before it is called again. */
  ready(): Ready {
    assert(this.#onAdvance === undefined, 'a Ready is advanced before the next')
    const { core } = this.raft
    const news = this.#tracker.take()
    const promises = takePromises(core)
    const messages = [...takeMessages(core), ...promises.filter(({ to }) => to !== core.id)]
    this.#onAdvance = promises.filter(({ to }) => to === core.id)
    const { unstable } = core.log
    if (unstable.hasEntries || news.snapshot !== undefined) {
      this.#onAdvance.push(
        newLocalMessage('storage-append-response', core.id, {
          ...(unstable.hasEntries ? { index: core.log.lastIndex, logTerm: core.log.lastTerm } : {}),
          snapshot: news.snapshot,
        }),
      )
    }
    const { committedEntries } = news
    if (committedEntries.length > 0) {
      this.#onAdvance.push(newLocalMessage('storage-apply-response', core.id, { entries: committedEntries }))
    }
    this.#tracker.accept(news, entriesBytes(committedEntries))
    return { ...news, messages }
  }

  /** What the last Ready asked for is done. */
  advance(): void {
    assert(this.#onAdvance !== undefined, 'there is a Ready to advance')
    const messages = this.#onAdvance
    this.#onAdvance = undefined
    for (const message of messages) this.raft.step(message)
  }
}
