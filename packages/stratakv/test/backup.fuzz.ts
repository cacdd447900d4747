import { deepStrictEqual } from 'node:assert/strict'
import { assert, MiB } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import {
  type BlockFrame,
  blockBytesMax,
  checkFileHeader,
  decodeBlockHeader,
  decodePairs,
  encodeEnd,
  encodeFileHeader,
  encodePairs,
} from '../src/backup/data-file-format.ts'
import { BackupDamagedError, BackupTooNewError } from '../src/backup/errors.ts'
import { decodeManifest, type Manifest } from '../src/backup/manifest.ts'
import type { Pair } from '../src/backup/pair-sum.ts'
import { decodeSealed, encodeSealed } from '../src/backup/sealed-json.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (content: string) => new TextEncoder().encode(content)
const checksum = createTwinChecksum()
const damaged = (reason: string) => new BackupDamagedError('data-000001.skb', 0, reason)

const manifestText = JSON.stringify({
  product: 'stratakv-backup',
  format: 1,
  id: '00',
  mode: 'txn',
  clusterId: '7301584293846253569',
  ts: '462345678901234567',
  start: '61',
  end: '',
  createdBy: '0.1.0',
  startedAtMs: 1_790_000_000_000,
  files: [
    {
      name: 'data-000001.skb',
      sizeBytes: 74,
      sha256: '00',
      firstKey: '61',
      lastKey: '62',
      sum: { count: 2, bytes: 10, crc64Xor: '18446744073709551615' },
    },
  ],
})

/** What stands behind the seal: the fields of somebody who can make a checksum. */
export const backupManifestTarget: FuzzTarget<Manifest> = {
  name: 'stratakv/backup-manifest',
  refusals: [BackupDamagedError, BackupTooNewError, SyntaxError],
  inputBytesMax: 4096,
  seeds: () => [
    bytes(manifestText),
    bytes(manifestText.replace('"txn"', '"raw"')),
    bytes('{"product":"stratakv-backup"}'),
  ],
  decode(input) {
    const fields = JSON.parse(text(input))
    if (typeof fields !== 'object' || fields === null) throw new BackupDamagedError('backup.json', 0, 'no object')
    return decodeManifest('backup.json', fields)
  },
  check({ files, range }) {
    for (const [index, { name }] of files.entries()) assert(name.endsWith(`${index + 1}.skb`), name)
    assert(range.start.length >= 0, 'a range has a start')
  },
}

export const backupSealTarget: FuzzTarget<Record<string, unknown>> = {
  name: 'stratakv/backup-seal',
  refusals: [BackupDamagedError],
  seeds: () => [bytes(encodeSealed({ a: 1 })), bytes(encodeSealed({ deep: [{ x: 'y' }] })), bytes('{"sha256":"0"}\n')],
  decode: (input) => decodeSealed('backup.json', input),
  check: (fields) => assert(typeof fields.sha256 === 'string', 'what passes is sealed'),
}

export const backupBlockHeaderTarget: FuzzTarget<BlockFrame> = {
  name: 'stratakv/backup-block-header',
  refusals: [BackupDamagedError],
  seeds: () => [encodeEnd(checksum, 3)[0]!],
  decode: (input) => decodeBlockHeader('data-000001.skb', 0, input),
  check: ({ storedBytes, plainBytes }) => assert(Math.max(storedBytes, plainBytes) <= blockBytesMax, 'within bounds'),
}

export const backupFileHeaderTarget: FuzzTarget<void> = {
  name: 'stratakv/backup-file-header',
  refusals: [BackupDamagedError, BackupTooNewError],
  seeds: () => [encodeFileHeader(checksum, 1)],
  decode: (input) => checkFileHeader(checksum, 'data-000001.skb', input, 1),
}

/** Behind the checksum of its block. The first byte is the count that the header claims. */
export const backupPairsTarget: FuzzTarget<Pair[]> = {
  name: 'stratakv/backup-pairs',
  refusals: [BackupDamagedError],
  seeds: (random) => {
    const some = (length: number) => Uint8Array.from({ length }, () => random.uint32() & 0xff)
    const pairs = [
      { key: some(3), value: some(200) },
      { key: some(130), value: some(0) },
    ]
    return [Uint8Array.of(2, ...encodePairs(pairs)), Uint8Array.of(0), Uint8Array.of(1, ...encodePairs([pairs[1]!]))]
  },
  decode: (input) => decodePairs(input.subarray(1), input[0] ?? 0, damaged),
  check(pairs) {
    assert(pairs.length < MiB(1), 'no more pairs than bytes')
    deepStrictEqual(decodePairs(encodePairs(pairs), pairs.length, damaged), pairs)
  },
}
