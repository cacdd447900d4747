import { compareBytes, type KvEngine, type Region, StrataError } from '@stratakv/core'
import type { PlacementDriverRecords } from '@stratakv/pd-scheduler'
import { decodeStoreIdent, loadRegions, type StoreIdentity, storeIdentKey } from '@stratakv/raftstore'
import type { FindingList } from './finding.ts'

/** Who the store is and what it serves, as far as its records can be read; `identity` undefined: it never became a store. */
export interface StoreRecords {
  readonly identity: StoreIdentity | undefined
  readonly regions: readonly Region[]
}

const restoreAdvice =
  'restore a backup into a new data directory; with other replicas, let the store start empty and be filled from them'

/** Reads the store's own records. What is wrong with them is a finding. */
export async function checkStoreRecords(engine: KvEngine, findings: FindingList): Promise<StoreRecords> {
  const unreadable = (place: string, error: unknown) => {
    if (!(error instanceof StrataError)) throw error
    const { message: detail } = error
    findings.add({ severity: 'error', code: 'STORE_RECORD_DAMAGED', place, detail, advice: restoreAdvice })
  }
  let identity: StoreIdentity | undefined
  let regions: readonly Region[] = []
  try {
    const record = await engine.get('default', storeIdentKey)
    if (record !== undefined) identity = decodeStoreIdent(storeIdentKey, record)
  } catch (error) {
    unreadable('store ident', error)
  }
  try {
    regions = await loadRegions(engine)
  } catch (error) {
    unreadable('region states', error)
  }
  return { identity, regions }
}

/** Holds the store's records against the placement driver's. Pure. */
export function compareStoreWithPd(
  { identity, regions }: StoreRecords,
  pd: PlacementDriverRecords,
  findings: FindingList,
): void {
  if (identity === undefined) return
  const advice =
    'start the node: it registers itself; if that fails, pd/ is older than kv/: put back the one that belongs'
  if (pd.isBootstrapped && !pd.stores.some(({ id }) => id === identity.storeId)) {
    findings.add({
      severity: 'warning',
      code: 'STORE_UNKNOWN_TO_PD',
      place: `store ${identity.storeId}`,
      detail: 'the placement driver has no record of this store',
      advice,
    })
  }
  for (const region of regions) {
    if (!pd.isBootstrapped || pd.regions.some(({ id }) => id === region.id)) continue
    findings.add({
      severity: 'info',
      code: 'REGION_UNKNOWN_TO_PD',
      place: `region ${region.id}`,
      detail: 'the placement driver has not written it down',
      advice: 'nothing: the node reports its regions when it runs',
    })
  }
  for (const [left, right] of overlaps(regions)) {
    findings.add({
      severity: 'error',
      code: 'REGION_OVERLAP',
      place: `regions ${left.id} and ${right.id}`,
      detail: 'both claim the same keys',
      advice: restoreAdvice,
    })
  }
}

/** Neighbours in the order of their start keys that overlap. */
function overlaps(regions: readonly Region[]): [Region, Region][] {
  const sorted = [...regions].sort((left, right) => compareBytes(left.startKey, right.startKey))
  const found: [Region, Region][] = []
  for (const [index, right] of sorted.entries()) {
    const left = sorted[index - 1]
    if (left === undefined) continue
    if (left.endKey.length === 0 || compareBytes(left.endKey, right.startKey) > 0) found.push([left, right])
  }
  return found
}
