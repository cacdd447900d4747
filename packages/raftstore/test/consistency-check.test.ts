import { emptyBytes, type KvEngine } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { simulatedClock } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { InconsistentReplicaError } from '../src/index.ts'
import { ConsistencyCheck } from '../src/store/consistency-check.ts'
import { RegionMap } from '../src/store/region-map.ts'
import { wholeRegion } from './store-fixture.ts'

const region = wholeRegion([{ id: 101, storeId: 1, role: 'voter' }])
const raw = Uint8Array.of(0)
// Of the physical key of the region's state alone, by zlib.
const emptyHash = Uint8Array.of(0x2f, 0x22, 0xd4, 0xf8)

function startCheck(engine: KvEngine = createMemoryEngine()) {
  const clock = simulatedClock()
  const failures: Error[] = []
  const check = new ConsistencyCheck(
    {
      engine,
      clock,
      checksum: createTwinChecksum(),
      regions: new RegionMap(),
      onFailed: (error) => failures.push(error),
    },
    { intervalMs: 0 },
  )
  return { check, clock, failures }
}

describe('a hash that the leader tells', () => {
  it('is compared when the replica here has computed its own, whichever is first', async () => {
    for (const isLate of [false, true]) {
      const { check, clock, failures } = startCheck()
      check.compute(region, 7, raw)
      if (isLate) await clock.advance(100)
      check.verify(region.id, 7, emptyHash)
      await clock.advance(100)
      expect(failures).toEqual([])
      expect(check.agreedCount).toBe(1)
      await check.close()
    }
  })

  it('stops the store where it is another, whichever is first', async () => {
    for (const isLate of [false, true]) {
      const { check, clock, failures } = startCheck()
      check.compute(region, 7, raw)
      if (isLate) await clock.advance(100)
      check.verify(region.id, 7, Uint8Array.of(1, 2, 3, 4))
      await clock.advance(100)
      expect(failures).toHaveLength(1)
      expect(failures[0]).toBeInstanceOf(InconsistentReplicaError)
      expect(failures[0]).toMatchObject({ regionId: 1, index: 7 })
      await check.close()
    }
  })

  it('says nothing where it is of another place, of another way to compute, or of a replica that has gone', async () => {
    const { check, clock, failures } = startCheck()
    check.compute(region, 7, raw)
    check.verify(region.id, 6, Uint8Array.of(1, 2, 3, 4))
    await clock.advance(100)
    check.compute(region, 8, Uint8Array.of(1))
    check.verify(region.id, 8, Uint8Array.of(1, 2, 3, 4))
    check.compute(region, 9, raw)
    check.forget(region.id)
    check.verify(region.id, 9, Uint8Array.of(1, 2, 3, 4))
    await clock.advance(100)
    expect(failures).toEqual([])
    expect(check.agreedCount).toBe(0)
    await check.close()
  })
})

describe('a check that is closed', () => {
  it('leaves what it was computing, and gives its snapshot back', async () => {
    const engine = createMemoryEngine()
    const keys = Array.from({ length: 10_000 }, (_, at) => Uint8Array.of(0x7a, at >> 8, at & 0xff))
    await engine.write(
      keys.map((key) => ({ type: 'put', cf: 'write', key, value: emptyBytes }) as const),
      { sync: true },
    )
    let heldCount = 0
    const snapshot = () => {
      const inner = engine.snapshot()
      heldCount++
      return new Proxy(inner, {
        get(target, name) {
          if (name === 'release') heldCount--
          const value = Reflect.get(target, name, target) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    }
    const { check, clock, failures } = startCheck({ ...engine, snapshot } as KvEngine)
    check.compute(region, 7, raw)
    check.compute(region, 8, raw)
    const closed = check.close()
    await clock.settle(closed, 1000)
    expect(heldCount).toBe(0)
    expect(failures).toEqual([])
  })
})
