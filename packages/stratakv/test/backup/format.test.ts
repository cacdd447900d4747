import { createHash } from 'node:crypto'
import { toHex } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { DataFileWriter, readDataFile } from '../../src/backup/data-file.ts'
import { BackupDamagedError, BackupTooNewError } from '../../src/backup/errors.ts'
import { dataFileName, decodeManifest, readManifest, writeManifest } from '../../src/backup/manifest.ts'
import { decodeSealed, encodeSealed } from '../../src/backup/sealed-json.ts'
import { bytesOfFile, checksum, newDisk, replaceFile } from '../support/backup-disk.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** FORMAT.md shows these bytes. */
const goldenFile = `
53 54 52 41 54 41 42 4B 01 00 00 00 01 00 00 00 00 00 00 00 B5 FF 77 09
01 00 02 00 00 00 0E 00 00 00 0E 00 00 00 FB 83 12 36
04 03 63 69 74 79 55 6C 6D 03 00 6F 6C 64
FF 00 01 00 00 00 00 00 00 00 00 00 00 00 20 C7 A9 64`
const goldenManifest =
  '{"product":"stratakv-backup","format":1,"id":"00112233445566778899aabbccddeeff","mode":"txn","clusterId":"7301584293846253569","ts":"462345678901234567","start":"61","end":"","createdBy":"0.1.0","startedAtMs":1790000000000,"sum":{"count":2,"bytes":10,"crc64Xor":"10837468621912722342"},"files":[{"name":"data-000001.skb","sizeBytes":74,"sha256":"acb511be20782b64f129eb8fe22083117ab68cec8b67d972c1630e449d651ab0","firstKey":"63697479","lastKey":"6F6C64","sum":{"count":2,"bytes":10,"crc64Xor":"10837468621912722342"}}],"sha256":"176b9ed48132a382624a6815a2bde3446f7da19292cb955c5bab95332e2067b5"}\n'

const golden = Uint8Array.from(Buffer.from(goldenFile.replaceAll(/\s/g, ''), 'hex'))
const manifest = {
  id: '00112233445566778899aabbccddeeff',
  mode: 'txn',
  clusterId: 7301584293846253569n,
  ts: 462345678901234567n,
  range: { start: bytes('a'), end: new Uint8Array() },
  createdBy: '0.1.0',
  startedAtMs: 1_790_000_000_000,
  files: [
    {
      name: dataFileName(1),
      sizeBytes: golden.length,
      sha256: createHash('sha256').update(golden).digest('hex'),
      firstKey: bytes('city'),
      lastKey: bytes('old'),
      sum: { count: 2, bytes: 10, crc64Xor: checksum.crc64(bytes('cityUlm')) ^ checksum.crc64(bytes('old')) },
    },
  ],
} as const

describe('a data file', () => {
  it('has the bytes that it always had', async () => {
    const disk = newDisk()
    await disk.createDirectory('/b')
    const writer = await DataFileWriter.create({ fs: disk, checksum }, '/b', 1, { compress: false })
    await writer.add({ key: bytes('city'), value: bytes('Ulm') })
    await writer.add({ key: bytes('old'), value: bytes('') })
    const entry = await writer.finish()
    expect(toHex(await bytesOfFile(disk, '/b/data-000001.skb'))).toBe(toHex(golden))
    expect(entry).toEqual(manifest.files[0])
  })

  it('of then is read now', async () => {
    const disk = newDisk()
    await disk.createDirectory('/b')
    await replaceFile(disk, '/b/data-000001.skb', golden)
    const pairs = []
    for await (const batch of readDataFile({ fs: disk, checksum }, '/b', manifest.files[0], 1)) pairs.push(...batch)
    expect(pairs.map(({ key, value }) => `${Buffer.from(key)}=${Buffer.from(value)}`)).toEqual(['city=Ulm', 'old='])
  })

  it('of a newer version is refused by number', async () => {
    const disk = newDisk()
    await disk.createDirectory('/b')
    const newer = golden.slice()
    newer[8] = 2
    new DataView(newer.buffer).setUint32(20, checksum.crc32c(newer.subarray(0, 20)), true)
    await replaceFile(disk, '/b/data-000001.skb', newer)
    const read = readDataFile({ fs: disk, checksum }, '/b', manifest.files[0], 1).next()
    await expect(read).rejects.toThrow(BackupTooNewError)
  })
})

describe('the manifest', () => {
  it('has the bytes that it always had, and reads back', async () => {
    const disk = newDisk()
    await disk.createDirectory('/b')
    await writeManifest(disk, '/b', 'backup.json', manifest)
    expect(new TextDecoder().decode(await bytesOfFile(disk, '/b/backup.json'))).toBe(goldenManifest)
    expect(await readManifest(disk, '/b', 'backup.json')).toEqual(manifest)
  })

  const fieldsOf = (changed: object) => {
    const { sha256: _, ...fields } = JSON.parse(goldenManifest)
    return decodeSealed('/b/backup.json', bytes(encodeSealed({ ...fields, ...changed })))
  }

  it('of a newer version is refused by number', () => {
    expect(() => decodeManifest('/b/backup.json', fieldsOf({ format: 2 }))).toThrow(BackupTooNewError)
  })

  it('that makes no sense is refused by the field, though its checksum is right', () => {
    const wrong: [object, RegExp][] = [
      [{ product: 'other' }, /not of a backup/],
      [{ mode: 'both' }, /its field mode/],
      [{ ts: 5 }, /its field ts/],
      [{ clusterId: '-1' }, /its field clusterId/],
      [{ start: 'XY' }, /its field start/],
      [{ startedAtMs: 1.5 }, /its field startedAtMs/],
      [{ files: {} }, /its field files/],
      [{ files: [null] }, /a list entry is no object/],
      [{ files: [{ name: '../../etc/passwd' }] }, /its field name/],
      [{ files: [{ ...JSON.parse(goldenManifest).files[0], sum: 5 }] }, /a list entry is no object/],
    ]
    for (const [changed, says] of wrong) {
      const decode = () => decodeManifest('/b/backup.json', fieldsOf(changed))
      expect(decode, JSON.stringify(changed)).toThrow(BackupDamagedError)
      expect(decode).toThrow(says)
    }
  })
})
