import { describe, expect, it } from 'vitest'
import { type DumpOptions, type DumpRecord, dumpLog } from '../../src/tools/index.ts'
import {
  batchOffsets,
  damage,
  diskWith,
  entries,
  type FixtureFile,
  folder,
  groupMark,
  pathOf,
  payload,
  put,
} from './log-fixture.ts'

const append: FixtureFile = {
  seq: 3,
  batches: [
    [entries(1, 1, 2), put(1, 'k', 'v')],
    [
      { type: 'delete', regionId: 1, key: Uint8Array.of(0x6b) },
      { type: 'compact', regionId: 1, index: 2 },
    ],
    [{ type: 'clean', regionId: 9 }],
  ],
}
const rewrite: FixtureFile = {
  queue: 'rewrite',
  seq: 8,
  version: 1,
  batches: [[groupMark(77, 0), entries(9, 5, 5)], [groupMark(77, 2)]],
}

async function dump(disk: Awaited<ReturnType<typeof diskWith>>, options: Partial<DumpOptions> = {}) {
  const records: DumpRecord[] = []
  for await (const record of dumpLog({ fileSystem: disk }, { paths: [folder], ...options })) records.push(record)
  return records
}

describe('a dump', () => {
  it('has every item in the order of recovery', async () => {
    const [at, rewriteAt] = [batchOffsets(append), batchOffsets(rewrite)]
    const [path, rewritePath] = [pathOf(append), pathOf(rewrite)]
    const bytes = payload(1, 1).length + payload(1, 2).length
    const records = await dump(await diskWith(append, rewrite))
    expect(records).toEqual([
      { type: 'file', path: rewritePath, offset: 0, queue: 'rewrite', seq: 8, version: 1, sizeBytes: rewriteAt.at(-1) },
      { type: 'atomic-group', path: rewritePath, offset: 61, groupId: 77, part: 'begin' },
      {
        type: 'entries',
        path: rewritePath,
        offset: 61,
        regionId: 9,
        firstIndex: 5,
        count: 1,
        bytes: payload(9, 5).length,
        compression: 'none',
      },
      { type: 'atomic-group', path: rewritePath, offset: rewriteAt[1], groupId: 77, part: 'end' },
      { type: 'file', path, offset: 0, queue: 'append', seq: 3, version: 2, sizeBytes: at.at(-1) },
      { type: 'entries', path, offset: 69, regionId: 1, firstIndex: 1, count: 2, bytes, compression: 'none' },
      { type: 'put', path, offset: 69, regionId: 1, key: Uint8Array.of(0x6b), value: Uint8Array.of(0x76) },
      { type: 'delete', path, offset: at[1], regionId: 1, key: Uint8Array.of(0x6b) },
      { type: 'compact', path, offset: at[1], regionId: 1, index: 2 },
      { type: 'clean', path, offset: at[2], regionId: 9 },
    ])
  })

  it('has the payloads when they are asked for, and only the regions that are', async () => {
    const disk = await diskWith(append, rewrite)
    const records = await dump(disk, { payloads: true, regions: [1] })
    expect(records.map(({ type }) => type)).toEqual(['file', 'file', 'entries', 'put', 'delete', 'compact'])
    expect(records[2]).toMatchObject({ payloads: [payload(1, 1), payload(1, 2)] })
  })

  it('takes a file alone', async () => {
    const disk = await diskWith(append, rewrite)
    const records = await dump(disk, { paths: [pathOf(rewrite)] })
    expect(records.every(({ path }) => path === pathOf(rewrite))).toBe(true)
    expect(records).toHaveLength(4)
  })

  it('goes on behind entries that are damaged, and in the next file behind anything else', async () => {
    const disk = await diskWith(append, rewrite)
    await damage(disk, pathOf(append), 69 + 17)
    await damage(disk, pathOf(rewrite), batchOffsets(rewrite)[1]! + 18)
    const records = await dump(disk, { payloads: true })
    expect(records.map(({ type }) => type)).toEqual([
      ...['file', 'atomic-group', 'entries', 'fault'],
      ...['file', 'fault', 'entries', 'put', 'delete', 'compact', 'clean'],
    ])
    expect(records[3]).toMatchObject({ fault: 'checksum', path: pathOf(rewrite), offset: batchOffsets(rewrite)[1] })
    expect(records[5]).toMatchObject({ fault: 'checksum', path: pathOf(append), offset: 69 })
    expect(records[6]).not.toHaveProperty('payloads')
  })
})
