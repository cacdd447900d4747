import type { LogIndex, Term } from '@stratakv/core'
import type { Entry } from '../entry.ts'
import type { RaftLogger } from '../logger.ts'
import type { Snapshot } from '../message.ts'

/**
 * The end of the log that is not known to be durable: a snapshot that came in, perhaps, and `entries`, the first of which is
 * entry `offset`. What was handed out to be written, and not acknowledged, is in progress: entries below `offsetInProgress`.
 */
export class UnstableLog {
  readonly #logger: RaftLogger
  #offset: LogIndex
  #offsetInProgress: LogIndex
  #entries: Entry[] = []
  #snapshot: Snapshot | undefined
  #isSnapshotInProgress = false

  /** Nothing is unstable yet, and the log ends before `offset`. */
  constructor(offset: LogIndex, logger: RaftLogger) {
    this.#offset = offset
    this.#offsetInProgress = offset
    this.#logger = logger
  }

  get offset(): LogIndex {
    return this.#offset
  }

  get offsetInProgress(): LogIndex {
    return this.#offsetInProgress
  }

  get entryCount(): number {
    return this.#entries.length
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot
  }

  /** What stable storage does not know better: the first entry behind a snapshot. */
  get firstIndex(): LogIndex | undefined {
    return this.#snapshot === undefined ? undefined : this.#snapshot.index + 1
  }

  get lastIndex(): LogIndex | undefined {
    return this.#entries.length > 0 ? this.#offset + this.#entries.length - 1 : this.#snapshot?.index
  }

  term(index: LogIndex): Term | undefined {
    if (index < this.#offset) return this.#snapshot?.index === index ? this.#snapshot.term : undefined
    return this.#entries[index - this.#offset]?.term
  }

  /** `[from, to)`, which are there. */
  slice(from: LogIndex, to: LogIndex): readonly Entry[] {
    return this.#entries.slice(from - this.#offset, to - this.#offset)
  }

  get hasNextEntries(): boolean {
    return this.#offset + this.#entries.length > this.#offsetInProgress
  }

  /** What has not been handed out. */
  nextEntries(): readonly Entry[] {
    return this.#entries.slice(this.#offsetInProgress - this.#offset)
  }

  get nextSnapshot(): Snapshot | undefined {
    return this.#isSnapshotInProgress ? undefined : this.#snapshot
  }

  get hasEntries(): boolean {
    return this.#entries.length > 0
  }

  /** All there is has been handed out. */
  accept(): void {
    if (this.#entries.length > 0) this.#offsetInProgress = this.#offset + this.#entries.length
    if (this.#snapshot !== undefined) this.#isSnapshotInProgress = true
  }

  /**
   * Entries up to this one are durable, if it is still the one that is here: it may have been replaced since it was handed out,
   * and what replaced it has its own acknowledgement.
   */
  stableTo(index: LogIndex, term: Term): void {
    const known = this.term(index)
    if (known === undefined) {
      this.#info(() => `entry at index ${index} missing from unstable log; ignoring`)
      return
    }
    if (index < this.#offset) {
      this.#info(() => `entry at index ${index} matched unstable snapshot; ignoring`)
      return
    }
    if (known !== term) {
      this.#info(
        () =>
          `entry at (index,term)=(${index},${term}) mismatched with entry at (${index},${known}) in unstable log; ignoring`,
      )
      return
    }
    this.#entries = this.#entries.slice(index + 1 - this.#offset)
    this.#offset = index + 1
    this.#offsetInProgress = Math.max(this.#offsetInProgress, this.#offset)
  }

  stableSnapshotTo(index: LogIndex): void {
    if (this.#snapshot?.index !== index) return
    this.#snapshot = undefined
    this.#isSnapshotInProgress = false
  }

  /** The log is what the snapshot says, and nothing behind it. */
  restore(snapshot: Snapshot): void {
    this.#offset = snapshot.index + 1
    this.#offsetInProgress = this.#offset
    this.#entries = []
    this.#snapshot = snapshot
    this.#isSnapshotInProgress = false
  }

  /** Puts entries, one at least, behind those below the first of them. What is replaced has to be written again. */
  append(entries: readonly Entry[]): void {
    const from = entries[0]!.index
    if (from === this.#offset + this.#entries.length) {
      for (const entry of entries) this.#entries.push(entry)
      return
    }
    if (from <= this.#offset) {
      this.#info(() => `replace the unstable entries from index ${from}`)
      this.#entries = [...entries]
      this.#offset = from
      this.#offsetInProgress = from
      return
    }
    this.#info(() => `truncate the unstable entries before index ${from}`)
    this.#entries = [...this.#entries.slice(0, from - this.#offset), ...entries]
    this.#offsetInProgress = Math.min(this.#offsetInProgress, from)
  }

  #info(text: () => string): void {
    if (this.#logger.isEnabled('info')) this.#logger.log('info', text())
  }
}
