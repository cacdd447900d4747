import { type Checksum, type ColumnFamily, StrataError } from '@stratakv/core'

/*
 * A region's data on its way to another store: chunks, each with a checksum of its own, so that a fault is met where it is.
 *
 *   data   01 <family u8> <pair>* <crc32c u32le>      pair: <key length u32le> <key> <value length u32le> <value>
 *   end    02 <pairs u48le> <chunks u32le> <crc32c u32le>
 *
 * Keys are logical, in ascending order within a family; families come in the order of `snapshotFamilies`. The checksum is of what is
 * before it in the chunk. Nothing follows the end.
 */
const dataKind = 1
const endKind = 2
const crcBytes = 4
const endBytes = 1 + 6 + 4 + crcBytes

export const snapshotFamilies: readonly ColumnFamily[] = ['default', 'lock', 'write']

/** A chunk is not what was sent, or not in its place. Nothing of the snapshot is used. */
export class SnapshotCorruptionError extends StrataError {
  readonly code = 'RAFTSTORE_SNAPSHOT_CORRUPTION'
  constructor(detail: string) {
    super(`a snapshot is damaged: ${detail}`)
  }
}

export interface SnapshotPair {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

export type SnapshotChunk =
  | { readonly type: 'data'; readonly cf: ColumnFamily; readonly pairs: readonly SnapshotPair[] }
  | { readonly type: 'end'; readonly pairCount: number; readonly chunkCount: number }

/** Of a pair in a chunk. */
export function pairBytes({ key, value }: SnapshotPair): number {
  return 8 + key.length + value.length
}

export function encodeChunk(chunk: SnapshotChunk, checksum: Checksum): Uint8Array {
  if (chunk.type === 'end') {
    const bytes = new Uint8Array(endBytes)
    const view = new DataView(bytes.buffer)
    bytes[0] = endKind
    view.setUint32(1, chunk.pairCount % 2 ** 32, true)
    view.setUint16(5, Math.floor(chunk.pairCount / 2 ** 32), true)
    view.setUint32(7, chunk.chunkCount, true)
    return sealed(bytes, view, checksum)
  }
  const size = chunk.pairs.reduce((sum, pair) => sum + pairBytes(pair), 2 + crcBytes)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  bytes[0] = dataKind
  bytes[1] = snapshotFamilies.indexOf(chunk.cf)
  let at = 2
  for (const { key, value } of chunk.pairs) {
    for (const part of [key, value]) {
      view.setUint32(at, part.length, true)
      bytes.set(part, at + 4)
      at += 4 + part.length
    }
  }
  return sealed(bytes, view, checksum)
}

function sealed(bytes: Uint8Array, view: DataView, checksum: Checksum): Uint8Array {
  const at = bytes.length - crcBytes
  view.setUint32(at, checksum.crc32c(bytes.subarray(0, at)), true)
  return bytes
}

/** Keys and values are views of `bytes`. @throws SnapshotCorruptionError */
export function decodeChunk(bytes: Uint8Array, checksum: Checksum): SnapshotChunk {
  if (bytes.length < 2 + crcBytes) throw new SnapshotCorruptionError(`a chunk of ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = bytes.length - crcBytes
  if (checksum.crc32c(bytes.subarray(0, end)) !== view.getUint32(end, true)) {
    throw new SnapshotCorruptionError('the checksum of a chunk is wrong')
  }
  if (bytes[0] === endKind && bytes.length === endBytes) {
    const pairCount = view.getUint32(1, true) + view.getUint16(5, true) * 2 ** 32
    return { type: 'end', pairCount, chunkCount: view.getUint32(7, true) }
  }
  const cf = snapshotFamilies[bytes[1]!]
  if (bytes[0] !== dataKind || cf === undefined) {
    throw new SnapshotCorruptionError(`a chunk of kind ${bytes[0]}, family ${bytes[1]}`)
  }
  const pairs: SnapshotPair[] = []
  let at = 2
  const part = (): Uint8Array => {
    const length = at + 4 <= end ? view.getUint32(at, true) : Number.POSITIVE_INFINITY
    if (at + 4 + length > end) throw new SnapshotCorruptionError('a pair reaches behind its chunk')
    at += 4 + length
    return bytes.subarray(at - length, at)
  }
  while (at < end) pairs.push({ key: part(), value: part() })
  return { type: 'data', cf, pairs }
}

/** Follows a snapshot's chunks: whether they are all, each once, in order, and within the region. */
export class SnapshotChecker {
  readonly #holds: (key: Uint8Array) => boolean
  readonly #compare: (left: Uint8Array, right: Uint8Array) => number
  #family = 0
  #lastKey: Uint8Array | undefined
  #pairCount = 0
  #chunkCount = 0
  #isComplete = false

  constructor(holds: (key: Uint8Array) => boolean, compare: (left: Uint8Array, right: Uint8Array) => number) {
    this.#holds = holds
    this.#compare = compare
  }

  get isComplete(): boolean {
    return this.#isComplete
  }

  /** @throws SnapshotCorruptionError */
  next(chunk: SnapshotChunk): void {
    if (this.#isComplete) throw new SnapshotCorruptionError('a chunk comes behind the last')
    if (chunk.type === 'end') {
      if (chunk.pairCount !== this.#pairCount || chunk.chunkCount !== this.#chunkCount) {
        throw new SnapshotCorruptionError(
          `${this.#pairCount} pairs in ${this.#chunkCount} chunks came, and ${chunk.pairCount} in ${chunk.chunkCount} were sent`,
        )
      }
      this.#isComplete = true
      return
    }
    this.#chunkCount++
    const family = snapshotFamilies.indexOf(chunk.cf)
    if (family < this.#family) throw new SnapshotCorruptionError('its families are out of order')
    if (family > this.#family) this.#lastKey = undefined
    this.#family = family
    for (const { key } of chunk.pairs) {
      if (this.#lastKey !== undefined && this.#compare(this.#lastKey, key) >= 0) {
        throw new SnapshotCorruptionError('its keys are out of order')
      }
      if (!this.#holds(key)) throw new SnapshotCorruptionError('a key is not of its region')
      this.#lastKey = key
      this.#pairCount++
    }
  }
}
