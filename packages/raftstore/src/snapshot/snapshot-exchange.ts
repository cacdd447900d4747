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
import type { RegionMap } from '../store/region-map.ts'
import { decodeSnapshotData } from '../wire/snapshot-record.ts'
import { applySnapshot, type ReplacedRegion } from './apply-snapshot.ts'
import { OutgoingSnapshots } from './outgoing-snapshots.ts'
import { type SnapshotObstacles, snapshotObstacles } from './snapshot-obstacles.ts'
import { snapshotChunks } from './snapshot-source.ts'
import type { SnapshotName, SnapshotSpool } from './snapshot-spool.ts'
import { TakenSnapshots } from './taken-snapshots.ts'

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

/** A store's snapshots, going out and coming in. */
export class SnapshotExchange {
  readonly #deps: SnapshotExchangeDeps
  readonly #chunkBytes: number
  readonly #outgoing: OutgoingSnapshots
  readonly #receiving = new Set<RegionId>()
  readonly #taken = new TakenSnapshots()
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
    this.#taken.forget(regionId)
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

  /** Raft was told of one that is here, and `pending` is what it has to apply now: that is applied, and of another the file goes. */
  stepped(message: PeerMessage, pending: Snapshot | undefined): void {
    const { snapshot } = message.message
    if (snapshot === undefined || pending?.index !== snapshot.index || pending.term !== snapshot.term) {
      this.discard(message)
      return
    }
    const region = decodeSnapshotData(snapshot.data)
    for (const given of this.#taken.add(nameOf(message.regionId, snapshot), region)) this.#remove(given)
  }

  /** Whose snapshot did not come to anything: Raft had no use for it. One that came twice stays until the first is applied. */
  discard({ regionId, message: { snapshot } }: PeerMessage): void {
    if (snapshot === undefined) return
    const name = nameOf(regionId, snapshot)
    if (!this.#taken.has(name)) this.#remove(name)
  }

  #remove(name: SnapshotName): void {
    this.#deps.spool.remove(name).catch(this.#deps.onFailed)
  }

  /** Whether it may go to Raft: a region may have come into its place since it came in. */
  admits({ message: { snapshot } }: PeerMessage): boolean {
    if (snapshot === undefined) return false
    const region = decodeSnapshotData(snapshot.data)
    return !this.#taken.meets(region) && snapshotObstacles(region, this.#deps.regions).obstacles.length === 0
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
    const { index, term, data } = snapshot
    const region = decodeSnapshotData(data)
    const name = nameOf(region.id, snapshot)
    this.#taken.begin(name)
    this.#applying = this.#applying.then(async () => {
      const position = { index, term }
      const before = peer.isInitialized ? peer.region : undefined
      await ready()
      await applySnapshot(this.#deps, { region, position, hardState: peer.hardState }, before, replaced)
      this.#taken.end(name)
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

function nameOf(regionId: RegionId, { index, term }: Snapshot): SnapshotName {
  return { regionId, index, term }
}
