import type { Counter, Histogram, Instant, RegionId, RegionOperator, StoreId, Telemetry } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import { noInfluence, type StoreInfluence } from './cluster-view.ts'
import type { Operator, OperatorRecord } from './operator.ts'
import type { OperatorKind } from './operator-plan.ts'
import { stepTargets } from './operator-step.ts'

/** How long an operator that is over can be asked for, and how many are kept at most; the oldest goes. */
const recordsKeptMs = 600_000
const recordsMax = 10_000

/** Every running operator, at most one a region, and those that ended lately. Sans I/O. */
export class OperatorBook {
  readonly #running = new Map<RegionId, Operator>()
  /** In the order they ended; of one region only the newest. */
  readonly #ended = new Map<RegionId, OperatorRecord>()
  readonly #counts = new Map<OperatorKind, number>()
  readonly #events: Counter
  readonly #durations: Histogram
  readonly #stepDurations: Histogram

  constructor(telemetry: Telemetry) {
    this.#events = telemetry.counter({
      name: 'pd_schedule_operators_count',
      help: 'Operators by reason and what became of them.',
      labels: ['type', 'event'],
    })
    this.#durations = telemetry.histogram({
      name: 'pd_schedule_finish_operators_duration_seconds',
      help: 'From start to success.',
      labels: ['type'],
    })
    this.#stepDurations = telemetry.histogram({
      name: 'pd_schedule_finish_operator_steps_duration_seconds',
      help: 'Of one step.',
      labels: ['type'],
    })
  }

  get runningCount(): number {
    return this.#running.size
  }

  running(id: RegionId): Operator | undefined {
    return this.#running.get(id)
  }

  /** Running ones first, then those that ended, newest first. */
  records(now: Instant): OperatorRecord[] {
    this.#forgetOld(now)
    return [...this.runningRecords(), ...[...this.#ended.values()].reverse()]
  }

  runningRecords(): OperatorRecord[] {
    return [...this.#running.values()].map((operator) => operator.record())
  }

  /** The one that runs on the region, or the last that ended there within ten minutes. */
  record(id: RegionId, now: Instant): OperatorRecord | undefined {
    this.#forgetOld(now)
    return this.#running.get(id)?.record() ?? this.#ended.get(id)
  }

  countOf(kind: OperatorKind): number {
    return this.#counts.get(kind) ?? 0
  }

  /** The caller has seen that the region has none. */
  start(operator: Operator): void {
    this.#running.set(operator.regionId, operator)
    this.#counts.set(operator.plan.kind, this.countOf(operator.plan.kind) + 1)
    this.#note(operator, 'start')
  }

  /** Takes a report of a region. @returns its operator, running or just ended; `undefined` when it has none */
  report(state: RegionState, now: Instant): Operator | undefined {
    const operator = this.#running.get(state.region.id)
    if (operator === undefined) return undefined
    const type = operator.step?.type ?? ''
    for (const ms of operator.advance(state, now)) this.#stepDurations.observe(ms / 1000, type)
    const problem = operator.isRunning ? operator.problem() : undefined
    if (problem !== undefined) this.cancel(operator, problem, now)
    else if (!operator.isRunning) this.#over(operator, now)
    return operator
  }

  /** The region is no more: `by` covers what it held. */
  gone(id: RegionId, by: RegionId, now: Instant): void {
    const operator = this.#running.get(id)
    if (operator === undefined) return
    const { step } = operator
    if (step?.type === 'merge-into' && step.target.id === by) {
      operator.finish('success', '', now)
      this.#over(operator, now)
    } else this.cancel(operator, `region ${by} took its place`, now)
  }

  cancel(operator: Operator, why: string, now: Instant, status: 'cancelled' | 'timeout' = 'cancelled'): void {
    if (!operator.isRunning) return
    operator.finish(status, why, now)
    this.#over(operator, now)
    if (operator.partner !== undefined) this.cancel(operator.partner, `the other half: ${why}`, now)
  }

  /**
   * Gives up what takes too long or has lost a store it needs, and finds what to send again.
   * @param isThere whether a store can still be made use of
   */
  poll(now: Instant, isThere: (id: StoreId) => boolean): RegionOperator[] {
    const again: RegionOperator[] = []
    for (const operator of [...this.#running.values()]) {
      const { step } = operator
      if (!operator.isRunning || step === undefined) continue
      const lost = stepTargets(step).find((id) => !isThere(id))
      if (lost !== undefined) this.cancel(operator, `store ${lost} is gone`, now)
      else if (operator.isOverdue(now)) this.cancel(operator, `${step.type} took too long`, now, 'timeout')
      else if (operator.isDueAgain(now)) {
        const order = operator.order(now)
        if (order !== undefined) again.push(order)
      }
    }
    return again
  }

  /** What all running operators will still change, by store. */
  influences(): ReadonlyMap<StoreId, StoreInfluence> {
    const influences = new Map<StoreId, StoreInfluence>()
    const add = (id: StoreId, count: number, sizeMiB: number, leaders: number, arriving: number) => {
      const known = influences.get(id) ?? noInfluence
      influences.set(id, {
        regionCount: known.regionCount + count,
        regionSizeMiB: known.regionSizeMiB + count * sizeMiB,
        leaderCount: known.leaderCount + leaders,
        arrivingCount: known.arrivingCount + arriving,
      })
    }
    for (const operator of this.#running.values()) {
      const { gained, lost } = operator.moves()
      for (const id of gained) add(id, 1, operator.sizeMiB, 0, 1)
      for (const id of lost) add(id, -1, operator.sizeMiB, 0, 0)
      const [from, to] = [operator.state.leader?.storeId, operator.leaderInTheEnd()]
      if (from === to || from === undefined || to === undefined) continue
      add(from, 0, 0, -1, 0)
      add(to, 0, 0, 1, 0)
    }
    return influences
  }

  #over(operator: Operator, now: Instant): void {
    this.#running.delete(operator.regionId)
    this.#counts.set(operator.plan.kind, this.countOf(operator.plan.kind) - 1)
    this.#ended.delete(operator.regionId)
    this.#ended.set(operator.regionId, operator.record())
    this.#forgetOld(now)
    const { status } = operator
    this.#note(operator, status === 'success' ? 'finish' : status === 'cancelled' ? 'cancel' : status)
    if (status === 'success') this.#durations.observe((now - operator.startedAt) / 1000, operator.plan.reason)
  }

  #forgetOld(now: Instant): void {
    for (const [id, { finishedAt = 0 }] of this.#ended) {
      if (now - finishedAt < recordsKeptMs && this.#ended.size <= recordsMax) return
      this.#ended.delete(id)
    }
  }

  #note(operator: Operator, event: string): void {
    this.#events.add(1, operator.plan.reason, event)
  }
}
