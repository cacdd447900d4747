import type { Timestamp } from '@stratakv/core'

interface Committed {
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  /** `undefined` is a delete. */
  readonly writes: ReadonlyMap<string, string | undefined>
}

/** Snapshot isolation in a few lines: a list of committed transactions, and no locks. */
export class NaiveSnapshots {
  private readonly committed: Committed[] = []

  commit(txn: Committed): void {
    this.committed.push(txn)
  }

  has(startTs: Timestamp): boolean {
    return this.committed.some((txn) => txn.startTs === startTs)
  }

  read(name: string, readTs: Timestamp): string | undefined {
    let newest: Committed | undefined
    for (const txn of this.committed) {
      if (txn.commitTs > readTs || !txn.writes.has(name)) continue
      if (newest === undefined || txn.commitTs > newest.commitTs) newest = txn
    }
    return newest?.writes.get(name)
  }

  /** Two committed transactions that wrote the same key while both were running: what first-committer-wins forbids. */
  overlap(): string | undefined {
    for (const [index, left] of this.committed.entries()) {
      for (const right of this.committed.slice(index + 1)) {
        const shared = [...left.writes.keys()].filter((name) => right.writes.has(name))
        if (shared.length > 0 && left.startTs < right.commitTs && right.startTs < left.commitTs) {
          return `${shared} by ${left.startTs}-${left.commitTs} and ${right.startTs}-${right.commitTs}`
        }
      }
    }
    return undefined
  }

  get count(): number {
    return this.committed.length
  }
}
