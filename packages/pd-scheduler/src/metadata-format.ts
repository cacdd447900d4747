import { crc32 } from './crc32.ts'
import { MetadataCorruptionError, MetadataVersionError } from './errors.ts'

/**
 * Bytes of the metadata file; the grammar and a worked example are in `FORMAT.md` beside the package's README.
 * Numbers on disk are never renumbered.
 */

/** One change of a key. An absent `value` deletes. */
export interface MetadataChange {
  readonly key: string
  readonly value: Uint8Array | undefined
}

export const formatVersion = 1
export const headerBytes = 32
export const recordHeaderBytes = 16
/** Of one record, its header included. Also how far from the end of the file a torn record can begin. */
export const recordBytesMax = 16 * 1024 * 1024
export const keyBytesMax = 65_535

/** ASCII "STRATAPD". */
const magic = Uint8Array.of(0x53, 0x54, 0x52, 0x41, 0x54, 0x41, 0x50, 0x44)
const opPut = 1
const opDelete = 2

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** @param snapshotBytes length of the records that were synced before the file got its name */
export function encodeHeader(snapshotBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  header.set(magic, 0)
  view.setUint32(8, formatVersion, true)
  view.setBigUint64(16, BigInt(snapshotBytes), true)
  view.setUint32(24, crc32(header.subarray(0, 24)), true)
  return header
}

/** Bytes a change takes inside a record. */
export function changeBytes(change: MetadataChange): number {
  // An upper bound of 3 bytes a UTF-16 unit keeps this free of encoding the key twice.
  return 1 + 2 + change.key.length * 3 + (change.value === undefined ? 0 : 4 + change.value.length)
}

/** One record, to be appended in one write: it is recovered whole or not at all. */
export function encodeRecord(sequence: bigint, changes: readonly MetadataChange[]): Uint8Array {
  let bound = recordHeaderBytes
  for (const change of changes) bound += changeBytes(change)
  const record = new Uint8Array(bound)
  const view = new DataView(record.buffer)
  let at = recordHeaderBytes
  for (const { key, value } of changes) {
    record[at] = value === undefined ? opDelete : opPut
    const { written } = encoder.encodeInto(key, record.subarray(at + 3))
    view.setUint16(at + 1, written, true)
    at += 3 + written
    if (value !== undefined) {
      view.setUint32(at, value.length, true)
      record.set(value, at + 4)
      at += 4 + value.length
    }
  }
  view.setUint32(4, at - recordHeaderBytes, true)
  view.setBigUint64(8, sequence, true)
  const sealed = record.subarray(0, at)
  view.setUint32(0, crc32(sealed.subarray(4)), true)
  return sealed
}

/** What a metadata file holds. */
export interface RecoveredMetadata {
  readonly state: Map<string, Uint8Array>
  /** Of the last sound record; 0n when there is none. */
  readonly sequence: bigint
  /** Length of the sound part. Shorter than the file when a crash tore the last append. */
  readonly soundBytes: number
  readonly snapshotBytes: number
}

/**
 * Replays a file. Values are views into `file`.
 *
 * At most one record is unsynced at any time, so a crash can damage the last record only; anything sound behind a damaged
 * one, or damage in the snapshot part, is not the mark of a crash.
 * @throws MetadataCorruptionError, MetadataVersionError
 */
export function recoverMetadata(path: string, file: Uint8Array): RecoveredMetadata {
  const snapshotBytes = decodeHeader(path, file)
  const state = new Map<string, Uint8Array>()
  const snapshotEnd = headerBytes + snapshotBytes
  let at = headerBytes
  let sequence = 0n
  while (at < file.length) {
    const end = recordEnd(file, at, sequence + 1n)
    if (end === undefined) {
      if (at < snapshotEnd)
        throw new MetadataCorruptionError(path, at, 'a record of the snapshot does not match its checksum')
      const next = nextSound(file, at + 1, sequence)
      if (next !== undefined) {
        throw new MetadataCorruptionError(
          path,
          at,
          `a record does not match its checksum, yet one at byte ${next} does`,
        )
      }
      if (file.length - at > recordBytesMax) {
        throw new MetadataCorruptionError(
          path,
          at,
          `${file.length - at} unreadable bytes are more than one torn record`,
        )
      }
      break
    }
    applyPayload(path, file, at + recordHeaderBytes, end, state)
    sequence += 1n
    at = end
  }
  if (at < snapshotEnd) throw new MetadataCorruptionError(path, at, 'the snapshot is cut short')
  return { state, sequence, soundBytes: at, snapshotBytes }
}

function decodeHeader(path: string, file: Uint8Array): number {
  if (file.length < headerBytes)
    throw new MetadataCorruptionError(path, 0, `the file has ${file.length} bytes, less than its header`)
  for (let at = 0; at < magic.length; at++) {
    if (file[at] !== magic[at]) throw new MetadataCorruptionError(path, at, 'it does not begin as a metadata file')
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (view.getUint32(24, true) !== crc32(file.subarray(0, 24))) {
    throw new MetadataCorruptionError(path, 0, 'the header does not match its checksum')
  }
  const version = view.getUint32(8, true)
  if (version !== formatVersion) throw new MetadataVersionError(path, version, formatVersion)
  return Number(view.getBigUint64(16, true))
}

/** End of the sound record with that sequence at `at`, or `undefined`. */
function recordEnd(file: Uint8Array, at: number, sequence: bigint): number | undefined {
  if (file.length - at < recordHeaderBytes) return undefined
  const view = new DataView(file.buffer, file.byteOffset + at, recordHeaderBytes)
  if (view.getBigUint64(8, true) !== sequence) return undefined
  const end = at + recordHeaderBytes + view.getUint32(4, true)
  if (end > file.length || end - at > recordBytesMax) return undefined
  return view.getUint32(0, true) === crc32(file.subarray(at + 4, end)) ? end : undefined
}

/** Where a sound record with a later sequence begins; cheap because few positions hold a plausible sequence. */
function nextSound(file: Uint8Array, from: number, sequence: bigint): number | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const plausibleMax = sequence + 1n + BigInt(Math.ceil((file.length - from) / recordHeaderBytes))
  for (let at = from; at + recordHeaderBytes <= file.length; at++) {
    const found = view.getBigUint64(at + 8, true)
    if (found > sequence && found <= plausibleMax && recordEnd(file, at, found) !== undefined) return at
  }
  return undefined
}

function applyPayload(
  path: string,
  file: Uint8Array,
  start: number,
  end: number,
  state: Map<string, Uint8Array>,
): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let at = start
  while (at < end) {
    const op = file[at]
    const keyStart = at + 3
    const keyEnd = keyStart <= end ? keyStart + view.getUint16(at + 1, true) : Number.POSITIVE_INFINITY
    if (keyEnd > end) throw new MetadataCorruptionError(path, at, 'a change runs past the end of its record')
    const key = decodeKey(path, file, keyStart, keyEnd)
    if (op === opDelete) {
      state.delete(key)
      at = keyEnd
    } else if (op === opPut) {
      const valueEnd = keyEnd + 4 <= end ? keyEnd + 4 + view.getUint32(keyEnd, true) : Number.POSITIVE_INFINITY
      if (valueEnd > end) throw new MetadataCorruptionError(path, at, 'a value runs past the end of its record')
      state.set(key, file.subarray(keyEnd + 4, valueEnd))
      at = valueEnd
    } else {
      throw new MetadataCorruptionError(path, at, `unknown kind of change ${op}`)
    }
  }
}

function decodeKey(path: string, file: Uint8Array, start: number, end: number): string {
  try {
    return decoder.decode(file.subarray(start, end))
  } catch (cause) {
    throw new MetadataCorruptionError(path, start, 'a key is not UTF-8', { cause })
  }
}
