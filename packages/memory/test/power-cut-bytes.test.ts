import { below } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dice } from './dice.ts'

const sector = 512

describe('bytes after a power cut', () => {
  it('are what was synced, with any sectors of the unsynced writes on top', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          type: fc.constant('write' as const),
          offset: fc.nat(4000),
          length: fc.integer({ min: 1, max: 1500 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('sync' as const) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), fc.integer(), async (steps, seed) => {
        const disk = createMemoryDisk({ random: dice(seed) })
        const file = await createdFile(disk, '/a')
        let certain: Uint8Array = new Uint8Array(0)
        let pending: { offset: number; data: Uint8Array }[] = []
        for (const [index, each] of steps.entries()) {
          if (each.type === 'sync') {
            await file.sync('data')
            certain = over(certain, pending)
            pending = []
          } else {
            const data = new Uint8Array(each.length).fill(index + 1)
            await file.writeAt([data], each.offset)
            pending.push({ offset: each.offset, data })
          }
        }
        for (let cut = 0; cut < 8; cut++) {
          const found = await contentOf(disk.clonePowerCut(), '/a')
          expect(found.length).toBeGreaterThanOrEqual(certain.length)
          expect(found.length).toBeLessThanOrEqual(over(certain, pending).length)
          for (let start = 0; start < found.length; start += sector) expectExplained(found, start, certain, pending)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('come in every way there is: all, none, a part of one write, a later write without an earlier', async () => {
    const random = dice(7)
    const disk = createMemoryDisk({ random })
    const file = await createdFile(disk, '/a')
    await file.writeAt([new Uint8Array(sector * 4)], 0)
    await file.sync('all')
    await file.writeAt([new Uint8Array(sector * 2).fill(1)], 0)
    await file.writeAt([new Uint8Array(sector * 2).fill(2)], sector * 2)
    const seen = new Set<string>()
    for (let cut = 0; cut < 4000; cut++) {
      const found = await contentOf(disk.clonePowerCut(), '/a')
      seen.add([0, 1, 2, 3].map((index) => found[index * sector]).join(''))
    }
    expect([...seen].sort()).toEqual(
      ['00', '01', '10', '11'].flatMap((first) => ['00', '02', '20', '22'].map((second) => first + second)).sort(),
    )
  })

  it('may be zeros below a size that arrived before them', async () => {
    const disk = createMemoryDisk({ random: dice(3) })
    const file = await createdFile(disk, '/a')
    await file.append([new Uint8Array(sector * 2).fill(1)])
    const tails = new Set<string>()
    for (let cut = 0; cut < 300; cut++) {
      const found = await contentOf(disk.clonePowerCut(), '/a')
      tails.add(`${found.length / sector}:${found.at(-1) ?? ''}`)
    }
    expect([...tails].sort()).toEqual(['0:', '1:1', '2:0', '2:1'])
  })

  it('are not covered by a sync that was called before their write resolved', async () => {
    const lost = await survivalCounts(async (disk) => {
      const file = await createdFile(disk, '/a')
      const write = file.append([Uint8Array.of(1)])
      await Promise.all([write, file.sync('all')])
    })
    expect(lost.get('1')).toBeGreaterThan(0)
    expect(lost.get('0')).toBeGreaterThan(0)
  })

  it('can be cut between the write and the sync of one call', async () => {
    const disk = createMemoryDisk({ random: dice(13) })
    const file = await createdFile(disk, '/a')
    const before: MemoryDisk[] = []
    disk.onSync(({ moment }) => {
      if (moment === 'before') for (let cut = 0; cut < 40; cut++) before.push(disk.clonePowerCut())
    })
    await file.writeAt([Uint8Array.of(1)], 0, 'data')
    const sizes = new Set<number>()
    for (const cut of before) sizes.add((await contentOf(cut, '/a')).length)
    expect([...sizes].sort()).toEqual([0, 1])
    expect((await contentOf(disk.clonePowerCut(), '/a')).length).toBe(1)
  })

  it('are covered by a sync through any handle', async () => {
    const sizes = await survivalCounts(async (disk) => {
      const file = await createdFile(disk, '/a')
      await file.append([Uint8Array.of(1)])
      const other = await disk.open('/a', 'read')
      await other.sync('data')
    })
    expect([...sizes.keys()]).toEqual(['1'])
  })

  it('keep a truncate behind the last write in doubt when only data is synced', async () => {
    const write = async (disk: MemoryDisk) => {
      const file = await createdFile(disk, '/a')
      await file.append([new Uint8Array(5)])
      await file.sync('all')
      await file.truncate(2)
      return file
    }
    const afterData = await survivalCounts(async (disk) => (await write(disk)).sync('data'))
    expect([...afterData.keys()].sort()).toEqual(['2', '5'])
    const afterAll = await survivalCounts(async (disk) => (await write(disk)).sync('all'))
    expect([...afterAll.keys()]).toEqual(['2'])
    // A write behind the truncate needs the new size to be read back.
    const afterWrite = await survivalCounts(async (disk) => {
      const file = await write(disk)
      await file.append([new Uint8Array(1)])
      await file.sync('data')
    })
    expect([...afterWrite.keys()]).toEqual(['3'])
  })

  it('become certain, oldest first, when more than 32 MiB are not synced', async () => {
    const disk = createMemoryDisk({ random: dice(5) })
    const file = await createdFile(disk, '/a')
    for (let index = 0; index < 34; index++) await file.append([new Uint8Array(2 ** 20).fill(index + 1)])
    for (let cut = 0; cut < 8; cut++) {
      const found = await contentOf(disk.clonePowerCut(), '/a')
      expect([found[0], found[10 * 2 ** 20]]).toEqual([1, 11])
    }
  })
})

/** Cuts the power 60 times on the same history and counts the sizes that `/a` then has. */
async function survivalCounts(history: (disk: MemoryDisk) => Promise<unknown>): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const disk = createMemoryDisk({ random: dice(11) })
  await history(disk)
  for (let cut = 0; cut < 60; cut++) {
    const size = String((await contentOf(disk.clonePowerCut(), '/a')).length)
    counts.set(size, (counts.get(size) ?? 0) + 1)
  }
  return counts
}

/** A file whose name is certain. */
async function createdFile(disk: MemoryDisk, path: string) {
  const file = await disk.open(path, 'create-new')
  await disk.syncDirectory('/')
  return file
}

async function contentOf(disk: MemoryDisk, path: string): Promise<Uint8Array> {
  const file = await disk.open(path, 'read')
  const content = new Uint8Array(await file.sizeBytes())
  await file.readAt(content, 0)
  return content
}

function over(base: Uint8Array, writes: readonly { offset: number; data: Uint8Array }[]): Uint8Array {
  let size = base.length
  for (const { offset, data } of writes) size = Math.max(size, offset + data.length)
  const content = new Uint8Array(size)
  content.set(base)
  for (const { offset, data } of writes) content.set(data, offset)
  return content
}

/** The naive twin: some subset of the pending writes, applied in order, gives this sector. */
function expectExplained(
  found: Uint8Array,
  start: number,
  certain: Uint8Array,
  pending: readonly { offset: number; data: Uint8Array }[],
): void {
  const end = Math.min(found.length, start + sector)
  const touching = pending.filter(({ offset, data }) => offset < end && offset + data.length > start)
  for (let subset = 0; subset < 1 << touching.length; subset++) {
    const expected = new Uint8Array(end)
    expected.set(certain.subarray(0, end))
    for (const [index, { offset, data }] of touching.entries()) {
      if (subset & (1 << index))
        for (let at = Math.max(start, offset); at < Math.min(end, offset + data.length); at++)
          expected[at] = data[at - offset]!
    }
    if (expected.subarray(start).every((byte, index) => byte === found[start + index])) return
  }
  expect.fail(`no subset of ${touching.length} pending writes explains the sector at ${start}`)
}

it('draws from the dice it is given, so the same dice cut the same way', async () => {
  const disk = createMemoryDisk({ random: dice(1) })
  const file = await createdFile(disk, '/a')
  for (let index = 0; index < 20; index++) await file.append([new Uint8Array(700).fill(index + 1)])
  const first = await contentOf(disk.clonePowerCut(dice(99)), '/a')
  below(dice(1), 6)
  expect(await contentOf(disk.clonePowerCut(dice(99)), '/a')).toEqual(first)
})
