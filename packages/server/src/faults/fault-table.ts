import { fraction, type SeededRandom, seededRandom } from '@stratakv/core'
import { distance } from 'fastest-levenshtein'
import { FaultRuleError } from './errors.ts'
import {
  type CallFaultRule,
  checkFaultRule,
  type DelayRule,
  type DiskFault,
  type DiskFaultRule,
  type FaultRule,
  isDiskRule,
  isOfCommands,
} from './fault-rule.ts'
import { formatFaultRule, parseFaultRule } from './fault-text.ts'

/** A method that rules may name. */
export interface FaultableMethod {
  /** `tikvpb.Tikv/KvGet`. */
  readonly path: string
  /** A command of the store: it names a region, and can be answered with a region error. */
  readonly isCommand: boolean
}

/** What is to happen to one call. */
export type CallAction = { readonly ruleId: number } & (
  | { readonly fault: 'delay'; readonly delayMs: number }
  | { readonly fault: 'undetermined'; readonly isExecuted: boolean }
  | { readonly fault: Exclude<CallFaultRule['fault'], 'undetermined'> }
)

/** A rule at work. */
export interface ArmedFault {
  readonly id: number
  readonly rule: FaultRule
  /** The rule in one line, as `add` takes it too. */
  readonly text: string
  /** Calls or disk operations that the rule was asked about. */
  readonly matchedCount: number
  /** How often it was the rule's turn. */
  readonly firedCount: number
}

interface RuleState {
  readonly id: number
  readonly text: string
  readonly dice: SeededRandom
  matchedCount: number
  firedCount: number
}
type CallRuleState = RuleState & { readonly rule: DelayRule | CallFaultRule; readonly paths: ReadonlySet<string> }
type DiskRuleState = RuleState & { readonly rule: DiskFaultRule }

export interface FaultTableOptions {
  /** A whole number in [0, 2^53). */
  readonly seed: number
  readonly methods: readonly FaultableMethod[]
}

/** Every call asks every rule: more of them are refused. */
const rulesMax = 1000

/**
 * Decides what goes wrong. Rules are asked in the order in which they were added; the first that fires has the call.
 *
 * Each rule has dice of its own, so whether it fires on the n-th call that it is asked about hangs on the seed, on how many rules were
 * added before it since the start or the last `clear`, and on n: not on time, nor on the other rules' luck. The same calls in the same order meet the same faults.
 */
export class FaultTable {
  readonly seed: number
  readonly #methods: readonly FaultableMethod[]
  #states: (CallRuleState | DiskRuleState)[] = []
  #nextId = 1
  /** Rules since the last `clear`: their dice are told apart by it. */
  #ordinal = 0

  /** @throws FaultRuleError */
  constructor(options: FaultTableOptions) {
    if (!Number.isSafeInteger(options.seed) || options.seed < 0) {
      throw new FaultRuleError('seed', options.seed, 'a whole number in [0, 2^53)')
    }
    this.seed = options.seed
    this.#methods = options.methods
  }

  /** @throws FaultRuleError, and nothing is added */
  add(given: FaultRule | string): ArmedFault {
    return this.addAll([given])[0]!
  }

  /** In this order. @throws FaultRuleError, and none is added */
  addAll(given: readonly (FaultRule | string)[]): readonly ArmedFault[] {
    const checked = given.map((each) => {
      const rule = typeof each === 'string' ? parseFaultRule(each) : checkFaultRule(each)
      return isDiskRule(rule) ? { rule } : { rule, paths: this.#pathsOf(rule) }
    })
    if (this.#states.length + checked.length > rulesMax) {
      throw new FaultRuleError('rule', `${checked.length} more`, `at most ${rulesMax} in all`)
    }
    const added = checked.map(({ rule, ...about }) => {
      const counts = { matchedCount: 0, firedCount: 0 }
      const dice = seededRandom(this.seed).fork(`rule ${++this.#ordinal}`)
      const state = { id: this.#nextId++, text: formatFaultRule(rule), dice, ...counts, rule, ...about }
      return state as CallRuleState | DiskRuleState
    })
    this.#states.push(...added)
    return added.map(report)
  }

  /** False: there is no such rule. */
  remove(id: number): boolean {
    const left = this.#states.filter((state) => state.id !== id)
    const isFound = left.length < this.#states.length
    this.#states = left
    return isFound
  }

  /** Removes all rules. The next ones draw what the first ones drew. */
  clear(): void {
    this.#states = []
    this.#ordinal = 0
  }

  /** In the order in which they are asked. */
  list(): readonly ArmedFault[] {
    return this.#states.map(report)
  }

  get hasDiskRules(): boolean {
    return this.#states.some((state) => !('paths' in state))
  }

  /** @param path as in {@link FaultableMethod} @param region that the call names, if it does */
  decideCall(path: string, region: number | undefined): CallAction | undefined {
    for (const state of this.#states) {
      if (!('paths' in state)) continue
      const { rule, paths, id, dice } = state
      if (!paths.has(path) || (rule.region !== undefined && rule.region !== region) || !fires(state)) continue
      if (rule.fault === 'delay') return { ruleId: id, fault: 'delay', delayMs: drawDelay(rule, dice) }
      if (rule.fault === 'undetermined') return { ruleId: id, fault: 'undetermined', isExecuted: fraction(dice) < 0.5 }
      return { ruleId: id, fault: rule.fault }
    }
    return undefined
  }

  decideDisk(operation: DiskFaultRule['on']): DiskFault | undefined {
    for (const state of this.#states) {
      if (!('paths' in state) && state.rule.on === operation && fires(state)) return state.rule.fault
    }
    return undefined
  }

  #pathsOf(rule: DelayRule | CallFaultRule): ReadonlySet<string> {
    const { method = '*' } = rule
    const named = this.#methods.filter(({ path }) => matches(method, path))
    if (named.length === 0) throw new FaultRuleError('method', method, `a method or a pattern${this.#nearest(method)}`)
    const meant = isOfCommands(rule) || rule.region !== undefined ? named.filter(({ isCommand }) => isCommand) : named
    if (meant.length === 0) {
      const why = isOfCommands(rule) ? `no other call is answered ${rule.fault}` : 'no other call names a region'
      throw new FaultRuleError('method', method, `a command of the store: ${why}`)
    }
    return new Set(meant.map(({ path }) => path))
  }

  #nearest(method: string): string {
    const names = this.#methods.map(({ path }) => nameOf(path))
    const nearest = names.reduce(
      (best, name) => (distance(method, name) < distance(method, best) ? name : best),
      names[0] ?? '',
    )
    return nearest === '' ? '' : `, such as ${nearest}`
  }
}

/** `KvGet` of `tikvpb.Tikv/KvGet`. */
function nameOf(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(pattern.includes('/') ? path : nameOf(path))
}

/** Counts the call. Draws only where there is a choice. */
function fires(state: CallRuleState | DiskRuleState): boolean {
  const { after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = state.rule
  state.matchedCount++
  if (state.matchedCount <= after || state.firedCount >= times) return false
  if (probability < 1 && fraction(state.dice) >= probability) return false
  state.firedCount++
  return true
}

function drawDelay({ delayMs }: DelayRule, dice: SeededRandom): number {
  if (typeof delayMs === 'number') return delayMs
  const [from, to] = delayMs
  return from + fraction(dice) * (to - from)
}

function report({ id, rule, text, matchedCount, firedCount }: CallRuleState | DiskRuleState): ArmedFault {
  return { id, rule, text, matchedCount, firedCount }
}
