import {
  ClosedError,
  chain,
  compareBytes,
  EngineCorruptionError,
  EnginePoisonedError,
  type EngineReader,
  type KvEngine,
  type LogIndex,
  type MaybePromise,
  MiB,
  type RaftLogChange,
  RaftLogCompactedError,
  RaftLogCorruptionError,
  type RaftLogEngine,
  type RaftLogEngineSupports,
  RaftLogPoisonedError,
  type RaftLogReadOptions,
  RaftLogUnavailableError,
  type RaftLogValue,
  type RaftLogValueRange,
  type RaftLogWriteOptions,
  type RegionId,
  toHex,
} from '@stratakv/core'
import { entryKey, entryKeyBytes, raftKeysEnd, raftKeysStart } from './raft-keys.ts'
import { finishDrop, recoverRegions } from './recovery.ts'
import { entryCountOf, type RegionLog } from './region-log.ts'
import { WritePlan } from './write-plan.ts'

/** Writes join a group until it holds as many bytes; the next one goes into the next group. */
const groupBytesMax = MiB(4)

/** Entries of one read of the engine; with a limit of bytes the first read asks for fewer, and each further one for more. */
const readCountMax = 1024
const limitedReadCount = 16

export interface KvRaftLogDeps {
  /**
   * Belongs to the log once that is open, and is closed with it. Of its keys the log touches those in its `raft` family that begin
   * with 01 02.
   */
  readonly engine: KvEngine
}

export interface KvRaftLogOptions {
  /** What the store is called in errors, such as its folder. Default `Raft log`. */
  readonly name?: string
  /**
   * Up to as many entries of a region are dropped within the write that says so, a delete each, as TiKV did it. More are dropped
   * by one `deleteRange` behind that write, which only says from where on the log is valid. Default 4096: a delete takes the event loop about
   * 2 us. LevelDB drops 1,000 entries in half the time by deletes, RocksDB in two thirds, and a third of the CPU, by a range: give 100 there.
   */
  readonly inlineDropCountMax?: number
}

/**
 * A {@link RaftLogEngine} on any `KvEngine`: the logs of all regions as keys of one ordered store, as TiKV kept them in a second RocksDB
 * before it had raft-engine.
 *
 * @throws RaftLogCorruptionError; what the engine's reads throw
 */
export async function openKvRaftLog({ engine }: KvRaftLogDeps, options: KvRaftLogOptions = {}): Promise<RaftLogEngine> {
  const { name = 'Raft log', inlineDropCountMax = 4096 } = options
  const regions = await recoverRegions(engine, name)
  const usedBytes = await engine.approximateSizeBytes('raft', raftKeysStart, raftKeysEnd)
  return new KvRaftLog(engine, { name, inlineDropCountMax }, regions, usedBytes)
}

interface WaitingWrite {
  readonly changes: readonly RaftLogChange[]
  readonly sync: boolean
  resolve(writtenBytes: number): void
  reject(error: unknown): void
}

class KvRaftLog implements RaftLogEngine {
  readonly supports: RaftLogEngineSupports
  readonly #engine: KvEngine
  readonly #options: Required<KvRaftLogOptions>
  readonly #regions: Map<RegionId, RegionLog>
  /** Callers wait for their promises; how many there may be is for them to say. */
  readonly #waiting: WaitingWrite[] = []
  #running: Promise<void> | undefined
  /** What readers are given while a write that overwrites something is on its way. */
  #past: SharedSnapshot | undefined
  /** As the engine had it when last asked, and what was written since. */
  #usedBytes: number
  #purging = false
  #poison: unknown
  #closing: Promise<void> | undefined

  constructor(
    engine: KvEngine,
    options: Required<KvRaftLogOptions>,
    regions: Map<RegionId, RegionLog>,
    usedBytes: number,
  ) {
    this.#engine = engine
    this.#options = options
    this.#regions = regions
    this.#usedBytes = usedBytes
    this.supports = { durable: engine.supports.durable }
  }

  write(changes: readonly RaftLogChange[], options: RaftLogWriteOptions): Promise<number> {
    if (this.#closing !== undefined) return Promise.reject(new ClosedError('Raft log'))
    const settled = new Promise<number>((resolve, reject) => {
      this.#waiting.push({ changes, sync: options.sync, resolve, reject })
    })
    // It starts in a microtask, so that the writes of one synchronous run share a batch even when nothing is in flight.
    this.#running ??= Promise.resolve().then(() => this.#run())
    return settled
  }

  async sync(): Promise<void> {
    await this.write([], { sync: true })
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

  entry(regionId: RegionId, index: LogIndex): MaybePromise<Uint8Array | undefined> {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    if (log === undefined || index < log.firstIndex || index >= log.endIndex) return undefined
    return chain(this.#read(this.#past?.reader ?? this.#engine, regionId, index, 1), ([payload]) => payload)
  }

  entries(
    regionId: RegionId,
    from: LogIndex,
    to: LogIndex,
    { bytesMax }: RaftLogReadOptions = {},
  ): MaybePromise<readonly Uint8Array[]> {
    this.#checkOpen()
    if (from >= to) return []
    const log = this.#regions.get(regionId)
    if (log === undefined || entryCountOf(log) === 0) throw new RaftLogUnavailableError(regionId, from, undefined)
    if (from < log.firstIndex) throw new RaftLogCompactedError(regionId, from, log.firstIndex)
    if (to > log.endIndex) throw new RaftLogUnavailableError(regionId, log.endIndex, log.endIndex - 1)
    const readCount = bytesMax === undefined ? readCountMax : limitedReadCount
    if (to - from > readCount) return this.#readParts(regionId, from, to, readCount, bytesMax)
    const payloads = this.#read(this.#past?.reader ?? this.#engine, regionId, from, to - from)
    return bytesMax === undefined ? payloads : chain(payloads, (all) => all.slice(0, fittingCount(all, bytesMax)))
  }

  firstIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    return entryCountOf(log) === 0 ? undefined : log!.firstIndex
  }

  lastIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    const log = this.#regions.get(regionId)
    return entryCountOf(log) === 0 ? undefined : log!.endIndex - 1
  }

  regions(): RegionId[] {
    this.#checkOpen()
    return [...this.#regions.keys()].sort((left, right) => left - right)
  }

  /** The engine compacts by itself, so no region has to. What is asked for here is how much it all takes. */
  async purge(): Promise<RegionId[]> {
    this.#checkOpen()
    if (this.#purging) return []
    this.#purging = true
    try {
      const sizeBytes = await this.#engine.approximateSizeBytes('raft', raftKeysStart, raftKeysEnd)
      // What was written just now may not count yet.
      this.#usedBytes = Math.max(sizeBytes, this.#liveBytesMin())
    } catch (error) {
      // Closed meanwhile: the caller is told as by any other call.
      this.#checkOpen()
      throw this.#translated(error)
    } finally {
      this.#purging = false
    }
    return []
  }

  /** Keys of entries, and values: the lengths of entries are not in memory. */
  #liveBytesMin(): number {
    let total = 0
    for (const log of this.#regions.values()) {
      total += entryCountOf(log) * entryKeyBytes
      for (const [key, value] of log.values.values()) total += key.length + value.length
    }
    return total
  }

  usedBytes(): number {
    this.#checkOpen()
    return this.#usedBytes
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    try {
      if (this.#poison === undefined && this.supports.durable) await this.#engine.syncWal()
    } finally {
      this.#past?.release()
      await this.#engine.close()
    }
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#writeGroup()
    this.#running = undefined
  }

  async #writeGroup(): Promise<void> {
    const plan = new WritePlan(this.#regions, this.#options.inlineDropCountMax)
    const group: (WaitingWrite & { readonly writtenBytes: number })[] = []
    while (this.#waiting.length > 0 && plan.byteCount < groupBytesMax) {
      const write = this.#waiting.shift()!
      try {
        if (this.#poison !== undefined) throw new RaftLogPoisonedError({ cause: this.#poison })
        group.push({ ...write, writtenBytes: plan.add(write.changes) })
      } catch (error) {
        write.reject(error)
      }
    }
    if (group.length === 0) return
    try {
      if (plan.disturbsReaders) this.#past = new SharedSnapshot(this.#engine)
      await this.#engine.write(plan.changes, { sync: group.some(({ sync }) => sync) })
    } catch (error) {
      // What readers are given stays as it was: nobody knows how much of the batch the engine has.
      this.#poison = error
      for (const { reject } of group) reject(this.#translated(error))
      return
    }
    for (const [regionId, log] of plan.logs()) {
      if (log === undefined) this.#regions.delete(regionId)
      else this.#regions.set(regionId, log)
    }
    this.#usedBytes += plan.byteCount
    this.#past?.release()
    this.#past = undefined
    for (const { resolve, writtenBytes } of group) resolve(writtenBytes)
    try {
      for (const [regionId, { from, to }] of plan.drops()) await finishDrop(this.#engine, regionId, from, to)
    } catch (error) {
      // The floor is still there, so nothing is wrong but the room it takes. But the engine takes no more writes now.
      this.#poison = error
    }
  }

  /** In parts, all of one moment, so that a long log is not in memory at once before its first bytes are counted. */
  async #readParts(
    regionId: RegionId,
    from: LogIndex,
    to: LogIndex,
    firstCount: number,
    bytesMax = Number.POSITIVE_INFINITY,
  ): Promise<readonly Uint8Array[]> {
    const shared = this.#past ?? new SharedSnapshot(this.#engine)
    if (shared === this.#past) shared.acquire()
    try {
      const payloads: Uint8Array[] = []
      let leftBytes = bytesMax
      for (let at = from, count = firstCount; at < to; count = Math.min(count * 4, readCountMax)) {
        const part = await this.#read(shared.reader, regionId, at, Math.min(count, to - at))
        const fitting = fittingCount(part, leftBytes, { takesFirst: at === from })
        for (let index = 0; index < fitting; index++) {
          payloads.push(part[index]!)
          leftBytes -= part[index]!.length
        }
        if (fitting < part.length) break
        at += part.length
      }
      return payloads
    } finally {
      shared.release()
    }
  }

  #read(reader: EngineReader, regionId: RegionId, from: LogIndex, count: number): MaybePromise<Uint8Array[]> {
    const keys = Array.from({ length: count }, (_, at) => entryKey(regionId, from + at))
    const check = (payloads: readonly (Uint8Array | undefined)[]) =>
      payloads.map((payload, at) => {
        if (payload !== undefined) return payload
        throw new RaftLogCorruptionError(
          this.#options.name,
          undefined,
          `region ${regionId}: entry ${from + at} is missing`,
        )
      })
    try {
      const payloads = reader.getMany('raft', keys)
      if (!(payloads instanceof Promise)) return check(payloads)
      return payloads.then(check, (error: unknown) => {
        throw this.#translated(error)
      })
    } catch (error) {
      throw this.#translated(error)
    }
  }

  /** The error of this seam for one of the engine's. */
  #translated(error: unknown): unknown {
    if (error instanceof EngineCorruptionError) {
      return new RaftLogCorruptionError(error.path, undefined, error.message, { cause: error })
    }
    return error instanceof EnginePoisonedError ? new RaftLogPoisonedError({ cause: error }) : error
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new ClosedError('Raft log')
  }
}

/** One for each of its users. */
class SharedSnapshot {
  readonly reader: EngineReader
  readonly #release: () => void
  #userCount = 1

  constructor(engine: KvEngine) {
    const snapshot = engine.snapshot()
    this.reader = snapshot
    this.#release = () => snapshot.release()
  }

  acquire(): void {
    this.#userCount++
  }

  release(): void {
    this.#userCount--
    if (this.#userCount === 0) this.#release()
  }
}

/** How many of `payloads`, from the first on, come to `bytesMax` at most; the first of all is taken whatever its length. */
function fittingCount(
  payloads: readonly Uint8Array[],
  bytesMax: number,
  { takesFirst }: { readonly takesFirst: boolean } = { takesFirst: true },
): number {
  let takenBytes = 0
  const stop = payloads.findIndex((payload, at) => {
    takenBytes += payload.length
    return takenBytes > bytesMax && !(takesFirst && at === 0)
  })
  return stop < 0 ? payloads.length : stop
}
