import { SnapshotTooOldError } from '@stratakv/client'
import { type KvEngine, noTelemetry } from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { type ComposedNode, type Config, completeConfig, composeNode } from '@stratakv/server'
import { commitCommand, type PrewriteRequest, prewriteCommand } from '@stratakv/storage'
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

async function openNode(config: Partial<Config> = {}) {
  const clock = simulatedClock({ unixMs: 1_700_000_000_000 })
  const random = seededRandom(1)
  const placementDriver = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
  const engine = createMemoryEngine()
  const node = await composeNode({ engine, placementDriver, clock, random }, completeConfig(config))
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

describe('a node that moves its safe point by itself', () => {
  it('ends what dead clients left, by what their transactions had come to, before it drops anything', async () => {
    const { clock, placementDriver, engine, node } = await openNode()
    const { storage } = node
    const context = { kv: { regionId: node.regions[0]!.id } }
    const timestamp = () => placementDriver.timestamps(1)
    const prewrite = async (keys: string[], more: Partial<PrewriteRequest> = {}) => {
      const startTs = await timestamp()
      const mutations = keys.map((key) => ({ kind: 'put' as const, key: bytes(key), value: bytes('new') }))
      const primary = bytes(keys[0]!)
      const answer = await storage.execute(
        prewriteCommand({ context, mutations, primary, startTs, lockTtlMs: 3000, ...more }),
      )
      return { startTs, minCommitTs: answer.minCommitTs }
    }
    const pairs = ['committed', 'uncommitted', 'async', 'half'].map((name) => [`${name} 1`, `${name} 2`] as const)
    for (const key of pairs.flat()) {
      for (const value of ['older', 'old']) await write(node, key, value, await timestamp(), await timestamp())
    }
    const committed = await prewrite([...pairs[0]!])
    const commitTs = await timestamp()
    await storage.execute(
      commitCommand({ context, keys: [bytes('committed 1')], startTs: committed.startTs, commitTs }),
    )
    await prewrite([...pairs[1]!])
    await prewrite([...pairs[2]!], { asyncCommitSecondaries: [bytes('async 2')] })
    await prewrite(['half 1'], { asyncCommitSecondaries: [bytes('half 2')] })

    // Life time, run interval, the wait for clients, and two polls.
    for (let minutes = 0; minutes < 25; minutes++) await clock.advance(60_000)
    const lock = engine.iterate('lock')
    expect(await lock.seekToFirst()).toBe(false)
    lock.close()
    const version = await timestamp()
    const read = async (key: string) =>
      new TextDecoder().decode(await storage.get({ context, key: bytes(key), version }))
    expect(await Promise.all(pairs.flat().map(read))).toEqual(['new', 'new', 'old', 'old', 'new', 'new', 'old', 'old'])
    expect(await countOf(engine, 'write')).toBe(8)
    expect(await placementDriver.gcSafePoint()).toBeGreaterThan(commitTs)
    await node.close()
    await placementDriver.close()
    clock.assertIdle()
  })

  it('leaves versions to a snapshot that is registered, and drops them when it is not any more', async () => {
    const { clock, placementDriver, engine, node } = await openNode()
    await node.txn((txn) => txn.put('key', 'old'))
    const snapshot = await node.snapshot()
    await placementDriver.updateServiceSafePoint('report', snapshot.timestamp, 3600)
    await node.txn((txn) => txn.put('key', 'new'))
    for (let minutes = 0; minutes < 40; minutes++) await clock.advance(60_000)
    expect(await snapshot.get('key')).toEqual(bytes('old'))
    expect(await countOf(engine, 'write')).toBe(2)
    await placementDriver.updateServiceSafePoint('report', 0n, 0)
    for (let minutes = 0; minutes < 25; minutes++) await clock.advance(60_000)
    await expect(snapshot.get('key')).rejects.toBeInstanceOf(SnapshotTooOldError)
    expect(await countOf(engine, 'write')).toBe(1)
    await node.close()
    await placementDriver.close()
    clock.assertIdle()
  })

  it('leaves it to others when it is told to', async () => {
    const { clock, placementDriver, node } = await openNode({ 'gc.enable': false })
    for (let minutes = 0; minutes < 25; minutes++) await clock.advance(60_000)
    expect(await placementDriver.gcSafePoint()).toBe(0n)
    await node.close()
    await placementDriver.close()
    clock.assertIdle()
  })
})
