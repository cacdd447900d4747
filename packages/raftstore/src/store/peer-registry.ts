import type { KvEngine, Peer as PeerMeta, RaftLogEngine, Region, RegionEpoch, RegionId, StoreId } from '@stratakv/core'
import type { MergeState } from '../apply/region-state.ts'
import { applyStateKey, regionStateKey } from '../keys.ts'
import { loadRestoredEpoch } from '../peer/load-peer.ts'
import { deleteData } from '../snapshot/apply-snapshot.ts'
import { encodeRegionState, type RegionRecord } from '../state-records.ts'

interface Buried {
  readonly region: Region
  /** As `Peer.restoredEpoch` was. */
  readonly restoredEpoch: RegionEpoch | undefined
  readonly mergedInto: Region | undefined
}

/** What is remembered of peers that have gone, so that what is late for them does not bring them back. */
export class Tombstones {
  readonly #storeId: StoreId
  readonly #peers = new Map<RegionId, PeerMeta>()
  readonly #buried = new Map<RegionId, Buried>()

  constructor(storeId: StoreId) {
    this.#storeId = storeId
  }

  /** Those that the engine remembers. */
  static async load(engine: KvEngine, storeId: StoreId, records: readonly RegionRecord[]): Promise<Tombstones> {
    const tombstones = new Tombstones(storeId)
    for (const { state, region, merge } of records) {
      if (state !== 'tombstone') continue
      tombstones.add(region, await loadRestoredEpoch(engine, region.id), merge?.target)
    }
    return tombstones
  }

  get regionIds(): readonly RegionId[] {
    return [...this.#peers.keys()]
  }

  /** `region` names the peer that was here; `mergedInto` is the region that has taken it over. */
  add(region: Region, restoredEpoch: RegionEpoch | undefined, mergedInto?: Region): void {
    const { id, peers } = region
    this.#buried.set(id, { region, restoredEpoch, mergedInto })
    const own = peers.find(({ storeId }) => storeId === this.#storeId)
    if (own !== undefined) this.#peers.set(id, own)
  }

  /** What was here last of the region. */
  of(regionId: RegionId): Buried | undefined {
    return this.#buried.get(regionId)
  }

  /** Ids of peers only grow: whether `peer` is the one that has gone, or an earlier one. */
  covers(regionId: RegionId, peer: PeerMeta): boolean {
    return (this.#peers.get(regionId)?.id ?? 0) >= peer.id
  }
}

export interface DestroyPeerDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
}

/**
 * A peer's state, log and data go; that it was here stays known. A crash after the first step is finished by the next start, which
 * cleans what tombstones have left. `region` names the peer itself. `hasData`: false where it never knew its range, or that is another's.
 */
export async function destroyPeer(
  { engine, logEngine }: DestroyPeerDeps,
  region: Region,
  hasData: boolean,
  merge?: MergeState | undefined,
): Promise<void> {
  await engine.write(
    [
      { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region, 'tombstone', merge) },
      { type: 'delete', cf: 'raft', key: applyStateKey(region.id) },
    ],
    { sync: true },
  )
  await logEngine.write([{ type: 'clean', regionId: region.id }], { sync: true })
  if (hasData) await deleteData(engine, region)
}
