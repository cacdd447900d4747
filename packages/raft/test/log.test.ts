import { below, type Random } from '@stratakv/core'
import { type Entry, entryBytes, MemoryRaftStorage, type Snapshot, silentLogger } from '@stratakv/raft'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { RaftLog } from '../src/log/raft-log.ts'

/** More by hand: STRATA_SEED=1..100000. */
const seedCount = 100
const stepCount = 80
const noBytes = new Uint8Array(0)
const nobody = { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }

/** What was handed out to be written. */
interface Write {
  readonly snapshot: Snapshot | undefined
  readonly entries: readonly Entry[]
}

/** The log as one list, and how far of it is durable, handed out, committed. */
class Twin {
  prev = { index: 0, term: 0 }
  entries: Entry[] = []
  durable = 0
  handed = 0
  committed = 0
  applying = 0
  applied = 0
  /** Until it is written. */
  snapshot: Snapshot | undefined
  isSnapshotHanded = false

  get lastIndex(): number {
    return this.prev.index + this.entries.length
  }

  at(index: number): Entry | undefined {
    return this.entries.find((entry) => entry.index === index)
  }

  term(index: number): number | undefined {
    return index === this.prev.index ? this.prev.term : this.at(index)?.term
  }

  between(from: number, to: number): Entry[] {
    return this.entries.filter(({ index }) => index >= from && index < to)
  }

  append(entries: readonly Entry[]): void {
    const from = entries[0]!.index
    this.entries = [...this.between(0, from), ...entries]
    this.durable = Math.min(this.durable, from - 1)
    this.handed = Math.min(this.handed, from - 1)
  }

  written({ entries, snapshot }: Write): void {
    if (snapshot !== undefined && snapshot === this.snapshot) this.snapshot = undefined
    const last = entries.at(-1)
    if (last !== undefined && this.at(last.index)?.term === last.term) this.durable = Math.max(this.durable, last.index)
  }
}

/** A node's log, with a host that writes late and in order. */
class Run {
  readonly #random: Random
  readonly #storage = new MemoryRaftStorage()
  readonly #log = new RaftLog({
    storage: this.#storage,
    logger: silentLogger,
    applyingBytesMax: Number.POSITIVE_INFINITY,
  })
  readonly #twin = new Twin()
  readonly #writes: Write[] = []
  readonly #mayApplyUnstable: boolean
  #term = 1

  constructor(random: Random) {
    this.#random = random
    this.#mayApplyUnstable = this.#below(2) === 0
  }

  step(): void {
    const steps = [
      () => this.#propose(),
      () => this.#takeFromLeader(),
      () => this.#takeFromLeader(),
      () => this.#refuse(),
      () => this.#handOut(),
      () => this.#write(),
      () => this.#write(),
      () => this.#commit(),
      () => this.#apply(),
      () => this.#compact(),
      () => (this.#below(6) === 0 ? this.#restore() : undefined),
    ]
    steps[this.#below(steps.length)]!()
    this.#compare()
  }

  #propose(): void {
    this.#term += this.#below(2)
    const entries = this.#newEntries(this.#twin.lastIndex + 1, 1 + this.#below(3))
    this.#log.append(entries)
    this.#twin.append(entries)
  }

  /** Of a leader whose log is this one up to somewhere behind what is committed, and then another one. */
  #takeFromLeader(): void {
    const twin = this.#twin
    const prevIndex = this.#from(Math.max(twin.prev.index, twin.committed - 2), twin.lastIndex)
    const partAt = this.#from(Math.max(prevIndex, twin.committed) + 1, twin.lastIndex + 1)
    const known = twin.between(prevIndex + 1, partAt)
    const newCount = this.#below(4)
    if (newCount > 0) this.#term++
    const entries = [...known, ...this.#newEntries(partAt, newCount)]
    const last = prevIndex + entries.length
    const commit = this.#below(last + 3)
    const prevTerm = twin.term(prevIndex)!
    expect(this.#log.appendSlice({ prevIndex, prevTerm, entries }, commit)).toBe(last)
    if (newCount > 0) twin.append(entries.slice(known.length))
    twin.committed = Math.max(twin.committed, Math.min(commit, last))
  }

  #refuse(): void {
    const prevIndex = this.#from(this.#twin.prev.index, this.#twin.lastIndex + 2)
    const entries = this.#newEntries(prevIndex + 1, 1)
    expect(this.#log.appendSlice({ prevIndex, prevTerm: this.#term + 1, entries }, prevIndex)).toBeUndefined()
  }

  #handOut(): void {
    const { unstable } = this.#log
    const twin = this.#twin
    const entries = unstable.nextEntries()
    const snapshot = unstable.nextSnapshot
    expect(entries).toEqual(twin.between(twin.handed + 1, twin.lastIndex + 1))
    expect(snapshot).toBe(twin.isSnapshotHanded ? undefined : twin.snapshot)
    unstable.accept()
    twin.handed = twin.lastIndex
    twin.isSnapshotHanded = twin.snapshot !== undefined
    if (entries.length > 0 || snapshot !== undefined) this.#writes.push({ snapshot, entries })
  }

  #write(): void {
    const write = this.#writes.shift()
    if (write === undefined) return
    const { snapshot, entries } = write
    if (snapshot !== undefined) this.#storage.applySnapshot(snapshot)
    this.#storage.append(entries)
    const last = entries.at(-1)
    if (last !== undefined) this.#log.unstable.stableTo(last.index, last.term)
    if (snapshot !== undefined) {
      this.#log.unstable.stableSnapshotTo(snapshot.index)
      // A newer one may be on its way.
      if (snapshot.index > this.#twin.applied) {
        this.#log.appliedTo(snapshot.index, 0)
        this.#twin.applied = snapshot.index
        this.#twin.applying = Math.max(this.#twin.applying, snapshot.index)
      }
    }
    this.#twin.written(write)
  }

  #commit(): void {
    const to = this.#from(this.#twin.prev.index, this.#twin.lastIndex)
    this.#log.commitTo(to)
    this.#twin.committed = Math.max(this.#twin.committed, to)
  }

  #apply(): void {
    const twin = this.#twin
    const to = this.#mayApplyUnstable ? twin.committed : Math.min(twin.committed, twin.durable)
    const expected = twin.snapshot === undefined ? twin.between(twin.applying + 1, to + 1) : []
    const next = this.#log.nextCommitted(this.#mayApplyUnstable)
    expect(next).toEqual(expected)
    const last = next.at(-1)
    if (last !== undefined) {
      this.#log.acceptApplying(last.index, 0, this.#mayApplyUnstable)
      twin.applying = last.index
    }
    if (twin.snapshot !== undefined) return
    twin.applied = this.#from(twin.applied, twin.applying)
    this.#log.appliedTo(twin.applied, 0)
  }

  #compact(): void {
    const twin = this.#twin
    const to = Math.min(twin.applied, twin.durable, this.#storage.lastIndex())
    if (twin.snapshot !== undefined || to <= twin.prev.index) return
    const index = this.#from(twin.prev.index + 1, to)
    this.#storage.compact(index)
    twin.prev = { index, term: twin.term(index)! }
    twin.entries = twin.between(index + 1, twin.lastIndex + 1)
  }

  #restore(): void {
    const twin = this.#twin
    const index = twin.committed + 1 + this.#below(5)
    this.#term++
    const snapshot = { index, term: this.#term, confState: nobody, data: noBytes }
    this.#log.restore(snapshot)
    twin.prev = { index, term: this.#term }
    twin.entries = []
    Object.assign(twin, { durable: index, handed: index, committed: index, snapshot, isSnapshotHanded: false })
  }

  #compare(): void {
    const [log, twin] = [this.#log, this.#twin]
    const { firstIndex, lastIndex, committed, applied, applying } = log
    expect({ firstIndex, lastIndex, committed, applied, applying }).toEqual({
      firstIndex: twin.prev.index + 1,
      lastIndex: twin.lastIndex,
      committed: twin.committed,
      applied: twin.applied,
      applying: twin.applying,
    })
    expect(log.unstable.offset).toBe(twin.durable + 1)
    for (let index = Math.max(0, twin.prev.index - 2); index <= twin.lastIndex + 2; index++) {
      expect(log.termOrZero(index)).toBe(twin.term(index) ?? 0)
    }
    const from = this.#from(twin.prev.index + 1, twin.lastIndex + 1)
    const to = this.#from(from, twin.lastIndex + 1)
    const bytesMax = [0, 30, 100, Number.POSITIVE_INFINITY][this.#below(4)]!
    expect(log.slice(from, to, bytesMax)).toEqual(fitting(twin.between(from, to), bytesMax))
    const at = this.#from(twin.prev.index, twin.lastIndex)
    const term = this.#below(this.#term + 2)
    const agreeing = [...twin.entries.map(({ index }) => index), twin.prev.index].filter(
      (index) => index <= at && twin.term(index)! <= term && twin.term(index) !== 0,
    )
    if (agreeing.length > 0) expect(log.findConflictByTerm(at, term).index).toBe(Math.max(...agreeing))
    const lastTerm = twin.term(twin.lastIndex)!
    expect(log.isUpToDate(at, term)).toBe(term > lastTerm || (term === lastTerm && at >= twin.lastIndex))
  }

  #newEntries(from: number, count: number): Entry[] {
    return Array.from({ length: count }, (_, at): Entry => {
      const data = new Uint8Array(this.#below(30))
      return { type: 'normal', term: this.#term, index: from + at, data, context: noBytes }
    })
  }

  /** One of `[low, high]`. */
  #from(low: number, high: number): number {
    return low + this.#below(high - low + 1)
  }

  #below(bound: number): number {
    return below(this.#random, bound)
  }
}

/** As many of the first as fit, and one at least. */
function fitting(entries: readonly Entry[], bytesMax: number): Entry[] {
  let bytes = 0
  return entries.filter((entry, at) => {
    bytes += entryBytes(entry)
    return at === 0 || bytes <= bytesMax
  })
}

describe('a log that is appended to, replaced, written late, dropped and restored', () => {
  it('is what a list says, and hands out each entry to be written and applied when it is time', async () => {
    await forSeeds(seedCount, (_seed, random) => {
      const run = new Run(random)
      for (let step = 0; step < stepCount; step++) run.step()
    })
  })
})
