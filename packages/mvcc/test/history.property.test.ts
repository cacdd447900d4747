import type { Timestamp } from '@stratakv/core'
import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { gcKey } from '../src/index.ts'
import { NaiveSnapshots } from './support/naive-snapshots.ts'
import { key, PercolatorStore } from './support/percolator-store.ts'
import { deliverAgain, readAll, resolveAll, SimulatedTxn, type World } from './support/simulated-client.ts'

const seeds = Array.from({ length: 25 }, (_, index) => 5000 + index)

describe('histories of many clients', () => {
  // What was read once must still be the answer of a model that knows only who committed when: a commit that sneaked
  // below a read, a value that was lost or came back, a torn transaction all show as a difference.
  it.each(seeds)('are snapshot isolated, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const world = createWorld(6)
    const running: SimulatedTxn[] = []
    const reads: { readTs: Timestamp; seen: Map<string, string | undefined> }[] = []
    let safePoint = 0n
    for (let round = 0; round < 400; round++) {
      const dice = random.uint32() % 20
      if (dice < 4 && running.length < 5) running.push(new SimulatedTxn(world, random))
      else if (dice < 14 && running.length > 0) await running[random.uint32() % running.length]!.step()
      else if (dice < 18) {
        const back = BigInt(random.uint32() % 4) << 18n
        const readTs = world.now() - back > safePoint ? world.now() - back : world.tso()
        reads.push({ readTs, seen: await readAll(world, readTs, random) })
        if (random.uint32() % 2 === 0) await deliverAgain(world, random, safePoint)
      } else if (dice === 18 && running.length > 0) {
        // A client that will not be heard of again. Its locks outlive it.
        running.splice(random.uint32() % running.length, 1)
      } else safePoint = await collectGarbage(world, running, safePoint)
      for (const txn of running.filter(({ isOver }) => isOver)) running.splice(running.indexOf(txn), 1)
    }

    for (let wait = 0; wait < 160; wait++) world.tso()
    await resolveAll(world)
    await resolveAll(world)
    const end = world.tso()
    const final = await readAll(world, end, random)
    expect(final.size, `seed ${seed}: no lock is left`).toBe(world.names.length)
    reads.push({ readTs: end, seen: final })

    expect(world.model.overlap(), `seed ${seed}`).toBeUndefined()
    for (const { readTs, seen } of reads) {
      for (const [name, value] of seen) {
        expect(value, `seed ${seed}: ${name} at ${readTs}`).toBe(world.model.read(name, readTs))
      }
    }
    expect(world.model.count).toBeGreaterThan(0)
    expect(reads.length).toBeGreaterThan(20)
  })
})

function createWorld(keyCount: number): World {
  let count = 0n
  // Four timestamps a millisecond, next to each other: a calculated commit timestamp often is somebody's start.
  const timestamp = () => ((1000n + count / 4n) << 18n) + (count % 4n)
  return {
    store: new PercolatorStore(),
    model: new NaiveSnapshots(),
    names: Array.from({ length: keyCount }, (_, index) => `key${index}`),
    tso() {
      count++
      return timestamp()
    },
    now: timestamp,
    sent: [],
  }
}

/** Up to just below the oldest transaction that may still write, after its locks are resolved, as the GC of a cluster does. */
async function collectGarbage(world: World, running: readonly SimulatedTxn[], last: Timestamp): Promise<Timestamp> {
  await resolveAll(world)
  let safePoint = world.now() - (8n << 18n)
  for (const { startTs } of running) if (startTs - 1n < safePoint) safePoint = startTs - 1n
  for (const name of world.names) {
    const lock = world.store.lock(name)
    if (lock !== undefined && lock.startTs - 1n < safePoint) safePoint = lock.startTs - 1n
  }
  if (safePoint <= last) return last
  for (const name of world.names) {
    await world.store.act(0n, (reader, txn) => gcKey(reader, txn, key(name), safePoint, 1 << 20))
  }
  return safePoint
}
