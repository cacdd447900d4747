import { assert, type Timestamp } from '@stratakv/core'
import { type LockKind, shortValueBytesMax } from './lock-record.ts'
import { RecordReader } from './record-reader.ts'
import { RecordWriter, varintBytes } from './record-writer.ts'

export type WriteKind = 'put' | 'delete' | 'lock' | 'rollback'

/** A record of the write column family: the fate of one transaction on one key. Every field is always present. */
export interface Write {
  readonly kind: WriteKind
  readonly startTs: Timestamp
  readonly shortValue: Uint8Array | undefined
  /** A protected rollback happened at the very timestamp this record was committed at. */
  readonly hasOverlappedRollback: boolean
  /**
   * Set together with the overlapped rollback: commit timestamp of the next newer put or delete at that time, 0 if there
   * was none. Rewriting the record can bring it back after GC removed it; a reader at or above the fence ignores it.
   */
  readonly gcFence: Timestamp | undefined
}

/** A record with its place in time. */
export interface VersionedWrite {
  readonly commitTs: Timestamp
  readonly write: Write
}

export function createWrite(kind: WriteKind, startTs: Timestamp, shortValue?: Uint8Array): Write {
  return { kind, startTs, shortValue, hasOverlappedRollback: false, gcFence: undefined }
}

const protectedMark = 0x70

/** A protected rollback is not collapsed into a later one. */
export function createRollback(startTs: Timestamp, isProtected: boolean): Write {
  return createWrite('rollback', startTs, isProtected ? new Uint8Array([protectedMark]) : undefined)
}

export function isProtectedRollback(write: Write): boolean {
  return write.kind === 'rollback' && write.shortValue?.length === 1 && write.shortValue[0] === protectedMark
}

/** `write` with the flag that remembers a protected rollback at its commit timestamp. */
export function withOverlappedRollback(write: Write, gcFence: Timestamp | undefined): Write {
  return { ...write, hasOverlappedRollback: true, gcFence }
}

/** The record a lock turns into. A pessimistic lock that was left behind commits as a `lock`. */
export function writeKindOf(kind: LockKind): WriteKind {
  return kind === 'pessimistic' ? 'lock' : kind
}

/** True when a read at `readTs` must take the key as absent on meeting this record: see {@link Write.gcFence}. */
export function isFenced(write: Write, readTs: Timestamp): boolean {
  return write.gcFence !== undefined && write.gcFence !== 0n && write.gcFence <= readTs
}

// The bytes on disk; FORMAT.md has the grammar. Never renumber.
const kindBytes: Readonly<Record<WriteKind, number>> = { put: 0x50, delete: 0x44, lock: 0x4c, rollback: 0x52 }
const shortValueTag = 0x76
const overlappedRollbackTag = 0x52
const gcFenceTag = 0x46

function kindOf(byte: number): WriteKind | undefined {
  switch (byte) {
    case 0x50:
      return 'put'
    case 0x44:
      return 'delete'
    case 0x4c:
      return 'lock'
    case 0x52:
      return 'rollback'
    default:
      return undefined
  }
}

/** The stored form (TiKV `components/txn_types/src/write.rs`). A new array. */
export function encodeWrite(write: Write): Uint8Array {
  const shortValue = write.shortValue
  const writer = new RecordWriter(
    1 +
      varintBytes(write.startTs) +
      (shortValue === undefined ? 0 : 2 + shortValue.length) +
      (write.hasOverlappedRollback ? 1 : 0) +
      (write.gcFence === undefined ? 0 : 9),
  )
  writer.byte(kindBytes[write.kind])
  writer.varint(write.startTs)
  if (shortValue !== undefined) {
    assert(shortValue.length <= shortValueBytesMax, 'a short value is at most 255 bytes')
    writer.byte(shortValueTag)
    writer.byte(shortValue.length)
    writer.bytes(shortValue)
  }
  if (write.hasOverlappedRollback) writer.byte(overlappedRollbackTag)
  if (write.gcFence !== undefined) {
    writer.byte(gcFenceTag)
    writer.uint64(write.gcFence)
  }
  return writer.finish()
}

/**
 * Reads a stored record. The short value is a view into `record`. An unknown tag ends the record, as newer writers may
 * add fields behind it.
 * @throws MvccCorruptionError
 */
export function decodeWrite(record: Uint8Array): Write {
  const reader = new RecordReader(record, 'write record')
  const kind = kindOf(reader.byte())
  if (kind === undefined) throw reader.corrupted('unknown write type')
  const startTs = reader.varint()
  let shortValue: Uint8Array | undefined
  let hasOverlappedRollback = false
  let gcFence: Timestamp | undefined
  let known = true
  while (known && !reader.isAtEnd) {
    switch (reader.byte()) {
      case shortValueTag:
        shortValue = reader.bytes(reader.byte())
        break
      case overlappedRollbackTag:
        hasOverlappedRollback = true
        break
      case gcFenceTag:
        gcFence = reader.uint64()
        break
      default:
        known = false
    }
  }
  return { kind, startTs, shortValue, hasOverlappedRollback, gcFence }
}
