import { type KvEngine, noTelemetry } from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { type ComposedNode, composeNode, defaultConfig } from '@stratakv/server'
import { commitCommand, prewriteCommand } from '@stratakv/storage'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const bytes = (text: string) => new TextEncoder().encode(text)

async function countOf(engine: KvEngine, cf: 'write' | 'default'): Promise<number> {
  let count = 0
  // Users' data, without the store's own records.
  const cursor = engine.iterate(cf, { lowerBound: bytes('z') })
  for (let valid = await cursor.seekToFirst(); valid; valid = await cursor.next()) count++
  cursor.close()
  return count
}

async function openNode() {
  const clock = simulatedClock({ unixMs: 1_700_000_000_000 })
  const random = seededRandom(1)
  const placementDriver = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
  const engine = createMemoryEngine()
  const node = await composeNode({ engine, placementDriver, clock }, defaultConfig())
  return { clock, placementDriver, engine, node }
}

async function write(
  { storage, regions }: ComposedNode,
  key: string,
  value: string,
  startTs: bigint,
  commitTs: bigint,
) {
  const context = { kv: { regionId: regions[0]!.id } }
  const primary = bytes(key)
  const mutations = [{ kind: 'put' as const, key: primary, value: bytes(value) }]
  await storage.execute(prewriteCommand({ context, mutations, primary, startTs, lockTtlMs: 3000 }))
  await storage.execute(commitCommand({ context, keys: [primary], startTs, commitTs }))
}

describe('a node whose safe point moves', () => {
  it('keeps one version of each key of the thousands that were written', async () => {
    const { clock, placementDriver, engine, node } = await openNode()
    const versionCount = 1000
    for (let version = 1; version <= versionCount; version++) {
      for (const key of ['short', 'long']) {
        const value = key === 'long' ? `${version}${'.'.repeat(300)}` : `${version}`
        await write(node, key, value, BigInt(10 * version), BigInt(10 * version + 5))
      }
    }
    expect([await countOf(engine, 'write'), await countOf(engine, 'default')]).toEqual([2 * versionCount, versionCount])
    // One poll takes note of where it was, one of the growth, and an interval later it is acted upon.
    await clock.advance(10_000)
    await placementDriver.updateGcSafePoint(1_000_000n)
    await clock.advance(10_000)
    expect(await countOf(engine, 'write')).toBe(2 * versionCount)
    await clock.advance(10_000)
    expect([await countOf(engine, 'write'), await countOf(engine, 'default')]).toEqual([2, 1])
    const context = { kv: { regionId: node.regions[0]!.id } }
    const got = await node.storage.get({ context, key: bytes('short'), version: 1_000_000n })
    expect(got).toEqual(bytes(`${versionCount}`))
    await node.close()
    await placementDriver.close()
    clock.assertIdle()
  })
})
