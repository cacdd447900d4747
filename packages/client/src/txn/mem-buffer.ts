import { assert } from '@stratakv/core'
import { EntryTooLargeError, KeyExistsError, TransactionTooLargeError } from './errors.ts'
import { keyName } from './key-name.ts'

export interface Mutation {
  /** `check-not-exists` writes nothing: the commit fails if the key exists. */
  readonly kind: 'put' | 'insert' | 'delete' | 'lock' | 'check-not-exists'
  readonly key: Uint8Array
  /** Of a put or insert; else empty. */
  readonly value: Uint8Array
}

export interface MemBufferLimits {
  /** Keys that the transaction writes, locks or checks. */
  readonly entryCountMax: number
  /** Key and value of one of them, bytes. */
  readonly entryBytesMax: number
  /** All keys and values, bytes. */
  readonly transactionBytesMax: number
}

/** client-go's: 6 MiB an entry, since a store refuses Raft entries over 8 MiB; 100 MiB and 300,000 entries a transaction. */
export const defaultMemBufferLimits: MemBufferLimits = {
  entryCountMax: 300_000,
  entryBytesMax: 6 * 1024 * 1024,
  transactionBytesMax: 100 * 1024 * 1024,
}

const noValue = new Uint8Array(0)

/**
 * What a transaction wants to write, newest word a key. It decides what a later write of the same key makes of an earlier one; it
 * knows nothing of stores. Keys and values are kept as given, not copied.
 */
export class MemBuffer {
  readonly #limits: MemBufferLimits
  readonly #entries = new Map<string, Mutation>()
  /** Names in key order; absent after a new key came. */
  #sorted: readonly string[] | undefined
  #bytes = 0

  constructor(limits: MemBufferLimits) {
    this.#limits = limits
  }

  get entryCount(): number {
    return this.#entries.size
  }

  /** Keys and values, bytes. */
  get bytes(): number {
    return this.#bytes
  }

  /** What a read of `key` sees here: its value, that it is gone, or nothing (ask the snapshot). */
  read(key: Uint8Array): Uint8Array | 'deleted' | undefined {
    const entry = this.#entries.get(keyName(key))
    return entry === undefined ? undefined : readOf(entry)
  }

  /** @throws EntryTooLargeError, TransactionTooLargeError */
  put(key: Uint8Array, value: Uint8Array): void {
    const name = keyName(key)
    const before = this.#entries.get(name)?.kind
    // What was promised of the key's absence before this transaction still has to be checked.
    const kind = before === 'insert' || before === 'check-not-exists' ? 'insert' : 'put'
    this.#set(name, { kind, key, value })
  }

  /** @throws KeyExistsError when this transaction has written the key; EntryTooLargeError, TransactionTooLargeError */
  insert(key: Uint8Array, value: Uint8Array): void {
    const name = keyName(key)
    const before = this.#entries.get(name)
    if (before !== undefined && readOf(before) instanceof Uint8Array) throw new KeyExistsError(key)
    // A key that this transaction deleted is free here, whatever the store holds.
    this.#set(name, { kind: before?.kind === 'delete' ? 'put' : 'insert', key, value })
  }

  /** @throws EntryTooLargeError, TransactionTooLargeError */
  delete(key: Uint8Array): void {
    const name = keyName(key)
    const before = this.#entries.get(name)?.kind
    const kind = before === 'insert' || before === 'check-not-exists' ? 'check-not-exists' : 'delete'
    this.#set(name, { kind, key, value: noValue })
  }

  /** Makes the commit fail when another transaction writes `key` meanwhile. What is written already is locked anyway. */
  lock(key: Uint8Array): void {
    const name = keyName(key)
    if (!this.#entries.has(name)) this.#set(name, { kind: 'lock', key, value: noValue })
  }

  /** All of them in key order. */
  mutations(): Mutation[] {
    return this.#names().map((name) => this.#entries.get(name)!)
  }

  /** What reads in `[start, end)` see here, in key order, as it is now; an empty `end` is unbounded. */
  range(start: Uint8Array, end: Uint8Array): Mutation[] {
    if (this.#entries.size === 0) return []
    const names = this.#names()
    const from = firstAtOrAfter(names, keyName(start))
    const to = end.length === 0 ? names.length : firstAtOrAfter(names, keyName(end))
    const found: Mutation[] = []
    for (let index = from; index < to; index++) {
      const entry = this.#entries.get(names[index]!)!
      if (readOf(entry) !== undefined) found.push(entry)
    }
    return found
  }

  #names(): readonly string[] {
    // Names compare as their keys do: a character for each byte.
    this.#sorted ??= [...this.#entries.keys()].sort((left, right) => (left < right ? -1 : 1))
    return this.#sorted
  }

  #set(name: string, entry: Mutation): void {
    const { entryCountMax, entryBytesMax, transactionBytesMax } = this.#limits
    const before = this.#entries.get(name)
    const entryBytes = entry.key.length + entry.value.length
    if (entryBytes > entryBytesMax) throw new EntryTooLargeError(entry.key, entryBytes, entryBytesMax)
    const bytes = this.#bytes + entryBytes - (before === undefined ? 0 : before.key.length + before.value.length)
    if (bytes > transactionBytesMax) {
      throw new TransactionTooLargeError('transactionBytesMax', bytes, transactionBytesMax)
    }
    if (before === undefined) {
      if (this.#entries.size >= entryCountMax) {
        throw new TransactionTooLargeError('entryCountMax', this.#entries.size + 1, entryCountMax)
      }
      this.#sorted = undefined
    }
    this.#entries.set(name, entry)
    this.#bytes = bytes
    assert(this.#bytes >= 0, 'sizes never add up to less than nothing')
  }
}

/** What a read sees of a mutation; `undefined`: what the store has. */
function readOf({ kind, value }: Mutation): Uint8Array | 'deleted' | undefined {
  switch (kind) {
    case 'put':
    case 'insert':
      return value
    case 'delete':
    case 'check-not-exists':
      return 'deleted'
    case 'lock':
      return undefined
  }
}

function firstAtOrAfter(names: readonly string[], name: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (names[middle]! < name) low = middle + 1
    else high = middle
  }
  return low
}
