import { type RaftLogEngine, sleep, systemClock } from '@stratakv/core'
import { createMemoryDisk, createMemoryRaftLog } from '@stratakv/memory'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { createTwinCompressor } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { openRaftEngine } from '../../src/index.ts'
import { checkStressOptions, type StressOptions, StressOptionsError, stressRaftLog } from '../../src/tools/index.ts'
import { Latencies } from '../../src/tools/latencies.ts'
import { stressPayloads } from '../../src/tools/stress-payloads.ts'

describe('a stress', () => {
  it('writes what it is told to, to an engine on a disk', async () => {
    const random = seededRandom(3)
    const clock = systemClock()
    const engine = await openRaftEngine(
      { fileSystem: createMemoryDisk({ random }), clock },
      { directory: '/log', targetFileSize: 1 << 20, purgeThreshold: 4 << 20 },
    )
    const seen: number[] = []
    const report = await stressRaftLog(
      { engine, clock, random },
      {
        batchCountMax: 200,
        regionCount: 12,
        writerCount: 4,
        batchRegionCount: 3,
        entryCount: 4,
        entryBytes: 100,
        readerCount: 2,
        compactCount: 20,
        purgeIntervalMs: 1,
        onProgress: ({ batchCount }) => void seen.push(batchCount),
      },
    )
    expect(report.write.latency.count).toBe(200)
    expect(report.payloadBytes).toBe(200 * 3 * 4 * 100)
    // They do not compress, and each batch has its own header, checksums and items.
    expect(report.writtenBytes).toBeGreaterThan(report.payloadBytes)
    expect(report.writtenBytes).toBeLessThan(report.payloadBytes * 1.3)
    expect(report.read.latency.count).toBeGreaterThan(0)
    expect(report.write.fairness).toBeGreaterThan(0)
    expect(report.write.fairness).toBeLessThanOrEqual(1)
    let entryCount = 0
    for (const regionId of engine.regions()) {
      expect(regionId).toBeLessThanOrEqual(12)
      const [first, last] = [engine.firstIndex(regionId)!, engine.lastIndex(regionId)!]
      expect(last - first + 1).toBeLessThanOrEqual(20)
      entryCount += last
    }
    // Indexes go on from 1 without a gap, so the last ones count the entries.
    expect(entryCount).toBe(200 * 3 * 4)
    await engine.close()
  })

  /** The log in memory, with each write taking 10 ms. */
  const slowLog = (clock: ReturnType<typeof simulatedClock>) => {
    const log = createMemoryRaftLog()
    let writeCount = 0
    let purgeCount = 0
    const engine: RaftLogEngine = {
      supports: log.supports,
      async write(changes, options) {
        writeCount++
        await sleep(clock, 10)
        return log.write(changes, options)
      },
      sync: () => log.sync(),
      get: (...args) => log.get(...args),
      values: (...args) => log.values(...args),
      entry: (...args) => log.entry(...args),
      entries: (...args) => log.entries(...args),
      firstIndex: (regionId) => log.firstIndex(regionId),
      lastIndex: (regionId) => log.lastIndex(regionId),
      regions: () => log.regions(),
      async purge() {
        purgeCount++
        return log.regions()
      },
      usedBytes: () => log.usedBytes(),
      close: () => log.close(),
    }
    return { engine, log, counts: () => ({ writeCount, purgeCount }) }
  }

  it('ends in time, keeps to its rate, and compacts what purging asks for', async () => {
    const clock = simulatedClock()
    const { engine, log, counts } = slowLog(clock)
    const report = await clock.settle(
      stressRaftLog(
        { engine, clock, random: seededRandom(1) },
        { timeMs: 2000, writeRate: 20, purgeIntervalMs: 500, regionCount: 5, compactFactor: 0.5 },
      ),
      10_000,
    )
    expect(report.elapsedMs).toBeGreaterThanOrEqual(2000)
    expect(report.elapsedMs).toBeLessThan(2200)
    expect(report.write.latency).toMatchObject({ minUs: 10_000, maxUs: 10_000 })
    expect(report.write.latency.count).toBeGreaterThanOrEqual(38)
    expect(report.write.latency.count).toBeLessThanOrEqual(41)
    expect(report.write.perSecond).toBeCloseTo(20, -1)
    expect(report.purge.count).toBe(3)
    expect(report.purge.compactedCount).toBe(15)
    expect(counts().purgeCount).toBe(3)
    for (const regionId of log.regions()) expect(log.firstIndex(regionId)).toBeGreaterThan(1)
  })

  it('counts what all of its writers wrote', async () => {
    const clock = simulatedClock()
    const { engine } = slowLog(clock)
    let writtenBytes = 0
    const counting: RaftLogEngine = Object.assign(engine, {
      async write() {
        const bytes = 1000 + ++writtenCount
        // Some take longer than others, so that their answers come between each other's.
        await sleep(clock, 1 + (writtenCount % 7))
        writtenBytes += bytes
        return bytes
      },
    })
    let writtenCount = 0
    const work = stressRaftLog(
      { engine: counting, clock, random: seededRandom(1) },
      { writerCount: 4, regionCount: 8, batchRegionCount: 2, batchCountMax: 100 },
    )
    const report = await clock.settle(work, 10_000)
    expect(writtenCount).toBe(100)
    expect(report.writtenBytes).toBe(writtenBytes)
  })

  it('says what it got done when it is called off', async () => {
    const clock = simulatedClock()
    const { engine } = slowLog(clock)
    const controller = new AbortController()
    const work = stressRaftLog({ engine, clock, random: seededRandom(1) }, { signal: controller.signal })
    clock.after(105, () => controller.abort())
    const report = await clock.settle(work, 10_000)
    expect(report.write.latency.count).toBe(11)
  })

  it('ends with the first error of the engine, when all have ended', async () => {
    const clock = simulatedClock()
    const { engine } = slowLog(clock)
    const failure = new Error('the disk is gone')
    let writeCount = 0
    const failing: RaftLogEngine = Object.assign(engine, {
      async write() {
        await sleep(clock, 10)
        if (++writeCount === 5) throw failure
        return 1
      },
    })
    const work = stressRaftLog(
      { engine: failing, clock, random: seededRandom(1) },
      { writerCount: 3, regionCount: 3, batchRegionCount: 1, readerCount: 1 },
    )
    await expect(clock.settle(work, 10_000)).rejects.toBe(failure)
    expect(writeCount).toBeLessThanOrEqual(7)
    clock.assertIdle()
  })

  it.each<StressOptions>([
    { regionCount: 0 },
    { regionCount: 2.5 },
    { writerCount: 6 },
    { readerCount: 6 },
    { batchRegionCount: 6 },
    { writerCount: 2, batchRegionCount: 3 },
    { compactFactor: 0 },
    { compactFactor: 1 },
    { compactCount: 0 },
    { entryCount: 0 },
    { entryBytes: -1 },
    { timeMs: -1 },
    { writeRate: Number.NaN },
  ])('refuses %j', async (options) => {
    const deps = { engine: createMemoryRaftLog(), clock: simulatedClock(), random: seededRandom(1) }
    await expect(stressRaftLog(deps, options)).rejects.toThrow(StressOptionsError)
    expect(() => checkStressOptions(options)).toThrow(StressOptionsError)
  })
})

describe('payloads', () => {
  const compressed = (payloads: 'unique' | 'repeated') => {
    const next = stressPayloads(seededRandom(2), { payloads, entryBytes: 1024, entryCount: 10 })
    let [raw, stored] = [0, 0]
    for (let batch = 0; batch < 100; batch++) {
      const bytes = Uint8Array.from(
        Array.from({ length: 5 }, () => next()).flatMap((entries) => entries.flatMap((entry) => [...entry])),
      )
      raw += bytes.length
      stored += createTwinCompressor().compress(bytes).length
    }
    return stored / raw
  }

  it('do not compress, unless they are to repeat themselves', () => {
    expect(compressed('unique')).toBeGreaterThan(1)
    expect(compressed('repeated')).toBeLessThan(0.25)
  })
})

describe('latencies', () => {
  it('are summed up within a sixtieth', () => {
    const latencies = new Latencies()
    const random = seededRandom(4)
    const values = Array.from({ length: 20_000 }, () => 2 ** (random.uint32() / 2 ** 28) / 3)
    for (const value of values) latencies.add(value)
    const sorted = values.toSorted((left, right) => left - right)
    const { count, minUs, avgUs, p50Us, p90Us, p95Us, p99Us, p999Us, maxUs } = latencies.summary()
    expect(count).toBe(values.length)
    expect(minUs).toBe(sorted[0])
    expect(maxUs).toBe(sorted.at(-1))
    expect(avgUs).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6)
    for (const [part, got] of [
      [0.5, p50Us],
      [0.9, p90Us],
      [0.95, p95Us],
      [0.99, p99Us],
      [0.999, p999Us],
    ] as const) {
      const truth = sorted[Math.ceil(values.length * part) - 1]!
      expect(got / truth).toBeGreaterThanOrEqual(1)
      expect(got / truth).toBeLessThan(1 + 1 / 60)
    }
  })

  it('may be none, or nothing, or a day', () => {
    expect(new Latencies().summary()).toMatchObject({ count: 0, minUs: 0, avgUs: 0, p50Us: 0, maxUs: 0 })
    const latencies = new Latencies()
    for (const us of [0, 0.001, 1e12]) latencies.add(us)
    expect(latencies.summary()).toMatchObject({ count: 3, minUs: 0, maxUs: 1e12, p999Us: expect.any(Number) })
  })
})
