import { toHex } from '../src/byte-order.ts'
import type { RaftLogChange, RaftLogEngine } from '../src/raft-log-engine.ts'
import { SeededDice } from './kv-engine-model.ts'

/** A region of it. */
export interface NaiveRegion {
  firstIndex: number
  entries: Uint8Array[]
  /** By the key in hex. */
  values: Map<string, Uint8Array>
}

/** A Raft log so plain that it can be believed. */
export class NaiveRaftLog {
  readonly regions: Map<number, NaiveRegion>

  constructor(regions: ReadonlyMap<number, NaiveRegion> = new Map()) {
    this.regions = new Map(regions)
  }

  /** As it is now: a write replaces regions, and changes none. */
  copy(): NaiveRaftLog {
    return new NaiveRaftLog(this.regions)
  }

  /** Whether the changes fit; when they do not, nothing is done. */
  write(changes: readonly RaftLogChange[]): boolean {
    const copies = new Map<number, NaiveRegion | undefined>()
    const look = (id: number): NaiveRegion | undefined => {
      if (!copies.has(id)) {
        const present = this.regions.get(id)
        copies.set(id, present && { ...present, entries: [...present.entries], values: new Map(present.values) })
      }
      return copies.get(id)
    }
    const region = (id: number): NaiveRegion => {
      const made = look(id) ?? { firstIndex: 0, entries: [], values: new Map() }
      copies.set(id, made)
      return made
    }
    for (const change of changes) {
      if (change.type === 'clean') copies.set(change.regionId, undefined)
      else if (change.type === 'put') region(change.regionId).values.set(toHex(change.key), change.value)
      else if (change.type === 'delete') look(change.regionId)?.values.delete(toHex(change.key))
      else if (change.type === 'compact') {
        const log = look(change.regionId)
        const dropped = log === undefined ? 0 : Math.min(log.entries.length, change.index - log.firstIndex)
        if (log !== undefined && dropped > 0) {
          log.entries = log.entries.slice(dropped)
          log.firstIndex += dropped
        }
      } else if (change.entries.length > 0) {
        const log = region(change.regionId)
        if (log.entries.length === 0) log.firstIndex = change.firstIndex
        const at = change.firstIndex - log.firstIndex
        if (at < 0 || at > log.entries.length) return false
        log.entries = [...log.entries.slice(0, at), ...change.entries]
      }
    }
    for (const [id, log] of copies) {
      if (log === undefined) this.regions.delete(id)
      else this.regions.set(id, log)
    }
    return true
  }

  /** All there is to see, as text: a line a region with entries or values. */
  describe(): string[] {
    return [...this.regions]
      .filter(([, { entries, values }]) => entries.length + values.size > 0)
      .sort(([left], [right]) => left - right)
      .map(([id, { firstIndex, entries, values }]) =>
        describeRegion(
          id,
          firstIndex,
          entries,
          [...values].sort(([left], [right]) => (left < right ? -1 : 1)),
        ),
      )
  }
}

/** The same of an engine, through its reads. */
export async function describeRaftLog(engine: RaftLogEngine): Promise<string[]> {
  const lines: string[] = []
  for (const id of engine.regions()) {
    const first = engine.firstIndex(id)
    const last = engine.lastIndex(id)
    const entries = first === undefined ? [] : await engine.entries(id, first, last! + 1)
    const values = await engine.values(id)
    if (entries.length + values.length === 0) continue
    lines.push(
      describeRegion(
        id,
        first ?? 0,
        entries,
        values.map(([key, value]) => [toHex(key), value] as const),
      ),
    )
  }
  return lines
}

function describeRegion(
  id: number,
  firstIndex: number,
  entries: readonly Uint8Array[],
  values: readonly (readonly [hexKey: string, value: Uint8Array])[],
): string {
  const log = entries.length === 0 ? '' : ` from ${firstIndex}: ${entries.map(digest).join(' ')}`
  const state = values.map(([key, value]) => ` ${key}=${digest(value)}`).join('')
  return `${id}${log};${state}`
}

/** Short ones as they are, long ones by length and FNV-1a (Fowler, Noll, Vo). */
function digest(bytes: Uint8Array): string {
  if (bytes.length <= 8) return `[${toHex(bytes)}]`
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return `${bytes.length}:${hash.toString(16)}`
}

/** Batches of random changes over a few regions, most of which fit the log as the twin has it. */
export class RaftLogDice {
  readonly #dice: SeededDice
  readonly #regionCount: number

  constructor(seed: number, regionCount = 5) {
    this.#dice = new SeededDice(seed)
    this.#regionCount = regionCount
  }

  below(bound: number): number {
    return this.#dice.below(bound)
  }

  regionId(): number {
    // One large id: nothing may take ids for small.
    const id = 1 + this.below(this.#regionCount)
    return id === 3 ? 2 ** 40 + 3 : id
  }

  key(): Uint8Array {
    return this.#dice.key()
  }

  payload(): Uint8Array {
    const length = this.#dice.pick([0, 1, 7, 30, 200, 200, 1500])
    const payload = new Uint8Array(length)
    const repeats = this.below(2) === 0
    for (let at = 0; at < length; at++) payload[at] = repeats && at > 16 ? payload[at - 13]! : this.below(256)
    return payload
  }

  /** A batch that fits behind `twin`, or now and then one that does not. */
  changes(twin: NaiveRaftLog): RaftLogChange[] {
    // Works on the indexes alone as the batch grows: what fits depends on the changes before.
    const ends = new Map<number, { first: number; next: number } | undefined>()
    const end = (id: number) => {
      if (!ends.has(id)) {
        const log = twin.regions.get(id)
        const first = log?.firstIndex ?? 0
        ends.set(id, log && log.entries.length > 0 ? { first, next: first + log.entries.length } : undefined)
      }
      return ends.get(id)
    }
    return Array.from({ length: 1 + this.below(4) }, (): RaftLogChange => {
      const regionId = this.regionId()
      const log = end(regionId)
      const die = this.below(24)
      if (die < 14) {
        const entries = Array.from({ length: this.below(5) }, () => this.payload())
        let firstIndex = log?.next ?? 1 + this.below(50)
        if (log !== undefined && this.below(4) === 0) firstIndex = log.first + this.below(log.next - log.first + 1)
        if (this.below(40) === 0) firstIndex += 2
        if (entries.length > 0) {
          ends.set(regionId, {
            first: Math.min(log?.first ?? firstIndex, firstIndex),
            next: firstIndex + entries.length,
          })
        }
        return { type: 'append', regionId, firstIndex, entries }
      }
      if (die < 18) return { type: 'put', regionId, key: this.key(), value: this.payload() }
      if (die < 20) return { type: 'delete', regionId, key: this.key() }
      if (die < 23) {
        const index = log === undefined ? this.below(10) : log.first + this.below(log.next - log.first + 3)
        if (log !== undefined)
          ends.set(regionId, index < log.next ? { first: Math.max(index, log.first), next: log.next } : undefined)
        return { type: 'compact', regionId, index }
      }
      ends.set(regionId, undefined)
      return { type: 'clean', regionId }
    })
  }
}
