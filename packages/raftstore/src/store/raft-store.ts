import {
  type Clock,
  chain,
  type KvEngine,
  type RaftLogEngine,
  type Random,
  type Region,
  type StoreId,
  type Timer,
} from '@stratakv/core'
import type { AppliedEntry } from '../apply/apply-entry.ts'
import { RaftStoreStoppedError, WriteOutcomeUnknownError } from '../errors.ts'
import { type LoadedPeer, loadPeer } from '../peer/load-peer.ts'
import { Peer, type PeerWork } from '../peer/peer.ts'
import type { PeerOptions } from '../peer/peer-options.ts'
import { initialPosition } from '../state-records.ts'
import { eraftConfChanges } from '../wire/conf-change-record.ts'
import { decodeEntry } from '../wire/entry-record.ts'
import { ApplyLoop } from './apply-loop.ts'
import { LogCompactor } from './log-compactor.ts'
import { LogWriter } from './log-writer.ts'
import type { PeerMessage, PeerTransport } from './peer-message.ts'
import { RegionMap } from './region-map.ts'

export interface RaftStoreDeps {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly transport: PeerTransport
  readonly clock: Clock
  readonly random: Random
  /** Runs the store's next turn: soon, not within the call. Default: as a microtask. */
  readonly schedule?: (turn: () => void) => void
  readonly events?: RaftStoreEvents
}

/** What others want to hear of. Called within a turn: short, and without throwing. */
export interface RaftStoreEvents {
  /** A peer has become leader of its region, or is no longer. */
  onRoleChange?(region: Region, isLeader: boolean): void
  /** A region's range, epoch or members are others now. */
  onRegionChange?(region: Region): void
  /** An engine has failed. The store does nothing any more; it has to be closed, and what is on disk looked at. */
  onFailed?(error: Error): void
}

export interface RaftStoreOptions extends PeerOptions {
  readonly storeId: StoreId
  /** `raftstore.raft-base-tick-interval`. */
  readonly baseTickMs: number
  /** `raftstore.store-io-pool-size`; see {@link LogWriter}. */
  readonly storeIoPoolSize: number
  /** Of one write to the engine by the apply loop. */
  readonly applyBatchBytesMax: number
  /** `raftstore.raft-log-compact-sync-interval`: how often dropped entries leave the log engine. */
  readonly logCompactSyncMs: number
}

/**
 * The regions of one store on one event loop. Messages, proposals and ticks mark peers as having work; a turn takes the work of all
 * of them, sends what may go at once, hands what has to be durable to the log in one write, and what is committed to the apply loop.
 * Nothing in a turn waits.
 */
export class RaftStore {
  readonly storeId: StoreId
  readonly regions = new RegionMap()
  readonly engine: KvEngine
  readonly clock: Clock
  readonly #deps: RaftStoreDeps
  readonly #options: RaftStoreOptions
  readonly #writer: LogWriter
  readonly #applyLoop: ApplyLoop
  readonly #compactor: LogCompactor
  readonly #dirty = new Set<Peer>()
  /** Came in while the store stood still, or since the last turn. */
  #inbox: PeerMessage[] = []
  #ticksDue = 0
  #isTurnScheduled = false
  #tickTimer: Timer | undefined
  #failure: Error | undefined
  #isClosed = false
  #droppedMessageCount = 0

  private constructor(deps: RaftStoreDeps, options: RaftStoreOptions) {
    this.storeId = options.storeId
    this.engine = deps.engine
    this.clock = deps.clock
    this.#deps = deps
    this.#options = options
    const onFailed = (error: Error) => this.#fail(error)
    this.#writer = new LogWriter(
      deps.logEngine,
      { poolSize: options.storeIoPoolSize },
      { onWritten: () => this.#scheduleTurn(), onFailed },
    )
    this.#applyLoop = new ApplyLoop(
      { engine: deps.engine, confChanges: eraftConfChanges, onFailed },
      { batchBytesMax: options.applyBatchBytesMax },
    )
    this.#compactor = new LogCompactor({ ...deps, onFailed }, { intervalMs: options.logCompactSyncMs })
  }

  /**
   * Opens the peers of `regions`, which are those that the engine has states of. A region with one voter is led at once.
   * @throws StateRecordError, RaftLogLostError
   */
  static async open(deps: RaftStoreDeps, options: RaftStoreOptions, regions: readonly Region[]): Promise<RaftStore> {
    const store = new RaftStore(deps, options)
    for (const region of regions) {
      const loaded = await loadPeer(deps.engine, deps.logEngine, region)
      const peer = store.#addPeer(loaded, true)
      if (peer !== undefined && hasOneVoter(region)) peer.campaign()
    }
    store.#armTick()
    return store
  }

  /** Resolves when the regions that have no other voter are led, and read what was ever acknowledged. */
  async awaitSoleLeaders(): Promise<void> {
    for (const peer of this.regions.values()) if (hasOneVoter(peer.region)) await peer.awaitLeading()
  }

  /** Messages that were for nobody here. */
  get droppedMessageCount(): number {
    return this.#droppedMessageCount
  }

  /** From another store. */
  receive(message: PeerMessage): void {
    if (this.#isStopped) return
    this.#inbox.push(message)
    this.#scheduleTurn()
  }

  /** Why the store does nothing any more. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** What is under way is finished, and the engines are as they are: they are the caller's to close. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#tickTimer?.cancel()
    this.#compactor.close()
    const error = this.#failure ?? new RaftStoreStoppedError()
    for (const peer of this.regions.values()) peer.stop(new WriteOutcomeUnknownError(peer.regionId, { cause: error }))
    await this.#applyLoop.drained()
    await this.#compactor.drained()
  }

  get #isStopped(): boolean {
    return this.#isClosed || this.#failure !== undefined
  }

  #addPeer(loaded: LoadedPeer, isRestored: boolean): Peer | undefined {
    const { region } = loaded
    const meta = region.peers.find(({ storeId }) => storeId === this.storeId)
    if (meta === undefined) return undefined
    const peer: Peer = new Peer(
      loaded,
      meta,
      isRestored,
      {
        clock: this.clock,
        random: this.#deps.random,
        confChanges: eraftConfChanges,
        readEntries: (from, to, bytesMax) =>
          chain(this.#deps.logEngine.entries(region.id, from, to, { bytesMax }), (records) => records.map(decodeEntry)),
        onWork: () => this.#markDirty(peer),
        onApplied: (entries) => this.#applied(peer, entries),
        onRoleChange: (isLeader) => this.#deps.events?.onRoleChange?.(peer.region, isLeader),
        wantSnapshot: () => undefined,
      },
      this.#options,
    )
    this.regions.set(peer)
    return peer
  }

  // Turns.

  #markDirty(peer: Peer): void {
    this.#dirty.add(peer)
    this.#scheduleTurn()
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled || this.#isStopped) return
    this.#isTurnScheduled = true
    const schedule = this.#deps.schedule ?? queueMicrotask
    schedule(() => {
      this.#isTurnScheduled = false
      this.#turn()
    })
  }

  #turn(): void {
    if (this.#isStopped || this.#writer.isStalled) return
    const messages = this.#inbox
    this.#inbox = []
    for (const message of messages) this.#route(message)
    for (; this.#ticksDue > 0; this.#ticksDue--) for (const peer of this.regions.values()) peer.tick()
    const dirty = [...this.#dirty]
    this.#dirty.clear()
    for (const peer of dirty) {
      const work = peer.collect()
      if (work !== undefined) this.#start(peer, work)
    }
    this.#writer.flush()
  }

  #start(peer: Peer, { changes, messages, persistedMessages, committedEntries, number }: PeerWork): void {
    for (const message of messages) this.#deps.transport.send(message)
    const durable = () => {
      if (this.#isStopped) return
      for (const message of persistedMessages) this.#deps.transport.send(message)
      peer.persisted(number)
    }
    if (changes.length === 0 && peer.isDurable) durable()
    else {
      peer.unpersistedCount++
      this.#writer.add(changes, () => {
        peer.unpersistedCount--
        durable()
      })
    }
    if (committedEntries.length > 0) this.#applyLoop.add({ target: peer.applying, entries: committedEntries })
  }

  #armTick(): void {
    this.#tickTimer = this.clock.after(this.#options.baseTickMs, () => {
      if (this.#isStopped) return
      // Ticks that were missed while the loop was busy are not made up for: elections would come too soon.
      this.#ticksDue = 1
      this.#scheduleTurn()
      this.#armTick()
    })
  }

  #route(message: PeerMessage): void {
    const peer = this.regions.get(message.regionId)
    if (peer === undefined || message.to.storeId !== this.storeId || message.to.id !== peer.meta.id) {
      this.#droppedMessageCount++
      return
    }
    peer.step(message)
  }

  // Applying.

  #applied(peer: Peer, entries: readonly AppliedEntry[]): void {
    if (this.#isStopped) return
    const isLeader = peer.isLeader
    const before = peer.region
    peer.applied(entries)
    for (const { effect } of entries) {
      if (effect?.type === 'split') for (const region of effect.created) this.#addSplit(region, isLeader)
      if (effect?.type === 'compact-log') this.#compactor.add(peer.regionId, effect.truncated.index)
    }
    if (before === peer.region) return
    this.regions.moved()
    this.#deps.events?.onRegionChange?.(peer.region)
  }

  #addSplit(region: Region, campaigns: boolean): void {
    const progress = { applied: initialPosition, truncated: initialPosition }
    const { index: commit, term } = initialPosition
    const peer = this.#addPeer({ region, progress, hardState: { term, vote: 0, commit }, entries: [] }, false)
    if (peer === undefined) return
    this.#deps.events?.onRegionChange?.(region)
    // The others wait for an election timeout: until then the region that was split may be read under its leader's lease.
    if (campaigns) peer.campaign()
  }

  #fail(error: Error): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    for (const peer of this.regions.values()) peer.stop(new WriteOutcomeUnknownError(peer.regionId, { cause: error }))
    this.#deps.events?.onFailed?.(error)
  }
}

function hasOneVoter({ peers }: Region): boolean {
  return peers.filter(({ role }) => role !== 'learner').length === 1
}
