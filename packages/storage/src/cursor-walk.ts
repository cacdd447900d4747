import { type EngineIterator, isPromise, type MaybePromise } from '@stratakv/core'
import { repeat, type TimeSlice } from './time-slice.ts'

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

/** How many entries a walk visits between two looks at the clock. */
const entriesPerLook = 64

/** Visits what lies between the cursor's bounds, from one end to the other, until `visit` answers false. Pauses between slices. */
export function walk(
  cursor: EngineIterator,
  order: 'ascending' | 'descending',
  slice: TimeSlice,
  visit: (key: Uint8Array, value: Uint8Array) => boolean,
): MaybePromise<void> {
  let visitedCount = 0
  let moved = order === 'ascending' ? cursor.seekToFirst() : cursor.seekToLast()
  return repeat(slice, () => {
    for (;;) {
      if (isPromise(moved)) {
        return moved.then((valid) => {
          moved = valid
          return true
        })
      }
      if (!moved || !visit(cursor.key, cursor.value)) return false
      moved = order === 'ascending' ? cursor.next() : cursor.prev()
      if (++visitedCount % entriesPerLook === 0) return true
    }
  })
}
