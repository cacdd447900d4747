import { assert, type LogIndex, type Term } from '@stratakv/core'

/** Terms of a log's entries, by where each begins: a log of a million entries of one leader is one number pair. */
export class TermRuns {
  /** Ascending; the first covers the entry before the log's first. */
  #runs: { readonly from: LogIndex; readonly term: Term }[]

  constructor(index: LogIndex, term: Term) {
    this.#runs = [{ from: index, term }]
  }

  /** Of an index that is not behind the last one that was set. */
  at(index: LogIndex): Term {
    const runs = this.#runs
    assert(index >= runs[0]!.from, 'the term of a compacted entry is not asked for')
    // Logs have few leaders, and it is the newest entries that are asked for.
    for (let at = runs.length - 1; ; at--) if (runs[at]!.from <= index) return runs[at]!.term
  }

  /** The entry at `index`, and all behind it until the next call, are of this term. */
  set(index: LogIndex, term: Term): void {
    while (this.#runs.length > 0 && this.#runs.at(-1)!.from >= index) this.#runs.pop()
    if (this.#runs.at(-1)?.term !== term) this.#runs.push({ from: index, term })
  }

  /** The log begins behind `index`. */
  compactTo(index: LogIndex): void {
    const term = this.at(index)
    const later = this.#runs.filter(({ from }) => from > index)
    this.#runs = [{ from: index, term }, ...later]
  }
}
