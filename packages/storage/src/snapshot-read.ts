import {
  chain,
  compareBytes,
  type EngineIterator,
  isPromise,
  KeyNotInRegionError,
  type Kv,
  type KvContext,
  type KvSnapshot,
  keyInRange,
  type MaybePromise,
  type Region,
} from '@stratakv/core'
import { ReplyTooLargeError } from './errors.ts'
import type { TimeSlice } from './execution-limits.ts'

/** Gives `read` a snapshot and takes it back when the answer is there, or is not to be had. */
export function readSnapshot<T>(
  kv: Kv,
  context: KvContext,
  read: (snapshot: KvSnapshot) => MaybePromise<T>,
): MaybePromise<T> {
  return chain(kv.snapshot(context), (snapshot) => {
    let answer: MaybePromise<T>
    try {
      answer = read(snapshot)
    } catch (error) {
      snapshot.release()
      throw error
    }
    if (isPromise(answer)) return answer.finally(() => snapshot.release())
    snapshot.release()
    return answer
  })
}

/** Runs `body` with the cursor and closes it behind it. */
export function withCursor<T>(
  cursor: EngineIterator,
  body: (cursor: EngineIterator) => MaybePromise<T>,
): MaybePromise<T> {
  let answer: MaybePromise<T>
  try {
    answer = body(cursor)
  } catch (error) {
    cursor.close()
    throw error
  }
  if (isPromise(answer)) return answer.finally(() => cursor.close())
  cursor.close()
  return answer
}

/** Visits the items one after another, each when the one before is done. */
export function inOrder<T>(items: readonly T[], visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  for (const [index, item] of items.entries()) {
    const done = visit(item)
    if (isPromise(done)) return done.then(() => inOrder(items.slice(index + 1), visit))
  }
}

/** Visits what lies between the cursor's bounds, from one end to the other, until `visit` answers false. Pauses between slices. */
export function walk(
  cursor: EngineIterator,
  order: 'ascending' | 'descending',
  slice: TimeSlice,
  visit: (key: Uint8Array, value: Uint8Array) => boolean,
): MaybePromise<void> {
  const advance = () => (order === 'ascending' ? cursor.next() : cursor.prev())
  const from = (moved: MaybePromise<boolean>): MaybePromise<void> => {
    let valid = moved
    while (!isPromise(valid)) {
      if (!valid || !visit(cursor.key, cursor.value)) return
      if (slice.spent()) return slice.pause().then(() => from(advance()))
      valid = advance()
    }
    return valid.then(from)
  }
  return from(order === 'ascending' ? cursor.seekToFirst() : cursor.seekToLast())
}

/** @throws KeyNotInRegionError */
export function checkKeyInRegion(key: Uint8Array, region: Region): void {
  if (!keyInRange(key, region.startKey, region.endKey)) throw new KeyNotInRegionError(key, region)
}

/** As `checkKeyInRegion`, for the bound of a range: the region's end is still inside. */
export function checkBoundInRegion(bound: Uint8Array, region: Region): void {
  const { endKey } = region
  if (endKey.length !== 0 && compareBytes(bound, endKey) === 0) return
  checkKeyInRegion(bound, region)
}

/** Counts an answer's bytes as it grows. */
export interface ReplyBudget {
  /** @throws ReplyTooLargeError */
  take(key: Uint8Array, value: Uint8Array): void
}

/** What a pair takes beyond its bytes, in the answer and on the heap: so that many tiny pairs count too. */
const pairOverheadBytes = 16

export function replyBudget(limitBytes: number): ReplyBudget {
  let takenBytes = 0
  return {
    take(key, value) {
      takenBytes += key.length + value.length + pairOverheadBytes
      if (takenBytes > limitBytes) throw new ReplyTooLargeError(limitBytes)
    },
  }
}
