import type { Instant, RegionEpoch, RegionId, RegionOperator, StoreId } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import type { OperatorKind, OperatorPlan } from './operator-plan.ts'
import {
  formatStep,
  type OperatorStep,
  stepConfVerDelta,
  stepIsDone,
  stepOrder,
  stepProblem,
  stepTimeoutMs,
} from './operator-step.ts'

export type OperatorStatus = 'running' | 'success' | 'timeout' | 'cancelled' | 'replaced'

/** An operator as it is shown: running, or over not long ago. */
export interface OperatorRecord {
  readonly regionId: RegionId
  readonly reason: string
  readonly kind: OperatorKind
  readonly status: OperatorStatus
  /** Why it came to no good end; empty while it runs or when it did. */
  readonly why: string
  readonly epoch: RegionEpoch
  readonly sizeMiB: number
  /** In PD's words. */
  readonly steps: readonly string[]
  /** Of `steps`, from 0; their count when all are done. */
  readonly stepIndex: number
  readonly startedAt: Instant
  readonly startedUnixMs: number
  readonly finishedAt: Instant | undefined
}

/** Resend intervals: what takes no data is asked for again sooner. */
const quickResendMs = 2000
const slowResendMs = 5000

/** One region on its way to what a plan wants. Sans I/O: told of reports and of time, it says what to send. */
export class Operator {
  readonly plan: OperatorPlan
  readonly steps: readonly OperatorStep[]
  readonly startedAt: Instant
  readonly startedUnixMs: number
  readonly sizeMiB: number
  /** The other half of a merge: neither goes on alone. */
  partner: Operator | undefined
  #state: RegionState
  #stepIndex = 0
  #stepAt: Instant
  #sentAt: Instant | undefined
  #status: OperatorStatus = 'running'
  #why = ''
  #finishedAt: Instant | undefined

  constructor(plan: OperatorPlan, steps: readonly OperatorStep[], now: Instant, unixMs: number) {
    this.plan = plan
    this.steps = steps
    this.#state = plan.state
    this.sizeMiB = plan.state.approximateSizeMiB
    this.startedAt = now
    this.startedUnixMs = unixMs
    this.#stepAt = now
  }

  get regionId(): RegionId {
    return this.plan.state.region.id
  }

  get status(): OperatorStatus {
    return this.#status
  }

  get why(): string {
    return this.#why
  }

  get finishedAt(): Instant | undefined {
    return this.#finishedAt
  }

  /** `undefined` when all are done. */
  get step(): OperatorStep | undefined {
    return this.steps[this.#stepIndex]
  }

  /** The region as last reported. */
  get state(): RegionState {
    return this.#state
  }

  get isRunning(): boolean {
    return this.#status === 'running'
  }

  /** Takes a report of the region: steps that are done are left behind. @returns how long each of them took, ms */
  advance(state: RegionState, now: Instant): number[] {
    this.#state = state
    const tookMs: number[] = []
    for (let step = this.step; step !== undefined && stepIsDone(step, state); step = this.step) {
      tookMs.push(now - this.#stepAt)
      this.#stepIndex++
      this.#stepAt = now
      this.#sentAt = undefined
    }
    if (this.step === undefined) this.finish('success', '', now)
    return tookMs
  }

  /** Why it must not go on in the region as last reported. */
  problem(): string | undefined {
    const { step } = this
    if (step === undefined) return undefined
    const origin = this.plan.state.region.epoch
    const explained = this.steps.slice(0, this.#stepIndex + 1).reduce((sum, each) => sum + stepConfVerDelta(each), 0)
    if (this.#state.region.epoch.confVer - origin.confVer > explained) return 'the membership changed otherwise'
    const isMerge = this.plan.last?.type === 'merge-into' || this.plan.last?.type === 'merge-from'
    // Preparing the merge raises the source's version by one.
    const mayRise = step.type === 'merge-into' ? 1 : 0
    if (isMerge && this.#state.region.epoch.version > origin.version + mayRise) return 'the range changed otherwise'
    return stepProblem(step, this.#state)
  }

  isOverdue(now: Instant): boolean {
    return this.step !== undefined && now - this.#stepAt >= stepTimeoutMs(this.step, this.sizeMiB)
  }

  isDueAgain(now: Instant): boolean {
    const { step } = this
    if (step === undefined) return false
    const waitMs = step.type === 'add-learner' || step.type === 'add-peer' ? slowResendMs : quickResendMs
    return this.#sentAt === undefined || now - this.#sentAt >= waitMs
  }

  /** What the leader is to be told now. */
  order(now: Instant): RegionOperator | undefined {
    const { step } = this
    const { region, leader } = this.#state
    // The last step of a merge waits until the other half has nothing else to do.
    if (step === undefined || leader === undefined || (step.type === 'merge-into' && !this.#partnerIsReady()))
      return undefined
    const order = stepOrder(step, this.#state)
    if (order === undefined) return undefined
    this.#sentAt = now
    return { regionId: region.id, epoch: region.epoch, targetPeer: leader, order }
  }

  finish(status: Exclude<OperatorStatus, 'running'>, why: string, now: Instant): void {
    this.#status = status
    this.#why = why
    this.#finishedAt = now
  }

  /** Stores that gain a peer, and those that lose one, from here to the end. */
  moves(): { readonly gained: readonly StoreId[]; readonly lost: readonly StoreId[] } {
    const { voters, learners = [] } = this.plan
    const wanted = [...voters, ...learners]
    const held = this.#state.region.peers.map(({ storeId }) => storeId)
    return { gained: wanted.filter((id) => !held.includes(id)), lost: held.filter((id) => !wanted.includes(id)) }
  }

  /** Who will lead when it is done, as far as its steps say. */
  leaderInTheEnd(): StoreId | undefined {
    let leader = this.#state.leader?.storeId
    for (const step of this.steps.slice(this.#stepIndex)) if (step.type === 'transfer-leader') leader = step.to
    return leader
  }

  record(): OperatorRecord {
    return {
      regionId: this.regionId,
      reason: this.plan.reason,
      kind: this.plan.kind,
      status: this.#status,
      why: this.#why,
      epoch: this.plan.state.region.epoch,
      sizeMiB: this.sizeMiB,
      steps: this.steps.map((step) => formatStep(step, this.regionId)),
      stepIndex: this.#stepIndex,
      startedAt: this.startedAt,
      startedUnixMs: this.startedUnixMs,
      finishedAt: this.#finishedAt,
    }
  }

  #partnerIsReady(): boolean {
    return this.partner?.step?.type === 'merge-from'
  }
}
