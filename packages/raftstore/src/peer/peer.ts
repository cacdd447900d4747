import {
  type DownPeer,
  type Instant,
  type LogIndex,
  MergingModeError,
  NotLeaderError,
  type PeerId,
  type Peer as PeerMeta,
  type Region,
  type RegionEpoch,
  type RegionId,
  type StoreId,
  type Term,
  type WriteStage,
} from '@stratakv/core'
import {
  type HardState,
  type Message,
  type NumberedReady,
  RaftProposalDroppedError,
  type RaftRole,
  ReadyNumbersNode,
} from '@stratakv/raft'
import type { AppliedEntry } from '../apply/apply-entry.ts'
import { confStateOfRegion, PeerChangeError } from '../apply/change-peers.ts'
import type { ApplyProgress, LogPosition, MergeState, RegionState } from '../apply/region-state.ts'
import type { RegionCommand } from '../command/region-command.ts'
import type { ApplyTarget } from '../store/apply-loop.ts'
import type { PeerExtra, PeerMessage } from '../store/peer-message.ts'
import { extraMessage } from './extra-message.ts'
import { HeardPeers } from './heard-peers.ts'
import type { LoadedPeer } from './load-peer.ts'
import { logChangesOf } from './log-changes.ts'
import { evictableIndex, LogCollector } from './log-collector.ts'
import type { LogGcOptions } from './log-gc.ts'
import type { PeerDeps, PeerWork } from './peer-deps.ts'
import { PeerLog } from './peer-log.ts'
import type { PeerOptions } from './peer-options.ts'
import { PeerReads } from './peer-reads.ts'
import { PeerSleep } from './peer-sleep.ts'
import { Proposer } from './proposer.ts'
import { stamped } from './stamped-message.ts'
import { UnderWay } from './under-way.ts'
import { VoteEmbargo } from './vote-embargo.ts'
import { Waiters } from './waiters.ts'

/** Entries in memory from which on they are evicted before the next round. */
const cachedCountMax = 128

/** A region's replica on this store, apart from its data: Raft, what waits on it, and the lease. It does no I/O. */
export class Peer {
  readonly #meta: PeerMeta
  readonly log: PeerLog
  readonly node: ReadyNumbersNode
  /** The region as the last entry has left it that is applied, and seen by readers. */
  #state: RegionState
  /** The same as of the last entry that is being applied. */
  readonly applying: ApplyTarget
  readonly #underWay = new UnderWay()
  /** Entries up to here are being applied, or are. */
  #applyingIndex: LogIndex
  readonly #deps: PeerDeps
  readonly #proposer: Proposer
  readonly #reads: PeerReads
  readonly #heard = new HeardPeers()
  /** Since when this peer leads, if it does. */
  #leadsSince: Instant = 0
  /** By entries that were applied here since it was opened. */
  bytesWritten = 0
  keysWritten = 0
  readonly #whenLeading = new Waiters()
  #stopped: Error | undefined
  #role: RaftRole = 'follower'
  /** Another store has told that the region is part of this one now; this replica has not come to that yet. */
  knownMergedInto: Region | undefined
  /** The region's epoch in the last snapshot that was put in its place here: what came before it was not seen entry by entry. */
  restoredEpoch: RegionEpoch | undefined
  readonly #logCollector = new LogCollector()
  /** A snapshot is being applied. */
  #isRestoring = false
  readonly #voteEmbargo: VoteEmbargo
  readonly #sleep: PeerSleep

  constructor(
    { region, progress, merging, restoredEpoch, hardState, entries }: LoadedPeer,
    meta: PeerMeta,
    isRestored: boolean,
    deps: PeerDeps,
    options: PeerOptions,
  ) {
    this.#meta = meta
    this.#applyingIndex = progress.applied.index
    this.#state = { region, progress, merging }
    this.restoredEpoch = restoredEpoch
    this.applying = {
      state: this.#state,
      isMerged: false,
      onDecided: (entries) => this.#proposer.decided(entries),
      onApplied: deps.onApplied,
    }
    this.#deps = deps
    this.#sleep = new PeerSleep(this, deps, options)
    const confState = confStateOfRegion(region)
    this.#voteEmbargo = new VoteEmbargo(isRestored && confState.voters.length > 1 ? options.electionTicks : 0)
    this.log = new PeerLog(
      { hardState, confState, truncated: progress.truncated, entries },
      {
        read: deps.readEntries,
        snapshot: () => deps.wantSnapshot(this.log.firstIndex() - 1),
        onFetched: () => this.#afterFetch(),
      },
    )
    this.node = new ReadyNumbersNode(
      { storage: this.log, confChanges: deps.confChanges, random: deps.random },
      {
        id: meta.id,
        electionTicks: options.electionTicks,
        heartbeatTicks: options.heartbeatTicks,
        applied: progress.applied.index,
        messageBytesMax: options.messageBytesMax,
        inflightCountMax: options.inflightCountMax,
        applyingBytesMax: options.applyingBytesMax,
        checkQuorum: true,
        preVote: true,
        reportsCommit: true,
        tellsCommitLater: true,
      },
    )
    const { clock, confChanges } = deps
    const refusalOf = (command: RegionCommand) => this.#refusalOf(command)
    this.#proposer = new Proposer({ node: this.node, clock, confChanges, regionId: region.id, refusalOf }, options)
    this.#reads = new PeerReads(this, this.#proposer, deps, options)
  }

  get regionId(): RegionId {
    return this.#state.region.id
  }

  get region(): Region {
    return this.#state.region
  }

  /** This peer, in its present role. */
  get meta(): PeerMeta {
    return this.region.peers.find(({ id }) => id === this.#meta.id) ?? this.#meta
  }

  /** Whether it knows its region: not before a snapshot, where it was made by a message. */
  get isInitialized(): boolean {
    return this.region.peers.length > 0
  }

  /** The merge that was prepared, and is neither done nor given up. */
  get merging(): MergeState | undefined {
    return this.#state.merging
  }

  /** How far it has applied, and where its log begins. */
  get progress(): ApplyProgress {
    return this.#state.progress
  }

  /** Why it is on its way out, if it is: nothing comes of what it is told. */
  get stopped(): Error | undefined {
    return this.#stopped
  }

  /** Whether all that it was given to do is done. */
  get isIdle(): boolean {
    return this.#underWay.isEmpty && this.#applyingIndex === this.progress.applied.index
  }

  get isLeader(): boolean {
    return this.node.role === 'leader'
  }

  get term(): Term {
    return this.node.term
  }

  get leader(): PeerMeta | undefined {
    return this.peerById(this.node.leader)
  }

  /** Whether it knows who leads, and has heard of that peer lately: a learner, which never campaigns, believes on in one that is gone. */
  hearsLeader(silenceMsMax: number): boolean {
    const { leader } = this
    if (this.isLeader || this.isAsleep) return true
    return leader !== undefined && this.#deps.clock.now() - this.#heard.lastAt(leader.id) <= silenceMsMax
  }

  /** Asks the other members whether there still is a region: a store where it has ended says so. */
  askMembers(): void {
    for (const to of this.region.peers) {
      if (to.id !== this.meta.id) this.#deps.tell(extraMessage(this, to, 'wake-up'))
    }
  }

  /** Of a member, or of one that has spoken to this peer, which may not know its own region yet. */
  peerById(id: PeerId): PeerMeta | undefined {
    return this.region.peers.find((peer) => peer.id === id) ?? this.#heard.peer(id)
  }

  /** Whether it counts no time, until something happens. */
  get isAsleep(): boolean {
    return this.#sleep.isAsleep
  }

  tick(): void {
    if (!this.#sleep.takesTick()) return
    this.#voteEmbargo.tick()
    this.node.tick()
    if (this.node.hasReady) this.#deps.onWork()
    this.#sleep.ticked()
  }

  /** Something is asked of it. */
  stir(): void {
    this.#sleep.stir()
  }

  /** Somebody asks here what only the leader can answer: that one, or a next one, is to be there. */
  rouse(): void {
    this.#sleep.rouse()
  }

  /** What another peer says beside Raft. */
  heed(message: PeerMessage, extra: PeerExtra): void {
    this.#sleep.heed(message, extra)
  }

  /** Whether ticks drive something on, or somebody waits for it. */
  get hasWork(): boolean {
    if (this.#stopped !== undefined || !this.isIdle || !this.isInitialized || !this.#reads.isEmpty) return true
    if (this.#isRestoring || this.merging !== undefined || this.knownMergedInto !== undefined) return true
    return this.isLeader && (this.#proposer.count > 0 || !this.isCaughtUp)
  }

  /** What another peer says. */
  step({ from, message }: PeerMessage): void {
    if (!this.#voteEmbargo.lets(message)) return
    this.#heard.add(from, this.#deps.clock.now())
    // One that comes late is no news.
    if (message.type !== 'heartbeat-response') this.#sleep.stir(from.id)
    try {
      this.node.step(message)
    } catch (error) {
      // Forwarded, and nobody here to take it: who asked asks again.
      if (!(error instanceof RaftProposalDroppedError)) throw error
    }
    this.#deps.onWork()
  }

  campaign(): void {
    this.#sleep.stir()
    this.node.campaign()
    this.#deps.onWork()
  }

  /**
   * Resolves when the command is applied here; a write, when nothing can change what it does and whoever waits for {@link readable} sees it.
   * @throws NotLeaderError, EpochNotMatchError and other region errors, PeerChangeError, SplitError, WriteOutcomeUnknownError
   */
  propose(command: RegionCommand, onStage?: (stage: WriteStage) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusalOf(command)
      if (refusal !== undefined) {
        reject(refusal)
        return
      }
      this.#sleep.stir()
      const settle = (error?: Error) => (error === undefined ? resolve() : reject(error))
      this.#proposer.add({ command, onStage, settle })
      this.#deps.onWork()
    })
  }

  #refusalOf({ body }: RegionCommand): Error | undefined {
    if (this.#stopped !== undefined) return this.#stopped
    // Raft would hand it on to the leader, and its answer would be nobody's.
    if (!this.isLeader) return new NotLeaderError(this.regionId, this.leader)
    if (this.merging !== undefined && body.type !== 'rollback-merge') return new MergingModeError(this.regionId)
    return undefined
  }

  /** Who has to know where the log ends has the writes that wait for the next turn go to Raft now. */
  proposeWaiting(): void {
    this.#proposer.flush()
  }

  /**
   * Resolves when the engine shows all that was acknowledged before this call; `undefined`: it does. Rejects with NotLeaderError, also when
   * the peer leads no more by then.
   */
  readable(): Promise<void> | undefined {
    return this.#reads.readable()
  }

  /** Whether the others need not be asked first: the lease holds, and nothing was acknowledged that is not decided here. */
  canReadLocally(now: Instant): boolean {
    return this.#reads.isLocal(now)
  }

  /** Whether a write was acknowledged here that the engine does not show yet. */
  get isBehind(): boolean {
    return this.#reads.isBehind
  }

  /** Hands a command to Raft, which hands it on to whoever leads; where nobody does, nothing comes of it. */
  suggest(command: RegionCommand): void {
    this.#sleep.stir()
    this.#proposer.suggest(command)
    this.#deps.onWork()
  }

  /** Resolves when this peer leads and has applied all that was committed before; with one voter that is soon. */
  awaitLeading(): Promise<void> {
    if (this.isCaughtUp) return Promise.resolve()
    return this.#stopped === undefined ? this.#whenLeading.wait() : Promise.reject(this.#stopped)
  }

  /** Whether it leads, and all that was committed before it did is applied. */
  get isCaughtUp(): boolean {
    return this.isLeader && this.#state.progress.applied.term === this.term
  }

  /** A leader's: members that it has not heard of for so long. */
  downPeers(downMs: number): DownPeer[] {
    // Members are asked to say nothing while it sleeps.
    if (this.isAsleep) return []
    const others = this.region.peers.filter(({ id }) => id !== this.meta.id)
    const since = Math.max(this.#leadsSince, this.#sleep.wokenAt)
    return this.#heard.silent(others, this.#deps.clock.now(), since, downMs)
  }

  /** A leader's: members that wait for a snapshot. */
  get pendingPeers(): PeerMeta[] {
    const truncated = this.log.firstIndex() - 1
    const { progress } = this.node
    return this.region.peers.filter(({ id }) => id !== this.meta.id && (progress.get(id)?.match ?? 0) < truncated)
  }

  /** Offers leadership to a voter. Nothing comes of it when that voter does not answer in an election timeout. */
  transferLeader(to: PeerId): void {
    this.#sleep.stir()
    this.node.transferLeader(to)
    this.#deps.onWork()
  }

  /** A round of dropping what the log need not keep: proposes it where this peer leads. */
  collectLog(options: LogGcOptions): void {
    this.#evictLog()
    if (!this.isLeader) return
    const { log } = this
    const compact = this.#logCollector.round(log, this.progress.applied.index, this.#otherMembers(), options)
    if (compact === undefined) return
    const body = { type: 'compact-log', index: compact, term: log.term(compact) } as const
    this.propose({ epoch: this.region.epoch, body }).catch(() => {})
  }

  #otherMembers() {
    return [...this.node.progress].filter(([id]) => id !== this.meta.id).map(([, progress]) => progress)
  }

  /** Entries leave memory, on every replica, when they are applied and no member that is there lacks them. */
  #evictLog(): void {
    const evictable = evictableIndex(this.progress.applied.index, this.isLeader ? this.#otherMembers() : [])
    // A merge under way takes entries from here.
    this.log.evictTo(Math.min(evictable, (this.merging?.minIndex ?? Number.POSITIVE_INFINITY) - 1))
  }

  /** Messages to that store are lost: a leader sends its members there little, and a follower whose leader is one of them wakes. */
  unreachable(storeId: StoreId): void {
    if (!this.isLeader) {
      if (this.leader?.storeId === storeId) this.rouse()
      return
    }
    for (const { id, storeId: at } of this.region.peers) if (at === storeId) this.node.reportUnreachable(id)
    this.#deps.onWork()
  }

  /** What is to be done now; `undefined` when there is nothing. */
  collect(): PeerWork | undefined {
    this.proposeWaiting()
    this.#reads.collect()
    if (!this.node.hasReady) return undefined
    // A snapshot replaces all: nothing else of this peer may be under way.
    if (this.#isRestoring || (this.node.pendingSnapshot !== undefined && !this.isIdle)) return undefined
    const ready = this.node.ready()
    if (ready.softState !== undefined) this.#changeRole(ready.softState.role)
    for (const { index, context } of ready.readStates) this.#reads.answered(context, index)
    const { snapshot } = ready
    if (snapshot !== undefined) {
      this.#isRestoring = true
      this.log.restore(snapshot)
    }
    this.log.append(ready.entries)
    this.#watchCommits(ready)
    return {
      changes: logChangesOf(this.regionId, ready, this.hardState, this.log.lastIndex()),
      messages: ready.messages.map((message) => this.#outgoing(message)).filter(isThere),
      persistedMessages: ready.persistedMessages.map((message) => this.#outgoing(message)).filter(isThere),
      committedEntries: ready.committedEntries,
      snapshot,
      number: ready.number,
    }
  }

  get hardState(): HardState {
    const { term, vote, committed: commit } = this.node.status
    return { term, vote, commit }
  }

  /** Work of this number is to become durable; `sent` is called when it and all before are. */
  track(number: number, sent: () => void): void {
    this.#underWay.add(number, sent)
  }

  /** The work of this number is durable. */
  durable(number: number): void {
    for (const done of this.#underWay.durable(number)) this.node.persisted(done)
    this.#deps.onWork()
  }

  /** A snapshot has gone to a member, or has not. */
  snapshotSent(to: PeerId, isTaken: boolean): void {
    this.node.reportSnapshot(to, isTaken)
    this.#deps.onWork()
  }

  /** The snapshot is applied, and durable. `durable` is to be called next. */
  restored(region: Region, position: LogPosition): void {
    this.#isRestoring = false
    this.#state = { region, progress: { applied: position, truncated: position } }
    this.restoredEpoch = region.epoch
    this.applying.state = this.#state
    this.#applyingIndex = position.index
  }

  /** Entries have been applied, in order. */
  applied(entries: readonly AppliedEntry[]): void {
    for (const entry of entries) {
      const { progress } = entry.after
      if (entry.effect?.type === 'change-peers') this.node.applyConfChange(entry.effect.change)
      if (entry.effect?.type === 'compact-log') this.log.compactTo(entry.effect.truncated)
      this.#state = entry.after
      this.bytesWritten += entry.bytesWritten
      this.keysWritten += entry.keysWritten
      const proposal = this.#proposer.takeApplied(progress.applied)
      if (proposal === undefined) continue
      const refusal = entry.refusal ?? (entry.isEmpty ? this.#overruled() : undefined)
      if (refusal === undefined) proposal.onStage?.('applied')
      proposal.settle(refusal)
    }
    const { index } = this.#state.progress.applied
    this.node.appliedTo(index)
    this.#reads.applied(index)
    // Soon, while they are young: what lives longer is moved about by the garbage collector, and ends in its long pauses.
    if (this.log.cachedCount > cachedCountMax) this.#evictLog()
    if (this.isCaughtUp) this.#whenLeading.resolve()
    this.#deps.onWork()
  }

  /** Raft puts an empty entry where a change of membership does not fit. */
  #overruled(): Error {
    return new PeerChangeError(this.region, 'another change of its peers is under way')
  }

  /** The peer goes: what waits for it, and what is asked of it from now on, gets the error. */
  stop(error: Error): void {
    this.#stopped = error
    this.#whenLeading.reject(error)
    this.#reads.failAll(error)
    this.#proposer.failAll(error)
  }

  #changeRole(role: RaftRole): void {
    const was = this.#role
    this.#role = role
    if (role === was) return
    if (role === 'leader') this.#leadsSince = this.#deps.clock.now()
    if (role === 'leader' || was === 'leader') this.#deps.onRoleChange(role === 'leader')
    this.#proposer.roleChanged()
    this.#reads.roleChanged(was === 'leader')
  }

  #watchCommits({ committedEntries }: NumberedReady): void {
    const last = committedEntries.at(-1)
    if (last === undefined) return
    this.#applyingIndex = last.index
    this.#reads.committed(last)
  }

  #outgoing(message: Message): PeerMessage | undefined {
    const to = this.peerById(message.to)
    // A member that has just been removed, or not yet been heard of.
    if (to === undefined) return undefined
    if (message.type === 'timeout-now') this.#reads.forfeit(message.term)
    return stamped(message, this, to)
  }

  #afterFetch(): void {
    // Followers that wait for what has been read are asked again at the next heartbeat.
    this.#deps.onWork()
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}
