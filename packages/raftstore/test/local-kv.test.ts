import {
  EnginePoisonedError,
  FileIoError,
  type KvEngine,
  NoSpaceError,
  noMemoryLocks,
  type Region,
  StaleCommandError,
  StoreDiskFullError,
} from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { DiskSpaceGate, dataKey, LocalKv } from '@stratakv/raftstore'
import { describe, expect, it, vi } from 'vitest'

const text = (string: string) => new TextEncoder().encode(string)
const region: Region = {
  id: 2,
  startKey: text('b'),
  endKey: text('y'),
  epoch: { confVer: 1, version: 4 },
  peers: [{ id: 3, storeId: 1, role: 'voter' }],
}
const context = { regionId: 2 }

function open(engine: KvEngine = createMemoryEngine(), reserveBytes = 0) {
  const diskSpace = new DiskSpaceGate({ reserveBytes })
  const kv = new LocalKv(
    { engine, locks: noMemoryLocks(), diskSpace },
    { storeId: 1, regions: [region], raftEntryMaxBytes: 1 << 20 },
  )
  return { engine, kv, diskSpace }
}

describe('LocalKv', () => {
  it('stores logical keys behind the data prefix z', async () => {
    const { engine, kv } = open()
    await kv.write(context, [{ type: 'put', cf: 'write', key: text('k'), value: text('v') }])
    expect(await engine.get('write', Uint8Array.of(0x7a, 0x6b))).toEqual(text('v'))
    expect(dataKey(text('k'))).toEqual(Uint8Array.of(0x7a, 0x6b))
  })

  it('shows nothing outside its range, neither by key nor by cursor', async () => {
    const { engine, kv } = open()
    for (const key of ['a', 'b', 'x', 'y', 'z']) {
      await engine.write([{ type: 'put', cf: 'default', key: dataKey(text(key)), value: text(key) }], { sync: false })
    }
    const snapshot = kv.snapshot(context)
    expect(await snapshot.get('default', text('a'))).toBeUndefined()
    expect(await snapshot.get('default', text('y'))).toBeUndefined()
    expect(await snapshot.getMany('default', ['a', 'b', 'y', 'x'].map(text))).toEqual([
      undefined,
      text('b'),
      undefined,
      text('x'),
    ])
    const cursor = snapshot.iterate('default', { upperBound: text('zz') })
    const seen: string[] = []
    for (let more = await cursor.seekToFirst(); more; more = await cursor.next()) {
      seen.push(new TextDecoder().decode(cursor.key))
    }
    expect(seen).toEqual(['b', 'x'])
    expect(await cursor.seekToLast()).toBe(true)
    expect(cursor.key).toEqual(text('x'))
    cursor.close()
    snapshot.release()
  })

  it('forgives a term that is one behind and refuses an older one', () => {
    const { kv } = open()
    kv.snapshot({ ...context, term: kv.term - 1 }).release()
    kv.snapshot({ ...context, term: kv.term + 7 }).release()
    expect(() => kv.snapshot({ ...context, term: kv.term - 2 })).toThrow(StaleCommandError)
  })

  it('says disk full when the engine has no space, and goes on reading', async () => {
    const engine = createMemoryEngine()
    vi.spyOn(engine, 'write').mockRejectedValue(new NoSpaceError('/data/kv'))
    const { kv } = open(engine)
    await expect(kv.write(context, [{ type: 'put', cf: 'default', key: text('k'), value: text('v') }])).rejects.toThrow(
      StoreDiskFullError,
    )
    kv.snapshot(context).release()
  })

  it('goes on saying disk full when the engine refuses on that account', async () => {
    const engine = createMemoryEngine()
    const { kv } = open(engine)
    const change = { type: 'put', cf: 'default', key: text('k'), value: text('v') } as const
    const write = vi.spyOn(engine, 'write')
    write.mockRejectedValue(new EnginePoisonedError('no more writes', { cause: new NoSpaceError('/data/kv') }))
    await expect(kv.write(context, [change])).rejects.toThrow(StoreDiskFullError)
    // Poisoned by anything else, it is not a full disk.
    write.mockRejectedValue(
      new EnginePoisonedError('no more writes', { cause: new FileIoError('/kv', 'write', 'EIO') }),
    )
    await expect(kv.write(context, [change])).rejects.toThrow(EnginePoisonedError)
  })

  it('refuses new data below the reserve, but not what ends transactions or frees space', async () => {
    const { kv, diskSpace } = open(createMemoryEngine(), 1000)
    diskSpace.report(999)
    const value = text('v')
    const key = text('k')
    await expect(kv.write(context, [{ type: 'put', cf: 'default', key, value }])).rejects.toThrow(
      /storage.reserve-space/,
    )
    await expect(kv.write(context, [{ type: 'put', cf: 'lock', key, value }])).rejects.toThrow(StoreDiskFullError)
    await kv.write(context, [
      { type: 'put', cf: 'write', key, value },
      { type: 'delete', cf: 'lock', key },
    ])
    await kv.write(context, [{ type: 'delete-range', cf: 'default', start: text('c'), end: text('d') }])
    diskSpace.report(1000)
    await kv.write(context, [{ type: 'put', cf: 'default', key, value }])
  })

  it('counts what it wrote', async () => {
    const { kv } = open()
    await kv.write(context, [{ type: 'put', cf: 'default', key: text('k'), value: text('vvv') }])
    expect(kv.flow.keysWritten).toBe(1)
    expect(kv.flow.bytesWritten).toBeGreaterThanOrEqual(4)
  })
})
