import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { columnFamilies, toHex } from '@stratakv/core'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { expect, it } from 'vitest'
import { EntryRead } from '../src/entry-read.ts'
import { diskEnd, diskKey, diskStart, keyOfDiskKey } from '../src/key-space.ts'
import { makeDatabase } from '../src/rocksdb-binding.ts'

it('writes the bytes that FORMAT.md shows', async () => {
  const path = await mkdtemp(join(tmpdir(), 'rocksdb-format-'))
  try {
    const engine = await openRocksdbEngine({ path })
    await engine.write(
      columnFamilies.map((cf) => ({
        type: 'put',
        cf,
        key: new TextEncoder().encode('user1'),
        value: Uint8Array.of(0x76),
      })),
      { sync: true },
    )
    await engine.close()
    const raw = makeDatabase(path, { readOnly: true })
    await raw.ready()
    const entries = (await new EntryRead(raw, {}, 100).entries).map(
      ([key, value]) => `${toHex(key)} -> ${toHex(value!)}`,
    )
    await raw.close()
    expect(entries).toEqual([
      '0001 -> 5201',
      '647573657231 -> 76',
      '6C7573657231 -> 76',
      '727573657231 -> 76',
      '777573657231 -> 76',
    ])
  } finally {
    await rm(path, { recursive: true })
  }
})

it('bounds a column family by its byte and the next', () => {
  expect(toHex(diskStart('lock'))).toBe('6C')
  expect(toHex(diskStart('lock', new Uint8Array(0)))).toBe('6C')
  expect(toHex(diskEnd('lock'))).toBe('6D')
  expect(toHex(diskEnd('lock', new Uint8Array(0)))).toBe('6D')
  expect(toHex(diskStart('raft', Uint8Array.of(0)))).toBe('7200')
  expect(toHex(diskEnd('raft', Uint8Array.of(0xff)))).toBe('72FF')
})

it('takes the user key back out, wherever the disk key lies in its buffer', () => {
  const page = new Uint8Array(10)
  page.set(diskKey('write', Uint8Array.of(1, 2, 3)), 5)
  expect(toHex(keyOfDiskKey(page.subarray(5, 9)))).toBe('010203')
})
