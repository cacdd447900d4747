import { type FileSystem, seededRandom } from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { newMessage } from '@stratakv/raft'
import { settled, simulatedClock } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { SnapshotExchange } from '../src/snapshot/snapshot-exchange.ts'
import { snapshotChunks } from '../src/snapshot/snapshot-source.ts'
import { SnapshotSpool } from '../src/snapshot/snapshot-spool.ts'
import { RegionMap } from '../src/store/region-map.ts'
import { encodeSnapshotData } from '../src/wire/snapshot-record.ts'
import { anyPeerMessage } from './peer-messages.ts'
import { wholeRegion } from './store-fixture.ts'

const checksum = createTwinChecksum()
const region = wholeRegion([{ id: 4, storeId: 2, role: 'voter' }])
const name = { regionId: region.id, index: 10, term: 5 }

async function spooled(fileSystem: FileSystem): Promise<SnapshotSpool> {
  const spool = await SnapshotSpool.open(fileSystem, '/snap', checksum)
  await spool.receive(
    name,
    region,
    snapshotChunks(createMemoryEngine().snapshot(), region, checksum, { chunkBytes: 100 }),
  )
  return spool
}

describe('a snapshot that came in whole', () => {
  it('is there after a power cut, with the folder that holds it', async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const disk = createMemoryDisk({ random: seededRandom(seed) })
      await spooled(disk)
      const after = await SnapshotSpool.open(disk.clonePowerCut(), '/snap', checksum)
      expect(await after.has(name), `seed ${seed}`).toBe(true)
    }
  })

  it('stays while it is being applied, when it comes a second time and Raft has no use for that one', async () => {
    const fileSystem = createMemoryDisk({ random: seededRandom(1) })
    const spool = await spooled(fileSystem)
    const failures: Error[] = []
    const exchange = new SnapshotExchange(
      {
        engine: createMemoryEngine(),
        logEngine: createMemoryRaftLog(),
        clock: simulatedClock(),
        checksum,
        spool,
        transport: { send() {}, sendSnapshot() {} },
        regions: new RegionMap(),
        onFailed: (error) => failures.push(error),
      },
      { chunkBytes: 100 },
    )
    const confState = { voters: [4], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
    const snapshot = { index: name.index, term: name.term, confState, data: encodeSnapshotData(region) }
    const message = anyPeerMessage(newMessage('snapshot', 3, 4, 5, { snapshot }), { regionId: region.id })
    exchange.stepped(message, snapshot)
    exchange.stepped(message, undefined)
    await settled()
    expect(await spool.has(name)).toBe(true)
    exchange.forget(region.id)
    // Twice at a time: one of them comes late, and says nothing.
    exchange.discard(message)
    exchange.discard(message)
    await settled()
    expect(await spool.has(name)).toBe(false)
    expect(failures).toEqual([])
  })
})
