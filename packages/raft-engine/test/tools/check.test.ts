import { countingFileSystem } from '@stratakv/testkit'
import { createTwinCompressor } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { checkLog, RaftLogNotFoundError } from '../../src/tools/index.ts'
import { naiveBatch } from '../format/naive-batch.ts'
import {
  batchOffsets,
  contentsOf,
  damage,
  diskWith,
  entries,
  type FixtureFile,
  fileBytes,
  folder,
  pathOf,
  put,
  writeFile,
} from './log-fixture.ts'

const first: FixtureFile = { seq: 1, batches: [[entries(1, 1, 3)], [entries(2, 7, 9), put(2, 'k', 'v')]] }
const second: FixtureFile = { seq: 2, batches: [[entries(1, 4, 5)], [entries(2, 9, 12)], [entries(1, 6, 6)]] }

async function check(disk: Awaited<ReturnType<typeof diskWith>>) {
  const before = await contentsOf(disk)
  const watched = countingFileSystem(disk)
  const report = await checkLog({ fileSystem: watched }, { paths: [folder] })
  // Whatever is wrong with a log, looking at it changes nothing.
  expect(await contentsOf(disk)).toEqual(before)
  const { counts } = watched
  const { write, append, truncate, allocate, rename, link, remove, lock, createDirectory } = counts
  expect({ write, append, truncate, allocate, rename, link, remove, lock, createDirectory }).toEqual({
    write: 0,
    append: 0,
    truncate: 0,
    allocate: 0,
    rename: 0,
    link: 0,
    remove: 0,
    lock: 0,
    createDirectory: 0,
  })
  return report
}

describe('a check', () => {
  it('finds nothing in a log that is whole', async () => {
    const rewritten: FixtureFile = { queue: 'rewrite', seq: 5, batches: [[entries(3, 1, 2)], [entries(3, 9, 9)]] }
    const report = await check(await diskWith(first, second, rewritten))
    expect(report).toEqual({
      fileCount: 3,
      totalBytes: [first, second, rewritten].reduce((sum, file) => sum + fileBytes(file).length, 0),
      batchCount: 7,
      entryCount: 3 + 3 + 2 + 4 + 1 + 2 + 1,
      regionCount: 2,
      findings: [],
      holes: [],
    })
  })

  it('tells of progress up to the last byte', async () => {
    const seen: number[] = []
    const disk = await diskWith(first, second)
    const { totalBytes } = await checkLog(
      { fileSystem: disk },
      { paths: [folder], onProgress: ({ doneBytes }) => void seen.push(doneBytes) },
    )
    expect(seen.at(-1)).toBe(totalBytes)
    expect(seen).toEqual(seen.toSorted((left, right) => left - right))
  })

  it('can be called off', async () => {
    const disk = await diskWith(first, second)
    const reason = new Error('enough')
    const work = checkLog({ fileSystem: disk }, { paths: [folder], signal: AbortSignal.abort(reason) })
    await expect(work).rejects.toBe(reason)
  })

  it('takes what preallocation left for what it is', async () => {
    const report = await check(await diskWith(first, { ...second, tail: new Uint8Array(5000) }))
    expect(report.findings).toEqual([
      {
        severity: 'info',
        code: 'tail',
        path: pathOf(second),
        offset: batchOffsets(second).at(-1),
        detail: expect.any(String),
      },
    ])
  })

  it('takes what recycling left for what it is, also behind half of an old batch', async () => {
    const old = naiveBatch([entries(5, 1, 40)], 1)
    const tail = Uint8Array.from([...old.subarray(100), ...naiveBatch([entries(5, 41, 44)], 1)])
    const report = await check(await diskWith(first, { ...second, tail }))
    expect(report.findings).toMatchObject([{ severity: 'info', code: 'tail', offset: batchOffsets(second).at(-1) }])
  })

  it('warns of a last write that was cut off', async () => {
    const whole = fileBytes(second)
    const disk = await diskWith(first)
    await writeFile(disk, pathOf(second), whole.subarray(0, whole.length - 1))
    const report = await check(disk)
    expect(report.findings).toMatchObject([{ severity: 'warning', code: 'tail', offset: batchOffsets(second)[2] }])
  })

  it('sees damage with batches behind it, and the hole that it makes', async () => {
    const disk = await diskWith(first, second)
    const offsets = batchOffsets(second)
    await damage(disk, pathOf(second), offsets[1]! - 2)
    const report = await check(disk)
    expect(report.findings).toMatchObject([
      { severity: 'error', code: 'batch', path: pathOf(second), offset: offsets[0] },
      { severity: 'error', code: 'hole', path: pathOf(second), offset: offsets[2] },
    ])
    expect(report.findings[0]!.detail).toContain(`next batch is at ${offsets[1]}`)
    expect(report.holes).toEqual([
      { regionId: 1, lastGoodIndex: 3, nextIndex: 6, path: pathOf(second), offset: offsets[2] },
    ])
    expect(report.batchCount).toBe(4)
  })

  it('sees damage at the end of a file that is not the last', async () => {
    const whole = fileBytes(first)
    const disk = await diskWith(second)
    await writeFile(disk, pathOf(first), whole.subarray(0, whole.length - 3))
    const report = await check(disk)
    expect(report.findings).toMatchObject([{ severity: 'error', code: 'batch', offset: batchOffsets(first)[1] }])
    // Of region 2 all that is left begins behind what was lost: no hole can be seen.
    expect(report.holes).toEqual([])
  })

  it('checks the entries of every batch, not of the last alone', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(first), batchOffsets(first)[0]! + 20)
    const report = await check(disk)
    expect(report.findings).toMatchObject([{ severity: 'error', code: 'entries', path: pathOf(first), offset: 69 }])
    expect(report.batchCount).toBe(5)
  })

  it('warns where recovery cuts off the last batch for its entries', async () => {
    const disk = await diskWith(first, second)
    const at = batchOffsets(second)[2]!
    await damage(disk, pathOf(second), at + 20)
    expect((await check(disk)).findings).toMatchObject([{ severity: 'warning', code: 'entries', offset: at }])
  })

  it('sees headers that are none', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(first), 3)
    await writeFile(disk, pathOf({ seq: 3, batches: [] }), new Uint8Array(0))
    expect((await check(disk)).findings).toMatchObject([
      { severity: 'error', code: 'header', path: pathOf(first) },
      // A file that was made just before the power went.
      { severity: 'info', code: 'header', path: pathOf({ seq: 3, batches: [] }) },
    ])
  })

  it('warns of files that recovery passes over', async () => {
    const report = await check(await diskWith(first, { ...second, seq: 3 }))
    expect(report.findings).toMatchObject([{ severity: 'warning', code: 'passed-over', path: pathOf(first) }])
    expect(report.fileCount).toBe(1)
  })

  it('knows what leaves no hole', async () => {
    const log: FixtureFile = {
      seq: 1,
      batches: [
        [entries(1, 1, 9)],
        // Behind the end, so that any index may follow.
        [{ type: 'compact', regionId: 1, index: 50 }],
        [entries(1, 70, 71)],
        [{ type: 'compact', regionId: 1, index: 71 }, entries(1, 72, 72)],
        [{ type: 'clean', regionId: 1 }, entries(1, 5, 6)],
        // Over what is there, as Raft does when a leader changes.
        [entries(1, 6, 7), entries(1, 8, 8)],
      ],
    }
    expect((await check(await diskWith(log))).findings).toEqual([])
  })

  it('reads entries as LZ4, and padding between batches', async () => {
    const raw = new Uint8Array(400).fill(9)
    const block = createTwinCompressor().compress(raw)
    expect(block.length).toBeLessThan(40)
    const { length } = block
    const disk = await diskWith()
    const batch = compressedBatch(raw.length, block)
    const header = fileBytes({ seq: 1, batches: [] })
    new DataView(header.buffer).setBigUint64(61, 256n)
    const file = Uint8Array.from([
      ...header,
      ...new Uint8Array(256 - 69),
      ...batch,
      ...new Uint8Array(256 - batch.length),
      ...batch,
    ])
    await writeFile(disk, pathOf({ seq: 1, batches: [] }), file)
    const report = await check(disk)
    expect(length).toBeGreaterThan(0)
    expect(report).toMatchObject({ batchCount: 2, entryCount: 2, findings: [] })
  })

  it('does not read a tail over and over for headers that somebody made up', async () => {
    // Every 16 bytes one of a batch that would reach to the end of the tail, where its items are.
    const tail = new Uint8Array(3 << 20)
    const view = new DataView(tail.buffer)
    for (let at = 0; at + 16 <= tail.length; at += 16) {
      const totalBytes = tail.length - at
      view.setUint32(at + 3, totalBytes)
      view.setUint32(at + 12, Math.max(totalBytes - 10, 16))
    }
    const disk = await diskWith(first)
    await writeFile(disk, pathOf(second), Uint8Array.from([...fileBytes(second), ...tail]))
    const counting = countingFileSystem(disk)
    const { findings } = await checkLog({ fileSystem: counting }, { paths: [folder] })
    expect(findings).toMatchObject([{ severity: 'warning', code: 'tail' }])
    expect(counting.readBytes).toBeLessThan(2 * tail.length)
    expect(counting.counts.read).toBeLessThan(4000)
  })

  it('has nothing to say of a folder without a log', async () => {
    const disk = await diskWith()
    await expect(checkLog({ fileSystem: disk }, { paths: [folder] })).rejects.toThrow(RaftLogNotFoundError)
    await expect(checkLog({ fileSystem: disk }, { paths: ['/nowhere'] })).rejects.toMatchObject({
      code: 'FS_NOT_FOUND',
    })
  })
})

/** Of one entry of region 1 at index 1, for file 1 of version 2. */
function compressedBatch(rawLength: number, block: Uint8Array): Uint8Array {
  const stored = new Uint8Array(4 + block.length)
  new DataView(stored.buffer).setUint32(0, rawLength, true)
  stored.set(block, 4)
  // Raw and compressed batches differ in their type and in where their entries end.
  const batch = naiveBatch([{ type: 'entries', regionId: 1, firstIndex: 1, payloads: [stored] }])
  batch[7] = 1
  const footerAt = 16 + stored.length + 4
  const footer = naiveBatch([{ type: 'entries', regionId: 1, firstIndex: 1, payloads: [new Uint8Array(rawLength)] }], 1)
  const tail = footer.subarray(16 + rawLength + 4)
  const whole = Uint8Array.from([...batch.subarray(0, footerAt), ...tail])
  const view = new DataView(whole.buffer)
  view.setBigUint64(0, (BigInt(whole.length) << 8n) | 1n)
  return whole
}
