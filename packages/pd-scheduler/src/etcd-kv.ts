import { compareBytes, toHex } from '@stratakv/core'
import { InvalidEtcdRequestError, PdLimitError } from './errors.ts'
import type { MetadataChange, MetadataStore } from './metadata-store.ts'
import { encodeDecimal, encodeJson, fromHex, isCount, metadataKeys, type PersistedValues } from './persisted-values.ts'
import type { SerialQueue } from './serial-queue.ts'

/** One key, as etcd shows it. */
export interface EtcdKeyValue {
  readonly key: Uint8Array
  readonly value: Uint8Array
  /** The store's revision when the key came to be, and when it last changed. */
  readonly createRevision: number
  readonly modRevision: number
  /** Number of changes since the key came to be, 1 first. */
  readonly version: number
}

/** Keys `[key, rangeEnd)`. Empty `rangeEnd`: just `key`. A single zero byte: everything from `key` on. */
export interface EtcdRange {
  readonly key: Uint8Array
  readonly rangeEnd: Uint8Array
}

export interface EtcdRangeAnswer {
  /** At most as many as the limit, in key order. */
  readonly entries: readonly EtcdKeyValue[]
  /** All that match. */
  readonly count: number
}

export type EtcdOperation =
  /** `limitCount` 0 = all. */
  | { readonly kind: 'range'; readonly range: EtcdRange; readonly limitCount: number }
  | { readonly kind: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: 'delete'; readonly range: EtcdRange }

export type EtcdAnswer =
  | ({ readonly kind: 'range' } & EtcdRangeAnswer)
  /** `previous` is what the key held before. */
  | { readonly kind: 'put'; readonly previous: EtcdKeyValue | undefined }
  | { readonly kind: 'delete'; readonly previous: readonly EtcdKeyValue[] }

export interface EtcdComparison {
  readonly key: Uint8Array
  readonly result: 'equal' | 'greater' | 'less' | 'not-equal'
  readonly target:
    | { readonly field: 'version' | 'createRevision' | 'modRevision'; readonly value: number }
    | { readonly field: 'value'; readonly value: Uint8Array }
}

export interface EtcdTransaction {
  /** All must hold for `success` to run; else `failure` runs. */
  readonly comparisons: readonly EtcdComparison[]
  readonly success: readonly EtcdOperation[]
  readonly failure: readonly EtcdOperation[]
}

/** Keys the store holds; TiDB's use of it needs a handful. */
export const etcdKeysMax = 10_000
/** Of one request, as in etcd (`--max-request-bytes`). */
export const etcdRequestBytesMax = 1.5 * 1024 * 1024
/** Of one transaction, as in etcd (`--max-txn-ops`). */
export const etcdTransactionOperationsMax = 128

/**
 * The part of etcd's key-value store that TiKV clients use on a placement driver's address: the current revision, no
 * leases, no watches. Writes are durable when they resolve; each raises the revision by one.
 */
export class EtcdKv {
  readonly #metadata: MetadataStore
  readonly #queue: SerialQueue
  readonly #entries = new Map<string, EtcdKeyValue>()
  /** Hex keys in order; rebuilt after a key comes or goes. */
  #ordered: string[] | undefined
  #revision: number

  /** @param queue runs everything that must not interleave with these writes */
  constructor(metadata: MetadataStore, values: PersistedValues, queue: SerialQueue) {
    this.#metadata = metadata
    this.#queue = queue
    this.#revision = values.count(metadataKeys.etcdRevision) ?? 1
    for (const entry of values.decodeAll(metadataKeys.etcdPrefix, decodeEntry))
      this.#entries.set(toHex(entry.key), entry)
  }

  /** Of the newest durable write; 1 in a fresh store, as in etcd. */
  get revision(): number {
    return this.#revision
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#entries.get(toHex(key))?.value
  }

  /** @param limitCount 0 = all */
  range(range: EtcdRange, limitCount: number): EtcdRangeAnswer {
    return rangeOf(this.#matching(range, new Map()), limitCount)
  }

  /** @throws PdLimitError, and what the metadata store throws */
  async put(key: Uint8Array, value: Uint8Array): Promise<EtcdKeyValue | undefined> {
    const { answers } = await this.transact({ comparisons: [], success: [{ kind: 'put', key, value }], failure: [] })
    const answer = answers[0]
    return answer?.kind === 'put' ? answer.previous : undefined
  }

  /** What was there. */
  async delete(range: EtcdRange): Promise<readonly EtcdKeyValue[]> {
    const { answers } = await this.transact({ comparisons: [], success: [{ kind: 'delete', range }], failure: [] })
    const answer = answers[0]
    return answer?.kind === 'delete' ? answer.previous : []
  }

  /** Compares and acts in one atomic, durable step. @throws PdLimitError, InvalidEtcdRequestError, and what the metadata store throws */
  transact(
    transaction: EtcdTransaction,
  ): Promise<{ succeeded: boolean; answers: readonly EtcdAnswer[]; revision: number }> {
    return this.#queue.run(() => this.commitInQueue(transaction))
  }

  /** As {@link EtcdKv.transact}, for a caller that runs in the queue already. @internal */
  async commitInQueue(
    transaction: EtcdTransaction,
    alongside: readonly MetadataChange[] = [],
  ): Promise<{ succeeded: boolean; answers: readonly EtcdAnswer[]; revision: number }> {
    checkSize(transaction)
    const succeeded = transaction.comparisons.every((comparison) => this.#holds(comparison))
    const revision = this.#revision + 1
    const staged = new Map<string, EtcdKeyValue | undefined>()
    const answers: EtcdAnswer[] = []
    for (const operation of succeeded ? transaction.success : transaction.failure) {
      answers.push(this.#stage(operation, staged, revision))
    }
    if (staged.size === 0 && alongside.length === 0) return { succeeded, answers, revision: this.#revision }
    let count = this.#entries.size
    const changes: MetadataChange[] = [...alongside]
    for (const [hex, entry] of staged) {
      count += Number(entry !== undefined) - Number(this.#entries.has(hex))
      changes.push({ key: metadataKeys.etcd(hex), value: entry === undefined ? undefined : encodeEntry(entry) })
    }
    if (count > etcdKeysMax && count > this.#entries.size) throw new PdLimitError('etcd keys', etcdKeysMax, count)
    if (staged.size > 0) changes.push({ key: metadataKeys.etcdRevision, value: encodeDecimal(revision) })
    await this.#metadata.commit(changes)
    if (staged.size > 0) {
      for (const [hex, entry] of staged) {
        if (entry === undefined) this.#entries.delete(hex)
        else this.#entries.set(hex, entry)
      }
      this.#ordered = undefined
      this.#revision = revision
    }
    return { succeeded, answers, revision: this.#revision }
  }

  #stage(operation: EtcdOperation, staged: Map<string, EtcdKeyValue | undefined>, revision: number): EtcdAnswer {
    switch (operation.kind) {
      case 'range':
        return { kind: 'range', ...rangeOf(this.#matching(operation.range, staged), operation.limitCount) }
      case 'put': {
        if (operation.key.length === 0) throw new InvalidEtcdRequestError('key is not provided')
        const hex = toHex(operation.key)
        const previous = staged.has(hex) ? staged.get(hex) : this.#entries.get(hex)
        staged.set(hex, {
          key: operation.key,
          value: operation.value,
          createRevision: previous?.createRevision ?? revision,
          modRevision: revision,
          version: (previous?.version ?? 0) + 1,
        })
        return { kind: 'put', previous }
      }
      case 'delete': {
        const previous = this.#matching(operation.range, staged)
        for (const entry of previous) staged.set(toHex(entry.key), undefined)
        return { kind: 'delete', previous }
      }
    }
  }

  /** Entries in range as they will be with `staged` applied, in key order. */
  #matching({ key, rangeEnd }: EtcdRange, staged: ReadonlyMap<string, EtcdKeyValue | undefined>): EtcdKeyValue[] {
    if (key.length === 0) throw new InvalidEtcdRequestError('key is not provided')
    const current = (hex: string) => (staged.has(hex) ? staged.get(hex) : this.#entries.get(hex))
    if (rangeEnd.length === 0) {
      const entry = current(toHex(key))
      return entry === undefined ? [] : [entry]
    }
    const unbounded = rangeEnd.length === 1 && rangeEnd[0] === 0
    const start = toHex(key)
    const end = toHex(rangeEnd)
    this.#ordered ??= [...this.#entries.keys()].sort()
    const candidates = staged.size === 0 ? this.#ordered : [...new Set([...this.#ordered, ...staged.keys()])].sort()
    return candidates
      .filter((hex) => hex >= start && (unbounded || hex < end))
      .map(current)
      .filter((entry) => entry !== undefined)
  }

  #holds({ key, result, target }: EtcdComparison): boolean {
    const entry = this.#entries.get(toHex(key))
    let order: number
    if (target.field === 'value') {
      // As in etcd: a missing key has no value to compare with.
      if (entry === undefined) return false
      order = compareBytes(entry.value, target.value)
    } else {
      const actual = entry?.[target.field] ?? 0
      order = actual - target.value
    }
    switch (result) {
      case 'equal':
        return order === 0
      case 'not-equal':
        return order !== 0
      case 'greater':
        return order > 0
      case 'less':
        return order < 0
    }
  }
}

function rangeOf(matching: readonly EtcdKeyValue[], limitCount: number): EtcdRangeAnswer {
  return { entries: limitCount > 0 ? matching.slice(0, limitCount) : matching, count: matching.length }
}

function checkSize({ comparisons, success, failure }: EtcdTransaction): void {
  for (const operations of [comparisons, success, failure]) {
    if (operations.length > etcdTransactionOperationsMax) {
      throw new PdLimitError('operations in one transaction', etcdTransactionOperationsMax, operations.length)
    }
  }
  let sizeBytes = 0
  for (const operation of [...success, ...failure]) {
    if (operation.kind === 'put') sizeBytes += operation.key.length + operation.value.length
  }
  if (sizeBytes > etcdRequestBytesMax)
    throw new PdLimitError('bytes in one etcd request', etcdRequestBytesMax, sizeBytes)
}

interface EntryJson {
  readonly value: string
  readonly create: number
  readonly mod: number
  readonly version: number
}

function encodeEntry(entry: EtcdKeyValue): Uint8Array {
  const json: EntryJson = {
    value: toHex(entry.value),
    create: entry.createRevision,
    mod: entry.modRevision,
    version: entry.version,
  }
  return encodeJson(json)
}

/** @throws TypeError */
export function decodeEntry(json: EntryJson, hexKey: string): EtcdKeyValue {
  if (![json.create, json.mod, json.version].every(isCount)) throw new TypeError('its revisions are no numbers')
  return {
    key: fromHex(hexKey),
    value: fromHex(json.value),
    createRevision: json.create,
    modRevision: json.mod,
    version: json.version,
  }
}
