import {
  type Checksum,
  type Clock,
  type EngineSnapshot,
  equalBytes,
  type Instant,
  type KvEngine,
  type LogIndex,
  type Region,
  type RegionId,
  sleep,
  type Timer,
} from '@stratakv/core'
import type { CommandBody } from '../command/region-command.ts'
import { InconsistentReplicaError } from '../errors.ts'
import { dataEndKey, dataKey, regionStateKey } from '../keys.ts'
import { snapshotFamilies } from '../snapshot/snapshot-format.ts'
import type { RegionMap } from './region-map.ts'

export interface ConsistencyCheckDeps {
  readonly engine: KvEngine
  readonly clock: Clock
  readonly checksum: Checksum
  readonly regions: RegionMap
  /** A replica here is not what its leader says that it must be, or could not be read. */
  readonly onFailed: (error: Error) => void
}

export interface ConsistencyCheckOptions {
  /** `raftstore.consistency-check-interval`; 0: none is begun here, and those of other stores are taken part in. */
  readonly intervalMs: number
}

/** What a replica has at one place of its log. */
interface Found {
  readonly index: LogIndex
  /** Not before it is computed. */
  hash?: Uint8Array
  /** What the leader found there, where that came first. */
  expected?: Uint8Array
}

/** The method that a context names: all of the data, byte by byte. (TiKV components/raftstore/src/coprocessor/consistency_check.rs.) */
const rawMethod = 0

/** Entries between two rests, so that a large region does not hold up the loop. */
const sliceCount = 2_000

/**
 * Compares the replicas of regions, one region an interval, that which was compared longest ago. Its leader puts a command on the log at which
 * every replica computes a hash of its data; the leader's goes the same way, and whoever has another one stops its store.
 */
export class ConsistencyCheck {
  readonly #deps: ConsistencyCheckDeps
  readonly #intervalMs: number
  /** The last of each region, only. */
  readonly #found = new Map<RegionId, Found>()
  readonly #begunAt = new Map<RegionId, Instant>()
  /** One after the other: each reads a whole region. */
  #computing: Promise<void> = Promise.resolve()
  #timer: Timer | undefined
  #isClosed = false
  #agreedCount = 0

  constructor(deps: ConsistencyCheckDeps, { intervalMs }: ConsistencyCheckOptions) {
    this.#deps = deps
    this.#intervalMs = intervalMs
    this.#arm()
  }

  /** Replicas here that were found to be what their leader has. */
  get agreedCount(): number {
    return this.#agreedCount
  }

  /** To be called when the entry at `index` is applied, and nothing behind it: what is in the engine now is what counts. */
  compute(region: Region, index: LogIndex, context: Uint8Array): void {
    // There are methods that this store does not know; its replica is then not compared.
    if (this.#isClosed || context[0] !== rawMethod) return
    const found: Found = { index }
    this.#found.set(region.id, found)
    const snapshot = this.#deps.engine.snapshot()
    this.#computing = this.#computing
      .then(() => (this.#isWanted(region.id, found) ? this.#compute(region, found, snapshot, context) : undefined))
      .catch((error: Error) => {
        if (!this.#isClosed) this.#deps.onFailed(error)
      })
      .finally(() => snapshot.release())
  }

  /** The leader had this hash at `index`. */
  verify(regionId: RegionId, index: LogIndex, hash: Uint8Array): void {
    const found = this.#found.get(regionId)
    // It was not here then, or came by a snapshot since.
    if (this.#isClosed || found?.index !== index) return
    found.expected = hash
    this.#compare(regionId, found)
  }

  /** The region's replica here is another, or gone. */
  forget(regionId: RegionId): void {
    this.#found.delete(regionId)
    this.#begunAt.delete(regionId)
  }

  /** What is being computed is left. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#timer?.cancel()
    await this.#computing
  }

  #arm(): void {
    if (this.#intervalMs === 0 || this.#isClosed) return
    this.#timer = this.#deps.clock.after(this.#intervalMs, () => {
      this.#begin()
      this.#arm()
    })
  }

  #begin(): void {
    let next: { regionId: RegionId; begunAt: Instant } | undefined
    for (const { regionId, isLeader, stopped } of this.#deps.regions.values()) {
      const begunAt = this.#begunAt.get(regionId) ?? Number.NEGATIVE_INFINITY
      if (isLeader && stopped === undefined && (next === undefined || begunAt < next.begunAt))
        next = { regionId, begunAt }
    }
    if (next === undefined) return
    this.#begunAt.set(next.regionId, this.#deps.clock.now())
    this.#propose(next.regionId, { type: 'compute-hash', context: Uint8Array.of(rawMethod) })
  }

  /** Where nothing comes of it, the next interval brings another. */
  #propose(regionId: RegionId, body: CommandBody): void {
    const peer = this.#deps.regions.get(regionId)
    if (peer?.isLeader) peer.propose({ epoch: peer.region.epoch, body }).catch(() => {})
  }

  #isWanted(regionId: RegionId, found: Found): boolean {
    return !this.#isClosed && this.#found.get(regionId) === found
  }

  async #compute(region: Region, found: Found, snapshot: EngineSnapshot, context: Uint8Array): Promise<void> {
    const { checksum, clock } = this.#deps
    let crc = 0
    let count = 0
    const add = (bytes: Uint8Array) => {
      crc = checksum.crc32(bytes, crc)
    }
    for (const cf of snapshotFamilies) {
      const cursor = snapshot.iterate(cf, {
        lowerBound: dataKey(region.startKey),
        upperBound: dataEndKey(region.endKey),
      })
      try {
        for (let isThere = await cursor.seekToFirst(); isThere; isThere = await cursor.next()) {
          add(cursor.key)
          add(cursor.value)
          if (++count % sliceCount !== 0) continue
          await sleep(clock, 0)
          if (!this.#isWanted(region.id, found)) return
        }
      } finally {
        cursor.close()
      }
    }
    const stateKey = regionStateKey(region.id)
    add(stateKey)
    add((await snapshot.get('raft', stateKey)) ?? new Uint8Array(0))
    if (!this.#isWanted(region.id, found)) return
    const hash = new Uint8Array(4)
    new DataView(hash.buffer).setUint32(0, crc)
    found.hash = hash
    this.#compare(region.id, found)
    this.#propose(region.id, { type: 'verify-hash', index: found.index, hash, context })
  }

  #compare(regionId: RegionId, { index, hash, expected }: Found): void {
    if (hash === undefined || expected === undefined) return
    this.#found.delete(regionId)
    if (equalBytes(hash, expected)) this.#agreedCount++
    else this.#deps.onFailed(new InconsistentReplicaError(regionId, index, expected, hash))
  }
}
