import type { RegionGroup } from './region-requests.ts'

/** What one request of a batch call carries: positions in the caller's list, all of one region. */
export interface RawChunk {
  readonly region: RegionGroup['region']
  readonly indexes: readonly number[]
}

/**
 * Cuts groups into requests: at most `countMax` entries, and no entry more once `bytesMax` are reached, so that one entry larger
 * than that still travels. `bytesOf` tells the size of the entry at a position.
 */
export function cutIntoChunks(
  groups: readonly RegionGroup[],
  limits: { readonly countMax: number; readonly bytesMax: number },
  bytesOf: (index: number) => number,
): RawChunk[] {
  const chunks: RawChunk[] = []
  for (const { region, indexes } of groups) {
    let chunk: number[] = []
    let bytes = 0
    for (const index of indexes) {
      if (chunk.length === limits.countMax || bytes >= limits.bytesMax) {
        chunks.push({ region, indexes: chunk })
        chunk = []
        bytes = 0
      }
      chunk.push(index)
      bytes += bytesOf(index)
    }
    if (chunk.length > 0) chunks.push({ region, indexes: chunk })
  }
  return chunks
}

/**
 * Runs `work` over all items, at most `parallelMax` at a time. After a failure nothing new is begun; what runs is waited for, and
 * the first failure is thrown: when the caller hears of it, nothing of the call is still on its way.
 */
export async function runBounded<T>(
  items: readonly T[],
  parallelMax: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const runner = async () => {
    while (failure === undefined && next < items.length) {
      const item = items[next++]!
      try {
        await work(item)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallelMax, items.length) }, runner))
  if (failure !== undefined) throw failure.error
}
