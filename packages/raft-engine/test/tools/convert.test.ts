import { type FileSystem, RaftLogCorruptionError, seededRandom } from '@stratakv/core'
import { faultyFileSystem } from '@stratakv/testkit'
import { createTwinCompressor } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { encodeFileHeader } from '../../src/format/file-header.ts'
import { checkLog, convertLog, dumpLog, RaftLogConversionError } from '../../src/tools/index.ts'
import { naiveBatch } from '../format/naive-batch.ts'
import {
  contentsOf,
  damage,
  diskWith,
  entries,
  type FixtureFile,
  fileBytes,
  folder,
  groupMark,
  pathOf,
  put,
  readFile,
  writeFile,
} from './log-fixture.ts'

const target = '/converted'
const log: readonly FixtureFile[] = [
  { queue: 'rewrite', seq: 4, batches: [[entries(3, 1, 2)]] },
  { seq: 257, batches: [[entries(1, 1, 3)], [entries(2, 7, 9), put(2, 'k', 'v')]] },
  { seq: 258, batches: [[{ type: 'clean', regionId: 1 }], [entries(2, 10, 12)]] },
]
const inVersion = (version: 1 | 2, files = log) => files.map((file): FixtureFile => ({ ...file, version }))

async function convert(fileSystem: FileSystem, version: 1 | 2) {
  return convertLog({ fileSystem }, { paths: [folder], target, version })
}

describe('a conversion', () => {
  it.each([
    [1, 2],
    [2, 1],
    [1, 1],
    [2, 2],
  ] as const)('from version %d to %d changes headers and signatures, and nothing else', async (from, to) => {
    const disk = await diskWith(...inVersion(from))
    const before = await contentsOf(disk)
    const report = await convert(disk, to)
    const wanted = new Map(inVersion(to).map((file) => [pathOf(file).slice(folder.length + 1), fileBytes(file)]))
    expect(await contentsOf(disk, target)).toEqual(wanted)
    expect(await contentsOf(disk)).toEqual(before)
    expect(report).toEqual({
      fileCount: 3,
      batchCount: 5,
      bytes: [...wanted.values()].reduce((sum, { length }) => sum + length, 0),
      leftOutCount: 0,
    })
    // Durable, under its name.
    expect(await contentsOf(disk.clonePowerCut(seededRandom(9)), target)).toEqual(wanted)
  })

  it('brings together files of both versions', async () => {
    const disk = await diskWith(...log.map((file, place): FixtureFile => ({ ...file, version: place === 1 ? 1 : 2 })))
    await convert(disk, 1)
    const wanted = new Map(inVersion(1).map((file) => [pathOf(file).slice(folder.length + 1), fileBytes(file)]))
    expect(await contentsOf(disk, target)).toEqual(wanted)
  })

  it('leaves out the marks of atomic groups and groups that are not complete, for readers that do not know them', async () => {
    const rewritten: FixtureFile = {
      queue: 'rewrite',
      seq: 4,
      batches: [
        // A begin that was begun again.
        [groupMark(70, 0), entries(1, 1, 1)],
        [groupMark(70, 0), entries(1, 1, 2)],
        // Another group in between.
        [groupMark(71, 0), entries(2, 1, 1)],
        [groupMark(70, 1)],
        [entries(1, 3, 4), groupMark(70, 2)],
        // An end without a begin.
        [groupMark(72, 2), entries(3, 1, 1)],
        [entries(4, 1, 1)],
      ],
    }
    const disk = await diskWith(rewritten)
    expect(await convert(disk, 1)).toMatchObject({ batchCount: 3, leftOutCount: 3 })
    const batches = [[entries(1, 1, 2)], [entries(1, 3, 4)], [entries(4, 1, 1)]]
    expect(await readFile(disk, `${target}/0000000000000004.rewrite`)).toEqual(
      fileBytes({ ...rewritten, version: 1, batches }),
    )
    await disk.removeDirectory(target)
    expect(await convert(disk, 2)).toMatchObject({ batchCount: 7, leftOutCount: 0 })
    expect(await readFile(disk, `${target}/0000000000000004.rewrite`)).toEqual(fileBytes(rewritten))
  })

  it('takes the marks out of compressed batches too', async () => {
    const raw = new Uint8Array(300).fill(7)
    const disk = await diskWith()
    const marked = naiveBatch([groupMark(70, 0), { type: 'entries', regionId: 1, firstIndex: 1, payloads: [raw] }])
    const footer = marked.subarray(16 + raw.length + 4)
    const block = createTwinCompressor().compress(raw)
    const stored = Uint8Array.from([...new Uint8Array(Uint32Array.of(raw.length).buffer), ...block])
    const withCrc = naiveBatch([{ type: 'entries', regionId: 1, firstIndex: 1, payloads: [stored] }])
    const batch = Uint8Array.from([...withCrc.subarray(0, 16 + stored.length + 4), ...footer])
    const view = new DataView(batch.buffer)
    view.setBigUint64(0, (BigInt(batch.length) << 8n) | 1n)
    const end = naiveBatch([groupMark(70, 2)])
    const path = pathOf({ queue: 'rewrite', seq: 1, batches: [] })
    await writeFile(disk, path, Uint8Array.from([...encodeFileHeader(1), ...batch, ...end]))
    expect(await convert(disk, 1)).toMatchObject({ batchCount: 1 })
    const records = []
    for await (const record of dumpLog({ fileSystem: disk }, { paths: [target], payloads: true })) records.push(record)
    expect(records).toMatchObject([{ type: 'file' }, { type: 'entries', compression: 'lz4', payloads: [raw] }])
  })

  it('leaves behind what a crash left behind', async () => {
    const tail = new Uint8Array(3000)
    const disk = await diskWith(log[1]!, { ...log[2]!, tail })
    await convert(disk, 1)
    expect(await readFile(disk, `${target}/0000000000000258.raftlog`)).toEqual(fileBytes(inVersion(1)[2]!))
    expect((await checkLog({ fileSystem: disk }, { paths: [target] })).findings).toEqual([])
  })

  it('refuses a log that must be repaired first, and a target that is there', async () => {
    for (const [place, offset] of [
      [1, 90],
      [1, 3],
      [2, 88],
    ] as const) {
      const disk = await diskWith(...log)
      await damage(disk, pathOf(log[place]!), offset)
      await expect(convert(disk, 1), `file ${place}, byte ${offset}`).rejects.toThrow(RaftLogCorruptionError)
      expect(await disk.stat(target)).toBeUndefined()
    }
    const disk = await diskWith(...log)
    await disk.createDirectory(target)
    await expect(convert(disk, 1)).rejects.toMatchObject({ code: 'FS_EXISTS', path: target })
  })

  it('begins anew where one was cut off', async () => {
    const disk = await diskWith(...log)
    const broken = faultyFileSystem(disk, {
      random: seededRandom(2),
      rules: [{ on: 'rename', fault: { type: 'error', errno: 'EIO' } }],
    })
    await expect(convert(broken, 1)).rejects.toMatchObject({ code: 'FS_IO' })
    expect(await disk.stat(target)).toBeUndefined()
    await writeFile(disk, `${target}.part/0000000000000999.raftlog`, Uint8Array.of(1))
    await convert(disk, 1)
    expect([...(await contentsOf(disk, target)).keys()]).toHaveLength(3)
    expect(await disk.stat(`${target}.part`)).toBeUndefined()
  })

  it('notices when the copy is not what the source is', async () => {
    const disk = await diskWith(...log)
    const lying = faultyFileSystem(disk, {
      random: seededRandom(2),
      rules: [{ on: 'read', path: /part\/.*257/, nth: 2, fault: { type: 'flip-bit' } }],
    })
    await expect(convert(lying, 1)).rejects.toSatisfy(
      (error) => error instanceof RaftLogConversionError || error instanceof RaftLogCorruptionError,
    )
    expect(await disk.stat(target)).toBeUndefined()
  })
})
