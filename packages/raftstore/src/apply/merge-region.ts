import { compareBytes, type LogIndex, type Region, StrataError } from '@stratakv/core'
import type { MergeState } from './region-state.ts'

/** A merge does not fit the region. Nothing was changed. */
export class MergeError extends StrataError {
  readonly code = 'RAFTSTORE_MERGE'
  constructor(region: Region, detail: string) {
    super(`region ${region.id}: ${detail}`)
  }
}

/** The two have a bound in common. */
export function areNeighbours(left: Region, right: Region): boolean {
  return meets(left, right) || meets(right, left)
}

function meets({ endKey }: Region, { startKey }: Region): boolean {
  return endKey.length > 0 && compareBytes(endKey, startKey) === 0
}

/** Peers of the same roles on the same stores. */
export function haveSameStores({ peers: left }: Region, { peers: right }: Region): boolean {
  const isThere = (storeId: number, role: string) =>
    right.some((peer) => peer.storeId === storeId && peer.role === role)
  return left.length === right.length && left.every(({ storeId, role }) => isThere(storeId, role))
}

/** The region when it waits to be taken over: whoever knows it as it was is refused. @throws MergeError */
export function preparedRegion(region: Region, target: Region): Region {
  if (!areNeighbours(region, target)) throw new MergeError(region, `region ${target.id} is no neighbour`)
  const { confVer, version } = region.epoch
  return { ...region, epoch: { confVer: confVer + 1, version: version + 1 } }
}

/** The target with the source's range; newer than both. @throws MergeError */
export function mergedRegion(target: Region, source: Region): Region {
  const isBehind = meets(target, source)
  if (!isBehind && !meets(source, target)) throw new MergeError(target, `region ${source.id} is no neighbour`)
  const version = Math.max(target.epoch.version, source.epoch.version) + 1
  const range = isBehind ? { endKey: source.endKey } : { startKey: source.startKey }
  return { ...target, ...range, epoch: { ...target.epoch, version } }
}

/** The region when the merge has been given up. @throws MergeError for another merge, or none */
export function rolledBackRegion(region: Region, merging: MergeState | undefined, commit: LogIndex): Region {
  if (merging?.commit !== commit) throw new MergeError(region, `no merge was prepared at ${commit}`)
  return { ...region, epoch: { ...region.epoch, version: region.epoch.version + 1 } }
}
