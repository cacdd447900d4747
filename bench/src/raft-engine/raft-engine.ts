import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MiB, seededRandom } from '@stratakv/core'
import type { Bench, BenchContext } from '../bench.ts'
import { topOfProfile } from '../kv/cpu-profile.ts'
import type { Load } from './load.ts'
import { canDropPageCache, compareRecovery } from './recovery-case.ts'
import { openFiles } from './side.ts'
import { crateSide, nodeSide, runTurn, type Side } from './sides.ts'
import { buildSlowSync } from './slow-sync.ts'
import type { MemoryResult } from './turn.ts'
import { compareWrites, type Disk, shapeName } from './write-cases.ts'

/** The Raft log: ours, the engines that it replaces, and the crate whose format it writes. */
export const raftEngineBench: Bench = {
  name: 'raft-engine',
  summary: 'the multi-Raft log against LevelDB and RocksDB behind the same seam, and against the raft-engine crate',
  isDivisible: true,
  run,
}

const shapes = [256, 4096].flatMap((entryBytes) => {
  return (['incompressible', 'json'] as const).map((kind) => ({ entryBytes, kind }))
})

const realDisk: Disk = { suffix: '', syncDelayUs: 0 }
const slowDisk: Disk = { suffix: '/1ms-sync', syncDelayUs: 1000 }

/** An index of so many live entries must fit into a gibibyte. */
const liveEntries = 10_000_000
const indexBytesMax = 2 ** 30

async function run({ report, quick, seed, wants }: BenchContext): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stratakv-bench-raft-engine-'))
  const random = seededRandom(seed)
  const roundCount = quick ? 1 : 3
  const common = {
    regions: quick ? 100 : 1000,
    writers: 32,
    entriesMax: 4,
    seed,
    warmupMs: quick ? 30 : 2000,
    durationMs: quick ? 250 : 8000,
    keep: 50,
    compactMs: quick ? 50 : 3000,
    purgeMs: quick ? 40 : 1000,
  }
  const pageCache = !quick && canDropPageCache() ? 'dropped before each recovery' : 'warm'
  report.begin({
    ...common,
    roundCount,
    pageCache,
    ioBackend: await usedBackend(),
    durability: 'every write synced before it is answered; compactions are not',
  })
  try {
    const crate = await crateSide()
    if ('missing' in crate) report.note(`No peer raft-engine-rs: ${crate.missing}.`)
    const own = nodeSide('raft-engine')
    const crates = 'missing' in crate ? [] : [crate]
    const sides: readonly Side[] = [own, nodeSide('leveldb'), nodeSide('rocksdb'), ...crates]
    const slowSync = await buildSlowSync(folder)
    if (slowSync === undefined) report.note('No slowed disk: that takes a C compiler (`cc`) on Linux.')

    const missed: string[] = []
    for (const disk of slowSync === undefined ? [realDisk] : [realDisk, slowDisk]) {
      // A quick run shows once that the disk can be slowed.
      for (const shape of quick && disk === slowDisk ? shapes.slice(0, 1) : shapes) {
        if (!wants(shapeName(shape, disk))) continue
        const load: Load = { ...common, ...shape, ...purgeSizes(shape.entryBytes, quick) }
        missed.push(...(await compareWrites({ load, disk, sides, slowSync, folder, roundCount, random, report })))
      }
    }
    if (wants('recovery')) {
      missed.push(
        ...(await compareRecovery({
          name: quick ? 'recovery/4MiB' : 'recovery/1GiB',
          fill: { regions: common.regions, entryBytes: 256, entries: (quick ? MiB(4) : MiB(1024)) / 256, seed },
          options: {
            folder: join(folder, 'recovery'),
            targetFileSize: quick ? MiB(1) : MiB(128),
            purgeThreshold: MiB(10 * 1024),
            compressionThreshold: 0,
          },
          sides: [own, ...crates],
          roundCount,
          random,
          report,
        })),
      )
      rmSync(join(folder, 'recovery'), { recursive: true, force: true })
    }
    if (wants('memory')) missed.push(...(await measureMemory(folder, quick, seed, report)))
    if (process.env.STRATA_BENCH_PROFILE !== undefined) {
      await profile(folder, { ...common, ...shapes[0]!, ...purgeSizes(shapes[0]!.entryBytes, quick) }, report)
    }
    if (!quick) for (const each of missed) report.note(`Below its goal: ${each}.`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of ours. */
async function usedBackend(): Promise<string> {
  const { backend, close } = openFiles()
  await close()
  return backend
}

/** In proportion to the entries, so that each shape goes through several purges and keeps about as much as it may. */
function purgeSizes(entryBytes: number, quick: boolean): Pick<Load, 'targetFileSize' | 'purgeThreshold'> {
  const scale = entryBytes / 256
  return { targetFileSize: scale * (quick ? 65_536 : MiB(2)), purgeThreshold: scale * (quick ? 262_144 : MiB(32)) }
}

async function measureMemory(
  folder: string,
  quick: boolean,
  seed: number,
  report: BenchContext['report'],
): Promise<readonly string[]> {
  const entries = quick ? liveEntries / 100 : liveEntries
  const {
    bytes,
    residentBytes,
    entries: live,
  } = await runTurn<MemoryResult>(
    {
      type: 'memory',
      side: 'raft-engine',
      options: { folder: join(folder, 'memory'), targetFileSize: MiB(128), purgeThreshold: MiB(10 * 1024) },
      fill: { regions: 1000, entryBytes: 16, entries, seed },
    },
    { nodeArguments: ['--expose-gc'] },
  )
  rmSync(join(folder, 'memory'), { recursive: true, force: true })
  report.measure({
    case: quick ? 'memory/100k-entries' : 'memory/10M-entries',
    impl: 'raft-engine',
    value: bytes / live,
    unit: 'B/entry',
    better: 'lower',
    shown: { 'total MiB': `${Math.round(bytes / 2 ** 20)}`, 'resident MiB': `${Math.round(residentBytes / 2 ** 20)}` },
  })
  if (bytes * (liveEntries / live) <= indexBytesMax) return []
  return [`${liveEntries} live entries take more than ${indexBytesMax / 2 ** 20} MiB`]
}

/** Where our time goes, by a run of its own: the profiler costs a few percent. */
async function profile(folder: string, load: Load, report: BenchContext['report']): Promise<void> {
  const profiles = join(folder, 'profile')
  await nodeSide('raft-engine', ['--cpu-prof', `--cpu-prof-dir=${profiles}`]).load(join(folder, 'profiled'), load)
  report.note(`CPU profile of raft-engine under ${load.entryBytes} B, ${load.kind}; own time, idle left out:`)
  for (const line of topOfProfile(profiles, 12)) report.note(line)
}
