import {
  type Clock,
  type EngineSnapshot,
  isPromise,
  type KvEngine,
  type LogIndex,
  type Region,
  type RegionId,
  type Timer,
} from '@stratakv/core'
import type { Snapshot } from '@stratakv/raft'
import { confStateOfRegion } from '../apply/change-peers.ts'
import { applyStateKey, regionStateKey } from '../keys.ts'
import { decodeApplyState, decodeRegionRecord } from '../state-records.ts'
import { encodeSnapshotData } from '../wire/snapshot-record.ts'

interface OutgoingSnapshot {
  readonly snapshot: Snapshot
  readonly region: Region
  readonly engine: EngineSnapshot
  readonly timer: Timer
  userCount: number
  isCurrent: boolean
}

export interface OutgoingSnapshotsDeps {
  readonly engine: KvEngine
  readonly clock: Clock
  readonly onFailed: (error: Error) => void
}

/** How long one is kept for a next follower. It keeps the engine from dropping what it sees. */
const keptMs = 30_000

/** Snapshots of regions for followers that are too far behind: engine snapshots, held for as long as somebody is sent them. */
export class OutgoingSnapshots {
  readonly #deps: OutgoingSnapshotsDeps
  readonly #current = new Map<RegionId, OutgoingSnapshot>()
  readonly #making = new Set<RegionId>()
  #isClosed = false

  constructor(deps: OutgoingSnapshotsDeps) {
    this.#deps = deps
  }

  /** One of the region as it is now, at `atLeast` or later; `undefined` when it is being made, and may be asked for again. */
  want({ id: regionId, epoch }: Region, atLeast: LogIndex): Snapshot | undefined {
    const current = this.#current.get(regionId)
    // One from before a peer was added is of no use to that peer.
    const isOfNow = current?.region.epoch.confVer === epoch.confVer && current.region.epoch.version === epoch.version
    if (current !== undefined && isOfNow && current.snapshot.index >= atLeast) return current.snapshot
    if (current !== undefined) this.#retire(regionId, current)
    if (this.#isClosed || this.#making.has(regionId)) return undefined
    const engine = this.#deps.engine.snapshot()
    const state = engine.get('raft', regionStateKey(regionId))
    const apply = engine.get('raft', applyStateKey(regionId))
    if (!isPromise(state) && !isPromise(apply)) return this.#made(regionId, engine, state, apply)
    this.#making.add(regionId)
    Promise.all([state, apply]).then(
      ([stateRecord, applyRecord]) => {
        this.#making.delete(regionId)
        if (this.#isClosed) engine.release()
        else this.#made(regionId, engine, stateRecord, applyRecord)
      },
      (error: Error) => {
        this.#making.delete(regionId)
        engine.release()
        this.#deps.onFailed(error)
      },
    )
    return undefined
  }

  /** The one that was wanted, to be read. `release` it. */
  take(
    { index }: Snapshot,
    regionId: RegionId,
  ): { region: Region; engine: EngineSnapshot; release(): void } | undefined {
    const taken = this.#current.get(regionId)
    if (taken === undefined || taken.snapshot.index !== index) return undefined
    taken.userCount++
    let isReleased = false
    const release = () => {
      if (isReleased) return
      isReleased = true
      taken.userCount--
      this.#releaseIfUnused(taken)
    }
    return { region: taken.region, engine: taken.engine, release }
  }

  /** The region is not here any more, or is another. */
  drop(regionId: RegionId): void {
    const current = this.#current.get(regionId)
    if (current !== undefined) this.#retire(regionId, current)
  }

  close(): void {
    this.#isClosed = true
    for (const [regionId, current] of this.#current) this.#retire(regionId, current)
  }

  #made(
    regionId: RegionId,
    engine: EngineSnapshot,
    stateRecord: Uint8Array | undefined,
    applyRecord: Uint8Array | undefined,
  ): Snapshot | undefined {
    const state = stateRecord && decodeRegionRecord(regionStateKey(regionId), stateRecord)
    const apply = applyRecord && decodeApplyState(applyStateKey(regionId), applyRecord)
    if (state?.state !== 'normal' || apply === undefined) {
      engine.release()
      return undefined
    }
    const { region } = state
    const { index, term } = apply.applied
    const snapshot = { index, term, confState: confStateOfRegion(region), data: encodeSnapshotData(region) }
    const timer = this.#deps.clock.after(keptMs, () => this.#retire(regionId, outgoing))
    const outgoing: OutgoingSnapshot = { snapshot, region, engine, timer, userCount: 0, isCurrent: true }
    this.#current.set(regionId, outgoing)
    return snapshot
  }

  #retire(regionId: RegionId, outgoing: OutgoingSnapshot): void {
    this.#current.delete(regionId)
    outgoing.timer.cancel()
    outgoing.isCurrent = false
    this.#releaseIfUnused(outgoing)
  }

  #releaseIfUnused({ isCurrent, userCount, engine }: OutgoingSnapshot): void {
    if (!isCurrent && userCount === 0) engine.release()
  }
}
