import {
  type Checksum,
  type Clock,
  type KvEngine,
  type LogIndex,
  type RaftLogEngine,
  type Region,
  type RegionId,
  toHex,
} from '@stratakv/core'
import type { Snapshot } from '@stratakv/raft'
import { SnapshotRefusedError } from '../errors.ts'
import type { Peer } from '../peer/peer.ts'
import type { PeerWork } from '../peer/peer-deps.ts'
import type { PeerMessage, PeerTransport } from '../store/peer-message.ts'
import { type RegionMap, rangesMeet } from '../store/region-map.ts'
import { decodeSnapshotData } from '../wire/snapshot-record.ts'
import { applySnapshot, type ReplacedRegion } from './apply-snapshot.ts'
import { OutgoingSnapshots } from './outgoing-snapshots.ts'
import { type SnapshotObstacles, snapshotObstacles } from './snapshot-obstacles.ts'
import { snapshotChunks } from './snapshot-source.ts'
import type { SnapshotName, SnapshotSpool } from './snapshot-spool.ts'

export interface SnapshotExchangeDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly clock: Clock
  readonly checksum: Checksum
  readonly spool: SnapshotSpool
  readonly transport: PeerTransport
  readonly regions: RegionMap
  readonly onFailed: (error: Error) => void
}

export interface SnapshotApplication {
  readonly replaced: readonly ReplacedRegion[]
  readonly ready: () => Promise<void>
  readonly onRestored: () => void
}

export interface SnapshotExchangeOptions {
  readonly chunkBytes: number
}

interface TakenSnapshot extends SnapshotName {
  readonly region: Region
}

/** A store's snapshots, going out and coming in. */
export class SnapshotExchange {
  readonly #deps: SnapshotExchangeDeps
  readonly #chunkBytes: number
  readonly #outgoing: OutgoingSnapshots
  readonly #receiving = new Set<RegionId>()
  /** By Raft, and not applied yet. */
  readonly #taken = new Map<RegionId, TakenSnapshot>()
  #applying: Promise<void> = Promise.resolve()

  constructor(deps: SnapshotExchangeDeps, { chunkBytes }: SnapshotExchangeOptions) {
    this.#deps = deps
    this.#chunkBytes = chunkBytes
    this.#outgoing = new OutgoingSnapshots(deps)
  }

  /** See {@link OutgoingSnapshots.want}. */
  want(region: Region, atLeast: LogIndex): Snapshot | undefined {
    return this.#outgoing.want(region, atLeast)
  }

  /** The region's peer is another, or gone. */
  forget(regionId: RegionId): void {
    this.#taken.delete(regionId)
    this.#outgoing.drop(regionId)
  }

  send(peer: Peer, message: PeerMessage): void {
    const { snapshot, to } = message.message
    const taken = snapshot && this.#outgoing.take(snapshot, peer.regionId)
    if (taken === undefined) {
      peer.snapshotSent(to, false)
      return
    }
    const { region, engine, release } = taken
    const chunks = snapshotChunks(engine, region, this.#deps.checksum, { chunkBytes: this.#chunkBytes })
    this.#deps.transport.sendSnapshot(message, chunks, (isTaken) => {
      release()
      peer.snapshotSent(to, isTaken)
    })
  }

  /**
   * Takes in what `send` of another store sent. When this resolves the message may go to Raft: the data is here, whole and durable.
   * @throws SnapshotRefusedError, SnapshotCorruptionError, NoSpaceError, FileIoError
   */
  async receive({ regionId, to, message }: PeerMessage, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { snapshot } = message
    if (snapshot === undefined) throw new SnapshotRefusedError(regionId, 'the message has none')
    const region = decodeSnapshotData(snapshot.data)
    if (region.id !== regionId) throw new SnapshotRefusedError(regionId, `it is of region ${region.id}`)
    if (!region.peers.some(({ id, storeId }) => id === to.id && storeId === to.storeId)) {
      throw new SnapshotRefusedError(regionId, `peer ${to.id} is not among its peers`)
    }
    this.#refuseOverlap(region)
    if (this.#receiving.has(regionId)) throw new SnapshotRefusedError(regionId, 'another one is coming in')
    this.#receiving.add(regionId)
    try {
      await this.#deps.spool.receive({ regionId, index: snapshot.index, term: snapshot.term }, region, chunks)
      // A region may have come into its place meanwhile.
      this.#refuseOverlap(region)
    } finally {
      this.#receiving.delete(regionId)
    }
  }

  /** Whose snapshot did not come to anything: Raft had no use for it. One that came twice stays for as long as the first is being applied. */
  discard({ regionId, message: { snapshot } }: PeerMessage): void {
    if (snapshot === undefined) return
    const { index, term } = snapshot
    const taken = this.#taken.get(regionId)
    if (taken?.index === index && taken.term === term) return
    this.#deps.spool.remove({ regionId, index, term }).catch(this.#deps.onFailed)
  }

  /** Whether it may go to Raft: a region may have come into its place since it came in. */
  admits({ regionId, message: { snapshot } }: PeerMessage): boolean {
    if (snapshot === undefined) return false
    const region = decodeSnapshotData(snapshot.data)
    const isMet = [...this.#taken.values()].some(
      (other) => other.regionId !== regionId && rangesMeet(region, other.region),
    )
    return !isMet && snapshotObstacles(region, this.#deps.regions).obstacles.length === 0
  }

  /** Raft has taken it: until it is applied, its range is taken. */
  taken({ regionId, message: { snapshot } }: PeerMessage): void {
    if (snapshot === undefined) return
    const { index, term, data } = snapshot
    this.#taken.set(regionId, { regionId, index, term, region: decodeSnapshotData(data) })
  }

  /** Whose place it takes, beside its own region's, and what has begun to go from there since it was admitted. */
  placeOf({ data }: Snapshot): SnapshotObstacles {
    return snapshotObstacles(decodeSnapshotData(data), this.#deps.regions)
  }

  /**
   * One after the other: they write as much as the disk takes. `replaced` have stopped; `ready` resolves when nothing is written of them
   * any more. Resolves when it is applied, or has failed.
   */
  apply(
    peer: Peer,
    { snapshot, number }: PeerWork & { readonly snapshot: Snapshot },
    { replaced, ready, onRestored }: SnapshotApplication,
  ): Promise<void> {
    this.#applying = this.#applying.then(async () => {
      const { index, term, data } = snapshot
      const region = decodeSnapshotData(data)
      const position = { index, term }
      const before = peer.isInitialized ? peer.region : undefined
      await ready()
      await applySnapshot(this.#deps, { region, position, hardState: peer.hardState }, before, replaced)
      this.#taken.delete(region.id)
      peer.restored(region, position)
      onRestored()
      peer.durable(number)
    })
    this.#applying = this.#applying.catch(this.#deps.onFailed)
    return this.#applying
  }

  async close(): Promise<void> {
    this.#outgoing.close()
    await this.#applying
  }

  #refuseOverlap(region: Region): void {
    const [obstacle] = snapshotObstacles(region, this.#deps.regions).obstacles
    if (obstacle === undefined) return
    const { id, startKey, endKey } = obstacle.region
    throw new SnapshotRefusedError(
      region.id,
      `region ${id} has [${toHex(startKey)}, ${toHex(endKey)}) here, which is in its way`,
    )
  }
}
