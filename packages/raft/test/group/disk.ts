import { assert, below, type LogIndex, type Random, type Term } from '@stratakv/core'
import {
  type ConfState,
  type Entry,
  entryBytes,
  type HardState,
  RaftCompactedError,
  RaftSnapshotUnavailableError,
  type RaftStorage,
  RaftUnavailableError,
  type Snapshot,
} from '@stratakv/raft'

/** The state machine at an index: all that was applied, in one number. */
export interface MachineState {
  readonly index: LogIndex
  readonly term: Term
  readonly confState: ConfState
  readonly digest: number
}

/** What a disk holds. Never changed: a write makes another. The log is behind `base`, which a snapshot or a compaction set. */
export interface Image {
  readonly hardState: HardState
  readonly base: { readonly index: LogIndex; readonly term: Term }
  readonly entries: readonly Entry[]
  readonly machine: MachineState
}

export interface Write {
  readonly hardState: HardState | undefined
  readonly entries: readonly Entry[]
  readonly snapshot: Snapshot | undefined
}

export function lastIndexOf({ base, entries }: Pick<Image, 'base' | 'entries'>): LogIndex {
  return base.index + entries.length
}

/** Undefined where the log does not reach, or no longer. */
export function termAt({ base, entries }: Pick<Image, 'base' | 'entries'>, index: LogIndex): Term | undefined {
  return index === base.index ? base.term : entries[index - base.index - 1]?.term
}

export function snapshotOf({ index, term, confState, digest }: MachineState): Snapshot {
  return { index, term, confState, data: new TextEncoder().encode(`${digest}`) }
}

export function machineOf({ index, term, confState, data }: Snapshot): MachineState {
  return { index, term, confState, digest: Number(new TextDecoder().decode(data)) }
}

export function written(image: Image, { hardState, entries, snapshot }: Write): Image {
  let { base, entries: log, machine } = image
  if (snapshot !== undefined && snapshot.index > machine.index) {
    base = { index: snapshot.index, term: snapshot.term }
    log = []
    machine = machineOf(snapshot)
  }
  const kept = entries.filter(({ index }) => index > base.index)
  if (kept.length > 0) {
    const count = kept[0]!.index - base.index - 1
    assert(count <= log.length, 'a log has no hole')
    log = [...log.slice(0, count), ...kept]
  }
  return { hardState: hardState ?? image.hardState, base, entries: log, machine }
}

export function compacted(image: Image, index: LogIndex): Image {
  const { base, entries } = image
  if (index <= base.index) return image
  return { ...image, base: { index, term: termAt(image, index)! }, entries: entries.slice(index - base.index) }
}

/** A disk whose writes are seen at once, and durable when they are synced. */
export class Disk implements RaftStorage {
  /** What is read. */
  image: Image
  /** What a crash leaves at least. */
  durable: Image
  #unsynced: Write[] = []
  readonly #random: Random

  constructor(image: Image, random: Random) {
    this.image = image
    this.durable = image
    this.#random = random
  }

  write(write: Write): void {
    this.image = written(this.image, write)
    this.#unsynced.push(write)
  }

  sync(): void {
    this.durable = this.image
    this.#unsynced = []
  }

  /** The state machine's, which is durable at once: what it stands on must be. */
  storeMachine(machine: MachineState): void {
    assert(termAt(this.durable, machine.index) === machine.term, 'what is applied is durable')
    this.image = { ...this.image, machine }
    this.durable = { ...this.durable, machine }
  }

  compact(index: LogIndex): void {
    assert(index <= this.durable.machine.index, 'what is dropped was applied')
    this.image = compacted(this.image, index)
    this.durable = compacted(this.durable, index)
  }

  /** Loses what was not synced, or all but some of the oldest of it; `begun` are writes that nobody has seen yet. */
  crash(begun: readonly Write[]): void {
    const { index } = this.durable.machine
    const pending = [...this.#unsynced, ...begun]
    const kept = pending.slice(0, below(this.#random, pending.length + 1))
    let image = this.durable
    for (const write of kept) image = written(image, write)
    const { term, vote, commit } = image.hardState
    // A commit index alone is not synced: who has applied more knows better. It is a host's to say.
    this.image = { ...image, hardState: { term, vote, commit: Math.max(commit, image.machine.index, index) } }
    this.durable = this.image
    this.#unsynced = []
  }

  initialState(): { readonly hardState: HardState; readonly confState: ConfState } {
    return { hardState: this.image.hardState, confState: this.image.machine.confState }
  }

  firstIndex(): LogIndex {
    return this.image.base.index + 1
  }

  lastIndex(): LogIndex {
    return lastIndexOf(this.image)
  }

  term(index: LogIndex): Term {
    if (index < this.image.base.index) throw new RaftCompactedError(index, this.firstIndex())
    const term = termAt(this.image, index)
    if (term === undefined) throw new RaftUnavailableError(index, this.lastIndex())
    return term
  }

  entries(from: LogIndex, to: LogIndex, bytesMax: number): readonly Entry[] {
    const { base, entries } = this.image
    if (from <= base.index) throw new RaftCompactedError(from, this.firstIndex())
    if (to > this.lastIndex() + 1) throw new RaftUnavailableError(to - 1, this.lastIndex())
    const taken: Entry[] = []
    let bytes = 0
    for (let index = from; index < to; index++) {
      const entry = entries[index - base.index - 1]!
      bytes += entryBytes(entry)
      if (taken.length > 0 && bytes > bytesMax) break
      taken.push(entry)
    }
    return taken
  }

  snapshot(): Snapshot {
    if (below(this.#random, 4) === 0) throw new RaftSnapshotUnavailableError()
    return snapshotOf(this.image.machine)
  }
}
