import { below } from '@stratakv/core'
import { KeyIsLockedError, WriteConflictError } from '@stratakv/mvcc'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { commitCommand } from '../src/commands/commit.ts'
import { prewriteCommand } from '../src/commands/prewrite.ts'
import { batchRollbackCommand } from '../src/commands/rollback.ts'
import type { Storage } from '../src/storage.ts'
import { bytes, memoryKv, text } from './memory-kv.ts'
import { storageOn } from './storage-fixture.ts'
import { tardy } from './tardy-kv.ts'

const context = { kv: { regionId: 1 } }
const clientCount = 24
const roundCount = 12
const keys = ['a', 'b', 'c'].map(bytes)
/** Of one increment: many times what contention costs, so that a lock nobody will ever remove fails the test instead of hanging it. */
const attemptCountMax = 5_000

function tardyStorage(seed: number): { storage: Storage; random: SeededRandom } {
  const random = seededRandom(seed)
  const { storage } = storageOn(undefined, { latchSlotCount: 2 }, { kv: tardy(memoryKv(), random.fork('kv')) })
  return { storage, random: random.fork('clients') }
}

async function clients(
  random: SeededRandom,
  increment: (key: Uint8Array) => Promise<void>,
): Promise<Map<string, number>> {
  const expected = new Map<string, number>()
  await Promise.all(
    Array.from({ length: clientCount }, async () => {
      for (let round = 0; round < roundCount; round++) {
        const key = keys[below(random, keys.length)]!
        await increment(key)
        expected.set(text(key)!, (expected.get(text(key)!) ?? 0) + 1)
      }
    }),
  )
  return expected
}

async function untilDone(attempt: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < attemptCountMax; count++) {
    if (await attempt()) return
    await Promise.resolve()
  }
  throw new Error(`not done after ${attemptCountMax} attempts`)
}

const numberIn = (value: Uint8Array | undefined) => Number(text(value) ?? 0)

describe('no update is lost', () => {
  for (const seed of [11, 12, 13, 14]) {
    it(`among compare-and-swaps, seed ${seed}`, async () => {
      const { storage, random } = tardyStorage(seed)
      const expected = await clients(random, async (key) => {
        let previousValue = await storage.raw.get({ context, key })
        for (;;) {
          const value = bytes(String(numberIn(previousValue) + 1))
          const answer = await storage.raw.compareAndSwap({ context, key, value, previousValue })
          if (answer.succeeded) return
          previousValue = answer.previousValue
        }
      })
      for (const key of keys) expect(numberIn(await storage.raw.get({ context, key }))).toBe(expected.get(text(key)!))
    })

    it(`among two-phase transactions, seed ${seed}`, async () => {
      const { storage, random } = tardyStorage(seed)
      let tso = 10n
      const expected = await clients(random, async (key) => {
        await untilDone(() => incrementInTransaction(storage, key, () => ++tso))
      })
      await expectTotals(storage, expected, tso)
    })

    it(`among one-phase transactions, seed ${seed}`, async () => {
      const { storage, random } = tardyStorage(seed)
      let tso = 10n
      const expected = await clients(random, async (key) => {
        await untilDone(() => incrementInOnePhase(storage, key, () => ++tso))
      })
      // Commit timestamps were calculated, so the newest may lie above the oracle: read "the newest" itself.
      await expectTotals(storage, expected, tso + 1_000_000n)
    })
  }
})

async function expectTotals(storage: Storage, expected: Map<string, number>, version: bigint): Promise<void> {
  for (const key of keys) expect(numberIn(await storage.get({ context, key, version }))).toBe(expected.get(text(key)!))
  expect(storage.concurrency.lockedKeyCount()).toBe(0)
  expect(storage.pendingWriteBytes()).toBe(0)
}

/** The value at `startTs`; `undefined` when somebody's lock is in the way. */
async function readForUpdate(storage: Storage, key: Uint8Array, startTs: bigint): Promise<number | undefined> {
  try {
    return numberIn(await storage.get({ context, key, version: startTs }))
  } catch (error) {
    if (error instanceof KeyIsLockedError) return undefined
    throw error
  }
}

async function incrementInTransaction(storage: Storage, key: Uint8Array, nextTs: () => bigint): Promise<boolean> {
  const startTs = nextTs()
  const before = await readForUpdate(storage, key, startTs)
  if (before === undefined) return false
  // A second key that all transactions write makes them meet on more than one latch.
  const mutations = [key, bytes('shared')].map((touched) => ({
    kind: 'put' as const,
    key: touched,
    value: bytes(String(before + 1)),
  }))
  try {
    const { locked } = await storage.execute(
      prewriteCommand({ context, mutations, primary: key, startTs, lockTtlMs: 1000 }),
    )
    if (locked.length > 0) return false
  } catch (error) {
    if (!(error instanceof WriteConflictError)) throw error
    await storage.execute(batchRollbackCommand({ context, keys: [key], startTs }))
    return false
  }
  const commitTs = nextTs()
  await storage.execute(commitCommand({ context, keys: mutations.map((mutation) => mutation.key), startTs, commitTs }))
  return true
}

async function incrementInOnePhase(storage: Storage, key: Uint8Array, nextTs: () => bigint): Promise<boolean> {
  const startTs = nextTs()
  const before = await readForUpdate(storage, key, startTs)
  if (before === undefined) return false
  const mutations = [{ kind: 'put' as const, key, value: bytes(String(before + 1)) }]
  try {
    const { locked, onePhaseCommitTs } = await storage.execute(
      prewriteCommand({ context, mutations, primary: key, startTs, lockTtlMs: 1000, tryOnePhase: true }),
    )
    if (locked.length > 0) return false
    expect(onePhaseCommitTs).toBeGreaterThan(startTs)
    return true
  } catch (error) {
    if (error instanceof WriteConflictError) return false
    throw error
  }
}
