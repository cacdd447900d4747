import {
  type ColumnFamily,
  compareBytes,
  type EngineSnapshot,
  EpochNotMatchError,
  emptyBytes,
  type IterateOptions,
  type Kv,
  type KvContext,
  type KvEngine,
  type KvSnapshot,
  keyInRange,
  type Modify,
  noMemoryLocks,
  type Region,
  RegionNotFoundError,
} from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (value: Uint8Array | undefined): string | undefined => value && new TextDecoder().decode(value)

export const wholeRegion: Region = {
  id: 1,
  startKey: emptyBytes,
  endKey: emptyBytes,
  epoch: { confVer: 1, version: 1 },
  peers: [{ id: 3, storeId: 2, role: 'voter' }],
}

export interface MemoryKv extends Kv {
  readonly engine: KvEngine
  /** Snapshots that nobody has released yet. */
  openSnapshotCount(): number
  /** What was written, in the order of the calls. */
  readonly writes: (readonly Modify[])[]
}

/**
 * The least that a Kv can be: regions without replication on one memory engine, keys without a prefix. Within one write,
 * range deletes come last: storage never mixes them with other changes.
 */
export function memoryKv(regions: readonly Region[] = [wholeRegion]): MemoryKv {
  const engine = createMemoryEngine()
  const writes: (readonly Modify[])[] = []
  let openSnapshotCount = 0

  function regionOf(context: KvContext): Region {
    const region = regions.find((candidate) => candidate.id === context.regionId)
    if (region === undefined) throw new RegionNotFoundError(context.regionId)
    if (context.epoch !== undefined && context.epoch.version !== region.epoch.version) {
      throw new EpochNotMatchError(region.id, context.epoch, [region])
    }
    return region
  }

  return {
    engine,
    writes,
    openSnapshotCount: () => openSnapshotCount,
    snapshot(context) {
      const region = regionOf(context)
      openSnapshotCount++
      let open = true
      return regionView(engine.snapshot(), region, () => {
        if (open) openSnapshotCount--
        open = false
      })
    },
    async write(context, changes) {
      regionOf(context)
      writes.push(changes)
      const batch = changes.filter((change) => change.type !== 'delete-range')
      const done = batch.length > 0 ? [engine.write(batch, { sync: false })] : []
      for (const change of changes) {
        if (change.type !== 'delete-range') continue
        done.push(engine.deleteRange(change.cf, change.start, change.end, { sync: false }))
      }
      await Promise.all(done)
    },
  }
}

function regionView(inner: EngineSnapshot, region: Region, onRelease: () => void): KvSnapshot {
  const holds = (key: Uint8Array) => keyInRange(key, region.startKey, region.endKey)
  return {
    region,
    term: 5,
    locks: noMemoryLocks(),
    get: (cf: ColumnFamily, key: Uint8Array) => (holds(key) ? inner.get(cf, key) : undefined),
    getMany: (cf: ColumnFamily, keys: readonly Uint8Array[]) => inner.getMany(cf, keys),
    iterate(cf: ColumnFamily, options: IterateOptions = {}) {
      const { lowerBound = emptyBytes, upperBound = emptyBytes } = options
      return inner.iterate(cf, {
        ...options,
        lowerBound: compareBytes(lowerBound, region.startKey) > 0 ? lowerBound : region.startKey,
        upperBound:
          upperBound.length === 0 || (region.endKey.length !== 0 && compareBytes(upperBound, region.endKey) > 0)
            ? region.endKey
            : upperBound,
      })
    },
    release() {
      onRelease()
      inner.release()
    },
  }
}
