import { FaultRuleError } from './errors.ts'

/** Region errors, as a store gives them; named as in errorpb.Error. */
export const regionFaults = [
  'NotLeader',
  'EpochNotMatch',
  'ServerIsBusy',
  'RegionNotFound',
  'StaleCommand',
  'RaftEntryTooLarge',
  'MaxTimestampNotSynced',
  'DiskFull',
] as const
export type RegionFault = (typeof regionFaults)[number]

/** Errors of the disk below the engine, by errno. */
export const diskFaults = ['EIO', 'ENOSPC'] as const
export type DiskFault = (typeof diskFaults)[number]

/** What happens to a call besides: see {@link CallFaultRule}. */
export const callFaults = ['drop', 'drop-answer', 'unavailable', 'undetermined'] as const

/** Which of the calls or disk operations that match are met. */
export interface FaultOdds {
  /** Of those that are left by `after`: each is met with this chance, in (0, 1]. Default 1. */
  readonly probability?: number
  /** So many pass first. Default 0. */
  readonly after?: number
  /** The rule rests when it has fired so often. Absent: it never does. */
  readonly times?: number
}

/** Which calls a rule is about. */
export interface FaultedCalls {
  /**
   * `KvGet`, `Tso`, or a pattern with `*` such as `Raw*`; with a slash it is matched against the full name, as in `pdpb.PD/*`. Default: all.
   * The commands of BatchCommands go by their own names, and BatchCommands itself is not matched.
   */
  readonly method?: string
  /** Only commands whose context names this region. */
  readonly region?: number
}

/** The call is made late. */
export interface DelayRule extends FaultOdds, FaultedCalls {
  readonly fault: 'delay'
  /** Milliseconds; or from and to, of which each call draws its own. */
  readonly delayMs: number | readonly [from: number, to: number]
}

/**
 * - `drop`: the call is not executed, and never answered. A stream of the placement driver falls silent.
 * - `drop-answer`: it is executed, and never answered.
 * - `unavailable`: not executed; gRPC status UNAVAILABLE, as of a store that is gone. It ends a BatchCommands stream.
 * - `undetermined`: executed or not, which the dice decide; gRPC status UNKNOWN, as after a write whose outcome nobody knows.
 * - the others: not executed, and answered with that region error.
 */
export interface CallFaultRule extends FaultOdds, FaultedCalls {
  readonly fault: (typeof callFaults)[number] | RegionFault
}

/**
 * The engine's reads or writes fail, below all commands. As with LevelDB, a failed write is the last one: the engine takes no more,
 * and only reads go on, until the rule is removed.
 */
export interface DiskFaultRule extends FaultOdds {
  readonly fault: DiskFault
  readonly on: 'read' | 'write'
}

/** What goes wrong, and when. */
export type FaultRule = DelayRule | CallFaultRule | DiskFaultRule

/** An hour. */
const delayMsMax = 3_600_000
const names = ['delay', ...callFaults, ...regionFaults, ...diskFaults]

export function isDiskRule(rule: FaultRule): rule is DiskFaultRule {
  return 'on' in rule
}

/** Whether the fault is an answer, or the lack of one, that only commands of a store have. */
export function isOfCommands(rule: DelayRule | CallFaultRule): boolean {
  return rule.fault === 'undetermined' || (regionFaults as readonly string[]).includes(rule.fault)
}

/** @throws FaultRuleError for the first field that is wrong, one that is missing, or one that does not belong there */
export function checkFaultRule(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultRuleError('rule', value, 'an object with at least the field fault')
  }
  const given = value as Readonly<Record<string, unknown>>
  const { fault } = given
  if (typeof fault !== 'string' || !names.includes(fault)) throw new FaultRuleError('fault', fault, names.join(', '))
  const isDisk = (diskFaults as readonly string[]).includes(fault)
  const fields = [
    'fault',
    ...(isDisk ? ['on'] : ['method', 'region']),
    ...(fault === 'delay' ? ['delayMs'] : []),
    ...['probability', 'after', 'times'],
  ]
  for (const [field, got] of Object.entries(given)) {
    if (!fields.includes(field))
      throw new FaultRuleError(field, got, `nothing with ${fault}: its fields are ${fields.join(', ')}`)
  }
  const checks: Readonly<Record<string, (got: unknown) => string | undefined>> = {
    method: (got) => (typeof got === 'string' && got !== '' ? undefined : 'the name of a method, or a pattern with *'),
    region: (got) => (isWhole(got, 1) ? undefined : 'the id of a region, from 1'),
    probability: (got) => (typeof got === 'number' && got > 0 && got <= 1 ? undefined : 'a number above 0, up to 1'),
    after: (got) => (isWhole(got, 0) ? undefined : 'a whole number from 0'),
    times: (got) => (isWhole(got, 1) ? undefined : 'a whole number from 1'),
  }
  for (const [field, check] of Object.entries(checks)) {
    const takes = given[field] === undefined ? undefined : check(given[field])
    if (takes !== undefined) throw new FaultRuleError(field, given[field], takes)
  }
  if (fault === 'delay') checkDelay(given.delayMs)
  if (isDisk) checkDisk(fault, given.on)
  // A copy: whoever gave it may go on changing theirs.
  return { ...given } as unknown as FaultRule
}

function checkDelay(delayMs: unknown): void {
  const [from, to] = Array.isArray(delayMs) && delayMs.length === 2 ? delayMs : [delayMs, delayMs]
  if (isDelay(from) && isDelay(to) && from <= to) return
  throw new FaultRuleError(
    'delayMs',
    delayMs,
    `milliseconds from 0 to ${delayMsMax}, or a pair of them, the smaller first`,
  )
}

function isDelay(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= delayMsMax
}

function checkDisk(fault: string, on: unknown): void {
  if (fault === 'ENOSPC' && on === 'read')
    throw new FaultRuleError('on', on, '"write" with ENOSPC: reading takes no space')
  if (on !== 'read' && on !== 'write') throw new FaultRuleError('on', on, '"read" or "write"')
}

function isWhole(value: unknown, min: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min
}
