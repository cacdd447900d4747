import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClosedError } from '@stratakv/core'
import { StorageNode } from '@stratakv/server'
import { describe, expect, it } from 'vitest'
import { bytes, rawGet, rawPut, serveTestNode } from './support/test-node.ts'

const inMemory = { config: { 'storage.engine': 'memory' } } as const
const text = (value: Uint8Array | undefined) => value && new TextDecoder().decode(value)

async function move(node: StorageNode, amount: number): Promise<void> {
  await node.txn(async (txn) => {
    const [from, to] = (await txn.batchGet(['from', 'to'])).map((value) => Number(text(value) ?? 100))
    txn.put('from', `${from! - amount}`)
    txn.put('to', `${to! + amount}`)
  })
}

describe('a node in its own process', () => {
  it('has keys and values, transactions and snapshots without a socket', async () => {
    await using node = await StorageNode.open(inMemory)
    await node.raw.put('city', 'Ulm')
    expect(text(await node.raw.get('city'))).toBe('Ulm')
    const before = await node.snapshot()
    await Promise.all(Array.from({ length: 20 }, () => move(node, 1)))
    const after = await node.snapshot()
    expect([text(await after.get('from')), text(await after.get('to'))]).toEqual(['80', '120'])
    expect(await before.get('from')).toBeUndefined()
    await using txn = await node.begin()
    txn.put('from', '0')
    await txn.rollback()
    expect(text(await (await node.snapshot()).get('from'))).toBe('80')
  })

  it('shares its data with clients on the socket, which may be opened in between', async () => {
    await using served = await serveTestNode()
    await served.node.raw.put('a', 'from inside')
    expect(await rawGet(served.store, served.route, 'a')).toBe('from inside')
    await rawPut(served.store, served.route, 'b', 'from outside')
    expect(text(await served.node.raw.get('b'))).toBe('from outside')
  })

  it('has finished its commits when it is closed, and keeps them', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'strata-embedded-'))
    try {
      const first = await StorageNode.open({ dataDir })
      await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          first.txn((txn) => {
            for (let key = 0; key < 50; key++) txn.put(`${index} ${key}`, 'kept')
          }),
        ),
      )
      await first.close()
      await using second = await StorageNode.open({ dataDir })
      let count = 0
      for await (const { value } of (await second.snapshot()).scan()) if (text(value) === 'kept') count++
      expect(count).toBe(250)
      const region = await second.placementDriver.regionByKey(bytes(''))
      const locks = await second.storage.scanLock({
        context: { kv: { regionId: region!.region.id } },
        startKey: bytes(''),
        endKey: bytes(''),
        maxVersion: 2n ** 63n,
        limitCount: 0,
      })
      expect(locks).toEqual([])
    } finally {
      await rm(dataDir, { recursive: true })
    }
  })

  it('refuses by name once it is closed, whether or not it was asked before', async () => {
    for (const asksBefore of [true, false]) {
      const node = await StorageNode.open(inMemory)
      if (asksBefore) await node.raw.put('a', '1')
      await node.close()
      await expect(Promise.resolve().then(() => node.raw.get('a'))).rejects.toBeInstanceOf(ClosedError)
      await expect(Promise.resolve().then(() => node.txn(() => {}))).rejects.toBeInstanceOf(ClosedError)
      await node.close()
    }
  })
})
