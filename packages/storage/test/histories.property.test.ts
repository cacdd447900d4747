import { below } from '@stratakv/core'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { Storage } from '../src/storage.ts'
import { checkHistories } from './history-checker.ts'
import { type MemoryKv, memoryKv } from './memory-kv.ts'
import { type CommitMode, context, PercolatorClient, TestOracle, type TxnTrace } from './percolator-client.ts'
import { storageOn } from './storage-fixture.ts'
import { tardy } from './tardy-kv.ts'

const keys = ['a', 'b', 'c', 'd', 'e']
const modes: readonly CommitMode[] = ['two-phase', 'async', 'one-phase']
const seeds = Array.from({ length: 12 }, (_, index) => 300 + index)

describe('snapshot isolation', () => {
  // Clients of all three kinds of commit run into each other, die at any point and clean up after one another; between
  // rounds the store forgets all it has in memory. What is on disk in the end says what must have been read.
  it.each(seeds)('holds for mixed kinds of commit, dead clients and restarts, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const oracle = new TestOracle()
    const kv = memoryKv()
    const traces: TxnTrace[] = []
    for (let round = 0; round < 3; round++) {
      const storage = await opened(kv, oracle, random.fork(`kv ${round}`))
      const clients = Array.from({ length: 8 }, (_, index) => random.fork(`client ${round} ${index}`))
      await Promise.all(clients.map((dice) => run(new PercolatorClient(storage, oracle, dice), dice, traces)))
      await storage.close()
      expect(storage.concurrency.lockedKeyCount()).toBe(0)
    }
    oracle.skip(1000)
    const storage = await opened(kv, oracle, random.fork('last'))
    const cleaner = new PercolatorClient(storage, oracle, random.fork('cleaner'))
    for (const key of keys) await cleaner.read(key, oracle.next())
    await checkHistories(storage, keys, traces)
    expect(new Set(traces.map(({ outcome }) => outcome.type))).toEqual(new Set(['committed', 'aborted', 'died']))
  })
})

/** As after a start: it knows of no reader but through the oracle. */
async function opened(kv: MemoryKv, oracle: TestOracle, random: SeededRandom): Promise<Storage> {
  const { storage } = storageOn(
    undefined,
    { latchSlotCount: 2 },
    {
      kv: tardy(kv, random),
      placementDriver: { timestamps: async () => oracle.next() },
    },
  )
  storage.concurrency.setMaxTsSynced(context.kv.regionId, false)
  await storage.beginLeading([context.kv.regionId])
  return storage
}

async function run(client: PercolatorClient, random: SeededRandom, traces: TxnTrace[]): Promise<void> {
  for (let count = 0; count < 8; count++) {
    const touched = keys.filter(() => below(random, 2) === 0)
    const mode = modes[below(random, modes.length)]!
    traces.push(await client.transact(touched, (startTs) => `by ${startTs}`, mode, true))
  }
}
