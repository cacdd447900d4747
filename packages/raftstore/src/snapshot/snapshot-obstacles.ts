import type { Region } from '@stratakv/core'
import type { Peer } from '../peer/peer.ts'
import { isPast } from '../store/merge-verdict.ts'
import type { RegionMap } from '../store/region-map.ts'

/** What stands in the place of a region that a snapshot would put on this store. */
export interface SnapshotObstacles {
  /** May not be touched, and so the snapshot may not come. */
  readonly obstacle: Peer | undefined
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
  const met = [...new Set([...regions.overlapping(region), ...merging])]
  const isFree = ({ knownMergedInto: target }: Peer) => {
    if (target === undefined || target.id === region.id) return target !== undefined
    // The target on this store may still take it over entry by entry.
    const peer = regions.get(target.id)
    return peer === undefined || (met.includes(peer) && peer.knownMergedInto !== undefined)
  }
  const obstacle = met.find((peer) => !isFree(peer))
  return { obstacle, replaced: obstacle === undefined ? met : [] }
}
