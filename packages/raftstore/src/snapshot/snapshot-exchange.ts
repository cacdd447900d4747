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
import { applySnapshot } from './apply-snapshot.ts'
import { OutgoingSnapshots } from './outgoing-snapshots.ts'
import { snapshotChunks } from './snapshot-source.ts'
import type { SnapshotSpool } from './snapshot-spool.ts'

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

export interface SnapshotExchangeOptions {
  readonly chunkBytes: number
}

/** A store's snapshots, going out and coming in. */
export class SnapshotExchange {
  readonly #deps: SnapshotExchangeDeps
  readonly #chunkBytes: number
  readonly #outgoing: OutgoingSnapshots
  readonly #receiving = new Set<RegionId>()
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

  /** Whose snapshot did not come to anything: Raft had no use for it. */
  discard({ regionId, message: { snapshot } }: PeerMessage): void {
    if (snapshot === undefined) return
    this.#deps.spool.remove({ regionId, index: snapshot.index, term: snapshot.term }).catch(this.#deps.onFailed)
  }

  /** One after the other: they write as much as the disk takes. */
  apply(peer: Peer, { snapshot, number }: PeerWork & { readonly snapshot: Snapshot }, onRestored: () => void): void {
    this.#applying = this.#applying.then(async () => {
      const { index, term, data } = snapshot
      const region = decodeSnapshotData(data)
      const position = { index, term }
      const before = peer.isInitialized ? peer.region : undefined
      await applySnapshot(this.#deps, { region, position, hardState: peer.hardState }, before)
      peer.restored(region, position)
      onRestored()
      peer.durable(number)
    })
    this.#applying = this.#applying.catch(this.#deps.onFailed)
  }

  async close(): Promise<void> {
    this.#outgoing.close()
    await this.#applying
  }

  #refuseOverlap(region: Region): void {
    const [other] = this.#deps.regions.overlapping(region)
    if (other === undefined) return
    const { id, startKey, endKey } = other.region
    throw new SnapshotRefusedError(
      region.id,
      `region ${id} has [${toHex(startKey)}, ${toHex(endKey)}) here, which meets its range`,
    )
  }
}
