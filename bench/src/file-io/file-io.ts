import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { below, type File, type FileSystem, type Random } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { type NativeBackend, NativeUnavailableError, openNativeFileSystem } from '@stratakv/file-io-native'
import { seededRandom } from '@stratakv/testkit'
import type { Bench, BenchContext } from '../bench.ts'
import { type BusyPool, keepPoolBusy } from './busy-pool.ts'

/** Written over again and again, as a log does that recycles its files: its blocks are there, so a sync need not write metadata. */
const fileBytes = 32 * 1024 * 1024
const sizes = [
  ['4KiB', 4 * 1024],
  ['64KiB', 64 * 1024],
] as const
const surroundings = ['alone', 'beside-zlib'] as const
/** Deflates at once: as many as libuv has threads. */
const deflateCount = 4

/** One backend with its open file. */
interface Side {
  readonly impl: string
  readonly fs: FileSystem
  readonly file: File
  end(): Promise<void>
}

/** What the turns of one side gave. */
interface Samples {
  readonly latenciesMs: number[]
  /** Of each turn. */
  readonly mibPerSecond: number[]
}

export const fileIoBench: Bench = {
  name: 'file-io',
  summary: 'a write and its fdatasync: Rust by its own threads, O_DIRECT and io_uring, against node:fs',
  run,
}

async function run({ quick, report, seed }: BenchContext): Promise<void> {
  const roundCount = quick ? 2 : 21
  const turnMs = quick ? 60 : 300
  report.begin({
    fileBytes,
    writeBytes: sizes.map(([, sizeBytes]) => sizeBytes),
    roundCount,
    turnMs,
    writers: 1,
    file: 'written whole and synced before, then over again in order',
    durability: 'writeAt(..., "data") on every side: the write, then fdatasync',
    besideZlib: `${deflateCount} deflates of 1 MiB kept running on libuv's threads`,
  })
  const random = seededRandom(seed)
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-bench-file-io-'))
  const sides: Side[] = []
  try {
    for (const backend of ['native', 'native-direct', 'native-uring'] as const) {
      try {
        sides.push(await openNative(backend, folder))
      } catch (error) {
        if (!(error instanceof NativeUnavailableError)) throw error
        report.note(`Left out: ${error.message}`)
      }
    }
    const fs = createNodeFileSystem()
    sides.push({ impl: 'node', fs, file: await filledFile(fs, join(folder, 'node')), end: async () => {} })
    for (const surrounding of surroundings) {
      for (const [label, sizeBytes] of sizes) {
        const samples = await measure(sides, { surrounding, sizeBytes, roundCount, turnMs, random })
        reportCase({ report, name: `${label}/${surrounding}`, sides, samples })
      }
    }
    for (const { impl, fs: used } of sides) {
      const fallback = 'fallback' in used ? used.fallback : undefined
      if (typeof fallback === 'string') report.note(`${impl} is not what it says: ${fallback}`)
    }
    report.note(
      'native: pwritev and fdatasync on its own threads. node: the same two calls as two jobs of libuv’s threads.',
    )
    report.note('p50 and p99 over the writes of all turns, MiB/s the median of the turns.')
  } finally {
    for (const side of sides) {
      await side.file.close()
      await side.end()
    }
    await rm(folder, { recursive: true, force: true })
  }
}

async function openNative(backend: NativeBackend, folder: string): Promise<Side> {
  const fs = openNativeFileSystem({ backend })
  return { impl: backend, fs, file: await filledFile(fs, join(folder, backend)), end: () => fs.close() }
}

async function filledFile(fs: FileSystem, path: string): Promise<File> {
  const file = await fs.open(path, 'create-new')
  const piece = new Uint8Array(1024 * 1024).fill(1)
  for (let at = 0; at < fileBytes; at += piece.length) await file.writeAt([piece], at)
  await file.sync('all')
  return file
}

interface Circumstances {
  readonly surrounding: (typeof surroundings)[number]
  readonly sizeBytes: number
  readonly roundCount: number
  readonly turnMs: number
  readonly random: Random
}

/** One turn a side and round, in an order drawn anew, so that a drift of the machine or of its disk meets all of them. */
async function measure(sides: readonly Side[], circumstances: Circumstances): Promise<Map<string, Samples>> {
  const { surrounding, sizeBytes, roundCount, turnMs, random } = circumstances
  const samples = new Map(sides.map(({ impl }) => [impl, { latenciesMs: [], mibPerSecond: [] } as Samples]))
  const data = Uint8Array.from({ length: sizeBytes }, () => below(random, 256))
  const busy: BusyPool | undefined = surrounding === 'beside-zlib' ? keepPoolBusy(deflateCount) : undefined
  try {
    // A turn that counts for nothing: compiled code, warm threads.
    for (const side of sides) await turn(side, data, turnMs / 4)
    for (let round = 0; round < roundCount; round++) {
      for (const side of shuffled(sides, random)) {
        const latenciesMs = await turn(side, data, turnMs)
        const { latenciesMs: all, mibPerSecond } = samples.get(side.impl)!
        const spentMs = latenciesMs.reduce((sum, each) => sum + each, 0)
        mibPerSecond.push((latenciesMs.length * sizeBytes * 1000) / spentMs / 2 ** 20)
        for (const each of latenciesMs) all.push(each)
      }
    }
  } finally {
    await busy?.end()
  }
  return samples
}

/** Writes one after another for that long. @returns how long each took */
async function turn({ file }: Side, data: Uint8Array, turnMs: number): Promise<number[]> {
  const latenciesMs: number[] = []
  const end = process.hrtime.bigint() + BigInt(Math.round(turnMs * 1e6))
  let at = 0
  for (let start = process.hrtime.bigint(); start < end; ) {
    await file.writeAt([data], at, 'data')
    const now = process.hrtime.bigint()
    latenciesMs.push(Number(now - start) / 1e6)
    start = now
    at = (at + data.length) % fileBytes
  }
  return latenciesMs
}

interface Reported {
  readonly report: BenchContext['report']
  readonly name: string
  readonly sides: readonly Side[]
  readonly samples: ReadonlyMap<string, Samples>
}

/** Ours is `native`; without it there is nothing to compare, and node stands alone. */
function reportCase({ report, name, sides, samples }: Reported): void {
  const figures = [
    { figure: 'p50', unit: 'ms', better: 'lower', of: ({ latenciesMs }: Samples) => quantile(latenciesMs, 0.5) },
    { figure: 'p99', unit: 'ms', better: 'lower', of: ({ latenciesMs }: Samples) => quantile(latenciesMs, 0.99) },
    { figure: 'throughput', unit: 'MiB/s', better: 'higher', of: (each: Samples) => quantile(each.mibPerSecond, 0.5) },
  ] as const
  for (const { figure, unit, better, of } of figures) {
    const values = new Map(sides.map(({ impl }) => [impl, of(samples.get(impl)!)]))
    for (const [impl, value] of values) {
      const shown = { writes: String(samples.get(impl)!.latenciesMs.length) }
      report.measure({ case: `${figure}/${name}`, impl, value, unit, better, shown })
    }
    const ours = values.get('native')
    if (ours === undefined) continue
    for (const [impl, value] of values) {
      if (impl !== 'native') report.ratio({ case: `${figure}/${name}`, ratio: ours / value, against: impl, better })
    }
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = below(random, last + 1)
    const moved = order[last]!
    order[last] = order[drawn]!
    order[drawn] = moved
  }
  return order
}
