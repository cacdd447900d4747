import type { KvEngine, Peer as PeerMeta, RaftLogEngine, Region, RegionId, StoreId } from '@stratakv/core'
import { applyStateKey, regionStateKey } from '../keys.ts'
import { deleteData } from '../snapshot/apply-snapshot.ts'
import { encodeRegionState, type RegionRecord } from '../state-records.ts'

/** What is remembered of peers that have gone, so that what is late for them does not bring them back. */
export class Tombstones {
  readonly #storeId: StoreId
  readonly #peers = new Map<RegionId, PeerMeta>()

  constructor(storeId: StoreId, records: readonly RegionRecord[]) {
    this.#storeId = storeId
    for (const { state, region } of records) if (state === 'tombstone') this.add(region)
  }

  get regionIds(): readonly RegionId[] {
    return [...this.#peers.keys()]
  }

  /** `region` names the peer that was here. */
  add({ id, peers }: Region): void {
    const own = peers.find(({ storeId }) => storeId === this.#storeId)
    if (own !== undefined) this.#peers.set(id, own)
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
 * cleans what tombstones have left. `region` names the peer itself. `hasData`: false where it never knew its range.
 */
export async function destroyPeer(
  { engine, logEngine }: DestroyPeerDeps,
  region: Region,
  hasData: boolean,
): Promise<void> {
  await engine.write(
    [
      { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region, 'tombstone') },
      { type: 'delete', cf: 'raft', key: applyStateKey(region.id) },
    ],
    { sync: true },
  )
  await logEngine.write([{ type: 'clean', regionId: region.id }], { sync: true })
  if (hasData) await deleteData(engine, region)
}
