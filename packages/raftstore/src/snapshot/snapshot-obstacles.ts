import type { Region, RegionId } from '@stratakv/core'
import type { Peer } from '../peer/peer.ts'
import { isPast } from '../store/merge-verdict.ts'
import type { RegionMap } from '../store/region-map.ts'

/** What stands in the place of a region that a snapshot would put on this store. */
export interface SnapshotObstacles {
  /** May not be touched: while there is one, the snapshot may not come. */
  readonly obstacles: readonly Peer[]
  /** Have gone into the region, or into what is now others', on other stores: they go with its coming. */
  readonly replaced: readonly Peer[]
}

/**
 * A region on this store goes for a snapshot only where another store has said that it was merged. A region that merges into the
 * snapshot's may have been taken over in what the snapshot skips: until that is known, the snapshot waits.
 */
export function snapshotObstacles(region: Region, regions: RegionMap): SnapshotObstacles {
  const merging = [...regions.values()].filter(({ merging: merge, knownMergedInto, regionId }) => {
    if (regionId === region.id) return false
    if (knownMergedInto?.id === region.id) return true
    return merge?.target.id === region.id && isPast(region.epoch, merge.target.epoch)
  })
  return sorted(region.id, [...new Set([...regions.overlapping(region), ...merging])], regions)
}

/**
 * What stands in the place of a peer that is to be made for a region, of which no more than the range is known. It may be beside what
 * its snapshot will take away: that does not come before the peer is here to take it.
 */
export function creationObstacle(
  region: Pick<Region, 'id' | 'startKey' | 'endKey'>,
  regions: RegionMap,
): Peer | undefined {
  return sorted(region.id, regions.overlapping(region), regions).obstacles[0]
}

function sorted(regionId: RegionId, met: readonly Peer[], regions: RegionMap): SnapshotObstacles {
  const isFree = ({ stopped, knownMergedInto: target }: Peer) => {
    // What is being destroyed takes its data with it, when it comes to that.
    if (stopped !== undefined || target === undefined) return false
    if (target.id === regionId) return true
    // The target on this store may still take it over entry by entry.
    const peer = regions.get(target.id)
    return peer === undefined || (met.includes(peer) && peer.knownMergedInto !== undefined)
  }
  return { obstacles: met.filter((peer) => !isFree(peer)), replaced: met.filter(isFree) }
}
