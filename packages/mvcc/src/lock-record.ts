import type { MemoryLock, Timestamp } from '@stratakv/core'
import { assert } from '@stratakv/core'
import { RecordReader } from './record-reader.ts'
import { compactBytesLength, RecordWriter, varintBytes, varintNumberBytes } from './record-writer.ts'

/** `pessimistic` guards a key before its prewrite; readers do not see it. */
export type LockKind = 'put' | 'delete' | 'lock' | 'pessimistic'

/** Values up to this many bytes ride in the lock and later in the write record instead of the default column family. */
export const shortValueBytesMax = 255

/** A lock on one key. Every field is always present, so that all locks have one shape. */
export interface Lock {
  readonly kind: LockKind
  /** Raw key: where the transaction's fate is decided. */
  readonly primary: Uint8Array
  readonly startTs: Timestamp
  /** Milliseconds from the physical part of `startTs`. */
  readonly ttlMs: number
  readonly shortValue: Uint8Array | undefined
  /** 0 in optimistic transactions. */
  readonly forUpdateTs: Timestamp
  /** How many keys the transaction has, as its client says; 0 is unknown. */
  readonly txnSize: number
  /** The commit timestamp will not be below; 0 is no promise. */
  readonly minCommitTs: Timestamp
  readonly useAsyncCommit: boolean
  /** Raw keys. On the primary of an async-commit transaction only. */
  readonly secondaries: readonly Uint8Array[]
  /** Start timestamps of transactions that were rolled back on this key while the lock stood, and might equal its commit timestamp. */
  readonly rollbackTs: readonly Timestamp[]
}

/** A lock with the optional fields at rest. */
export function createLock(
  fields: Pick<Lock, 'kind' | 'primary' | 'startTs' | 'ttlMs'> &
    Partial<Omit<Lock, 'kind' | 'primary' | 'startTs' | 'ttlMs'>>,
): Lock {
  return {
    kind: fields.kind,
    primary: fields.primary,
    startTs: fields.startTs,
    ttlMs: fields.ttlMs,
    shortValue: fields.shortValue,
    forUpdateTs: fields.forUpdateTs ?? 0n,
    txnSize: fields.txnSize ?? 0,
    minCommitTs: fields.minCommitTs ?? 0n,
    useAsyncCommit: fields.useAsyncCommit ?? false,
    secondaries: fields.secondaries ?? [],
    rollbackTs: fields.rollbackTs ?? [],
  }
}

/** The full form of a lock that is in memory only. */
export function lockFromMemory(lock: MemoryLock): Lock {
  return createLock({
    kind: 'pessimistic',
    primary: lock.primary,
    startTs: lock.startTs,
    ttlMs: lock.ttlMs,
    forUpdateTs: lock.forUpdateTs,
    minCommitTs: lock.minCommitTs,
  })
}

export function isPessimisticTxn(lock: Lock): boolean {
  return lock.forUpdateTs !== 0n
}

// The bytes on disk; FORMAT.md has the grammar. Never renumber.
const kindBytes: Readonly<Record<LockKind, number>> = { put: 0x50, delete: 0x44, lock: 0x4c, pessimistic: 0x53 }
const shortValueTag = 0x76
const forUpdateTsTag = 0x66
const txnSizeTag = 0x74
const minCommitTsTag = 0x63
const asyncCommitTag = 0x61
const rollbackTsTag = 0x72

function kindOf(byte: number): LockKind | undefined {
  switch (byte) {
    case 0x50:
      return 'put'
    case 0x44:
      return 'delete'
    case 0x4c:
      return 'lock'
    case 0x53:
      return 'pessimistic'
    default:
      return undefined
  }
}

/** A tag and eight bytes. */
const taggedNumberBytes = 9

function encodedLength(lock: Lock): number {
  let length = 1 + compactBytesLength(lock.primary) + varintBytes(lock.startTs) + varintNumberBytes(lock.ttlMs)
  if (lock.shortValue !== undefined) length += 2 + lock.shortValue.length
  if (lock.forUpdateTs !== 0n) length += taggedNumberBytes
  if (lock.txnSize > 0) length += taggedNumberBytes
  if (lock.minCommitTs !== 0n) length += taggedNumberBytes
  if (lock.useAsyncCommit) {
    length += 1 + varintNumberBytes(lock.secondaries.length)
    for (const secondary of lock.secondaries) length += compactBytesLength(secondary)
  }
  if (lock.rollbackTs.length > 0) length += 1 + varintNumberBytes(lock.rollbackTs.length) + 8 * lock.rollbackTs.length
  return length
}

/** The stored form (TiKV `components/txn_types/src/lock.rs`). A new array. */
export function encodeLock(lock: Lock): Uint8Array {
  const writer = new RecordWriter(encodedLength(lock))
  writer.byte(kindBytes[lock.kind])
  writer.compactBytes(lock.primary)
  writer.varint(lock.startTs)
  writer.varintNumber(lock.ttlMs)
  if (lock.shortValue !== undefined) {
    assert(lock.shortValue.length <= shortValueBytesMax, 'a short value is at most 255 bytes')
    writer.byte(shortValueTag)
    writer.byte(lock.shortValue.length)
    writer.bytes(lock.shortValue)
  }
  if (lock.forUpdateTs !== 0n) {
    writer.byte(forUpdateTsTag)
    writer.uint64(lock.forUpdateTs)
  }
  if (lock.txnSize > 0) {
    writer.byte(txnSizeTag)
    writer.uint64(BigInt(lock.txnSize))
  }
  if (lock.minCommitTs !== 0n) {
    writer.byte(minCommitTsTag)
    writer.uint64(lock.minCommitTs)
  }
  if (lock.useAsyncCommit) {
    writer.byte(asyncCommitTag)
    writer.varintNumber(lock.secondaries.length)
    for (const secondary of lock.secondaries) writer.compactBytes(secondary)
  }
  if (lock.rollbackTs.length > 0) {
    writer.byte(rollbackTsTag)
    writer.varintNumber(lock.rollbackTs.length)
    for (const timestamp of lock.rollbackTs) writer.uint64(timestamp)
  }
  return writer.finish()
}

/**
 * Reads a stored lock. Byte strings of the result are views into `record`. An unknown tag ends the record, as newer
 * writers may add fields behind it.
 * @throws MvccCorruptionError
 */
export function decodeLock(record: Uint8Array): Lock {
  const reader = new RecordReader(record, 'lock record')
  const kind = kindOf(reader.byte())
  if (kind === undefined) throw reader.corrupted('unknown lock type')
  const primary = reader.compactBytes()
  const startTs = reader.varint()
  // Records of old versions end here.
  const ttlMs = reader.isAtEnd ? 0 : reader.varintNumber()

  let shortValue: Uint8Array | undefined
  let forUpdateTs: Timestamp = 0n
  let txnSize = 0
  let minCommitTs: Timestamp = 0n
  let useAsyncCommit = false
  let secondaries: Uint8Array[] = []
  let rollbackTs: Timestamp[] = []
  let known = true
  while (known && !reader.isAtEnd) {
    switch (reader.byte()) {
      case shortValueTag:
        shortValue = reader.bytes(reader.byte())
        break
      case forUpdateTsTag:
        forUpdateTs = reader.uint64()
        break
      case txnSizeTag:
        txnSize = reader.uint64Number()
        break
      case minCommitTsTag:
        minCommitTs = reader.uint64()
        break
      case asyncCommitTag: {
        useAsyncCommit = true
        secondaries = []
        // The count is not believed: each turn takes at least one byte, or finds the end and throws.
        for (let count = reader.varintNumber(); count > 0; count--) secondaries.push(reader.compactBytes())
        break
      }
      case rollbackTsTag: {
        rollbackTs = []
        for (let count = reader.varintNumber(); count > 0; count--) rollbackTs.push(reader.uint64())
        break
      }
      default:
        known = false
    }
  }
  return {
    kind,
    primary,
    startTs,
    ttlMs,
    shortValue,
    forUpdateTs,
    txnSize,
    minCommitTs,
    useAsyncCommit,
    secondaries,
    rollbackTs,
  }
}
