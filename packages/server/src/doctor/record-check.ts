import { compareBytes, type EngineIterator, type KvEngine, toHex } from '@stratakv/core'
import {
  appendTs,
  decodeKey,
  decodeLock,
  decodeWrite,
  encodeKey,
  keyOf,
  type Lock,
  MvccCorruptionError,
  tsOf,
} from '@stratakv/mvcc'
import { dataKey, dataMaxKey, dataMinKey, logicalKey } from '@stratakv/raftstore'
import type { Finding, FindingList } from './finding.ts'

/** What was looked at. */
export interface RecordCounts {
  readonly locks: number
  readonly writes: number
  /** Entries of the default column family: large values, and raw keys. */
  readonly values: number
}

/** An entry whose key was taken apart. */
interface Entry<T> {
  /** Encoded, without a timestamp. */
  readonly key: Uint8Array
  readonly ts: bigint
  readonly record: T
}

/** Progress is told after so many records. */
const progressEvery = 10_000

/**
 * Walks the three column families side by side, one user key at a time, and holds the records of each against each other. Memory: what
 * one key has in versions.
 */
export class RecordCheck {
  readonly #engine: KvEngine
  readonly #findings: FindingList
  readonly #onProgress: (recordCount: number) => void
  #locks = 0
  #writes = 0
  #values = 0
  #orphans = 0

  constructor(engine: KvEngine, findings: FindingList, onProgress: (recordCount: number) => void) {
    this.#engine = engine
    this.#findings = findings
    this.#onProgress = onProgress
  }

  async run(): Promise<RecordCounts> {
    const locks = this.#walk('lock', (key, value) => ({ key, ts: 0n, record: decodeLock(value) }))
    const writes = this.#walk('write', (key, value) => ({ ...split(key), record: decodeWrite(value) }))
    const values = this.#walk('default', (key) => valueEntry(key))
    let [lock, write, value] = [await locks.next(), await writes.next(), await values.next()]
    for (;;) {
      const key = least([lock.value?.key, write.value?.key, value.value?.key])
      if (key === undefined) break
      const heldLock = at(lock.value, key) ? lock.value.record : undefined
      if (heldLock !== undefined) {
        await this.#checkPrimary(key, heldLock)
        lock = await locks.next()
      }
      /** Start timestamps whose value must be in the default column family. */
      const wanted = new Map<bigint, string>()
      if (heldLock?.kind === 'put' && heldLock.shortValue === undefined) wanted.set(heldLock.startTs, 'lock')
      for (; at(write.value, key); write = await writes.next()) {
        const { record } = write.value
        if (record.kind === 'put' && record.shortValue === undefined) wanted.set(record.startTs, 'write record')
      }
      for (; at(value.value, key); value = await values.next()) {
        if (!wanted.delete(value.value.ts)) this.#orphans++
      }
      for (const [startTs, of] of wanted) this.#findings.add(missingValue(key, startTs, of))
    }
    if (this.#orphans > 0) this.#findings.add(orphanedValues(this.#orphans))
    return { locks: this.#locks, writes: this.#writes, values: this.#values }
  }

  /** Entries that decode; the others are findings. */
  async *#walk<T>(
    cf: 'lock' | 'write' | 'default',
    decode: (key: Uint8Array, value: Uint8Array) => Entry<T> | undefined,
  ): AsyncGenerator<Entry<T>, undefined, void> {
    const cursor: EngineIterator = this.#engine.iterate(cf, { lowerBound: dataMinKey, upperBound: dataMaxKey })
    try {
      for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
        this.#count(cf)
        const key = logicalKey(cursor.key)
        try {
          // A raw key is any key at all, so only the transactional families are held to the encoding.
          if (cf !== 'default') decodeKey(cf === 'lock' ? key : keyOf(key))
          const entry = decode(key, cursor.value)
          if (entry !== undefined) yield entry
        } catch (error) {
          if (!(error instanceof MvccCorruptionError)) throw error
          this.#findings.add(damagedRecord(cf, key, error))
        }
      }
    } finally {
      cursor.close()
    }
    return undefined
  }

  #count(cf: 'lock' | 'write' | 'default'): void {
    if (cf === 'lock') this.#locks++
    else if (cf === 'write') this.#writes++
    else this.#values++
    const total = this.#locks + this.#writes + this.#values
    if (total % progressEvery === 0) this.#onProgress(total)
  }

  /** A lock whose primary knows nothing of the transaction is rolled back by whoever meets it. */
  async #checkPrimary(key: Uint8Array, lock: Lock): Promise<void> {
    const primary = encodeKey(lock.primary)
    if (compareBytes(primary, key) === 0) return
    const held = await this.#engine.get('lock', dataKey(primary))
    try {
      if (held !== undefined && decodeLock(held).startTs === lock.startTs) return
      if (await this.#hasWriteOf(primary, lock.startTs)) return
    } catch (error) {
      // The primary's own record is damaged, and a finding of its own.
      if (error instanceof MvccCorruptionError) return
      throw error
    }
    this.#findings.add({
      severity: 'info',
      code: 'LOCK_WITHOUT_PRIMARY',
      place: placeOf('lock', key),
      detail: `its primary ${toHex(lock.primary)} knows nothing of the transaction that started at ${lock.startTs}`,
      advice: 'nothing: the next reader of the key rolls it back',
    })
  }

  async #hasWriteOf(primary: Uint8Array, startTs: bigint): Promise<boolean> {
    // Committed later than it started, so its record stands before that of startTs itself.
    const cursor = this.#engine.iterate('write', {
      lowerBound: dataKey(primary),
      upperBound: dataKey(appendTs(primary, startTs > 0n ? startTs - 1n : 0n)),
    })
    try {
      for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
        if (decodeWrite(cursor.value).startTs === startTs) return true
      }
      return false
    } finally {
      cursor.close()
    }
  }
}

function split(versionedKey: Uint8Array): { readonly key: Uint8Array; readonly ts: bigint } {
  return { key: keyOf(versionedKey), ts: tsOf(versionedKey) }
}

/** `undefined`: no version of a transactional key, so it is a raw key, and nothing can be said of it. */
function valueEntry(key: Uint8Array): Entry<undefined> | undefined {
  try {
    const parts = split(key)
    decodeKey(parts.key)
    return { ...parts, record: undefined }
  } catch (error) {
    if (!(error instanceof MvccCorruptionError)) throw error
    return undefined
  }
}

function at<T>(entry: Entry<T> | undefined, key: Uint8Array): entry is Entry<T> {
  return entry !== undefined && compareBytes(entry.key, key) === 0
}

function least(keys: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  let smallest: Uint8Array | undefined
  for (const key of keys) {
    if (key !== undefined && (smallest === undefined || compareBytes(key, smallest) < 0)) smallest = key
  }
  return smallest
}

function placeOf(cf: string, key: Uint8Array): string {
  return `${cf} ${toHex(key)}`
}

const restoreAdvice =
  'copy the region from another replica, or restore the key from a backup; until then readers of the key get an error'

function damagedRecord(cf: 'lock' | 'write' | 'default', key: Uint8Array, error: MvccCorruptionError): Finding {
  const code = error.record === 'key' ? 'KEY_DAMAGED' : cf === 'lock' ? 'LOCK_DAMAGED' : 'WRITE_DAMAGED'
  return { severity: 'error', code, place: placeOf(cf, key), detail: error.message, advice: restoreAdvice }
}

function missingValue(key: Uint8Array, startTs: bigint, of: string): Finding {
  return {
    severity: 'error',
    code: 'VALUE_MISSING',
    place: placeOf('default', key),
    detail: `a ${of} names the value that was written at ${startTs}, and it is not there`,
    advice: restoreAdvice,
  }
}

function orphanedValues(count: number): Finding {
  return {
    severity: 'info',
    code: 'VALUE_ORPHANED',
    place: 'default',
    detail: `${count} entries look like values of transactions, and neither a lock nor a write record names them`,
    advice: 'nothing: they are raw keys that happen to look so, or take space until their range is destroyed',
  }
}
