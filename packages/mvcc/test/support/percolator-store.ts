import type { EngineReader, KvEngine, Timestamp } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import {
  appendTs,
  type CommitTimestamps,
  cleanupKey,
  commitKey,
  createLock,
  encodeKey,
  encodeLock,
  encodeWrite,
  type KeyMutation,
  type Lock,
  type LockKind,
  MvccReader,
  MvccTxn,
  type PrewriteProperties,
  prewriteKey,
  type Steps,
  type Write,
  withReader,
} from '../../src/index.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (value: Uint8Array | undefined): string | undefined => value && new TextDecoder().decode(value)
/** The encoded key of a text. */
export const key = (name: string): Uint8Array => encodeKey(bytes(name))

/** A value that does not fit into a record. */
export const longValue = (seed: string): Uint8Array => bytes(seed.padEnd(300, '.'))

/** A memory engine, with the actions run and applied on it one at a time. Keys are given as text. */
export class PercolatorStore {
  readonly engine: KvEngine = createMemoryEngine()
  maxTs: Timestamp = 0n
  readonly guarded: { key: Uint8Array; lock: Lock }[] = []
  readonly timestamps: CommitTimestamps = {
    maxTs: () => this.maxTs,
    updateMaxTs: (timestamp) => {
      if (timestamp > this.maxTs) this.maxTs = timestamp
    },
    guard: (guardedKey, lock) => this.guarded.push({ key: guardedKey, lock }),
  }

  /** Runs an action and applies what it collected; nothing if it throws. */
  async act<T>(startTs: Timestamp, action: (reader: MvccReader, txn: MvccTxn) => Steps<T>): Promise<T> {
    const txn = new MvccTxn(startTs)
    const outcome = await withReader(this.engine, undefined, (reader) => action(reader, txn))
    await this.engine.write(txn.changes, { sync: false })
    return outcome
  }

  prewrite(
    startTs: Timestamp,
    mutation: Partial<KeyMutation> & { name: string },
    properties: Partial<PrewriteProperties> = {},
    secondaries?: readonly Uint8Array[],
  ): Promise<Timestamp> {
    return this.act(startTs, (reader, txn) =>
      prewriteKey(
        reader,
        txn,
        prewriteProperties(startTs, properties),
        this.timestamps,
        keyMutation(mutation),
        secondaries,
      ),
    )
  }

  put(
    startTs: Timestamp,
    name: string,
    value: Uint8Array | string = `${name}@${startTs}`,
    properties: Partial<PrewriteProperties> = {},
  ): Promise<Timestamp> {
    return this.prewrite(startTs, { name, value: typeof value === 'string' ? bytes(value) : value }, properties)
  }

  commit(startTs: Timestamp, commitTs: Timestamp, name: string): Promise<string> {
    return this.act(startTs, (reader, txn) => commitKey(reader, txn, key(name), commitTs))
  }

  rollback(
    startTs: Timestamp,
    name: string,
    protection: 'protected' | 'collapsible' = 'collapsible',
    currentTs = 0n,
  ): Promise<string> {
    return this.act(startTs, (reader, txn) => cleanupKey(reader, txn, key(name), currentTs, protection))
  }

  async putCommitted(
    startTs: Timestamp,
    commitTs: Timestamp,
    name: string,
    value?: Uint8Array | string,
  ): Promise<void> {
    await this.put(startTs, name, value)
    await this.commit(startTs, commitTs, name)
  }

  async deleteCommitted(startTs: Timestamp, commitTs: Timestamp, name: string): Promise<void> {
    await this.prewrite(startTs, { name, kind: 'delete' })
    await this.commit(startTs, commitTs, name)
  }

  /** Stores a lock as if some other writer had left it. */
  async placeLock(name: string, fields: Partial<Lock> & { startTs: Timestamp }): Promise<Lock> {
    const lock = createLock({ kind: 'put' as LockKind, primary: bytes(name), ttlMs: 3000, ...fields })
    await this.engine.write([{ type: 'put', cf: 'lock', key: key(name), value: encodeLock(lock) }], { sync: false })
    return lock
  }

  async placeWrite(name: string, commitTs: Timestamp, write: Write): Promise<void> {
    await this.engine.write(
      [{ type: 'put', cf: 'write', key: appendTs(key(name), commitTs), value: encodeWrite(write) }],
      {
        sync: false,
      },
    )
  }

  lock(name: string): Lock | undefined {
    return new MvccReader(this.engine).loadLock(key(name)) as Lock | undefined
  }

  /** All records of a key, newest first, in short: `P@7<5` is a put committed at 7 that started at 5. */
  async history(name: string): Promise<string[]> {
    const lines: string[] = []
    const reader = new MvccReader(this.engine)
    let version = await reader.seekWrite(key(name), 2n ** 64n - 1n)
    while (version !== undefined) {
      const { commitTs, write } = version
      const letter = { put: 'P', delete: 'D', lock: 'L', rollback: 'R' }[write.kind]
      const mark = write.kind === 'rollback' && write.shortValue !== undefined ? ' protected' : ''
      const overlap = write.hasOverlappedRollback ? ` overlapped` : ''
      const fence = write.gcFence === undefined ? '' : ` fence ${write.gcFence}`
      lines.push(`${letter}@${commitTs}<${write.startTs}${mark}${overlap}${fence}`)
      version = await reader.nextWrite(key(name))
    }
    reader.close()
    return lines
  }
}

export function keyMutation({ name, ...rest }: Partial<KeyMutation> & { name: string }): KeyMutation {
  return { kind: 'put', key: key(name), value: bytes(''), assertion: 'none', isPessimisticLock: false, ...rest }
}

export function prewriteProperties(
  startTs: Timestamp,
  overrides: Partial<PrewriteProperties> = {},
): PrewriteProperties {
  return {
    startTs,
    primary: bytes('primary'),
    lockTtlMs: 3000,
    txnSize: 1,
    minCommitTs: 0n,
    mode: { type: 'optimistic', skipsConstraintCheck: false },
    assertionLevel: 'off',
    commitKind: { type: 'two-phase' },
    ...overrides,
  }
}

/** The same reads, with every answer a promise: what an engine does whose blocks are not cached. */
export function late(inner: EngineReader): EngineReader {
  return {
    get: async (cf, wanted) => inner.get(cf, wanted),
    getMany: async (cf, wanted) => inner.getMany(cf, wanted),
    iterate(cf, options) {
      const cursor = inner.iterate(cf, options)
      return {
        get valid() {
          return cursor.valid
        },
        get key() {
          return cursor.key
        },
        get value() {
          return cursor.value
        },
        seek: async (wanted) => cursor.seek(wanted),
        seekForPrev: async (wanted) => cursor.seekForPrev(wanted),
        seekToFirst: async () => cursor.seekToFirst(),
        seekToLast: async () => cursor.seekToLast(),
        next: async () => cursor.next(),
        prev: async () => cursor.prev(),
        close: () => cursor.close(),
      }
    },
  }
}
