import {
  chain,
  compareBytes,
  type EngineIterator,
  type EngineReader,
  isPromise,
  type MaybePromise,
  maxTimestamp,
} from '@stratakv/core'
import { MvccError, WriteConflictError } from './errors.ts'
import { type IsolationLevel, judgeLock, type ReadView } from './isolation.ts'
import { appendTs, decodeKey, versionsEnd } from './key.ts'
import { decodeLock } from './lock-record.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'
import { loadValue } from './value.ts'
import { descendTo, plainPut, seekVersion, timestampSuffix, versionAt, visiblePut } from './version-cursor.ts'

/**
 * The value of one key at `view.readTs`; `undefined` when there is none.
 * @param key encoded
 * @throws KeyIsLockedError, WriteConflictError, DefaultNotFoundError, MvccCorruptionError
 */
export function pointGet(source: EngineReader, key: Uint8Array, view: ReadView): MaybePromise<Uint8Array | undefined> {
  if (view.isolation === 'rc') return readNewest(source, key, view)
  return chain(source.get('lock', key), (record) =>
    record === undefined ? readNewest(source, key, view) : runSteps(readLocked(source, key, record, view)),
  )
}

function* readLocked(
  source: EngineReader,
  key: Uint8Array,
  record: Uint8Array,
  view: ReadView,
): Steps<Uint8Array | undefined> {
  const lock = decodeLock(record)
  const verdict = judgeLock(key, lock, view)
  if (verdict === 'ignore') return yield* wait(readNewest(source, key, view))
  if (verdict !== 'read-through') throw verdict
  return lock.kind === 'delete' ? undefined : yield* wait(loadValue(source, key, lock))
}

/** The cursor is bounded to the key, so an engine that reads ahead stops at the key's end. */
function readNewest(source: EngineReader, key: Uint8Array, view: ReadView): MaybePromise<Uint8Array | undefined> {
  const cursor = source.iterate('write', {
    lowerBound: appendTs(key, startTimestamp(view)),
    upperBound: versionsEnd(key),
    expectedCount: 1,
  })
  let answer: MaybePromise<Uint8Array | undefined>
  try {
    answer = runSteps(readWith(cursor, source, key, view))
  } catch (error) {
    cursor.close()
    throw error
  }
  if (isPromise(answer)) return answer.finally(() => cursor.close())
  cursor.close()
  return answer
}

/** RCCheckTS has to see what is newer than its timestamp, the others start at it. */
function startTimestamp(view: ReadView): bigint {
  return view.isolation === 'rc-check-ts' ? maxTimestamp : view.readTs
}

function* readWith(
  cursor: EngineIterator,
  source: EngineReader,
  key: Uint8Array,
  view: ReadView,
): Steps<Uint8Array | undefined> {
  const found = seekVersion(cursor, key, startTimestamp(view))
  if (isPromise(found)) yield* settle(found)
  if (view.isolation === 'rc-check-ts') {
    checkNewest(cursor, key, view)
    yield* descendTo(cursor, key, timestampSuffix(view.readTs))
  }
  const write = plainPut(cursor, key) ?? (yield* visiblePut(cursor, key, view.readTs))
  return write === undefined ? undefined : yield* wait(loadValue(source, key, write))
}

/**
 * The rule of RCCheckTS for the newest record of a key, of whatever kind.
 * @throws WriteConflictError
 */
export function checkNewest(cursor: EngineIterator, key: Uint8Array, view: ReadView): void {
  const newest = versionAt(cursor, key)
  if (newest === undefined || newest.commitTs <= view.readTs) return
  throw new WriteConflictError(view.readTs, newest.write.startTs, newest.commitTs, decodeKey(key), new Uint8Array(0))
}

/** A value, nothing, or why this key could not be read while others could. */
export type ReadOutcome = Uint8Array | undefined | MvccError

/**
 * Many keys at one moment: one lookup for all locks, one cursor that only moves forward. The outcomes are in the order
 * of `keys`, which may hold duplicates.
 * @param keys encoded
 * @throws MvccCorruptionError, and what the engine throws; an MvccError is an outcome
 */
export function batchGet(
  source: EngineReader,
  keys: readonly Uint8Array[],
  view: ReadView,
): MaybePromise<readonly ReadOutcome[]> {
  if (keys.length === 0) return []
  return runSteps(batchSteps(source, keys, view))
}

function* batchSteps(source: EngineReader, keys: readonly Uint8Array[], view: ReadView): Steps<readonly ReadOutcome[]> {
  const locks = locksMatter(view.isolation) ? yield* wait(source.getMany('lock', keys)) : []
  const order = [...keys.keys()].sort((left, right) => compareBytes(keys[left]!, keys[right]!))
  const outcomes = new Array<ReadOutcome>(keys.length).fill(undefined)
  const cursor = source.iterate('write', {
    lowerBound: keys[order[0]!]!,
    upperBound: versionsEnd(keys[order.at(-1)!]!),
    expectedCount: keys.length,
  })
  try {
    for (const index of order) {
      const key = keys[index]!
      const record = locks[index]
      try {
        const lock = record === undefined ? undefined : decodeLock(record)
        const verdict = lock === undefined ? 'ignore' : judgeLock(key, lock, view)
        if (verdict === 'ignore') outcomes[index] = yield* readWith(cursor, source, key, view)
        else if (verdict !== 'read-through') outcomes[index] = verdict
        else if (lock?.kind === 'put') outcomes[index] = yield* wait(loadValue(source, key, lock))
      } catch (error) {
        if (!(error instanceof MvccError)) throw error
        outcomes[index] = error
      }
    }
  } finally {
    cursor.close()
  }
  return outcomes
}

function locksMatter(isolation: IsolationLevel): boolean {
  return isolation !== 'rc'
}
