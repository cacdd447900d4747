import {
  type Clock,
  chain,
  type Instant,
  type KvEngine,
  type Peer as PeerMeta,
  type Region,
  type RegionId,
  RegionNotFoundError,
  type StoreId,
  type Timer,
} from '@stratakv/core'
import type { AppliedEntry, ApplyEffect } from '../apply/apply-entry.ts'
import { MergeError } from '../apply/merge-region.ts'
import { RaftStoreStoppedError, SnapshotRefusedError, StateRecordError, WriteOutcomeUnknownError } from '../errors.ts'
import { regionStateKey } from '../keys.ts'
import { type LoadedPeer, loadPeer } from '../peer/load-peer.ts'
import { isSameRegion } from '../peer/merge-readiness.ts'
import { Peer } from '../peer/peer.ts'
import type { PeerWork } from '../peer/peer-deps.ts'
import { proposeMerge } from '../peer/propose-merge.ts'
import { hasOneVoter } from '../region-voters.ts'
import { SnapshotExchange } from '../snapshot/snapshot-exchange.ts'
import { creationObstacle } from '../snapshot/snapshot-obstacles.ts'
import { SnapshotSpool } from '../snapshot/snapshot-spool.ts'
import { loadRegionRecords } from '../store-bootstrap.ts'
import { eraftConfChanges } from '../wire/conf-change-record.ts'
import { decodeEntry } from '../wire/entry-record.ts'
import { ApplyLoop } from './apply-loop.ts'
import { ApplyPace } from './apply-pace.ts'
import { ConsistencyCheck } from './consistency-check.ts'
import { EarlyVotes } from './early-votes.ts'
import { finishInterrupted } from './finish-interrupted.ts'
import { LogCompactor } from './log-compactor.ts'
import { claimLog } from './log-owner.ts'
import { LogPurger } from './log-purger.ts'
import { LogWriter } from './log-writer.ts'
import { MergeDriver } from './merge-driver.ts'
import { mergedNotice, routeOf, tombstoneFor } from './message-route.ts'
import { PeerLives } from './peer-lives.ts'
import type { PeerMessage } from './peer-message.ts'
import { Tombstones } from './peer-registry.ts'
import type { RaftStoreDeps, RaftStoreEvents, RaftStoreOptions } from './raft-store-options.ts'
import { RegionMap } from './region-map.ts'

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
  readonly #applyPace: ApplyPace
  readonly #compactor: LogCompactor
  readonly #purger: LogPurger
  readonly #snapshots: SnapshotExchange
  readonly #tombstones: Tombstones
  readonly #lives: PeerLives
  readonly #watchers = new Set<RaftStoreEvents>()
  readonly #dirty = new Set<Peer>()
  /** Came in while the store stood still, or since the last turn. */
  #inbox: PeerMessage[] = []
  #isTickDue = false
  /** To be sent at the end of the turn. */
  #outbox: PeerMessage[] = []
  #logGcDue: Instant
  #mergeCheckDue: Instant
  readonly #merges: MergeDriver
  readonly #consistency: ConsistencyCheck
  readonly #earlyVotes = new EarlyVotes()
  #isTurnScheduled = false
  #tickTimer: Timer | undefined
  #failure: Error | undefined
  #isClosed = false
  #droppedMessageCount = 0

  private constructor(deps: RaftStoreDeps, options: RaftStoreOptions, spool: SnapshotSpool, tombstones: Tombstones) {
    this.storeId = options.storeId
    this.engine = deps.engine
    this.clock = deps.clock
    this.#deps = deps
    this.#options = options
    this.#tombstones = tombstones
    this.#logGcDue = deps.clock.now() + options.logGc.intervalMs
    this.#mergeCheckDue = deps.clock.now() + options.merge.checkMs
    this.#merges = new MergeDriver({
      storeId: options.storeId,
      regions: this.regions,
      tombstones,
      destroy: (peer) => this.#lives.destroy(peer),
    })
    const onFailed = (error: Error) => this.#fail(error)
    this.#consistency = new ConsistencyCheck(
      { ...deps, regions: this.regions, onFailed },
      { intervalMs: options.consistencyCheckMs },
    )
    this.#writer = new LogWriter(
      deps.logEngine,
      { poolSize: options.storeIoPoolSize },
      { onWritten: () => this.#scheduleTurn(), onFailed },
    )
    this.#applyLoop = new ApplyLoop(
      {
        engine: deps.engine,
        confChanges: eraftConfChanges,
        onFailed,
        targetOf: (id) => this.#lives.mergeCandidate(id),
        answersEarly: () => !this.#applyPace.hasReaders && (deps.mayAnswerEarly?.() ?? true),
      },
      { batchBytesMax: options.applyBatchBytesMax },
    )
    this.#applyPace = new ApplyPace(
      {
        clock: deps.clock,
        applyLoop: this.#applyLoop,
        schedule: (run) => this.#schedule(run),
        isTurnScheduled: () => this.#isTurnScheduled,
      },
      options,
    )
    this.#compactor = new LogCompactor({ ...deps, onFailed }, { intervalMs: options.logCompactSyncMs })
    const onHeldBack = (regions: readonly RegionId[]) => this.#collectLogs(regions)
    this.#purger = new LogPurger({ ...deps, onHeldBack, onFailed }, { intervalMs: options.logPurgeMs })
    this.#snapshots = new SnapshotExchange(
      { ...deps, spool, regions: this.regions, onFailed },
      { chunkBytes: options.snapshotChunkBytes },
    )
    this.#lives = new PeerLives(
      {
        ...deps,
        regions: this.regions,
        tombstones,
        snapshots: this.#snapshots,
        applyLoop: this.#applyLoop,
        writer: this.#writer,
      },
      {
        storeId: options.storeId,
        isStopped: () => this.#isStopped,
        addPeer: (loaded, meta) => this.#addPeer(loaded, meta, false),
        onGone: (peer) => {
          this.#dirty.delete(peer)
          this.#consistency.forget(peer.regionId)
        },
        tell: (tell) => this.#tell(tell),
        onFailed,
      },
    )
  }

  /**
   * Opens the peers that the engine has states of, and ends what a stop has left half done. A region with one voter is led at once.
   * @throws StateRecordError, ForeignRaftLogError, RaftLogLostError, SnapshotCorruptionError, FileNotFoundError for a snapshot that was being applied
   */
  static async open(deps: RaftStoreDeps, options: RaftStoreOptions): Promise<RaftStore> {
    await claimLog(deps.engine, deps.logEngine)
    const spool = await SnapshotSpool.open(deps.fileSystem, options.snapshotDirectory, deps.checksum)
    const records = await loadRegionRecords(deps.engine)
    const tombstones = await Tombstones.load(deps.engine, options.storeId, records)
    await finishInterrupted({ ...deps, spool }, records)
    const store = new RaftStore(deps, options, spool, tombstones)
    for (const record of records) {
      const { state, region } = record
      if (state === 'tombstone') continue
      const meta = region.peers.find(({ storeId }) => storeId === options.storeId)
      if (meta === undefined)
        throw new StateRecordError(regionStateKey(region.id), `store ${options.storeId} is not among its peers`)
      const peer = store.#addPeer(await loadPeer(deps.engine, deps.logEngine, record), meta, true)
      if (hasOneVoter(region)) peer.campaign()
    }
    store.#armTick()
    store.#purger.start()
    return store
  }

  /** Resolves when the regions that have no other voter are led, and read what was ever acknowledged. */
  async awaitSoleLeaders(): Promise<void> {
    for (const peer of this.regions.values()) if (hasOneVoter(peer.region)) await peer.awaitLeading()
  }

  /** Tells `events` from now on. Returns the way to stop. */
  watch(events: RaftStoreEvents): () => void {
    this.#watchers.add(events)
    return () => this.#watchers.delete(events)
  }

  #tell(tell: (events: RaftStoreEvents) => void): void {
    for (const events of this.#watchers) tell(events)
  }

  /** Replicas here that a consistency check has found to be what their leader has. */
  get agreedReplicaCount(): number {
    return this.#consistency.agreedCount
  }

  /** Resolves when the engine has every write that was acknowledged by now: for who changes the engine past the regions. */
  awaitApplied(): Promise<void> {
    return this.#applyLoop.applied()
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

  /**
   * A snapshot from another store. Resolves when it is here, whole and durable: the sender may be told so, and the rest is Raft's.
   * @throws SnapshotRefusedError, SnapshotCorruptionError, NoSpaceError, FileIoError
   */
  async receiveSnapshot(message: PeerMessage, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { regionId, to } = message
    const peer = this.regions.get(regionId)
    if (this.#isStopped) throw new SnapshotRefusedError(regionId, 'the store is stopped')
    if (to.storeId !== this.storeId) throw new SnapshotRefusedError(regionId, `it is for store ${to.storeId}`)
    if (peer === undefined || peer.meta.id !== to.id || this.#lives.isChanging(regionId)) {
      throw new SnapshotRefusedError(regionId, `peer ${to.id} is not here`)
    }
    await this.#snapshots.receive(message, chunks)
    this.receive(message)
  }

  /** Messages to another store are being lost: leaders here send its peers no more than they can bear to lose, until they answer. */
  reportUnreachable(storeId: StoreId): void {
    if (this.#isStopped) return
    for (const peer of this.regions.values()) if (!this.#lives.isChanging(peer.regionId)) peer.unreachable(storeId)
  }

  /**
   * Prepares that a region that is led here becomes part of `target`, as that is now. What follows needs no asking: the target takes it
   * over, or the region is as before where that cannot be. @throws MergeError, RegionNotFoundError, NotLeaderError, MergingModeError
   */
  async mergeInto(regionId: RegionId, target: Region): Promise<void> {
    const peer = this.regions.get(regionId)
    const into = this.regions.get(target.id)
    if (peer === undefined || this.#lives.isChanging(regionId)) throw new RegionNotFoundError(regionId)
    if (into === undefined || !isSameRegion(into.region, target) || into.merging !== undefined) {
      throw new MergeError(peer.region, `region ${target.id} is not the same on store ${this.storeId}`)
    }
    for (const { merging } of this.regions.values()) {
      if (merging?.target.id === regionId) throw new MergeError(peer.region, 'another region is to become part of it')
    }
    await proposeMerge(peer, into.region, this.#options.merge)
  }

  /** Takes the region's peer from the store where `region`, as others know it, is newer and has no such peer. */
  removeIfStale(region: Region): void {
    const peer = this.regions.get(region.id)
    if (peer === undefined || this.#isStopped || this.#lives.isChanging(region.id)) return
    const isMember = region.peers.some(({ id }) => id === peer.meta.id)
    if (!isMember && region.epoch.confVer > peer.region.epoch.confVer) this.#lives.destroy(peer)
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
    this.#applyPace.close()
    this.#compactor.close()
    this.#purger.close()
    this.#stopPeers(this.#failure ?? new RaftStoreStoppedError())
    await this.#applyLoop.drained()
    await this.#consistency.close()
    await this.#snapshots.close()
    await this.#lives.settled()
    await this.#compactor.drained()
    await this.#purger.drained()
  }

  get #isStopped(): boolean {
    return this.#isClosed || this.#failure !== undefined
  }

  #stopPeers(cause: Error): void {
    for (const peer of this.regions.values()) peer.stop(new WriteOutcomeUnknownError(peer.regionId, { cause }))
  }

  #fail(error: Error): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#stopPeers(error)
    this.#applyLoop.start()
    this.#tell((events) => events.onFailed?.(error))
  }

  #addPeer(loaded: LoadedPeer, meta: PeerMeta, isRestored: boolean): Peer {
    const { id } = loaded.region
    const peer: Peer = new Peer(
      loaded,
      meta,
      isRestored,
      {
        clock: this.clock,
        random: this.#deps.random,
        confChanges: eraftConfChanges,
        readEntries: (from, to, bytesMax) =>
          chain(this.#deps.logEngine.entries(id, from, to, { bytesMax }), (records) => records.map(decodeEntry)),
        onWork: () => this.#markDirty(peer),
        onApplied: (entries) => this.#applied(peer, entries),
        onReaderWaits: () => this.#applyPace.readerWaits(),
        tell: (message) => {
          this.#outbox.push(message)
          this.#scheduleTurn()
        },
        onRoleChange: (isLeader) => this.#tell((events) => events.onRoleChange?.(peer.region, isLeader)),
        wantSnapshot: (atLeast) => this.#snapshots.want(peer.region, atLeast),
      },
      this.#options,
    )
    this.regions.set(peer)
    return peer
  }

  // Turns.

  #schedule(run: () => void): void {
    const schedule = this.#deps.schedule ?? queueMicrotask
    schedule(run)
  }

  #markDirty(peer: Peer): void {
    this.#dirty.add(peer)
    this.#scheduleTurn()
  }

  #scheduleTurn(): void {
    if (this.#isTurnScheduled || this.#isStopped) return
    this.#isTurnScheduled = true
    this.#schedule(() => {
      this.#isTurnScheduled = false
      try {
        if (this.#isStopped || this.#writer.isStalled) this.#applyLoop.start()
        else this.#turn()
      } catch (error) {
        this.#fail(error as Error)
      }
    })
  }

  #turn(): void {
    const messages = this.#inbox
    this.#inbox = []
    for (const message of messages) this.#route(message)
    if (this.#isTickDue) for (const peer of this.regions.values()) peer.tick()
    this.#isTickDue = false
    const dirty = [...this.#dirty]
    this.#dirty.clear()
    for (const peer of dirty) {
      const work = this.#lives.isChanging(peer.regionId) ? undefined : peer.collect()
      if (work !== undefined) this.#start(peer, work)
    }
    for (const message of this.#outbox.splice(0)) this.#deps.transport.send(message)
    this.#writer.flush()
    this.#applyPace.turned()
  }

  #start(peer: Peer, work: PeerWork): void {
    const { changes, messages, persistedMessages, committedEntries, snapshot, number } = work
    for (const message of messages) this.#send(peer, message)
    const isDurable = changes.length === 0 && snapshot === undefined
    peer.track(number, () => {
      if (!this.#isStopped) for (const message of persistedMessages) this.#send(peer, message)
    })
    if (isDurable) peer.durable(number)
    else if (snapshot === undefined) this.#writer.add(changes, () => peer.durable(number))
    else {
      this.#lives.restore(peer, { ...work, snapshot })
    }
    if (committedEntries.length > 0) this.#applyLoop.add({ target: peer.applying, entries: committedEntries })
  }

  #send(peer: Peer, message: PeerMessage): void {
    if (message.message.type === 'snapshot') this.#snapshots.send(peer, message)
    else this.#deps.transport.send(message)
  }

  #armTick(): void {
    this.#tickTimer = this.clock.after(this.#options.baseTickMs, () => {
      if (this.#isStopped) return
      // Ticks that were missed while the loop was busy are not made up for: elections would come too soon.
      this.#isTickDue = true
      const now = this.clock.now()
      if (now >= this.#logGcDue) {
        this.#logGcDue = now + this.#options.logGc.intervalMs
        for (const peer of this.regions.values())
          if (!peer.isAsleep && !this.#lives.isChanging(peer.regionId)) peer.collectLog(this.#options.logGc)
      }
      if (now >= this.#mergeCheckDue) {
        this.#mergeCheckDue = now + this.#options.merge.checkMs
        for (const peer of [...this.regions.values()])
          if (!this.#lives.isChanging(peer.regionId)) this.#merges.check(peer)
      }
      this.#scheduleTurn()
      this.#armTick()
    })
  }

  /** What all replicas have goes, however little it is. */
  #collectLogs(regions: readonly RegionId[]): void {
    if (this.#isStopped) return
    for (const id of regions) {
      if (!this.#lives.isChanging(id)) this.regions.get(id)?.collectLog({ ...this.#options.logGc, threshold: 1 })
    }
  }

  // Messages.

  #route(message: PeerMessage): void {
    const peer = this.regions.get(message.regionId)
    const isHere = message.to.storeId === this.storeId && !this.#lives.isChanging(message.regionId)
    const route = isHere ? routeOf(message, peer) : 'drop'
    if (route === 'create') {
      if (this.#mayCreate(message)) this.#lives.create(message)
      else {
        this.#earlyVotes.keep(message)
        this.#answerForBuried(message)
      }
    } else if (peer === undefined || route === 'drop') this.#droppedMessageCount++
    else if (route === 'destroy') this.#lives.destroy(peer)
    else if (route === 'heed-merge') peer.knownMergedInto = message.mergedInto
    else if (route === 'bury') this.#deps.transport.send(tombstoneFor(peer, message))
    else if (message.extra !== undefined) peer.heed(message, message.extra)
    else if (message.message.type !== 'snapshot') peer.step(message)
    else if (this.#snapshots.admits(message)) {
      peer.step(message)
      this.#snapshots.stepped(message, peer.node.pendingSnapshot)
    } else this.#snapshots.discard(message)
  }

  /** A replica that has missed that its region was merged is told. */
  #answerForBuried(message: PeerMessage): void {
    this.#droppedMessageCount++
    const { regionId, to, isTombstone } = message
    const buried = this.#tombstones.of(regionId)
    if (isTombstone || buried?.mergedInto === undefined || !this.#tombstones.covers(regionId, to)) return
    this.#deps.transport.send(mergedNotice(buried.region, buried.mergedInto, message))
  }

  /** Only what a candidate or a leader says first makes a peer: it says the range, which must be free, or to be freed for it. */
  #mayCreate({ regionId, to, range, isTombstone }: PeerMessage): boolean {
    if (range === undefined || isTombstone || this.#tombstones.covers(regionId, to)) return false
    return creationObstacle({ id: regionId, ...range }, this.regions) === undefined
  }

  // Applying.

  #applied(peer: Peer, entries: readonly AppliedEntry[]): void {
    if (this.#isClosed) return
    const { isLeader, region: before } = peer
    // What it does to other regions is done, in the engine too, though it goes itself.
    const isGoing = this.#lives.isChanging(peer.regionId)
    if (!isGoing) peer.applied(entries)
    if (this.#isStopped) return
    for (const { effect, after } of entries) {
      if (effect !== undefined) this.#follow(peer, effect, after.region, isLeader && !isGoing)
    }
    if (isGoing || before === peer.region) return
    this.regions.moved()
    this.#tell((events) => events.onRegionChange?.(peer.region))
    if (!peer.region.peers.some(({ storeId }) => storeId === this.storeId)) this.#lives.destroy(peer)
  }

  #follow(peer: Peer, effect: ApplyEffect, region: Region, isLeader: boolean): void {
    if (effect.type === 'compute-hash') this.#consistency.compute(region, effect.index, effect.context)
    if (effect.type === 'verify-hash') this.#consistency.verify(region.id, effect.index, effect.hash)
    if (effect.type === 'compact-log') this.#compactor.add(peer.regionId, effect.truncated.index)
    if (effect.type === 'prepare-merge') this.#merges.check(peer)
    if (effect.type === 'commit-merge') this.#lives.takeOver(effect, region, isLeader)
    if (effect.type !== 'split') return
    this.regions.moved()
    for (const created of effect.created) {
      this.#lives.addSplit(created, isLeader)
      const vote = this.#earlyVotes.take(created.id)
      if (vote !== undefined) this.receive(vote)
    }
  }
}
