import type { Region, StoreId } from '@stratakv/core'
import type { RegionState } from '../apply/region-state.ts'
import { entriesBehind } from '../peer/merge-readiness.ts'
import type { Peer } from '../peer/peer.ts'
import { mergeVerdict, type TargetFacts } from './merge-verdict.ts'
import type { Tombstones } from './peer-registry.ts'
import type { RegionMap } from './region-map.ts'

export interface MergeDriverDeps {
  readonly storeId: StoreId
  readonly regions: RegionMap
  readonly tombstones: Tombstones
  /** Nothing of the region is needed here any more. */
  readonly destroy: (peer: Peer) => void
}

/** Brings the merges that are prepared on a store to an end, round by round: whatever was lost is said again. */
export class MergeDriver {
  readonly #deps: MergeDriverDeps

  constructor(deps: MergeDriverDeps) {
    this.#deps = deps
  }

  check(source: Peer): void {
    const { merging } = source
    if (source.knownMergedInto !== undefined) this.#endOrphan(source, source.knownMergedInto)
    else if (merging !== undefined) {
      const { epoch } = source.region
      const verdict = mergeVerdict(merging, this.#targetFacts(merging.target))
      if (verdict === 'roll-back') source.suggest({ epoch, body: { type: 'rollback-merge', commit: merging.commit } })
      if (verdict === 'commit') this.#commit(source, merging)
    }
  }

  #targetFacts({ id }: Region): TargetFacts | undefined {
    const target = this.#deps.regions.get(id)
    if (target?.isInitialized) {
      const { region, restoredEpoch } = target
      return { epoch: region.epoch, restoredEpoch, isHere: true }
    }
    const buried = this.#deps.tombstones.of(id)
    return buried && { epoch: buried.region.epoch, restoredEpoch: buried.restoredEpoch, isHere: false }
  }

  #commit(source: Peer, { target, minIndex, commit }: NonNullable<RegionState['merging']>): void {
    const peer = this.#deps.regions.get(target.id)
    if (!peer?.isLeader) return
    const entries = entriesBehind(source.log, minIndex - 1, commit)
    if (entries === undefined) return
    const body = { type: 'commit-merge', source: source.region, commit, entries } as const
    peer.propose({ epoch: target.epoch, body }).catch(() => {})
  }

  /** The target has taken it over elsewhere, and has gone from here before it came to that, or was not to be here at all. */
  #endOrphan(source: Peer, { id, peers }: Region): void {
    const { regions, tombstones, storeId } = this.#deps
    if (regions.get(id) !== undefined) return
    const isAwaited = peers.some((peer) => peer.storeId === storeId)
    if (!isAwaited || tombstones.of(id) !== undefined) this.#deps.destroy(source)
  }
}
