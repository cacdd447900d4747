import { assert, type LogIndex } from '@stratakv/core'
import type { Inflights } from './inflights.ts'

/**
 * `probe`: where the follower's log ends is not known; one append at a time asks. `replicate`: appends are sent ahead of their
 * acknowledgements, as far as the window goes. `snapshot`: it needs one, and gets nothing else until it has it.
 */
export type ProgressState = 'probe' | 'replicate' | 'snapshot'

/**
 * What a leader knows of a follower. `match < next` always: up to `match` both logs are the same and durable there, and `next`
 * is the first entry that has not been sent.
 */
export class Progress {
  match: LogIndex
  next: LogIndex
  state: ProgressState = 'probe'
  /** In state `snapshot`: the index of the one that was sent; else 0. */
  pendingSnapshot: LogIndex = 0
  /** Something came from it since the last check of the quorum. */
  isRecentlyActive: boolean
  /** Sending waits for a sign of it: a probe is under way, or the window is full. */
  isFlowPaused = false
  isLearner: boolean
  /** Of the commit index, the highest that was sent or that an entry sent implies. */
  sentCommit: LogIndex = 0
  /** What it said of its own commit index, where nodes say so; see `RaftOptions.reportsCommit`. */
  committed: LogIndex = 0
  readonly inflights: Inflights

  constructor(fields: Pick<Progress, 'match' | 'next' | 'isRecentlyActive' | 'isLearner' | 'inflights'>) {
    assert(fields.match < fields.next, 'what matches has been sent')
    this.match = fields.match
    this.next = fields.next
    this.isRecentlyActive = fields.isRecentlyActive
    this.isLearner = fields.isLearner
    this.inflights = fields.inflights
  }

  get isPaused(): boolean {
    return this.state === 'snapshot' || this.isFlowPaused
  }

  becomeProbe(): void {
    // A snapshot that arrived is where to go on, even if its acknowledgement did not.
    const sent = this.state === 'snapshot' ? this.pendingSnapshot : 0
    this.#enter('probe')
    this.next = Math.max(this.match, sent) + 1
    this.sentCommit = Math.min(this.sentCommit, this.next - 1)
  }

  becomeReplicate(): void {
    this.#enter('replicate')
    this.next = this.match + 1
  }

  becomeSnapshot(index: LogIndex): void {
    this.#enter('snapshot')
    this.pendingSnapshot = index
    this.next = index + 1
    this.sentCommit = index
  }

  /** An append of so many entries, and bytes of payload, was sent from `next` on. */
  entriesSent(count: number, payloadBytes: number): void {
    assert(this.state !== 'snapshot', 'nothing is appended to who waits for a snapshot')
    if (this.state === 'probe') {
      if (count > 0) this.isFlowPaused = true
      return
    }
    if (count > 0) {
      this.next += count
      this.inflights.add(this.next - 1, payloadBytes)
    }
    // With a full window an empty append goes through, once, so that a lost one does not stop everything.
    this.isFlowPaused = this.inflights.isFull
  }

  /** Whether to say that `commit` is committed tells the follower anything. */
  canRaiseCommit(commit: LogIndex): boolean {
    return commit > this.sentCommit && this.sentCommit < this.next - 1
  }

  commitSent(commit: LogIndex): void {
    this.sentCommit = commit
  }

  /** The follower has everything up to `index`. False when that was known. */
  acknowledge(index: LogIndex): boolean {
    if (index <= this.match) return false
    this.match = index
    this.next = Math.max(this.next, index + 1)
    this.isFlowPaused = false
    return true
  }

  /**
   * The follower refused the entries behind `rejected`; its log may agree up to `hint`. Goes back, or answers false when the
   * refusal is an old one.
   */
  reject(rejected: LogIndex, hint: LogIndex): boolean {
    if (this.state === 'replicate') {
      if (rejected <= this.match) return false
      this.next = this.match + 1
    } else {
      if (rejected !== this.next - 1) return false
      this.next = Math.max(Math.min(rejected, hint + 1), this.match + 1)
      this.isFlowPaused = false
    }
    this.sentCommit = Math.min(this.sentCommit, this.next - 1)
    return true
  }

  copy(): Progress {
    const copy = new Progress({ ...this.#fields(), inflights: this.inflights.copy() })
    copy.state = this.state
    copy.pendingSnapshot = this.pendingSnapshot
    copy.isFlowPaused = this.isFlowPaused
    copy.sentCommit = this.sentCommit
    copy.committed = this.committed
    return copy
  }

  #fields(): Pick<Progress, 'match' | 'next' | 'isRecentlyActive' | 'isLearner'> {
    const { match, next, isRecentlyActive, isLearner } = this
    return { match, next, isRecentlyActive, isLearner }
  }

  #enter(state: ProgressState): void {
    this.state = state
    this.isFlowPaused = false
    this.pendingSnapshot = 0
    this.inflights.clear()
  }
}
