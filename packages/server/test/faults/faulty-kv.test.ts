import {
  EnginePoisonedError,
  emptyBytes,
  FileIoError,
  type KeyChange,
  noMemoryLocks,
  type Region,
  StoreDiskFullError,
} from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { DiskSpaceGate, LocalKv } from '@stratakv/raftstore'
import { describe, expect, it } from 'vitest'
import type { DiskFault } from '../../src/faults/fault-rule.ts'
import { FaultyKv } from '../../src/faults/faulty-kv.ts'

const [key, value] = [Uint8Array.of(1), Uint8Array.of(2)]
const put: KeyChange = { type: 'put', cf: 'default', key, value }
const context = { regionId: 2 }
const region: Region = {
  id: 2,
  startKey: emptyBytes,
  endKey: emptyBytes,
  epoch: { confVer: 1, version: 1 },
  peers: [{ id: 3, storeId: 1, role: 'voter' }],
}

function faultyKv() {
  const next: { read?: DiskFault | undefined; write?: DiskFault | undefined } = {}
  const local = new LocalKv(
    { engine: createMemoryEngine(), locks: noMemoryLocks(), diskSpace: new DiskSpaceGate({ reserveBytes: 0 }) },
    { storeId: 1, regions: [region], raftEntryMaxBytes: 1024 },
  )
  return { next, kv: new FaultyKv(local, 1, (operation) => next[operation]) }
}

async function read(kv: FaultyKv): Promise<Uint8Array | undefined> {
  const snapshot = await kv.snapshot(context)
  try {
    return await snapshot.get('default', key)
  } finally {
    snapshot.release()
  }
}

describe('a Kv on a disk that fails', () => {
  for (const [fault, first, later] of [
    ['EIO', FileIoError, EnginePoisonedError],
    ['ENOSPC', StoreDiskFullError, StoreDiskFullError],
  ] as const) {
    it(`fails a write with ${fault}, takes no more writes, and goes on reading`, async () => {
      const { kv, next } = faultyKv()
      await kv.write(context, [put])
      next.write = fault
      await expect(kv.write(context, [{ ...put, value: key }])).rejects.toBeInstanceOf(first)
      next.write = undefined
      await expect(kv.write(context, [put])).rejects.toBeInstanceOf(later)
      expect(await read(kv)).toEqual(value)
      kv.heal()
      await kv.write(context, [{ type: 'delete', cf: 'default', key }])
      expect(await read(kv)).toBeUndefined()
    })
  }

  it('fails every kind of read, and writes on', async () => {
    const { kv, next } = faultyKv()
    const snapshot = await kv.snapshot(context)
    const iterator = snapshot.iterate('default')
    next.read = 'EIO'
    const reads = [
      () => snapshot.get('default', key),
      () => snapshot.getMany('default', [key]),
      () => snapshot.iterate('default').seekToFirst(),
      () => iterator.seek(key),
      () => iterator.seekForPrev(key),
      () => iterator.seekToLast(),
    ]
    for (const attempt of reads) expect(attempt).toThrow(FileIoError)
    await kv.write(context, [put])
    next.read = undefined
    expect(await read(kv)).toEqual(value)
    iterator.close()
    snapshot.release()
  })
})
