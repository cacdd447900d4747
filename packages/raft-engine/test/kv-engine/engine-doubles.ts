import type { KeyChange, KvEngine } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'

/** What a Raft log asked its engine to change. */
export type EngineOperation =
  | { readonly type: 'write'; readonly batch: readonly KeyChange[]; readonly sync: boolean }
  | { readonly type: 'deleteRange'; readonly start: Uint8Array; readonly end: Uint8Array }

/** A memory engine that keeps an account of what it was asked; `before` may delay or fail an operation. */
export interface RecordingEngine extends KvEngine {
  readonly operations: EngineOperation[]
  readonly openSnapshots: Set<object>
  readonly counts: { steps: number; seeks: number }
}

export function recordingEngine(
  before: (operation: EngineOperation) => Promise<void> | void = () => {},
  inner: KvEngine = createMemoryEngine(),
): RecordingEngine {
  const operations: EngineOperation[] = []
  const openSnapshots = new Set<object>()
  const counts = { steps: 0, seeks: 0 }
  const note = async (operation: EngineOperation): Promise<void> => {
    await before(operation)
    operations.push(operation)
  }
  return {
    operations,
    openSnapshots,
    counts,
    supports: inner.supports,
    get: (cf, key) => inner.get(cf, key),
    getMany: (cf, keys) => inner.getMany(cf, keys),
    iterate(cf, options) {
      const iterator = inner.iterate(cf, options)
      const counted = <T>(kind: keyof typeof counts, answer: T): T => {
        counts[kind]++
        return answer
      }
      return {
        get valid() {
          return iterator.valid
        },
        get key() {
          return iterator.key
        },
        get value() {
          return iterator.value
        },
        seek: (key) => counted('seeks', iterator.seek(key)),
        seekForPrev: (key) => counted('seeks', iterator.seekForPrev(key)),
        seekToFirst: () => counted('seeks', iterator.seekToFirst()),
        seekToLast: () => counted('seeks', iterator.seekToLast()),
        next: () => counted('steps', iterator.next()),
        prev: () => counted('steps', iterator.prev()),
        close: () => iterator.close(),
      }
    },
    async write(batch, options) {
      await note({ type: 'write', batch: batch.map(copied), sync: options.sync })
      await inner.write(batch, options)
    },
    syncWal: () => inner.syncWal(),
    snapshot() {
      const snapshot = inner.snapshot()
      openSnapshots.add(snapshot)
      return {
        get: (cf, key) => snapshot.get(cf, key),
        getMany: (cf, keys) => snapshot.getMany(cf, keys),
        iterate: (cf, options) => snapshot.iterate(cf, options),
        release() {
          openSnapshots.delete(snapshot)
          snapshot.release()
        },
      }
    },
    async deleteRange(cf, start, end, options) {
      await note({ type: 'deleteRange', start, end })
      await inner.deleteRange(cf, start, end, options)
    },
    approximateSizeBytes: (cf, start, end) => inner.approximateSizeBytes(cf, start, end),
    close: () => inner.close(),
  }
}

/** A fresh engine after `operations`; `part` of the keys of a last range are gone, as a crash may leave it. */
export async function replayed(
  operations: readonly EngineOperation[],
  part: 'all' | 'half' = 'all',
): Promise<KvEngine> {
  const engine = createMemoryEngine()
  for (const [at, operation] of operations.entries()) {
    if (operation.type === 'write') {
      await engine.write(operation.batch, { sync: false })
      continue
    }
    const keys: Uint8Array[] = []
    const iterator = engine.iterate('raft', { lowerBound: operation.start, upperBound: operation.end })
    for (let found = await iterator.seekToFirst(); found; found = await iterator.next()) keys.push(iterator.key)
    iterator.close()
    const isCut = part === 'half' && at === operations.length - 1
    // Every second one: a crash may leave any of them.
    const gone = keys.filter((_, index) => !isCut || index % 2 === 0)
    await engine.write(
      gone.map((key) => ({ type: 'delete', cf: 'raft', key })),
      { sync: false },
    )
  }
  return engine
}

function copied(change: KeyChange): KeyChange {
  return change.type === 'put' ? { ...change, value: change.value.slice() } : change
}
