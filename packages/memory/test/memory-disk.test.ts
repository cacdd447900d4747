import { KiB, NoSpaceError } from '@stratakv/core'
import { createMemoryDisk, type SyncPoint } from '@stratakv/memory'
import { expect, it } from 'vitest'
import { dice } from './dice.ts'

it('counts syncs and tells its listeners before and after each', async () => {
  const disk = createMemoryDisk({ random: dice(1) })
  const points: SyncPoint[] = []
  const stop = disk.onSync((point) => points.push(point))
  const file = await disk.open('/a', 'create-new')
  await file.append([Uint8Array.of(1)])
  await file.sync('data')
  await disk.syncDirectory('/')
  stop()
  await file.sync('all')
  expect(disk.syncs).toEqual({ fileCount: 2, directoryCount: 1 })
  expect(points).toEqual([
    { moment: 'before', kind: 'file', path: '/a', order: 1 },
    { moment: 'after', kind: 'file', path: '/a', order: 1 },
    { moment: 'before', kind: 'directory', path: '/', order: 2 },
    { moment: 'after', kind: 'directory', path: '/', order: 2 },
  ])
})

it('can be cloned at every sync: in doubt before it, certain after it', async () => {
  const disk = createMemoryDisk({ random: dice(2) })
  const file = await disk.open('/a', 'create-new')
  await disk.syncDirectory('/')
  await file.append([Uint8Array.of(1)])
  const clones = { before: Array.of<ReturnType<typeof disk.clonePowerCut>>(), after: Array.of<typeof disk>() }
  disk.onSync(({ moment }) => {
    for (let cut = 0; cut < 30; cut++) clones[moment].push(disk.clonePowerCut())
  })
  await file.sync('data')
  const sizes = (disks: readonly (typeof disk)[]) =>
    Promise.all(disks.map(async (each) => (await each.stat('/a'))?.sizeBytes))
  expect([...new Set(await sizes(clones.before))].sort()).toEqual([0, 1])
  expect([...new Set(await sizes(clones.after))]).toEqual([1])
})

it('goes on apart from its clones', async () => {
  const disk = createMemoryDisk({ random: dice(3) })
  const file = await disk.open('/a', 'create-new')
  await file.append([new Uint8Array(9000).fill(1)])
  await file.sync('all')
  await disk.syncDirectory('/')
  const clone = disk.clonePowerCut()
  await file.writeAt([new Uint8Array(9000).fill(2)], 0)
  const cloned = await clone.open('/a', 'write')
  await cloned.writeAt([new Uint8Array(10).fill(3)], 8990)
  await cloned.sync('all')
  const read = async (from: typeof cloned) => {
    const target = new Uint8Array(9000)
    await from.readAt(target, 0)
    return target
  }
  expect(new Set(await read(file))).toEqual(new Set([2]))
  const kept = await read(cloned)
  expect(new Set(kept.subarray(0, 8990))).toEqual(new Set([1]))
  expect(new Set(kept.subarray(8990))).toEqual(new Set([3]))
  expect(clone.syncs).toEqual({ fileCount: 1, directoryCount: 0 })
  expect(disk.syncs).toEqual({ fileCount: 1, directoryCount: 1 })
})

it('is full at its capacity, and what was allocated can still be written', async () => {
  const disk = createMemoryDisk({ random: dice(4) }, { capacityBytes: KiB(64) })
  const reserved = await disk.open('/reserved', 'create-new')
  await reserved.allocate(0, KiB(16))
  const file = await disk.open('/a', 'create-new')
  await file.append([new Uint8Array(KiB(48)).fill(1)])
  expect(await disk.diskSpace('/')).toEqual({ capacityBytes: KiB(64), availableBytes: 0 })
  const refusal = await file.append([Uint8Array.of(1)]).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(NoSpaceError)
  expect((refusal as NoSpaceError).path).toBe('/a')
  await expect(reserved.allocate(0, KiB(20))).rejects.toBeInstanceOf(NoSpaceError)
  expect(await file.sizeBytes()).toBe(KiB(48))
  await file.writeAt([new Uint8Array(KiB(48)).fill(2)], 0)
  await reserved.writeAt([new Uint8Array(KiB(16)).fill(3)], 0)
  await disk.remove('/a')
  await expect(reserved.append([Uint8Array.of(1)])).rejects.toBeInstanceOf(NoSpaceError)
  await file.close()
  expect((await disk.diskSpace('/')).availableBytes).toBe(KiB(48))
  await reserved.append([new Uint8Array(KiB(48))])
})

it('meets a caller that reuses its buffer before the write has resolved', async () => {
  const disk = createMemoryDisk({ random: dice(5) })
  const file = await disk.open('/a', 'create-new')
  const buffer = Uint8Array.of(1, 2, 3)
  const write = file.append([buffer])
  buffer.fill(9)
  await write
  const found = new Uint8Array(3)
  await file.readAt(found, 0)
  expect([...found]).toEqual([9, 9, 9])
})

it('gives its locks up with the power', async () => {
  const disk = createMemoryDisk({ random: dice(6) })
  await disk.lock('/LOCK')
  const lock = await disk.clonePowerCut().lock('/LOCK')
  await lock.release()
})
