import type { Clock, Counter, Instant, PeerId, Random, RegionId, StoreId, Telemetry, Timer } from '@stratakv/core'
import type { AcceptedReport, RegionState, RegionView } from '../region-cache.ts'
import { balanceLeaders, balanceRegions } from './balance.ts'
import { LiveView, type StoreDirectory } from './live-view.ts'
import { checkMerge, mergePlan } from './merge-checker.ts'
import { Operator, type OperatorRecord } from './operator.ts'
import { OperatorBook } from './operator-book.ts'
import { buildSteps, type OperatorPlan, storesToFill } from './operator-plan.ts'
import { isVoter } from './operator-step.ts'
import { OrderStreams } from './order-streams.ts'
import type { PlacementConfig } from './placement-config.ts'
import { storeIds } from './region-health.ts'
import { checkReplicas } from './replica-checker.ts'
import { Scatter } from './scatter.ts'
import { leaderCandidates } from './store-choice.ts'
import { moveCost, type StoreFlow, StoreLimits } from './store-limit.ts'

export interface SchedulerDeps {
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
  readonly regions: RegionView
  readonly stores: StoreDirectory
  readonly ids: {
    /** The first of so many, when no disk has to be waited for. */
    tryTake(count: number): number | undefined
    take(count: number): Promise<number>
  }
  /** Whether every store can make several membership changes as one. */
  canJoin(): boolean
}

/** How often unfinished steps are looked after, some regions are checked, and balance is looked for. PD's push interval. */
const roundMs = 500
/** Regions checked in one round: a million in some eight minutes. Every report checks its region too. */
const patrolCount = 1024
/** Moves for balance begun in one round, of each kind. */
const balanceCountMax = 16
/** After a start nothing is done until so many regions have reported, or so much time has passed: what is not heard of yet is not lost. */
const warmShare = 0.9
const warmAfterMs = 300_000

/**
 * Keeps regions whole and stores even, by telling leaders what to do. Decisions are pure and live elsewhere; here they are
 * asked for, limited, and sent. It works only while a store listens: a node that takes no orders costs no timer.
 */
export class Scheduler {
  readonly streams: OrderStreams
  readonly book: OperatorBook
  readonly #deps: SchedulerDeps
  readonly #config: PlacementConfig
  readonly #limits: StoreLimits
  readonly #view: LiveView
  readonly #scatter = new Scatter()
  readonly #startedAt: Instant
  readonly #checks: Counter
  readonly #balances: Counter
  readonly #limitCosts: Counter
  #isWarm = false
  #timer: Timer | undefined
  #patrolFrom: Uint8Array = new Uint8Array(0)
  #isClosed = false

  constructor(deps: SchedulerDeps, config: PlacementConfig) {
    const { clock, telemetry, stores, regions } = deps
    this.#deps = deps
    this.#config = config
    this.#startedAt = clock.now()
    this.book = new OperatorBook(telemetry)
    this.streams = new OrderStreams(clock, () => this.#arm())
    this.#limits = new StoreLimits({ 'add-peer': config.addPeerPerMinute, 'remove-peer': config.removePeerPerMinute })
    this.#view = new LiveView(
      { clock, stores, regions, book: this.book, limits: this.#limits, streams: this.streams },
      config,
    )
    this.#checks = telemetry.counter({
      name: 'pd_checker_event_count',
      help: 'Regions that were found to need something, by checker and outcome.',
      labels: ['type', 'name'],
    })
    this.#balances = telemetry.counter({
      name: 'pd_scheduler_event_count',
      help: 'Rounds of balancing by scheduler and outcome.',
      labels: ['type', 'name'],
    })
    this.#limitCosts = telemetry.counter({
      name: 'pd_schedule_store_limit_cost',
      help: 'What replicas that come and go have taken of the limit of a store; 1000 is a large one.',
      labels: ['store', 'limit_type'],
    })
  }

  /** Takes a report that the region cache has taken. */
  reported({ state, removed }: AcceptedReport): void {
    const now = this.#deps.clock.now()
    this.#view.refresh()
    for (const { region } of removed) this.book.gone(region.id, state.region.id, now)
    const operator = this.book.report(state, now)
    if (operator?.isRunning) {
      this.#send(operator)
      // What this half has got to may be what the other has waited for.
      if (operator.partner?.step?.type === 'merge-into') this.#send(operator.partner)
      return
    }
    if (!this.#mayAct()) return
    this.#check(state)
    // A place became free: whoever is next need not wait for the round.
    if (operator !== undefined) this.#balance(1)
  }

  /** Somebody carries out what the region's leader is told. */
  hears(id: RegionId): boolean {
    const state = this.#deps.regions.byId(id)
    return state !== undefined && this.#view.isHeard(state)
  }

  /** These regions are about to come out of a split. */
  splitAsked(ids: readonly RegionId[]): void {
    this.#view.noteSplit(ids)
  }

  /** Spreads regions evenly within `group`. @returns those that cannot be spread now */
  scatter(ids: readonly RegionId[], group: string): RegionId[] {
    this.#view.refresh()
    return ids.filter((id) => {
      const state = this.#deps.regions.byId(id)
      if (state === undefined) return true
      const verdict = this.#scatter.plan(state, group, this.#view)
      if (verdict === 'in-place') return false
      return verdict === 'unfit' || !this.#propose([verdict])
    })
  }

  /** Asks a region's leader to split it. @returns false when nobody hears it, or it has something else to do */
  split(id: RegionId, policy: 'scan' | 'approximate' | 'use-keys', keys: readonly Uint8Array[]): boolean {
    return this.#ask(id, (state) => [
      {
        ...unchanged(state),
        reason: 'region-splitter',
        last: { type: 'split-region', from: state.region, policy, keys },
      },
    ])
  }

  /** Brings a region's voters to these stores, and its leader to `leader`. Learners elsewhere stay. @returns as {@link Scheduler.split} */
  place(id: RegionId, reason: string, voters: readonly StoreId[], leader?: StoreId): boolean {
    return this.#ask(id, (state) => {
      const learners = unchanged(state).learners?.filter((storeId) => !voters.includes(storeId)) ?? []
      const leaders = leaderCandidates(this.#view, voters)
      return [{ reason, kind: 'admin', state, voters, learners, leaders, ...(leader !== undefined && { leader }) }]
    })
  }

  /** Merges a region into a neighbour. @returns as {@link Scheduler.split} */
  merge(sourceId: RegionId, targetId: RegionId): boolean {
    const target = this.#deps.regions.byId(targetId)
    if (target === undefined || this.#view.hasOperator(targetId)) return false
    return this.#ask(sourceId, (source) => {
      const plan = mergePlan(source, target, this.#view)
      return [plan.source, plan.target]
    })
  }

  /** What runs on the region, or was the last to do so within ten minutes. */
  record(id: RegionId): OperatorRecord | undefined {
    return this.book.record(id, this.#deps.clock.now())
  }

  /** What runs, and what ended within ten minutes, the newest first. */
  records(): OperatorRecord[] {
    return this.book.records(this.#deps.clock.now())
  }

  /** Gives up what runs on a region. @returns false when nothing does */
  cancel(id: RegionId): boolean {
    const operator = this.book.running(id)
    if (operator === undefined) return false
    this.book.cancel(operator, 'asked for', this.#deps.clock.now())
    return true
  }

  close(): void {
    this.#isClosed = true
    this.streams.closeAll()
  }

  #ask(id: RegionId, plan: (state: RegionState) => readonly OperatorPlan[]): boolean {
    this.#view.refresh()
    const state = this.#deps.regions.byId(id)
    if (state === undefined || this.#view.hasOperator(id) || !this.#view.isHeard(state)) return false
    return this.#propose(plan(state))
  }

  #arm(): void {
    if (this.#isClosed || this.streams.count === 0) {
      this.#timer?.cancel()
      this.#timer = undefined
      return
    }
    this.#timer ??= this.#deps.clock.after(roundMs, () => {
      this.#timer = undefined
      this.#round()
      this.#arm()
    })
  }

  #round(): void {
    const { clock, stores } = this.#deps
    this.#view.refresh()
    const isThere = (id: number) => {
      const record = stores.get(id)
      const state = record && stores.stateName(record)
      return state === 'Up' || state === 'Disconnected' || state === 'Offline'
    }
    for (const order of this.book.poll(clock.now(), isThere)) this.streams.send(order)
    if (!this.#mayAct()) return
    this.#patrol()
    this.#balance(balanceCountMax)
  }

  #patrol(): void {
    const states = this.#deps.regions.scan(this.#patrolFrom, new Uint8Array(0), patrolCount)
    for (const state of states) this.#check(state)
    const last = states.at(-1)
    this.#patrolFrom = states.length < patrolCount || last === undefined ? new Uint8Array(0) : last.region.endKey
  }

  #mayAct(): boolean {
    if (this.streams.count === 0) return false
    this.#isWarm ||= this.#looksWarm()
    return this.#isWarm
  }

  #looksWarm(): boolean {
    if (this.#deps.clock.now() - this.#startedAt >= warmAfterMs) return true
    const ledCount = this.#view.stores.reduce((sum, { load }) => sum + load.leaderCount, 0)
    return ledCount >= this.#deps.regions.count * warmShare
  }

  #check(state: RegionState): void {
    if (this.#view.hasOperator(state.region.id) || !this.#view.isHeard(state)) return
    const repair = checkReplicas(state, this.#view)
    if (repair !== undefined) {
      const isFull = this.#view.countOf('replica') >= this.#config.replicaScheduleLimit
      const isBegun = !isFull && this.#propose([repair])
      this.#checks.add(1, 'replica_checker', isBegun ? 'new-operator' : 'exceed-limit')
      return
    }
    const isTooEarly = this.#deps.clock.now() - this.#startedAt < this.#config.splitMergeIntervalMs
    if (isTooEarly || this.#view.countOf('merge') + 2 > this.#config.mergeScheduleLimit) return
    const merge = checkMerge(state, this.#view)
    if (merge === undefined) return
    const isBegun = this.#propose([merge.source, merge.target])
    this.#checks.add(1, 'merge_checker', isBegun ? 'new-operator' : 'exceed-limit')
  }

  #balance(countMax: number): void {
    const { random } = this.#deps
    const kinds = [
      { kind: 'leader', limit: this.#config.leaderScheduleLimit, next: balanceLeaders },
      { kind: 'region', limit: this.#config.regionScheduleLimit, next: balanceRegions },
    ] as const
    for (const { kind, limit, next } of kinds) {
      for (let count = 0; count < countMax && this.#view.countOf(kind) < limit; count++) {
        // What waits for its ids is not yet weighed: it would be moved twice.
        if (this.#view.reservedCount > 0) return
        const plan = next(this.#view, random)
        const isBegun = plan !== undefined && this.#propose([plan])
        if (isBegun || count === 0)
          this.#balances.add(1, `balance-${kind}-scheduler`, isBegun ? 'new-operator' : 'skip')
        if (!isBegun) break
      }
    }
  }

  /** Begins operators that belong together, now or as soon as there are ids for their new peers. @returns false when the stores' limits forbid */
  #propose(plans: readonly OperatorPlan[]): boolean {
    if (!plans.every((plan) => this.#fitsLimits(plan))) return false
    const counts = plans.map((plan) => storesToFill(plan).length)
    const count = counts.reduce((sum, each) => sum + each, 0)
    const first = count === 0 ? 0 : this.#deps.ids.tryTake(count)
    if (first !== undefined) return this.#begin(plans, first)
    for (const { state, kind } of plans) this.#view.reserve(state.region.id, kind)
    const release = () => {
      for (const { state } of plans) this.#view.release(state.region.id)
    }
    this.#deps.ids.take(count).then(
      (taken) => {
        release()
        this.#view.refresh()
        // Another report may have come meanwhile: the plan is for the region as it was.
        const fresh = plans.map((plan) => ({ ...plan, state: this.#unchangedSince(plan.state) }))
        const current = fresh.filter((plan): plan is OperatorPlan => plan.state !== undefined)
        if (!this.#isClosed && current.length === plans.length) this.#begin(current, taken)
      },
      // Nothing can be made durable any more, which everybody else hears too; a later report tries again.
      release,
    )
    return true
  }

  #unchangedSince({ region, leader }: RegionState): RegionState | undefined {
    const now = this.#deps.regions.byId(region.id)
    const isSame =
      now?.region.epoch.confVer === region.epoch.confVer &&
      now.region.epoch.version === region.epoch.version &&
      now.leader?.id === leader?.id
    return isSame && !this.#view.hasOperator(region.id) ? now : undefined
  }

  #begin(plans: readonly OperatorPlan[], firstId: PeerId): boolean {
    const { clock } = this.#deps
    const now = clock.now()
    const joint = this.#config.enableJointConsensus && this.#deps.canJoin()
    let nextId = firstId
    const operators = plans.map((plan) => {
      const ids = storesToFill(plan).map(() => nextId++)
      return new Operator(plan, buildSteps(plan, ids, joint), now, clock.unixMs())
    })
    if (operators.some(({ steps }) => steps.length === 0)) return false
    const [source, target] = operators
    if (source !== undefined && target !== undefined) {
      source.partner = target
      target.partner = source
    }
    for (const operator of operators) {
      this.#charge(operator, now)
      this.book.start(operator)
      // A step may be done already (the leader is where it should be); the state is as last reported.
      this.book.report(operator.state, now)
    }
    for (const operator of operators) this.#send(operator)
    this.#view.refresh()
    return true
  }

  #fitsLimits({ state, voters, learners = [] }: OperatorPlan): boolean {
    const sizeMiB = state.approximateSizeMiB
    const wanted = [...voters, ...learners]
    const held = storeIds(state.region.peers)
    return (
      wanted.every((id) => held.includes(id) || this.#view.hasRoom(id, 'add-peer', sizeMiB)) &&
      // Nobody spares a store that is on its way out.
      held.every(
        (id) =>
          wanted.includes(id) || this.#view.store(id)?.state !== 'Up' || this.#view.hasRoom(id, 'remove-peer', sizeMiB),
      )
    )
  }

  #charge(operator: Operator, now: Instant): void {
    const { gained, lost } = operator.moves()
    const take = (id: StoreId, flow: StoreFlow) => {
      this.#limits.take(id, flow, operator.sizeMiB, now)
      this.#limitCosts.add(moveCost(operator.sizeMiB), id.toString(), flow)
    }
    for (const id of gained) take(id, 'add-peer')
    for (const id of lost) take(id, 'remove-peer')
  }

  #send(operator: Operator): void {
    if (!operator.isRunning) return
    const order = operator.order(this.#deps.clock.now())
    if (order !== undefined) this.streams.send(order)
  }
}

/** A plan that leaves the peers as they are. */
function unchanged(state: RegionState): Omit<OperatorPlan, 'reason'> {
  const { peers } = state.region
  return {
    kind: 'admin',
    state,
    voters: storeIds(peers.filter(isVoter)),
    learners: storeIds(peers.filter((peer) => !isVoter(peer))),
    leaders: [],
  }
}
