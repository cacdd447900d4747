import type { Checksum, EngineSnapshot, Region } from '@stratakv/core'
import { dataEndKey, dataKey, logicalKey } from '../keys.ts'
import { encodeChunk, pairBytes, type SnapshotPair, snapshotFamilies } from './snapshot-format.ts'

export interface SnapshotSourceOptions {
  /** Of a chunk, about: a pair larger than that has one of its own. */
  readonly chunkBytes: number
}

/** The region's data in chunks, read as they are taken. The engine's snapshot stays the caller's. */
export async function* snapshotChunks(
  engine: EngineSnapshot,
  { startKey, endKey }: Region,
  checksum: Checksum,
  { chunkBytes }: SnapshotSourceOptions,
): AsyncGenerator<Uint8Array> {
  let pairCount = 0
  let chunkCount = 0
  for (const cf of snapshotFamilies) {
    const cursor = engine.iterate(cf, { lowerBound: dataKey(startKey), upperBound: dataEndKey(endKey) })
    try {
      let pairs: SnapshotPair[] = []
      let bytes = 0
      for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
        const pair = { key: logicalKey(cursor.key), value: cursor.value }
        const size = pairBytes(pair)
        if (bytes > 0 && bytes + size > chunkBytes) {
          chunkCount++
          yield encodeChunk({ type: 'data', cf, pairs }, checksum)
          pairs = []
          bytes = 0
        }
        pairs.push(pair)
        bytes += size
        pairCount++
      }
      if (pairs.length > 0) {
        chunkCount++
        yield encodeChunk({ type: 'data', cf, pairs }, checksum)
      }
    } finally {
      cursor.close()
    }
  }
  yield encodeChunk({ type: 'end', pairCount, chunkCount }, checksum)
}
