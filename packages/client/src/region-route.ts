import type { Peer, Region, RegionEpoch, RegionId } from '@stratakv/core'
import { peerToMessage } from '@stratakv/proto'
import { Context } from '@stratakv/proto/kvrpcpb'
import type { StoreCache, StoreEntry } from './store-cache.ts'

/** What every request of this client says about itself. */
export interface ContextDefaults {
  /** `Context.request_source`: shown in the server's metrics. */
  readonly requestSource: string
}

/** A region, and the peer of it that requests go to. */
export class RegionRoute implements Region {
  readonly id: RegionId
  readonly startKey: Uint8Array
  readonly endKey: Uint8Array
  readonly epoch: RegionEpoch
  readonly peers: readonly Peer[]
  /** False from the moment something says that the region is not like this (any more). Never comes back. */
  isCurrent = true
  /** Not used longer than this ({@link RegionCache} moves it on with use). */
  expiresAt = 0
  readonly #stores: StoreCache
  readonly #defaults: ContextDefaults
  readonly #candidates: readonly Peer[]
  #target: Peer
  #store: StoreEntry
  #context: Context | undefined

  /** Keys are copied: those of `region` may be views into a much larger message. */
  constructor(region: Region, leader: Peer | undefined, stores: StoreCache, defaults: ContextDefaults) {
    this.id = region.id
    this.startKey = new Uint8Array(region.startKey)
    this.endKey = new Uint8Array(region.endKey)
    this.epoch = region.epoch
    this.peers = region.peers
    this.#stores = stores
    this.#defaults = defaults
    // Learners never lead. A region without any voter is nonsense, but the first peer then gets the chance to say so.
    const voters = region.peers.filter((peer) => peer.role !== 'learner')
    this.#candidates = voters.length > 0 ? voters : region.peers
    this.#target = this.#candidates.find((peer) => peer.id === leader?.id) ?? this.#candidates[0] ?? noPeer
    this.#store = stores.entry(this.#target.storeId)
  }

  get target(): Peer {
    return this.#target
  }

  get store(): StoreEntry {
    return this.#store
  }

  get candidateCount(): number {
    return this.#candidates.length
  }

  /** For requests that say nothing more: shared by them, as nobody changes a message that was handed over. */
  context(timeoutMs: number): Context {
    if (this.#context?.maxExecutionDurationMs !== timeoutMs) this.#context = this.contextOver(undefined, timeoutMs)
    return this.#context!
  }

  /**
   * A fresh one: where the request goes, and after how long nobody waits for it any more, over what `given` says about how it is
   * to be run.
   */
  contextOver(given: Context | undefined, timeoutMs: number): Context {
    return {
      ...(given ?? Context.create({ requestSource: this.#defaults.requestSource })),
      maxExecutionDurationMs: timeoutMs,
      regionId: this.id,
      regionEpoch: { confVer: this.epoch.confVer, version: this.epoch.version },
      peer: peerToMessage(this.#target),
    }
  }

  /** Requests go to `peer` from now on. False: the region has no such peer. */
  followLeader(peer: Peer): boolean {
    const known = this.#candidates.find((candidate) => candidate.id === peer.id)
    if (known === undefined) return false
    this.#aimAt(known)
    return true
  }

  /** As `followLeader`, for when only the store that answered is known. */
  followStore(store: StoreEntry): void {
    const known = this.#candidates.find((candidate) => candidate.storeId === store.id)
    if (known !== undefined) this.#aimAt(known)
  }

  /** The peer after the present one, round and round. */
  tryNextPeer(): void {
    const at = this.#candidates.indexOf(this.#target)
    this.#aimAt(this.#candidates[(at + 1) % this.#candidates.length] ?? noPeer)
  }

  #aimAt(peer: Peer): void {
    this.#target = peer
    this.#store = this.#stores.entry(peer.storeId)
    this.#context = undefined
  }
}

/** Store 0 does not exist: such a route fails where addresses are looked up. */
const noPeer: Peer = { id: 0, storeId: 0, role: 'voter' }
