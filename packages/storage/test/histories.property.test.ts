import { below, type Timestamp } from '@stratakv/core'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { Storage } from '../src/storage.ts'
import { bytes, type MemoryKv, memoryKv, text } from './memory-kv.ts'
import { type CommitMode, context, PercolatorClient, TestOracle, type TxnTrace } from './percolator-client.ts'
import { storageOn } from './storage-fixture.ts'
import { tardy } from './tardy-kv.ts'

const keys = ['a', 'b', 'c', 'd', 'e']
const modes: readonly CommitMode[] = ['two-phase', 'async', 'one-phase']
const seeds = Array.from({ length: 12 }, (_, index) => 300 + index)

/** One committed version of a key. */
interface Version {
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  readonly value: string | undefined
}

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
    await check(storage, traces)
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

async function check(storage: Storage, traces: readonly TxnTrace[]): Promise<void> {
  const histories = new Map<string, readonly Version[]>()
  for (const key of keys) {
    const { lock, writes } = await storage.mvccGetByKey({ context, key: bytes(key) })
    expect(lock, `lock on ${key}`).toBeUndefined()
    const versions = writes
      .filter(({ write }) => write.kind === 'put' || write.kind === 'delete')
      .map(({ commitTs, write }) => ({ commitTs, startTs: write.startTs, value: text(write.shortValue) }))
    for (const [index, { startTs }] of versions.entries()) {
      // Newest first: nobody commits over what was committed after it began.
      expect(versions[index + 1]?.commitTs ?? 0n).toBeLessThanOrEqual(startTs)
    }
    histories.set(key, versions)
  }
  for (const trace of traces) checkTrace(trace, histories, traces)
}

function checkTrace(trace: TxnTrace, histories: Map<string, readonly Version[]>, traces: readonly TxnTrace[]): void {
  const { startTs, mode, outcome } = trace
  for (const [key, seen] of trace.reads) {
    const version = histories.get(key)!.find(({ commitTs }) => commitTs <= startTs)
    expect(seen, `${key} read at ${startTs}`).toBe(version?.value)
  }
  const stored = [...trace.writes].map(([key, value]) => {
    const version = histories.get(key)!.find((candidate) => candidate.startTs === startTs)
    if (version !== undefined) expect(version.value).toBe(value)
    return version?.commitTs
  })
  // All of it at one timestamp, or nothing.
  expect(new Set(stored).size, `${mode} at ${startTs}: ${stored}`).toBeLessThanOrEqual(1)
  if (outcome.type === 'aborted') expect(stored[0]).toBeUndefined()
  if (outcome.type !== 'committed') return
  expect(stored[0], `${mode} at ${startTs}`).toBe(outcome.commitTs)
  for (const later of traces) {
    if (later.startTs > outcome.endedAt) expect(later.startTs).toBeGreaterThanOrEqual(outcome.commitTs)
  }
}
