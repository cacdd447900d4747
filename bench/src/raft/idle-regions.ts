import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type KvEngine, type Region, systemClock, systemRandom } from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { prepareRegions, RaftStore } from '@stratakv/raftstore'
import { completeConfig, raftStoreOptions } from '@stratakv/server'
import { createChecksum, createKernels } from '@stratakv/wasm'
import type { BenchContext } from '../bench.ts'

const regionCountFull = 10_000

/** Many regions with one replica that nobody asks anything: what they take of the event loop and of the memory, with TiKV's ticks. */
export async function measureIdleRegions({ report, quick }: BenchContext): Promise<void> {
  const regionCount = quick ? 500 : regionCountFull
  const watchMs = quick ? 1000 : 60_000
  const engine = createMemoryEngine()
  const logEngine = createMemoryRaftLog()
  await prepareRegions(engine, regionsOf(regionCount))
  const before = await memoryBytes()
  const openedAt = performance.now()
  const store = await openStore(engine, logEngine)
  await store.awaitSoleLeaders()
  const openMs = performance.now() - openedAt
  const bytesPerRegion = ((await memoryBytes()) - before) / regionCount
  const [cpuBefore, startedAt] = [process.cpuUsage(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, watchMs))
  const { user, system } = process.cpuUsage(cpuBefore)
  const share = (user + system) / 1000 / (performance.now() - startedAt)
  const name = `idle-regions/${regionCount}`
  report.measure({ case: `${name}/cpu`, impl: 'stratakv', value: share * 100, unit: '% of a core', better: 'lower' })
  report.measure({
    case: `${name}/memory`,
    impl: 'stratakv',
    value: bytesPerRegion,
    unit: 'B a region',
    better: 'lower',
  })
  report.measure({ case: `${name}/open`, impl: 'stratakv', value: openMs, unit: 'ms', better: 'lower' })
  await store.close()
  await logEngine.close()
  await engine.close()
}

function regionsOf(count: number): Region[] {
  const key = (at: number) =>
    at === 0 || at === count ? new Uint8Array(0) : new TextEncoder().encode(`key ${at + 10_000_000}`)
  return Array.from({ length: count }, (_, at) => ({
    id: 2 * at + 2,
    startKey: key(at),
    endKey: key(at + 1),
    epoch: { confVer: 1, version: 1 },
    peers: [{ id: 2 * at + 3, storeId: 1, role: 'voter' }],
  }))
}

function openStore(engine: KvEngine, logEngine: ReturnType<typeof createMemoryRaftLog>): Promise<RaftStore> {
  const random = systemRandom()
  return RaftStore.open(
    {
      engine,
      logEngine,
      random,
      clock: systemClock(),
      fileSystem: createMemoryDisk({ random }),
      checksum: createChecksum({ kernels: createKernels(), native: undefined }),
      transport: { send() {}, sendSnapshot() {} },
    },
    raftStoreOptions(completeConfig({}), { storeId: 1, snapshotDirectory: '/snap' }),
  )
}

/** What is really in use: without what the next collection would free. */
async function memoryBytes(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let time = 0; time < 3; time++) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
