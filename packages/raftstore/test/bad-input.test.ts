import type { KvEngine } from '@stratakv/core'
import { createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { newMessage } from '@stratakv/raft'
import { describe, expect, it } from 'vitest'
import { prepareRegions, storeIdentKey } from '../src/index.ts'
import { encodeStoreIdent } from '../src/state-records.ts'
import type { PeerMessage } from '../src/store/peer-message.ts'
import { anyPeerMessage } from './peer-messages.ts'
import { openLoneStore, wholeRegion } from './store-fixture.ts'

const voter = { id: 3, storeId: 1, role: 'voter' } as const

async function newEngine(storeId = 1): Promise<KvEngine> {
  const engine = createMemoryEngine()
  const value = encodeStoreIdent({ clusterId: 7n, storeId })
  await engine.write([{ type: 'put', cf: 'default', key: storeIdentKey, value }], { sync: true })
  await prepareRegions(engine, [wholeRegion([{ ...voter, storeId }])])
  return engine
}

describe('a store is refused', () => {
  it('whose log was exchanged with that of another', async () => {
    const [engine, log] = [await newEngine(1), createMemoryRaftLog()]
    await (await openLoneStore(engine, log)).close()
    const other = createMemoryRaftLog()
    const owner = encodeStoreIdent({ clusterId: 7n, storeId: 2 })
    await other.write([{ type: 'put', regionId: 0, key: Uint8Array.of(1), value: owner }], { sync: true })
    await expect(openLoneStore(engine, other)).rejects.toMatchObject({ code: 'RAFTSTORE_FOREIGN_LOG', ownerStoreId: 2 })
    // With its own it opens as before.
    await (await openLoneStore(engine, log)).close()
  })

  it('whose log has lost what was committed', async () => {
    const engine = await newEngine()
    const store = await openLoneStore(engine, createMemoryRaftLog())
    await store.awaitSoleLeaders()
    await store.close()
    await expect(openLoneStore(engine, createMemoryRaftLog())).rejects.toMatchObject({ code: 'RAFTSTORE_LOG_LOST' })
  })

  it('whose log has a hole: what is behind it is not there', async () => {
    const [engine, log] = [await newEngine(), createMemoryRaftLog()]
    const store = await openLoneStore(engine, log)
    await store.awaitSoleLeaders()
    await store.close()
    await log.write([{ type: 'compact', regionId: 1, index: log.lastIndex(1)! + 1 }], { sync: true })
    await expect(openLoneStore(engine, log)).rejects.toMatchObject({ code: 'RAFTSTORE_LOG_LOST', regionId: 1 })
  })
})

describe('a message is dropped', () => {
  const vote = newMessage('vote', 3, 9, 40, { index: 90, logTerm: 39 })
  const stranger = { id: 9, storeId: 5, role: 'voter' } as const

  it('that is for another store, for an older peer, or of a region that is not here', async () => {
    const store = await openLoneStore(await newEngine(), createMemoryRaftLog())
    await store.awaitSoleLeaders()
    const peer = store.regions.get(1)!
    const { term } = peer
    for (const message of [
      anyPeerMessage(vote, { regionId: 1, to: { ...voter, storeId: 2 } }),
      anyPeerMessage(vote, { regionId: 1, to: { ...voter, id: 2 } }),
      anyPeerMessage(vote, { regionId: 77 }),
    ]) {
      store.receive(message)
    }
    await Promise.resolve()
    await Promise.resolve()
    expect(store.droppedMessageCount).toBe(3)
    expect([peer.isLeader, peer.term]).toEqual([true, term])
    await store.close()
  })

  it('of a peer that was removed, which is told that it is a tombstone', async () => {
    const sent: PeerMessage[] = []
    const engine = createMemoryEngine()
    const region = { ...wholeRegion([voter]), epoch: { confVer: 5, version: 1 } }
    await prepareRegions(engine, [region])
    const store = await openLoneStore(engine, createMemoryRaftLog(), sent)
    await store.awaitSoleLeaders()
    const { term } = store.regions.get(1)!
    store.receive(anyPeerMessage(vote, { regionId: 1, from: stranger, to: voter, epoch: { confVer: 4, version: 1 } }))
    await Promise.resolve()
    await Promise.resolve()
    expect(sent).toEqual([expect.objectContaining({ isTombstone: true, to: stranger, regionId: 1 })])
    expect(store.regions.get(1)!.term).toBe(term)
    await store.close()
  })
})
