import { assert, below, fraction, type Random } from '@stratakv/core'
import type { FileCall, FileOperation } from './intercepted-file-system.ts'

/** What goes wrong. */
export type Fault =
  /**
   * The call fails and does nothing, but for `write` and `append`, of which any prefix may arrive first. `ENOSPC` becomes
   * NoSpaceError, `ENOENT` FileNotFoundError, `EEXIST` FileExistsError, anything else FileIoError with this errno.
   */
  | { readonly type: 'error'; readonly errno: string }
  /** Any 512-byte sectors of a `write` or `append` arrive, not only the first ones; then it fails with EIO. */
  | { readonly type: 'torn-write' }
  /** A `read` ends early, as if the file did. */
  | { readonly type: 'short-read' }
  /** One bit of what a `read` gives is wrong. */
  | { readonly type: 'flip-bit' }
  /** A `sync` or `syncDirectory` says it succeeded and did nothing: what a test must notice that claims to check syncs. */
  | { readonly type: 'lie' }

/** When something goes wrong. Of the calls that match `on` and `path`, `nth` and `times` choose some, and `chance` of these. */
export interface FaultRule {
  readonly on: FileOperation | readonly FileOperation[]
  /** Either name of a rename or link may match. Absent: every path. */
  readonly path?: RegExp
  /** The first matching call that fails, counted from 1. Default 1. */
  readonly nth?: number
  /** How many matching calls fail from there on. Absent: all. */
  readonly times?: number
  /** In (0, 1]. Default 1. */
  readonly chance?: number
  readonly fault: Fault
}

/** A rule at work. */
export interface ArmedFault {
  readonly rule: FaultRule
  readonly matchedCount: number
  readonly firedCount: number
  /** The rule, and how often it fired, in words. */
  toString(): string
  /** The rule never fires again. */
  disarm(): void
}

const faultOperations: Readonly<Record<Exclude<Fault['type'], 'error'>, readonly FileOperation[]>> = {
  'torn-write': ['write', 'append'],
  'short-read': ['read'],
  'flip-bit': ['read'],
  lie: ['sync', 'syncDirectory'],
}

/** Counts calls against one rule and decides. */
export class RuleState implements ArmedFault {
  readonly rule: FaultRule
  readonly #operations: readonly FileOperation[]
  readonly #disarm: (state: RuleState) => void
  #matchedCount = 0
  #firedCount = 0

  constructor(rule: FaultRule, disarm: (state: RuleState) => void) {
    this.rule = rule
    this.#disarm = disarm
    this.#operations = typeof rule.on === 'string' ? [rule.on] : rule.on
    const { nth = 1, times = 1, chance = 1, fault } = rule
    assert(Number.isInteger(nth) && nth >= 1, 'nth counts from 1')
    assert(Number.isInteger(times) && times >= 1, 'a fault happens at least once')
    assert(chance > 0 && chance <= 1, 'chance is in (0, 1]')
    assert(this.#operations.length > 0, 'a rule names an operation')
    if (fault.type !== 'error') {
      const possible = faultOperations[fault.type]
      assert(
        this.#operations.every((operation) => possible.includes(operation)),
        `${fault.type} happens on ${possible.join(' and ')} only`,
      )
    }
  }

  get matchedCount(): number {
    return this.#matchedCount
  }

  get firedCount(): number {
    return this.#firedCount
  }

  disarm(): void {
    this.#disarm(this)
  }

  /** Whether this call is to fail. Counts it. */
  fires(call: FileCall, random: Random): boolean {
    const { path, nth = 1, times = Number.POSITIVE_INFINITY, chance = 1 } = this.rule
    if (!this.#operations.includes(call.operation)) return false
    if (
      path !== undefined &&
      !matches(path, call.path) &&
      !(call.newPath !== undefined && matches(path, call.newPath))
    ) {
      return false
    }
    this.#matchedCount++
    if (this.#matchedCount < nth || this.#matchedCount >= nth + times) return false
    if (chance < 1 && fraction(random) >= chance) return false
    this.#firedCount++
    return true
  }

  toString(): string {
    const { path, nth = 1, times, chance = 1, fault } = this.rule
    const what = fault.type === 'error' ? fault.errno : fault.type
    const where = `${this.#operations.join(' or ')} of ${path ?? 'any path'}`
    const count = times === undefined ? 'from then on' : times === 1 ? 'once' : `${times} times`
    const odds = chance < 1 ? `, with chance ${chance}` : ''
    return `${what} on ${where}, call ${nth} and ${count}${odds} (matched ${this.#matchedCount}, fired ${this.#firedCount})`
  }
}

/** `lastIndex` of a sticky or global pattern would make the answer depend on earlier calls. */
function matches(pattern: RegExp, path: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(path)
}

/** A cut somewhere in `[0, lengthBytes]`. */
export function anyPrefix(lengthBytes: number, random: Random): number {
  return below(random, lengthBytes + 1)
}
