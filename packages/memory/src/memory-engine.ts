import {
  assert,
  ClosedError,
  type ColumnFamily,
  columnFamilies,
  compareBytes,
  type EngineIterator,
  type EngineSnapshot,
  type EngineWriteOptions,
  emptyBytes,
  type IterateOptions,
  type KeyChange,
  type KvEngine,
  unreachable,
} from '@stratakv/core'
import { bytesBefore, CopyOnWriteTree, findValue, type TreeNode } from './copy-on-write-tree.ts'
import { TreeCursor } from './tree-cursor.ts'

/**
 * A {@link KvEngine} in memory: the oracle for the others, and the engine of `--memory` mode.
 *
 * Every read, seek and step answers synchronously. A write takes effect within the call; its promise is there for the
 * seam's sake. Keys and values are copied when written and handed out without a copy. A snapshot is O(1).
 */
export function createMemoryEngine(): KvEngine {
  return new MemoryEngine()
}

/** Shared by a reader and its iterators, so that closing one end is seen at the other without a list of iterators. */
interface Lifetime {
  ended: boolean
  readonly parent: Lifetime | undefined
  readonly what: string
}

function checkAlive(lifetime: Lifetime): void {
  for (let at: Lifetime | undefined = lifetime; at !== undefined; at = at.parent) {
    if (at.ended) throw new ClosedError(at.what)
  }
}

function isAlive(lifetime: Lifetime): boolean {
  for (let at: Lifetime | undefined = lifetime; at !== undefined; at = at.parent) if (at.ended) return false
  return true
}

class MemoryEngine implements KvEngine {
  readonly supports = { durable: false }
  readonly #trees: Record<ColumnFamily, CopyOnWriteTree> = {
    default: new CopyOnWriteTree(),
    lock: new CopyOnWriteTree(),
    write: new CopyOnWriteTree(),
    raft: new CopyOnWriteTree(),
  }
  readonly #lifetime: Lifetime = { ended: false, parent: undefined, what: 'engine' }

  get(cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    checkAlive(this.#lifetime)
    return findValue(this.#trees[cf].root, key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    checkAlive(this.#lifetime)
    const root = this.#trees[cf].root
    return keys.map((key) => findValue(root, key))
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    checkAlive(this.#lifetime)
    return new MemoryIterator(this.#trees[cf].freeze(), options, this.#lifetime)
  }

  async write(batch: readonly KeyChange[], _options: EngineWriteOptions): Promise<void> {
    checkAlive(this.#lifetime)
    // All of the batch is looked at before any of it is done: a bad key leaves nothing behind.
    for (const change of batch) assert(change.key.length > 0, 'a key is not empty')
    for (const change of batch) {
      const tree = this.#trees[change.cf]
      switch (change.type) {
        case 'put':
          tree.put(copyOf(change.key), copyOf(change.value))
          break
        case 'delete':
          tree.remove(change.key)
          break
        default:
          unreachable(change)
      }
    }
  }

  async syncWal(): Promise<void> {
    checkAlive(this.#lifetime)
  }

  snapshot(): EngineSnapshot {
    checkAlive(this.#lifetime)
    const roots = {} as Record<ColumnFamily, TreeNode>
    for (const cf of columnFamilies) roots[cf] = this.#trees[cf].freeze()
    return new MemorySnapshot(roots, this.#lifetime)
  }

  async deleteRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array, _options: EngineWriteOptions): Promise<void> {
    checkAlive(this.#lifetime)
    this.#trees[cf].removeRange(start, end)
  }

  async approximateSizeBytes(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<number> {
    checkAlive(this.#lifetime)
    const root = this.#trees[cf].root
    const before = bytesBefore(root, start)
    return Math.max(0, (end.length === 0 ? root.bytes : bytesBefore(root, end)) - before)
  }

  async close(): Promise<void> {
    this.#lifetime.ended = true
  }
}

/** Not slice(): on a Buffer that is a view of memory that is the caller's again soon. And `set` is faster than `new Uint8Array(bytes)`. */
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy
}

class MemorySnapshot implements EngineSnapshot {
  #roots: Record<ColumnFamily, TreeNode> | undefined
  readonly #lifetime: Lifetime

  constructor(roots: Record<ColumnFamily, TreeNode>, parent: Lifetime) {
    this.#roots = roots
    this.#lifetime = { ended: false, parent, what: 'engine snapshot' }
  }

  get(cf: ColumnFamily, key: Uint8Array): Uint8Array | undefined {
    return findValue(this.#root(cf), key)
  }

  getMany(cf: ColumnFamily, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    const root = this.#root(cf)
    return keys.map((key) => findValue(root, key))
  }

  iterate(cf: ColumnFamily, options: IterateOptions = {}): EngineIterator {
    return new MemoryIterator(this.#root(cf), options, this.#lifetime)
  }

  release(): void {
    this.#lifetime.ended = true
    this.#roots = undefined
  }

  #root(cf: ColumnFamily): TreeNode {
    checkAlive(this.#lifetime)
    return this.#roots![cf]
  }
}

class MemoryIterator implements EngineIterator {
  readonly #lower: Uint8Array
  readonly #upper: Uint8Array
  readonly #keysOnly: boolean
  readonly #lifetime: Lifetime
  /** Dropped by close, so that an iterator somebody still holds does not hold a version of the tree. */
  #cursor: TreeCursor | undefined
  #inside = false

  constructor(root: TreeNode, options: IterateOptions, parent: Lifetime) {
    this.#lower = options.lowerBound === undefined ? emptyBytes : new Uint8Array(options.lowerBound)
    this.#upper = options.upperBound === undefined ? emptyBytes : new Uint8Array(options.upperBound)
    this.#keysOnly = options.keysOnly ?? false
    this.#lifetime = { ended: false, parent, what: 'engine iterator' }
    this.#cursor = new TreeCursor(root)
  }

  get valid(): boolean {
    return this.#inside && isAlive(this.#lifetime)
  }

  get key(): Uint8Array {
    return this.#positioned().key
  }

  get value(): Uint8Array {
    const cursor = this.#positioned()
    return this.#keysOnly ? emptyBytes : cursor.value
  }

  seek(key: Uint8Array): boolean {
    const cursor = this.#open()
    return this.#settle(cursor.seek(compareBytes(key, this.#lower) < 0 ? this.#lower : key))
  }

  seekForPrev(key: Uint8Array): boolean {
    const cursor = this.#open()
    const bounded = this.#upper.length > 0 && compareBytes(key, this.#upper) >= 0
    return this.#settle(bounded ? cursor.seekBack(this.#upper, false) : cursor.seekBack(key, true))
  }

  seekToFirst(): boolean {
    const cursor = this.#open()
    return this.#settle(this.#lower.length > 0 ? cursor.seek(this.#lower) : cursor.seekToFirst())
  }

  seekToLast(): boolean {
    const cursor = this.#open()
    return this.#settle(this.#upper.length > 0 ? cursor.seekBack(this.#upper, false) : cursor.seekToLast())
  }

  next(): boolean {
    return this.#settle(this.#positioned().next())
  }

  prev(): boolean {
    return this.#settle(this.#positioned().previous())
  }

  close(): void {
    this.#lifetime.ended = true
    this.#inside = false
    this.#cursor = undefined
  }

  #open(): TreeCursor {
    checkAlive(this.#lifetime)
    return this.#cursor!
  }

  #positioned(): TreeCursor {
    const cursor = this.#open()
    assert(this.#inside, 'the iterator is valid')
    return cursor
  }

  /** Both bounds, whatever the direction: a seek may land beyond the bound it did not move towards. */
  #settle(found: boolean): boolean {
    const cursor = this.#cursor!
    this.#inside =
      found &&
      (this.#upper.length === 0 || compareBytes(cursor.key, this.#upper) < 0) &&
      (this.#lower.length === 0 || compareBytes(cursor.key, this.#lower) >= 0)
    return this.#inside
  }
}
