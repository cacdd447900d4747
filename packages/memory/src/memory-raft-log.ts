import {
  assert,
  ClosedError,
  compareBytes,
  type LogIndex,
  type RaftLogChange,
  RaftLogCompactedError,
  type RaftLogEngine,
  RaftLogGapError,
  type RaftLogReadOptions,
  RaftLogUnavailableError,
  type RaftLogValue,
  type RaftLogValueRange,
  type RegionId,
  toHex,
} from '@stratakv/core'

/** What memory holds of one region. Written once made; a write replaces it by another. */
interface RegionLog {
  readonly firstIndex: LogIndex
  readonly entries: readonly Uint8Array[]
  /** By the key in hex, whose order is that of the bytes. */
  readonly values: ReadonlyMap<string, RaftLogValue>
}

const emptyLog: RegionLog = { firstIndex: 0, entries: [], values: new Map() }

/**
 * A {@link RaftLogEngine} in memory: the oracle for the others, and the log of `--memory` mode. Reads answer at once; a write
 * takes effect within the call. It copies what is written and hands out what it holds. An append costs a copy of the
 * region's list of entries: it is made for short logs.
 */
export function createMemoryRaftLog(): RaftLogEngine {
  return new MemoryRaftLog()
}

class MemoryRaftLog implements RaftLogEngine {
  readonly supports = { durable: false }
  #regions = new Map<RegionId, RegionLog>()
  #closed = false

  async write(changes: readonly RaftLogChange[]): Promise<number> {
    this.#checkOpen()
    const changed = new Map<RegionId, RegionLog | undefined>()
    const look = (regionId: RegionId): RegionLog | undefined =>
      changed.has(regionId) ? changed.get(regionId) : this.#regions.get(regionId)
    let writtenBytes = 0
    for (const change of changes) {
      const log = look(change.regionId)
      const next = applied(log, change)
      writtenBytes += sizeOf(change)
      if (next !== log) changed.set(change.regionId, next)
    }
    for (const [regionId, log] of changed) {
      if (log === undefined) this.#regions.delete(regionId)
      else this.#regions.set(regionId, log)
    }
    return writtenBytes
  }

  async sync(): Promise<void> {
    this.#checkOpen()
  }

  get(regionId: RegionId, key: Uint8Array): Uint8Array | undefined {
    this.#checkOpen()
    return this.#regions.get(regionId)?.values.get(toHex(key))?.[1]
  }

  values(regionId: RegionId, { start, end, reverse }: RaftLogValueRange = {}): readonly RaftLogValue[] {
    this.#checkOpen()
    const found = [...(this.#regions.get(regionId)?.values.values() ?? [])]
      .filter(
        ([key]) =>
          (start === undefined || compareBytes(key, start) >= 0) && (end === undefined || compareBytes(key, end) < 0),
      )
      .sort(([left], [right]) => compareBytes(left, right))
    return reverse === true ? found.reverse() : found
  }

  entry(regionId: RegionId, index: LogIndex): Uint8Array | undefined {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    return log?.entries[index - log.firstIndex]
  }

  entries(
    regionId: RegionId,
    from: LogIndex,
    to: LogIndex,
    { bytesMax = Number.POSITIVE_INFINITY }: RaftLogReadOptions = {},
  ): readonly Uint8Array[] {
    this.#checkOpen()
    if (from >= to) return []
    const { firstIndex, entries } = this.#regions.get(regionId) ?? emptyLog
    if (entries.length === 0) throw new RaftLogUnavailableError(regionId, from, undefined)
    if (from < firstIndex) throw new RaftLogCompactedError(regionId, from, firstIndex)
    const endIndex = firstIndex + entries.length
    if (to > endIndex) throw new RaftLogUnavailableError(regionId, endIndex, endIndex - 1)
    const wanted = entries.slice(from - firstIndex, to - firstIndex)
    let takenBytes = 0
    const stop = wanted.findIndex((entry, at) => {
      takenBytes += entry.length
      return at > 0 && takenBytes > bytesMax
    })
    return stop < 0 ? wanted : wanted.slice(0, stop)
  }

  firstIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    return log === undefined || log.entries.length === 0 ? undefined : log.firstIndex
  }

  lastIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    return log === undefined || log.entries.length === 0 ? undefined : log.firstIndex + log.entries.length - 1
  }

  regions(): RegionId[] {
    this.#checkOpen()
    return [...this.#regions.keys()].sort((left, right) => left - right)
  }

  async purge(): Promise<RegionId[]> {
    this.#checkOpen()
    return []
  }

  usedBytes(): number {
    this.#checkOpen()
    let total = 0
    for (const { entries, values } of this.#regions.values()) {
      for (const entry of entries) total += entry.length
      for (const [key, value] of values.values()) total += key.length + value.length
    }
    return total
  }

  async close(): Promise<void> {
    // Writes have taken effect; their promises settle first, as they were made first.
    await undefined
    this.#closed = true
    this.#regions = new Map()
  }

  #checkOpen(): void {
    if (this.#closed) throw new ClosedError('Raft log')
  }
}

/** A region's log after one change; `undefined` is no region. */
function applied(log: RegionLog | undefined, change: RaftLogChange): RegionLog | undefined {
  switch (change.type) {
    case 'clean':
      return undefined
    case 'append':
      return change.entries.length === 0 ? log : appended(log ?? emptyLog, change)
    case 'compact': {
      const dropCount = log === undefined ? 0 : Math.min(log.entries.length, change.index - log.firstIndex)
      if (log === undefined || dropCount <= 0) return log
      return { ...log, firstIndex: log.firstIndex + dropCount, entries: log.entries.slice(dropCount) }
    }
    case 'put': {
      assert(change.key.length > 0, 'a key is not empty')
      const base = log ?? emptyLog
      return {
        ...base,
        values: new Map(base.values).set(toHex(change.key), [change.key.slice(), change.value.slice()]),
      }
    }
    case 'delete': {
      if (log === undefined) return log
      const values = new Map(log.values)
      return values.delete(toHex(change.key)) ? { ...log, values } : log
    }
  }
}

function appended(log: RegionLog, { regionId, firstIndex, entries }: RaftLogChange & { type: 'append' }): RegionLog {
  const copies = entries.map((entry) => entry.slice())
  if (log.entries.length === 0) return { ...log, firstIndex, entries: copies }
  if (firstIndex < log.firstIndex) throw new RaftLogCompactedError(regionId, firstIndex, log.firstIndex)
  const endIndex = log.firstIndex + log.entries.length
  if (firstIndex > endIndex) throw new RaftLogGapError(regionId, firstIndex, endIndex)
  return { ...log, entries: [...log.entries.slice(0, firstIndex - log.firstIndex), ...copies] }
}

/** At least 1: a change takes something. */
function sizeOf(change: RaftLogChange): number {
  if (change.type === 'append') return change.entries.reduce((sum, entry) => sum + entry.length, 1)
  if (change.type === 'put') return 1 + change.key.length + change.value.length
  return 1
}
