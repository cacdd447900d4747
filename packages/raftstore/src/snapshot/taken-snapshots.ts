import type { Region, RegionId } from '@stratakv/core'
import { rangesMeet } from '../store/region-map.ts'
import type { SnapshotName } from './snapshot-spool.ts'

interface TakenSnapshot extends SnapshotName {
  readonly region: Region
  isBegun: boolean
}

/**
 * Snapshots that Raft has taken, whose files are needed until they are applied. Of one region that may be two: one that is being applied,
 * and a newer one that waits for its end.
 */
export class TakenSnapshots {
  #all: TakenSnapshot[] = []

  has(name: SnapshotName): boolean {
    return this.#all.some((taken) => isSame(taken, name))
  }

  /** Raft has it now. Returns what it takes the place of, as that had not begun: nobody asks for its file any more. */
  add(name: SnapshotName, region: Region): readonly SnapshotName[] {
    if (this.has(name)) return []
    const given = this.#all.filter(({ regionId, isBegun }) => regionId === name.regionId && !isBegun)
    this.#all = this.#all.filter((taken) => !given.includes(taken))
    this.#all.push({ ...name, region, isBegun: false })
    return given
  }

  /** It is being applied. */
  begin(name: SnapshotName): void {
    for (const taken of this.#all) if (isSame(taken, name)) taken.isBegun = true
  }

  /** It is applied. */
  end(name: SnapshotName): void {
    this.#all = this.#all.filter((taken) => !isSame(taken, name))
  }

  /** The region's peer is another, or gone. */
  forget(regionId: RegionId): void {
    this.#all = this.#all.filter((taken) => taken.regionId !== regionId)
  }

  /** Whether one of another region is to come where `region` would be. */
  meets(region: Region): boolean {
    return this.#all.some((taken) => taken.regionId !== region.id && rangesMeet(region, taken.region))
  }
}

function isSame(left: SnapshotName, right: SnapshotName): boolean {
  return left.regionId === right.regionId && left.index === right.index && left.term === right.term
}
