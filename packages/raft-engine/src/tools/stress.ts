import {
  below,
  type Clock,
  type Instant,
  type RaftLogChange,
  type RaftLogEngine,
  type Random,
  type RegionId,
  StrataError,
  sleep,
} from '@stratakv/core'
import { Latencies, type LatencySummary } from './latencies.ts'
import { type StressPayloads, stressPayloads } from './stress-payloads.ts'

/** Defaults are those of the Rust engine's program of the same name. */
export interface StressOptions {
  /** How long. Default: 60 s. */
  readonly timeMs?: number
  /** Ends earlier when so many batches were written. Default: no limit. */
  readonly batchCountMax?: number
  /** Default: 5. */
  readonly regionCount?: number
  /** Each has regions of its own, and one batch under way. Default: 1. */
  readonly writerCount?: number
  /** Batches a second of each writer; 0 is as many as it can. Default: 0. */
  readonly writeRate?: number
  /** Each reads the newest entry of some region, one after another. Default: 0. */
  readonly readerCount?: number
  /** Entries a second of each reader; 0 is as many as it can. Default: 0. */
  readonly readRate?: number
  /** Bytes of an entry. Default: 1,024. */
  readonly entryBytes?: number
  /** Entries of a region in a batch. Default: 10. */
  readonly entryCount?: number
  /** Regions in a batch. Default: 5. */
  readonly batchRegionCount?: number
  /** Default: true. */
  readonly sync?: boolean
  /**
   * `unique`: nothing in a batch is there twice, and nothing compresses. `repeated`: the same random entries in every region and batch, as the Rust
   * program has them, so that LZ4 takes four fifths of them away. Default: unique.
   */
  readonly payloads?: StressPayloads
  /** A region's log is compacted to so many entries with each batch. Default: only when purging asks. */
  readonly compactCount?: number
  /** 0: never. Default: 10 s. */
  readonly purgeIntervalMs?: number
  /** Which part of a region's entries goes when purging asks for it, between 0 and 1. Default: 0.5. */
  readonly compactFactor?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: { readonly elapsedMs: number; readonly batchCount: number }) => void
}

export interface StressDeps {
  /** With any content: its regions from 1 on are written to. */
  readonly engine: RaftLogEngine
  readonly clock: Clock
  readonly random: Random
}

/** What writers, or readers, did. */
export interface StressSide {
  readonly latency: LatencySummary
  readonly perSecond: number
  /** The slowest one's count by the fastest one's: 1 when all got the same. */
  readonly fairness: number
}

export interface StressReport {
  readonly elapsedMs: number
  /** Of batches. */
  readonly write: StressSide
  /** Of entries. */
  readonly read: StressSide
  /** Of payloads, in bytes. */
  readonly payloadBytes: number
  /** What the log took for the batches. */
  readonly writtenBytes: number
  readonly purge: {
    readonly count: number
    readonly maxMs: number
    /** Compactions that purging asked for. */
    readonly compactedCount: number
  }
}

/** Options that do not go together. */
export class StressOptionsError extends StrataError {
  readonly code = 'RAFT_ENGINE_STRESS_OPTIONS'
  readonly option: keyof StressOptions
  constructor(option: keyof StressOptions, detail: string) {
    super(`${option}: ${detail}`)
    this.option = option
  }
}

type Settled = Required<Omit<StressOptions, 'signal' | 'onProgress' | 'compactCount'>> &
  Pick<StressOptions, 'signal' | 'onProgress' | 'compactCount'>

const defaults = {
  timeMs: 60_000,
  batchCountMax: Number.POSITIVE_INFINITY,
  regionCount: 5,
  writerCount: 1,
  writeRate: 0,
  readerCount: 0,
  readRate: 0,
  entryBytes: 1024,
  entryCount: 10,
  batchRegionCount: 5,
  sync: true,
  payloads: 'unique',
  purgeIntervalMs: 10_000,
  compactFactor: 0.5,
} as const

/** A reader without a rate, of entries that are in memory, lets others have the event loop after so long. */
const busyMsMax = 1
/** Told of progress so often. */
const progressIntervalMs = 100

/**
 * Writes to a log, reads from it and purges it as fast as it can or as it is told, and says how fast that was. Ends with the first error of the engine.
 *
 * @throws StressOptionsError, and what the engine throws
 */
export async function stressRaftLog(deps: StressDeps, options: StressOptions = {}): Promise<StressReport> {
  return new Stress(deps, settledOptions(options)).run()
}

/**
 * What `stressRaftLog` would say of the options, before there is an engine.
 *
 * @throws StressOptionsError
 */
export function checkStressOptions(options: StressOptions): void {
  settledOptions(options)
}

function settledOptions(options: StressOptions): Settled {
  const settled = { ...defaults, ...options }
  assertOptions(settled)
  return settled
}

class Stress {
  readonly #engine: RaftLogEngine
  readonly #clock: Clock
  readonly #random: Random
  readonly #options: Settled
  readonly #startedAt: Instant
  readonly #writes = new Latencies()
  readonly #reads = new Latencies()
  readonly #writerCounts: number[]
  readonly #readerCounts: number[]
  #isOver = false
  /** Begun, and done. */
  #batchCount = 0
  #doneCount = 0
  #toldAt = 0
  #writtenBytes = 0
  #payloadBytes = 0
  #purgeCount = 0
  #purgeMaxMs = 0
  #compactedCount = 0

  constructor({ engine, clock, random }: StressDeps, options: Settled) {
    this.#engine = engine
    this.#clock = clock
    this.#random = random
    this.#options = options
    this.#startedAt = clock.now()
    this.#writerCounts = Array.from({ length: options.writerCount }, () => 0)
    this.#readerCounts = Array.from({ length: options.readerCount }, () => 0)
  }

  async run(): Promise<StressReport> {
    let writersLeft = this.#writerCounts.length
    const writers = this.#writerCounts.map(async (_, writer) => {
      await this.#write(writer)
      // Without writers there is nothing to read or to purge.
      if (--writersLeft === 0) this.#isOver = true
    })
    const readers = this.#readerCounts.map((_, reader) => this.#read(reader))
    // The first failure ends all of them; what the others had under way is waited for.
    const parts = [...writers, ...readers, this.#purge()].map((part) =>
      part.catch((error: unknown) => {
        this.#isOver = true
        return { error }
      }),
    )
    const failed = (await Promise.all(parts)).find((part) => part !== undefined)
    if (failed !== undefined) throw failed.error
    const elapsedMs = this.#elapsedMs()
    const sideOf = (latencies: Latencies, counts: readonly number[]): StressSide => {
      const latency = latencies.summary()
      const [least, most] = [Math.min(...counts), Math.max(...counts)]
      return {
        latency,
        perSecond: elapsedMs === 0 ? 0 : (latency.count * 1000) / elapsedMs,
        fairness: most > 0 ? least / most : 1,
      }
    }
    return {
      elapsedMs,
      write: sideOf(this.#writes, this.#writerCounts),
      read: sideOf(this.#reads, this.#readerCounts),
      payloadBytes: this.#payloadBytes,
      writtenBytes: this.#writtenBytes,
      purge: { count: this.#purgeCount, maxMs: this.#purgeMaxMs, compactedCount: this.#compactedCount },
    }
  }

  /** Of the regions `writer + 1`, that plus the count of writers, and so on. */
  async #write(writer: number): Promise<void> {
    const { regionCount, writerCount, batchRegionCount, sync, writeRate } = this.#options
    const payloads = stressPayloads(this.#random, this.#options)
    const own = Math.floor((regionCount - writer - 1) / writerCount) + 1
    const pace = this.#pace(writeRate)
    while (!this.#hasEnded() && this.#batchCount < this.#options.batchCountMax) {
      this.#batchCount++
      const first = below(this.#random, own)
      const changes: RaftLogChange[] = []
      for (let step = 0; step < batchRegionCount; step++) {
        changes.push(...this.#changesOf(1 + writer + ((first + step) % own) * writerCount, payloads()))
      }
      const startedAt = this.#clock.now()
      // Added after the wait: other writers add meanwhile.
      const writtenBytes = await this.#engine.write(changes, { sync })
      this.#writtenBytes += writtenBytes
      this.#writes.add((this.#clock.now() - startedAt) * 1000)
      this.#writerCounts[writer]!++
      this.#doneCount++
      this.#tell()
      await pace()
    }
  }

  #changesOf(regionId: RegionId, entries: readonly Uint8Array[]): RaftLogChange[] {
    const { compactCount } = this.#options
    const last = this.#engine.lastIndex(regionId)
    const firstIndex = last === undefined ? 1 : last + 1
    for (const entry of entries) this.#payloadBytes += entry.length
    const append: RaftLogChange = { type: 'append', regionId, firstIndex, entries }
    const keptFrom = firstIndex + entries.length - (compactCount ?? Number.POSITIVE_INFINITY)
    const first = this.#engine.firstIndex(regionId) ?? firstIndex
    return keptFrom > first ? [append, { type: 'compact', regionId, index: keptFrom }] : [append]
  }

  async #read(reader: number): Promise<void> {
    const pace = this.#pace(this.#options.readRate)
    while (!this.#hasEnded()) {
      const regionId = 1 + below(this.#random, this.#options.regionCount)
      const index = this.#engine.lastIndex(regionId)
      if (index !== undefined) {
        const startedAt = this.#clock.now()
        await this.#engine.entry(regionId, index)
        this.#reads.add((this.#clock.now() - startedAt) * 1000)
        this.#readerCounts[reader]!++
      }
      // Entries in memory are answered without waiting: the writers have their turn here.
      await (index === undefined ? sleep(this.#clock, 1) : pace())
    }
  }

  async #purge(): Promise<void> {
    const { purgeIntervalMs, timeMs, compactFactor } = this.#options
    if (purgeIntervalMs === 0) return
    let nextMs = purgeIntervalMs
    while (!this.#hasEnded()) {
      // In short steps, so that the end of the writers is the end of this as well.
      if (this.#elapsedMs() < nextMs) {
        await sleep(this.#clock, Math.min(progressIntervalMs, nextMs - this.#elapsedMs(), timeMs))
        continue
      }
      nextMs += purgeIntervalMs
      const startedAt = this.#clock.now()
      const asked = await this.#engine.purge()
      this.#purgeCount++
      this.#purgeMaxMs = Math.max(this.#purgeMaxMs, this.#clock.now() - startedAt)
      const changes = asked.flatMap((regionId): RaftLogChange[] => {
        const [first, last] = [this.#engine.firstIndex(regionId), this.#engine.lastIndex(regionId)]
        if (first === undefined || last === undefined) return []
        return [{ type: 'compact', regionId, index: first + Math.floor((last - first) * compactFactor) }]
      })
      this.#compactedCount += changes.length
      if (changes.length > 0) await this.#engine.write(changes, { sync: false })
    }
  }

  #hasEnded(): boolean {
    if (this.#elapsedMs() >= this.#options.timeMs || this.#options.signal?.aborted === true) this.#isOver = true
    return this.#isOver
  }

  #elapsedMs(): number {
    return this.#clock.now() - this.#startedAt
  }

  /** Waits until the next one is due; without a rate, only now and then for a turn of the event loop. */
  #pace(perSecond: number): () => Promise<void> {
    let due = this.#elapsedMs()
    let yieldedAt = due
    return async () => {
      const now = this.#elapsedMs()
      if (perSecond > 0) {
        due = Math.max(due + 1000 / perSecond, now - 1000)
        if (due > now) await sleep(this.#clock, Math.min(due - now, Math.max(this.#options.timeMs - now, 1)))
      } else if (now - yieldedAt >= busyMsMax) {
        await sleep(this.#clock, 0)
        yieldedAt = this.#elapsedMs()
      }
    }
  }

  #tell(): void {
    const elapsedMs = this.#elapsedMs()
    if (elapsedMs - this.#toldAt < progressIntervalMs) return
    this.#toldAt = elapsedMs
    this.#options.onProgress?.({ elapsedMs, batchCount: this.#doneCount })
  }
}

function assertOptions(options: Settled): void {
  const wholes = {
    regionCount: 1,
    writerCount: 1,
    readerCount: 0,
    entryBytes: 0,
    entryCount: 1,
    batchRegionCount: 1,
    compactCount: 1,
  } as const
  for (const [name, min] of Object.entries(wholes) as [keyof typeof wholes, number][]) {
    const value = options[name]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= min)) {
      throw new StressOptionsError(name, `${value} is no whole number from ${min} on`)
    }
  }
  for (const name of ['timeMs', 'writeRate', 'readRate', 'purgeIntervalMs', 'batchCountMax'] as const) {
    if (!(options[name] >= 0)) throw new StressOptionsError(name, `${options[name]} is less than 0`)
  }
  const { regionCount, writerCount, readerCount, batchRegionCount, compactFactor } = options
  if (!(compactFactor > 0 && compactFactor < 1)) {
    throw new StressOptionsError('compactFactor', `${compactFactor} is not between 0 and 1`)
  }
  if (writerCount > regionCount || readerCount > regionCount) {
    throw new StressOptionsError('regionCount', `${regionCount} regions are fewer than writers or readers`)
  }
  const ownMin = Math.floor(regionCount / writerCount)
  if (batchRegionCount > ownMin) {
    throw new StressOptionsError(
      'batchRegionCount',
      `${batchRegionCount} regions in a batch of a writer with ${ownMin}`,
    )
  }
}
