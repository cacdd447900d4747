import { ClosedError, type File, FileIoError, type FileSystem } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { MetadataCorruptionError, MetadataPoisonedError, MetadataVersionError, PdLimitError } from '../src/errors.ts'
import { encodeHeader, encodeRecord, headerBytes, recordBytesMax } from '../src/metadata-format.ts'
import { MetadataStore } from '../src/metadata-store.ts'

const directory = 'm'
const path = 'm/metadata.log'

function disk(): MemoryDisk {
  return createMemoryDisk({ random: seededRandom(1) })
}

async function open(fs: FileSystem, rewriteAfterBytes = 1 << 20): Promise<MetadataStore> {
  await fs.createDirectory(directory)
  return MetadataStore.open(fs, { directory, rewriteAfterBytes })
}

function put(key: string, value: string) {
  return { key, value: new TextEncoder().encode(value) }
}

function contents(store: MetadataStore): Record<string, string> {
  return Object.fromEntries(store.entries('').map(([key, value]) => [key, new TextDecoder().decode(value)]))
}

async function readAll(fs: FileSystem): Promise<Uint8Array> {
  const file = await fs.open(path, 'read')
  const bytes = new Uint8Array(await file.sizeBytes())
  await file.readAt(bytes, 0)
  await file.close()
  return bytes
}

async function diskWith(bytes: Uint8Array): Promise<MemoryDisk> {
  const fs = disk()
  await fs.createDirectory(directory)
  const file = await fs.open(path, 'create')
  await file.append([bytes])
  await file.sync('all')
  await file.close()
  return fs
}

/** Three commits, and where each ends in the file. */
async function threeCommits(): Promise<{ bytes: Uint8Array; ends: number[] }> {
  const fs = disk()
  const store = await open(fs)
  const ends: number[] = []
  for (const [key, value] of [
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ] as const) {
    await store.commit([put(key, value)])
    ends.push((await readAll(fs)).length)
  }
  await store.close()
  return { bytes: await readAll(fs), ends }
}

describe('metadata store', () => {
  it('finds again what was committed', async () => {
    const fs = disk()
    const store = await open(fs)
    await store.commit([put('x/1', 'one'), put('x/2', 'two'), put('y', '')])
    await store.commit([{ key: 'x/1', value: undefined }, put('schlüssel', 'ü')])
    await store.close()
    const again = await open(fs)
    expect(contents(again)).toEqual({ 'x/2': 'two', y: '', schlüssel: 'ü' })
    expect(again.entries('x/').map(([key]) => key)).toEqual(['x/2'])
    expect(again.get('x/1')).toBe(undefined)
    await again.close()
  })

  it('shows a commit only once it is durable', async () => {
    const fs = disk()
    const store = await open(fs)
    const commit = store.commit([put('a', '1')])
    expect(store.get('a')).toBe(undefined)
    await commit
    expect(contents(store)).toEqual({ a: '1' })
    await store.close()
  })

  it('syncs once for commits that come together, and keeps their order', async () => {
    const fs = disk()
    const store = await open(fs)
    const before = fs.syncs.fileCount
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => store.commit([put('k', `${index}`)]).then(() => order.push(index))),
    )
    expect(fs.syncs.fileCount - before).toBe(1)
    expect(order).toEqual(Array.from({ length: 100 }, (_, index) => index))
    expect(contents(store)).toEqual({ k: '99' })
    await store.close()
  })

  it('drops a last record that was torn at any byte, and goes on from there', async () => {
    const { bytes, ends } = await threeCommits()
    for (let length = ends[1]!; length < ends[2]!; length++) {
      const fs = await diskWith(bytes.subarray(0, length))
      const store = await open(fs)
      expect(contents(store), `cut at ${length}`).toEqual({ a: '1', b: '2' })
      await store.commit([put('c', '4')])
      await store.close()
      const again = await open(fs)
      expect(contents(again)).toEqual({ a: '1', b: '2', c: '4' })
      await again.close()
    }
  })

  it('makes durable what a killed process had written but not synced, before anybody acts on it', async () => {
    const { bytes, ends } = await threeCommits()
    for (let seed = 1; seed <= 20; seed++) {
      const fs = await diskWith(bytes.subarray(0, ends[1]))
      await fs.syncDirectory('.')
      const file = await fs.open(path, 'write')
      await file.append([bytes.subarray(ends[1]!)])
      await file.close()
      const store = await open(fs)
      expect(contents(store).a).toBe('3')
      const afterPowerCut = await open(fs.clonePowerCut(seededRandom(seed)))
      expect(contents(afterPowerCut).a, `seed ${seed}`).toBe('3')
      await Promise.all([store.close(), afterPowerCut.close()])
    }
  })

  it('takes zeros behind the last record for the rest of a torn append', async () => {
    const { bytes } = await threeCommits()
    const longer = new Uint8Array(bytes.length + 777)
    longer.set(bytes)
    const store = await open(await diskWith(longer))
    expect(contents(store)).toEqual({ a: '3', b: '2' })
    await store.close()
  })

  it('refuses a file with any bit flipped before its last record, and leaves it alone', async () => {
    const { bytes, ends } = await threeCommits()
    for (let at = 0; at < ends[1]!; at++) {
      const damaged = bytes.slice()
      damaged[at]! ^= 1 << (at % 8)
      const fs = await diskWith(damaged)
      // Four reserved bytes at the end of the header are not read.
      if (at >= 28 && at < headerBytes) continue
      await expect(open(fs), `byte ${at}`).rejects.toBeInstanceOf(MetadataCorruptionError)
      expect(await readAll(fs)).toEqual(damaged)
    }
  })

  it('says which file is damaged, where, and what to do', async () => {
    const { bytes, ends } = await threeCommits()
    bytes[ends[0]! + 20]! ^= 1
    const error = await open(await diskWith(bytes)).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(MetadataCorruptionError)
    expect(error.path).toBe(path)
    expect(error.offset).toBe(ends[0])
    expect(error.message).toContain('Restore the file from a copy')
  })

  it('refuses damage inside its snapshot, even at the very end', async () => {
    const fs = disk()
    const store = await open(fs, 0)
    await store.commit([put('a', '1')])
    await store.close()
    const bytes = await readAll(fs)
    bytes[bytes.length - 1]! ^= 1
    await expect(open(await diskWith(bytes))).rejects.toBeInstanceOf(MetadataCorruptionError)
    await expect(open(await diskWith(bytes.subarray(0, bytes.length - 1)))).rejects.toBeInstanceOf(
      MetadataCorruptionError,
    )
  })

  it('refuses more unreadable bytes than one record can have', async () => {
    const { bytes } = await threeCommits()
    const longer = new Uint8Array(bytes.length + recordBytesMax + 1)
    longer.set(bytes)
    await expect(open(await diskWith(longer))).rejects.toBeInstanceOf(MetadataCorruptionError)
  })

  it('refuses a later format by its number', async () => {
    const header = encodeHeader(0)
    const later = header.slice()
    // A header of version 2 that is sound in itself.
    later.set(Uint8Array.of(2), 8)
    later.set(sealOf(later), 24)
    const error = await open(await diskWith(later)).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(MetadataVersionError)
    expect(error.found).toBe(2)
  })

  it('rewrites its file when the log has outgrown the snapshot', async () => {
    const fs = disk()
    const store = await open(fs, 2000)
    for (let index = 0; index < 500; index++) await store.commit([put(`k${index % 5}`, `value ${index}`)])
    expect((await readAll(fs)).length).toBeLessThan(3000)
    await store.close()
    const again = await open(fs, 2000)
    expect(contents(again)).toEqual({
      k0: 'value 495',
      k1: 'value 496',
      k2: 'value 497',
      k3: 'value 498',
      k4: 'value 499',
    })
    await again.commit([put('k0', 'last')])
    await again.close()
    const third = await open(fs)
    expect(contents(third).k0).toBe('last')
    await third.close()
  })

  it('does not rewrite a large state for a few small changes', async () => {
    const fs = disk()
    const store = await open(fs, 100)
    await store.commit([put('large', 'x'.repeat(10_000))])
    // That one made the log longer than an empty snapshot; the next commit waits for the rewrite it caused.
    await store.commit([put('small', '')])
    const directorySyncs = fs.syncs.directoryCount
    for (let index = 0; index < 50; index++) await store.commit([put('small', `${index}`)])
    expect(fs.syncs.directoryCount).toBe(directorySyncs)
    await store.close()
  })

  it('removes what a rewrite left behind when it was cut off', async () => {
    const fs = disk()
    const store = await open(fs)
    await store.commit([put('a', '1')])
    await store.close()
    await (await fs.open(`${path}.tmp`, 'create')).close()
    const again = await open(fs)
    expect(contents(again)).toEqual({ a: '1' })
    expect(await fs.stat(`${path}.tmp`)).toBe(undefined)
    await again.close()
  })

  it('acknowledges nothing more after a failed sync', async () => {
    const fs = disk()
    let failing = false
    const store = await open(failingSync(fs, () => failing))
    await store.commit([put('a', '1')])
    failing = true
    const lost = [store.commit([put('b', '2')]), store.commit([put('c', '3')])]
    for (const commit of lost) await expect(commit).rejects.toBeInstanceOf(MetadataPoisonedError)
    failing = false
    await expect(store.commit([put('d', '4')])).rejects.toBeInstanceOf(MetadataPoisonedError)
    expect(contents(store)).toEqual({ a: '1' })
    await store.close()
  })

  it('refuses what does not fit into a record, and goes on', async () => {
    const store = await open(disk())
    await expect(store.commit([{ key: 'a', value: new Uint8Array(recordBytesMax) }])).rejects.toBeInstanceOf(
      PdLimitError,
    )
    await expect(store.commit([put('k'.repeat(70_000), '')])).rejects.toBeInstanceOf(PdLimitError)
    await store.commit([put('a', '1')])
    expect(contents(store)).toEqual({ a: '1' })
    await store.close()
  })

  it('spreads commits that are too large together over several records', async () => {
    const fs = disk()
    const store = await open(fs)
    const large = () => new Uint8Array(recordBytesMax / 2).fill(7)
    await Promise.all(['a', 'b', 'c'].map((key) => store.commit([{ key, value: large() }])))
    await store.close()
    const again = await open(fs)
    expect(again.entries('').map(([key, value]) => [key, value.length])).toEqual(
      ['a', 'b', 'c'].map((key) => [key, recordBytesMax / 2]),
    )
    await again.close()
  })

  it('finishes what was asked before it closes, and refuses what comes after', async () => {
    const fs = disk()
    const store = await open(fs)
    const commit = store.commit([put('a', '1')])
    await store.close()
    await commit
    await expect(store.commit([put('b', '2')])).rejects.toBeInstanceOf(ClosedError)
    const again = await open(fs)
    expect(contents(again)).toEqual({ a: '1' })
    await again.close()
  })

  it('writes the bytes of FORMAT.md', () => {
    expect(hex(encodeHeader(0))).toBe('535452415441504401000000000000000000000000000000' + 'cec56f95' + '00000000')
    const record = encodeRecord(1n, [put('alloc_id', '1000'), { key: 'old', value: undefined }])
    expect(hex(record)).toBe(
      [
        'a42be374', // checksum
        '19000000', // payload length
        '0100000000000000', // sequence
        ['01', '0800', '616c6c6f635f6964', '04000000', '31303030'], // put alloc_id = 1000
        ['02', '0300', '6f6c64'], // delete old
      ]
        .flat()
        .join(''),
    )
  })
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** The checksum of a header, bit by bit. */
function sealOf(header: Uint8Array): Uint8Array {
  let register = 0xffff_ffff
  for (const byte of header.subarray(0, 24)) {
    register ^= byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >>> 1) ^ 0xedb8_8320 : register >>> 1
  }
  const seal = new Uint8Array(4)
  new DataView(seal.buffer).setUint32(0, (register ^ 0xffff_ffff) >>> 0, true)
  return seal
}

function failingSync(fs: FileSystem, failing: () => boolean): FileSystem {
  const wrapFile = (file: File): File =>
    new Proxy(file, {
      get(target, name) {
        if (name === 'sync') {
          return async (what: 'data' | 'all') => {
            if (failing()) throw new FileIoError(target.path, 'sync', 'EIO')
            return target.sync(what)
          }
        }
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  return new Proxy(fs, {
    get(target, name) {
      if (name === 'open')
        return async (...call: Parameters<FileSystem['open']>) => wrapFile(await target.open(...call))
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
