import type { ClusterId, FileSystem, Region, StoreMeta, Timestamp } from '@stratakv/core'
import { recoverMetadata } from './metadata-format.ts'
import { metadataFileName } from './metadata-store.ts'
import { decodeRegion, decodeStore, type EntrySource, metadataKeys, PersistedValues } from './persisted-values.ts'

/** What a placement driver that is not running has written down. */
export interface PlacementDriverRecords {
  readonly clusterId: ClusterId
  readonly isBootstrapped: boolean
  readonly stores: readonly StoreMeta[]
  readonly regions: readonly Region[]
  readonly gcSafePoint: Timestamp
  /** Bytes of a last record that a crash cut off; the next start removes them. */
  readonly tornBytes: number
}

/**
 * Reads the file of a placement driver without opening it, and so without changing anything. `undefined`: there is none.
 *
 * @throws MetadataCorruptionError, MetadataVersionError, MetadataValueError
 */
export async function readPlacementDriverRecords(
  fs: FileSystem,
  directory: string,
): Promise<PlacementDriverRecords | undefined> {
  const path = `${directory}/${metadataFileName}`
  if ((await fs.stat(path)) === undefined) return undefined
  const file = await fs.open(path, 'read')
  let bytes: Uint8Array
  try {
    const target = new Uint8Array(await file.sizeBytes())
    bytes = target.subarray(0, await file.readAt(target, 0))
  } finally {
    await file.close()
  }
  const { state, soundBytes } = recoverMetadata(path, bytes)
  const source: EntrySource = {
    path,
    get: (key) => state.get(key),
    entries: (prefix) =>
      [...state].filter(([key]) => key.startsWith(prefix)).sort(([left], [right]) => (left < right ? -1 : 1)),
  }
  const values = new PersistedValues(source)
  for (const key of [metadataKeys.memberId, metadataKeys.idWindowEnd, metadataKeys.tsoWindowEnd]) {
    values.required(key, values.decimal(key))
  }
  return {
    clusterId: values.required(metadataKeys.clusterId, values.decimal(metadataKeys.clusterId)),
    isBootstrapped: values.count(metadataKeys.bootstrapTime) !== undefined,
    stores: values.decodeAll(metadataKeys.storePrefix, decodeStore),
    regions: values.decodeAll(metadataKeys.regionPrefix, decodeRegion),
    gcSafePoint: values.decimal(metadataKeys.gcSafePoint) ?? 0n,
    tornBytes: bytes.length - soundBytes,
  }
}
