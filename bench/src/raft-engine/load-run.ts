import { monitorEventLoopDelay } from 'node:perf_hooks'
import { dataBytes, entryHeadBytesMax, splitmix32, writeEntry } from '@stratakv/conformance'
import { type Clock, type RaftLogChange, type RaftLogEngine, sleep } from '@stratakv/core'
import type { Load, LoadResult } from './load.ts'
import { type ProcessUsage, processUsage } from './process-usage.ts'

/** As in a node: 20 bytes below one key. */
const stateKey = Uint8Array.of(0x52)
const stateBytes = 20
/** Different data that entries take in turns: more than any batch or block of a peer holds. */
const poolCount = 4096

/** Puts the load on a fresh engine and closes it. */
export async function runLoad(engine: RaftLogEngine, load: Load, clock: Clock): Promise<LoadResult> {
  return new LoadRun(engine, load, clock).run()
}

class LoadRun {
  private readonly engine: RaftLogEngine
  private readonly load: Load
  private readonly clock: Clock
  private readonly pool: readonly Uint8Array[]
  /** Last index of each region. */
  private readonly lasts: Float64Array
  private readonly samples: { readonly intended: number; readonly elapsed: number }[] = []
  private readonly purges: { readonly from: number; readonly done: number; readonly loopDelayMs: number }[] = []
  private readonly beginsAt: number
  private readonly countsFrom: number
  private readonly endsAt: number
  private userBytes = 0

  constructor(engine: RaftLogEngine, load: Load, clock: Clock) {
    this.engine = engine
    this.load = load
    this.clock = clock
    this.pool = Array.from({ length: poolCount }, (_, at) => {
      return dataBytes({ kind: load.kind, seed: (load.seed + at) >>> 0, length: load.entryBytes })
    })
    this.lasts = new Float64Array(load.regions)
    this.beginsAt = clock.now()
    this.countsFrom = this.beginsAt + load.warmupMs
    this.endsAt = this.countsFrom + load.durationMs
  }

  async run(): Promise<LoadResult> {
    const { load } = this
    const all = Array.from({ length: load.regions }, (_, region) => region)
    let before: ProcessUsage | undefined
    this.clock.after(load.warmupMs, () => {
      before = processUsage()
    })
    const background = [
      this.every(load.compactMs, () => this.compact(all)),
      this.every(load.purgeMs, () => this.purge()),
    ]
    await Promise.all(Array.from({ length: load.writers }, (_, writer) => this.write(writer)))
    const loaded = processUsage()
    await Promise.all(background)
    await this.engine.close()
    const closed = processUsage()
    if (before === undefined) throw new Error('the load ended within its warm-up')

    const elapsed = this.samples.map((sample) => sample.elapsed).sort((left, right) => left - right)
    const at = (share: number): number => elapsed[Math.max(0, Math.ceil(elapsed.length * share) - 1)] ?? 0
    const purges = this.purges.filter(({ done }) => done > this.countsFrom)
    const overlapping = this.samples.filter((sample) => {
      return purges.some(({ from, done }) => sample.intended < done && sample.intended + sample.elapsed > from)
    })
    return {
      operations: elapsed.length,
      seconds: load.durationMs / 1000,
      userBytes: this.userBytes,
      writtenBytes: closed.writtenBytes - before.writtenBytes,
      cpuSeconds: loaded.cpuSeconds - before.cpuSeconds,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      purges: purges.length,
      purgePauseMs: largest(overlapping.map((sample) => sample.elapsed)),
      purgeLoopDelayMs: largest(purges.map(({ loopDelayMs }) => loopDelayMs)),
    }
  }

  private async write(writer: number): Promise<void> {
    const { load, clock, lasts, pool } = this
    const next = splitmix32((load.seed + writer) >>> 0)
    // Each writer has regions of its own: one region's writes have an order.
    const ownCount = Math.ceil((load.regions - writer) / load.writers)
    // Used again for each write: buffers belong to the engine until its promise settles, and then to the caller.
    const arena = Buffer.alloc(load.entriesMax * (entryHeadBytesMax + load.entryBytes))
    const value = Buffer.alloc(stateBytes)
    for (let turn = 0; ; turn++) {
      const { rate } = load
      const paced = rate === undefined ? undefined : this.beginsAt + ((turn * load.writers + writer) / rate) * 1000
      // A timer may be a millisecond late, on all sides of Node alike, and that counts: to look at the clock on every turn of the
      // loop instead was tried, and takes a core from the threads that write.
      if (paced !== undefined && paced > clock.now()) await sleep(clock, paced - clock.now())
      const intended = paced ?? clock.now()
      if (clock.now() >= this.endsAt) return
      const region = writer + load.writers * (next() % ownCount)
      const count = 1 + (next() % load.entriesMax)
      const firstIndex = lasts[region]! + 1
      const entries: Uint8Array[] = []
      let end = 0
      for (let index = firstIndex; index < firstIndex + count; index++) {
        const start = end
        end = writeEntry(arena, start, 6, index, pool[next() % poolCount]!)
        entries.push(arena.subarray(start, end))
      }
      const userBytes = end + stateKey.length + stateBytes
      value.writeDoubleLE(firstIndex + count - 1)
      const changes: RaftLogChange[] = [
        { type: 'append', regionId: region + 1, firstIndex, entries },
        { type: 'put', regionId: region + 1, key: stateKey, value },
      ]
      await this.engine.write(changes, { sync: true })
      lasts[region] = firstIndex + count - 1
      const finished = clock.now()
      if (finished < this.countsFrom || finished >= this.endsAt) continue
      this.samples.push({ intended, elapsed: finished - intended })
      this.userBytes += userBytes
    }
  }

  /** As a node does: one batch for all regions, which nothing waits for on the disk. */
  private async compact(regions: readonly number[]): Promise<void> {
    const changes = regions.flatMap((region): RaftLogChange[] => {
      const last = this.lasts[region] ?? 0
      if (last <= this.load.keep) return []
      return [{ type: 'compact', regionId: region + 1, index: last - this.load.keep + 1 }]
    })
    if (changes.length > 0) await this.engine.write(changes, { sync: false })
  }

  private async purge(): Promise<void> {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const from = this.clock.now()
    const regions = await this.engine.purge()
    delay.disable()
    // Nothing was sampled in a purge that took no turn of the loop.
    const loopDelayMs = delay.count === 0 ? 0 : delay.max / 1e6
    this.purges.push({ from, done: this.clock.now(), loopDelayMs })
    await this.compact(regions.map((region) => region - 1))
  }

  private async every(intervalMs: number, body: () => Promise<void>): Promise<void> {
    for (;;) {
      const at = this.clock.now() + intervalMs
      if (at >= this.endsAt) return
      await sleep(this.clock, intervalMs)
      await body()
    }
  }
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
