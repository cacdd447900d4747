import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { type Checksum, compareBytes, MiB } from '@stratakv/core'
import { BackupDamagedError, BackupTooNewError } from './errors.ts'
import type { Pair } from './pair-sum.ts'

/*
 * Bytes of a data file; FORMAT.md has the grammar and a worked example. All integers are little-endian. Never renumber.
 */

/** ASCII "STRATABK". */
const magic = Uint8Array.of(0x53, 0x54, 0x52, 0x41, 0x54, 0x41, 0x42, 0x4b)
export const dataFormatVersion = 1
export const fileHeaderBytes = 24
export const blockHeaderBytes = 18
const pairsBlock = 0x01
const endBlock = 0xff
const codecNone = 0
const codecDeflate = 1
/** A block holds whole pairs, so one that holds a single large pair may be this long. Also what a reader makes room for at most. */
export const blockBytesMax: number = MiB(128)

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)
/** Speed over size: a backup is read from a cluster that serves others meanwhile. */
const deflateLevel = 1

/** @param fileNumber from 1, in the order of the keys */
export function encodeFileHeader(checksum: Checksum, fileNumber: number): Uint8Array {
  const header = new Uint8Array(fileHeaderBytes)
  const view = new DataView(header.buffer)
  header.set(magic)
  view.setUint16(8, dataFormatVersion, true)
  view.setUint32(12, fileNumber, true)
  view.setUint32(20, checksum.crc32c(header.subarray(0, 20)), true)
  return header
}

/** @throws BackupDamagedError, BackupTooNewError */
export function checkFileHeader(checksum: Checksum, path: string, header: Uint8Array, fileNumber: number): void {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (header.length < fileHeaderBytes || compareBytes(header.subarray(0, magic.length), magic) !== 0) {
    throw new BackupDamagedError(path, 0, 'it does not begin as a data file of a backup')
  }
  if (view.getUint32(20, true) !== checksum.crc32c(header.subarray(0, 20))) {
    throw new BackupDamagedError(path, 0, 'its header does not match its checksum')
  }
  const version = view.getUint16(8, true)
  if (version > dataFormatVersion) throw new BackupTooNewError(path, version, dataFormatVersion)
  if (view.getUint32(12, true) !== fileNumber) {
    throw new BackupDamagedError(path, 0, `it says that it is file ${view.getUint32(12, true)}, not ${fileNumber}`)
  }
}

/** Pairs of one block as they lie in it before compression; a fresh array. */
export function encodePairs(pairs: readonly Pair[]): Uint8Array {
  let length = 0
  for (const pair of pairs) length += pairBytes(pair)
  const plain = new Uint8Array(length)
  let at = 0
  for (const { key, value } of pairs) {
    at = writeVarint(plain, at, key.length)
    at = writeVarint(plain, at, value.length)
    plain.set(key, at)
    plain.set(value, at + key.length)
    at += key.length + value.length
  }
  return plain
}

/** What a pair takes in a block. */
export function pairBytes({ key, value }: Pair): number {
  return varintLength(key.length) + varintLength(value.length) + key.length + value.length
}

export async function encodeBlock(
  checksum: Checksum,
  pairs: readonly Pair[],
  options: { readonly compress: boolean },
): Promise<Uint8Array[]> {
  const plain = encodePairs(pairs)
  const packed = options.compress ? await deflate(plain, { level: deflateLevel }) : plain
  const isPacked = packed.length < plain.length
  return sealBlock(checksum, {
    type: pairsBlock,
    codec: isPacked ? codecDeflate : codecNone,
    count: pairs.length,
    plainBytes: plain.length,
    stored: isPacked ? packed : plain,
  })
}

/** The last block of a file: without it the file was cut off. @param blockCount those before it */
export function encodeEnd(checksum: Checksum, blockCount: number): Uint8Array[] {
  return sealBlock(checksum, {
    type: endBlock,
    codec: codecNone,
    count: blockCount,
    plainBytes: 0,
    stored: new Uint8Array(),
  })
}

interface BlockHeader {
  readonly type: number
  readonly codec: number
  readonly count: number
  readonly plainBytes: number
}

function sealBlock(checksum: Checksum, block: BlockHeader & { readonly stored: Uint8Array }): Uint8Array[] {
  const header = new Uint8Array(blockHeaderBytes)
  const view = new DataView(header.buffer)
  header[0] = block.type
  header[1] = block.codec
  view.setUint32(2, block.count, true)
  view.setUint32(6, block.plainBytes, true)
  view.setUint32(10, block.stored.length, true)
  view.setUint32(14, checksum.crc32c(block.stored, checksum.crc32c(header.subarray(0, 14))), true)
  return [header, block.stored]
}

/** A block whose header was read. */
export interface BlockFrame extends BlockHeader {
  readonly isEnd: boolean
  readonly storedBytes: number
  readonly crc: number
}

/** Nothing is believed yet but that it can be read: lengths are within bounds. @throws BackupDamagedError */
export function decodeBlockHeader(path: string, offset: number, header: Uint8Array): BlockFrame {
  if (header.length < blockHeaderBytes) throw new BackupDamagedError(path, offset, 'it is cut off')
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const frame = {
    type: header[0]!,
    codec: header[1]!,
    count: view.getUint32(2, true),
    plainBytes: view.getUint32(6, true),
    storedBytes: view.getUint32(10, true),
    crc: view.getUint32(14, true),
    isEnd: header[0] === endBlock,
  }
  if (frame.storedBytes > blockBytesMax || frame.plainBytes > blockBytesMax) {
    throw new BackupDamagedError(path, offset, `a block of ${Math.max(frame.storedBytes, frame.plainBytes)} bytes`)
  }
  return frame
}

/** The pairs, as views into fresh arrays. @throws BackupDamagedError */
export async function decodeBlock(
  checksum: Checksum,
  at: { readonly path: string; readonly offset: number },
  header: Uint8Array,
  stored: Uint8Array,
): Promise<Pair[]> {
  const damaged = (reason: string, cause?: unknown) => new BackupDamagedError(at.path, at.offset, reason, { cause })
  const frame = decodeBlockHeader(at.path, at.offset, header)
  if (stored.length < frame.storedBytes) throw damaged('it is cut off')
  if (frame.crc !== checksum.crc32c(stored, checksum.crc32c(header.subarray(0, 14)))) {
    throw damaged('a block does not match its checksum')
  }
  if (frame.isEnd) return []
  if (frame.type !== pairsBlock) throw damaged(`a block of unknown type ${frame.type}`)
  const plain = await unpack(frame, stored, damaged)
  if (plain.length !== frame.plainBytes) throw damaged(`a block of ${plain.length} bytes, not ${frame.plainBytes}`)
  return decodePairs(plain, frame.count, damaged)
}

async function unpack(
  frame: BlockFrame,
  stored: Uint8Array,
  damaged: (reason: string, cause?: unknown) => BackupDamagedError,
): Promise<Uint8Array> {
  if (frame.codec === codecNone) return stored
  if (frame.codec !== codecDeflate) throw damaged(`a block of unknown codec ${frame.codec}`)
  try {
    return await inflate(stored, { maxOutputLength: Math.max(1, frame.plainBytes) })
  } catch (cause) {
    throw damaged('a block cannot be unpacked', cause)
  }
}

/** Views into `plain`. The count is not believed: each pair has to be there. @throws what `damaged` makes */
export function decodePairs(plain: Uint8Array, count: number, damaged: (reason: string) => BackupDamagedError): Pair[] {
  const pairs: Pair[] = []
  let at = 0
  const length = (): number => {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = plain[at++]
      if (byte === undefined) throw damaged('a pair is cut off')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw damaged('a length passes 2^28')
  }
  while (at < plain.length) {
    const keyLength = length()
    const valueLength = length()
    const keyEnd = at + keyLength
    const valueEnd = keyEnd + valueLength
    if (valueEnd > plain.length) throw damaged('a pair is cut off')
    pairs.push({ key: plain.subarray(at, keyEnd), value: plain.subarray(keyEnd, valueEnd) })
    at = valueEnd
  }
  if (pairs.length !== count) throw damaged(`a block of ${pairs.length} pairs, not ${count}`)
  return pairs
}

function varintLength(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4
}

/** LEB128 of at most 28 bits: a block is shorter than 2^28. Returns where it ends. */
function writeVarint(target: Uint8Array, start: number, value: number): number {
  let at = start
  let rest = value
  for (; rest >= 0x80; rest >>>= 7) target[at++] = (rest & 0x7f) | 0x80
  target[at++] = rest
  return at
}
