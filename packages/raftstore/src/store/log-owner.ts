import type { KvEngine, RaftLogEngine, RegionId } from '@stratakv/core'
import { ForeignRaftLogError } from '../errors.ts'
import { storeIdentKey } from '../keys.ts'
import { decodeStoreIdent, encodeStoreIdent } from '../state-records.ts'

/** Where TiKV's raft_log_engine keeps a store's ident too: a region that no placement driver gives out, and its key there. */
const ownerRegionId: RegionId = 0
const ownerKey: Uint8Array = Uint8Array.of(0x01)

/**
 * Sees to it that log and data are of one store: the log of another may look as if it went on where this data ends, and votes and
 * entries in it are another peer's. A log that says nothing is this store's from here on; so is that of an engine without an ident.
 *
 * @throws ForeignRaftLogError, StateRecordError
 */
export async function claimLog(engine: KvEngine, logEngine: RaftLogEngine): Promise<void> {
  const own = await engine.get('default', storeIdentKey)
  if (own === undefined) return
  const owner = await logEngine.get(ownerRegionId, ownerKey)
  const identity = decodeStoreIdent(storeIdentKey, own)
  if (owner === undefined) {
    const value = encodeStoreIdent(identity)
    await logEngine.write([{ type: 'put', regionId: ownerRegionId, key: ownerKey, value }], { sync: true })
    return
  }
  const { clusterId, storeId } = decodeStoreIdent(ownerKey, owner)
  if (clusterId !== identity.clusterId || storeId !== identity.storeId) {
    throw new ForeignRaftLogError(identity, { clusterId, storeId })
  }
}
