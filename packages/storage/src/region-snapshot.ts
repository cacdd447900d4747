import {
  chain,
  compareBytes,
  isPromise,
  KeyNotInRegionError,
  type Kv,
  type KvContext,
  type KvSnapshot,
  keyInRange,
  type MaybePromise,
  type Region,
} from '@stratakv/core'

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

/** Visits the items one after another, each when the one before is done. */
export function inOrder<T>(items: readonly T[], visit: (item: T) => MaybePromise<void>): MaybePromise<void> {
  for (const [index, item] of items.entries()) {
    const done = visit(item)
    if (isPromise(done)) return done.then(() => inOrder(items.slice(index + 1), visit))
  }
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
