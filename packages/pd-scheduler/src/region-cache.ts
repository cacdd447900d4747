import {
  compareBytes,
  type DownPeer,
  type Peer,
  type Region,
  type RegionHeartbeat,
  type RegionId,
  type StoreId,
  type Term,
} from '@stratakv/core'
import { InvalidRegionError, StaleRegionError } from './errors.ts'
import { type RegionList, RegionSet } from './region-list.ts'
import { RegionTree } from './region-tree.ts'

export type { RegionList } from './region-list.ts'

/** Where a region's data may be read in parallel. */
export interface RegionBuckets {
  readonly version: number
  /** Bounds in key order, the region's own included. */
  readonly keys: readonly Uint8Array[]
}

/** What is known of one region. Immutable: a report makes a new one. */
export interface RegionState {
  readonly region: Region
  /** Absent until a leader has reported; not kept across restarts. */
  readonly leader: Peer | undefined
  readonly term: Term
  readonly downPeers: readonly DownPeer[]
  readonly pendingPeers: readonly Peer[]
  readonly bytesWritten: number
  readonly keysWritten: number
  readonly bytesRead: number
  readonly keysRead: number
  /** At least 1 once reported; 0 = never reported. */
  readonly approximateSizeMiB: number
  readonly approximateKeyCount: number
  readonly buckets: RegionBuckets | undefined
}

/** What a store has to carry, by the newest reports. */
export interface StoreLoad {
  readonly regionCount: number
  readonly regionSizeMiB: number
  readonly leaderCount: number
  readonly leaderSizeMiB: number
  readonly pendingPeerCount: number
}

export interface AcceptedReport {
  readonly state: RegionState
  /** Other regions that the report pushed out. */
  readonly removed: readonly RegionState[]
  /** The region as such changed, not only its leader or its figures. */
  readonly worthSaving: boolean
}

/** A counter at or above this is a wrapped negative number, not traffic. */
const flowMax = 2 ** 50

/** Every region by key and by id, as the newest reports describe them. */
export interface RegionView {
  readonly count: number
  byId(id: RegionId): RegionState | undefined
  /** The region that holds `key`. */
  byKey(key: Uint8Array): RegionState | undefined
  /** The neighbour before the region that holds `key`; `undefined` too when there is a gap between them. */
  previousByKey(key: Uint8Array): RegionState | undefined
  /** Regions that meet `[start, end)`; an empty `end` is unbounded, `limitCount` 0 = all. */
  scan(start: Uint8Array, end: Uint8Array, limitCount: number): RegionState[]
  /** All regions that have a peer on the store, in key order. Looks at every region. */
  onStore(id: StoreId): RegionState[]
  load(id: StoreId): StoreLoad
  /** Regions whose leader is on the store. */
  leadersOn(id: StoreId): RegionList
  /** Regions with a peer on the store that does not lead, as far as is known. */
  followersOn(id: StoreId): RegionList
}

/** {@link RegionView} with the ways to change it. Memory only. */
export class RegionCache implements RegionView {
  readonly #tree = new RegionTree<RegionState>()
  readonly #byId = new Map<RegionId, RegionState>()
  readonly #loads = new Map<StoreId, Mutable<StoreLoad>>()
  readonly #leaders = new Map<StoreId, RegionSet>()
  readonly #followers = new Map<StoreId, RegionSet>()

  get count(): number {
    return this.#tree.count
  }

  byId(id: RegionId): RegionState | undefined {
    return this.#byId.get(id)
  }

  byKey(key: Uint8Array): RegionState | undefined {
    return this.#tree.find(key)
  }

  previousByKey(key: Uint8Array): RegionState | undefined {
    return this.#tree.findPrevious(key)
  }

  scan(start: Uint8Array, end: Uint8Array, limitCount: number): RegionState[] {
    return this.#tree.scan(start, end, limitCount)
  }

  onStore(id: StoreId): RegionState[] {
    return this.scan(noKey, noKey, 0).filter(({ region }) => region.peers.some(({ storeId }) => storeId === id))
  }

  load(id: StoreId): StoreLoad {
    return this.#loads.get(id) ?? noLoad
  }

  leadersOn(id: StoreId): RegionList {
    return this.#leaders.get(id) ?? noRegions
  }

  followersOn(id: StoreId): RegionList {
    return this.#followers.get(id) ?? noRegions
  }

  /** Takes a region as it was saved: without leader or figures. Of two that overlap the newer version stays. */
  restore(region: Region): void {
    if (
      this.#tree.scan(region.startKey, region.endKey, 0).some((old) => old.region.epoch.version > region.epoch.version)
    )
      return
    this.#put({ ...unreported, region })
  }

  /**
   * Takes a leader's report that passed {@link checkReport}.
   * @throws StaleRegionError; the cache is then as it was
   */
  report(report: RegionHeartbeat): AcceptedReport {
    const { region } = report
    const known = this.#byId.get(region.id)
    this.#checkFresh(report, known)
    const state: RegionState = {
      region,
      leader: report.leader,
      term: report.term,
      downPeers: report.downPeers ?? [],
      pendingPeers: report.pendingPeers ?? [],
      bytesWritten: plausible(report.bytesWritten),
      keysWritten: plausible(report.keysWritten),
      bytesRead: plausible(report.bytesRead),
      keysRead: plausible(report.keysRead),
      approximateSizeMiB: sizeMiB(report.approximateSizeBytes, known),
      approximateKeyCount: report.approximateKeyCount,
      buckets: known?.buckets,
    }
    return { state, removed: this.#put(state), worthSaving: known === undefined || regionChanged(known.region, region) }
  }

  /** Newest version wins. @returns false when the region is unknown or has newer buckets */
  reportBuckets(id: RegionId, buckets: RegionBuckets): boolean {
    const known = this.#byId.get(id)
    if (known === undefined || (known.buckets !== undefined && known.buckets.version >= buckets.version)) return false
    this.#put({ ...known, buckets })
    return true
  }

  #checkFresh(report: RegionHeartbeat, known: RegionState | undefined): void {
    const { region, term } = report
    // A region that unsafe recovery made anew starts over at version 1; only the very first region, which covers
    // everything, has that version in an ordinary life.
    const wholeRange = region.startKey.length === 0 && region.endKey.length === 0
    if (region.epoch.version === 1 && region.epoch.confVer === 1 && !wholeRange) return
    const stale = (than: RegionState, reason: string) =>
      new StaleRegionError(region.id, region.epoch, than.region.id, than.region.epoch, reason)
    for (const other of this.#tree.scan(region.startKey, region.endKey, 0)) {
      if (other.region.epoch.version > region.epoch.version)
        throw stale(other, 'an overlapping region has a newer version')
    }
    if (known === undefined) return
    if (known.region.epoch.version > region.epoch.version) throw stale(known, 'its version went back')
    if (known.region.epoch.confVer > region.epoch.confVer) throw stale(known, 'its conf_ver went back')
    if (term > 0 && term < known.term) throw stale(known, `its term went back from ${known.term} to ${term}`)
  }

  #put(state: RegionState): RegionState[] {
    const known = this.#byId.get(state.region.id)
    if (known !== undefined) {
      this.#tree.remove(known)
      this.#weigh(known, -1)
    }
    const removed = this.#tree.replace(state)
    for (const old of removed) {
      this.#byId.delete(old.region.id)
      this.#weigh(old, -1)
    }
    this.#byId.set(state.region.id, state)
    this.#weigh(state, 1)
    return removed
  }

  #weigh(state: RegionState, sign: 1 | -1): void {
    for (const { storeId } of state.region.peers) {
      const load = this.#loadToChange(storeId)
      load.regionCount += sign
      load.regionSizeMiB += sign * state.approximateSizeMiB
      const lists = state.leader?.storeId === storeId ? this.#leaders : this.#followers
      let list = lists.get(storeId)
      if (list === undefined) {
        list = new RegionSet()
        lists.set(storeId, list)
      }
      if (sign > 0) list.add(state.region.id)
      else list.delete(state.region.id)
    }
    if (state.leader !== undefined) {
      const load = this.#loadToChange(state.leader.storeId)
      load.leaderCount += sign
      load.leaderSizeMiB += sign * state.approximateSizeMiB
    }
    for (const { storeId } of state.pendingPeers) this.#loadToChange(storeId).pendingPeerCount += sign
  }

  #loadToChange(id: StoreId): Mutable<StoreLoad> {
    let load = this.#loads.get(id)
    if (load === undefined) {
      load = { ...noLoad }
      this.#loads.set(id, load)
    }
    return load
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const noKey = new Uint8Array(0)
const noRegions = new RegionSet()
const noLoad: StoreLoad = { regionCount: 0, regionSizeMiB: 0, leaderCount: 0, leaderSizeMiB: 0, pendingPeerCount: 0 }
const unreported: Omit<RegionState, 'region'> = {
  leader: undefined,
  term: 0,
  downPeers: [],
  pendingPeers: [],
  bytesWritten: 0,
  keysWritten: 0,
  bytesRead: 0,
  keysRead: 0,
  approximateSizeMiB: 0,
  approximateKeyCount: 0,
  buckets: undefined,
}

/** @throws InvalidRegionError when the report cannot describe a region */
export function checkReport({ region, leader }: RegionHeartbeat): void {
  const demand = (holds: boolean, violated: string) => {
    if (!holds) throw new InvalidRegionError(region.id, violated)
  }
  demand(region.id > 0, 'the region id is zero')
  demand(region.peers.length > 0, 'the region has no peers')
  demand(leader.id > 0, 'the region has no leader')
  demand(region.endKey.length === 0 || compareBytes(region.startKey, region.endKey) < 0, 'the region holds no key')
}

function plausible(flow: number): number {
  return flow >= flowMax ? 0 : flow
}

/** An empty region counts as 1 MiB, and a report without a size does not take back an earlier one. */
function sizeMiB(bytes: number, known: RegionState | undefined): number {
  if (bytes === 0) return Math.max(1, known?.approximateSizeMiB ?? 0)
  return Math.max(1, Math.floor(bytes / 2 ** 20))
}

function regionChanged(known: Region, region: Region): boolean {
  return (
    region.epoch.version !== known.epoch.version ||
    region.epoch.confVer !== known.epoch.confVer ||
    region.peers.length !== known.peers.length
  )
}
