import type { FileSystem } from '@stratakv/core'
import { seededRandom } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { encodeFileHeader, type FormatVersion } from '../../src/format/file-header.ts'
import { type LogQueue, logFileName } from '../../src/format/file-name.ts'
import type { Item } from '../format/batch-items.ts'
import { naiveBatch } from '../format/naive-batch.ts'

/** A file of a log, written plainly by the naive twin of the format. */
export interface FixtureFile {
  readonly queue?: LogQueue
  readonly seq: number
  readonly version?: FormatVersion
  readonly batches: readonly (readonly Item[])[]
  /** What stands behind the last batch. */
  readonly tail?: Uint8Array
}

export const folder = '/log'

export function payload(regionId: number, index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index} of region ${regionId}`)
}

export function entries(regionId: number, first: number, last: number): Item {
  const payloads = Array.from({ length: last - first + 1 }, (_, at) => payload(regionId, first + at))
  return { type: 'entries', regionId, firstIndex: first, payloads }
}

export const put = (regionId: number, key: string, value: string): Item => ({
  type: 'put',
  regionId,
  key: new TextEncoder().encode(key),
  value: new TextEncoder().encode(value),
})

export const groupMark = (groupId: number, part: 0 | 1 | 2): Item => ({
  type: 'put',
  regionId: groupId,
  key: Uint8Array.of(0x5f, 0x5f, 0x01),
  value: Uint8Array.of(part),
})

/** Where each batch of the file begins, and where the last one ends. */
export function batchOffsets({ seq, version = 2, batches }: FixtureFile): number[] {
  const offsets = [encodeFileHeader(version).length]
  for (const items of batches) offsets.push(offsets.at(-1)! + naiveBatch(items, version === 2 ? seq : 0).length)
  return offsets
}

export function fileBytes({ seq, version = 2, batches, tail }: FixtureFile): Uint8Array {
  const parts = [encodeFileHeader(version), ...batches.map((items) => naiveBatch(items, version === 2 ? seq : 0))]
  return Uint8Array.from([...parts, tail ?? new Uint8Array(0)].flatMap((part) => [...part]))
}

export function pathOf({ queue = 'append', seq }: FixtureFile): string {
  return `${folder}/${logFileName(queue, seq)}`
}

/** A disk with these files, all of them durable. */
export async function diskWith(...files: readonly FixtureFile[]): Promise<MemoryDisk> {
  const disk = createMemoryDisk({ random: seededRandom(1) })
  await disk.createDirectory(folder)
  await disk.syncDirectory('/')
  for (const file of files) await writeFile(disk, pathOf(file), fileBytes(file))
  return disk
}

export async function writeFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'create')
  await file.truncate(0)
  await file.writeAt([bytes], 0)
  await file.sync('all')
  await file.close()
  await fs.syncDirectory(path.slice(0, path.lastIndexOf('/')) || '/')
}

export async function readFile(fs: FileSystem, path: string): Promise<Uint8Array> {
  const file = await fs.open(path, 'read')
  try {
    const bytes = new Uint8Array(await file.sizeBytes())
    await file.readAt(bytes, 0)
    return bytes
  } finally {
    await file.close()
  }
}

/** Names and contents of a folder, without the lock. */
export async function contentsOf(fs: FileSystem, path = folder): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>()
  for (const { name } of await fs.list(path)) {
    if (name !== 'LOCK') contents.set(name, await readFile(fs, `${path}/${name}`))
  }
  return contents
}

/** Flips a bit of a file. */
export async function damage(fs: FileSystem, path: string, offset: number): Promise<void> {
  const bytes = await readFile(fs, path)
  bytes[offset]! ^= 0x10
  await writeFile(fs, path, bytes)
}
