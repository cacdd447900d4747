import type { RegionId } from '@stratakv/core'
import type { LogQueue } from '../format/file-name.ts'
import type { LogItem } from './item-list.ts'
import type { EntriesFit } from './region-spans.ts'
import { RaftLogRepairRuleError } from './tool-errors.ts'

/**
 * What a rule is about. `hole`: entries behind a gap in their region's indexes. `overlap`: entries that replace some of those that are there, as
 * Raft does. `below-first`: entries from before the region's first. `entries`: any of them, also those that go on without a gap.
 */
export type RepairCase = 'hole' | 'overlap' | 'below-first' | 'entries' | 'compact' | 'clean'

/** `drop-incoming`: what comes is left out. `drop-existing`: what is there of the region's entries goes before what comes counts. */
export type RepairVerdict = 'keep' | 'drop-incoming' | 'drop-existing'

/** Of several rules that fit an item the first one counts. What no rule fits is kept, except for holes of the append queue: they need one. */
export interface RepairRule {
  readonly on: RepairCase
  readonly verdict: RepairVerdict
  /** Default: both. */
  readonly queue?: LogQueue
  /** Default: all. */
  readonly regions?: readonly RegionId[]
}

const cases: readonly RepairCase[] = ['hole', 'overlap', 'below-first', 'entries', 'compact', 'clean']
const verdicts: readonly RepairVerdict[] = ['keep', 'drop-incoming', 'drop-existing']
const queues: readonly LogQueue[] = ['append', 'rewrite']

/**
 * A rule as people write it: `CASE:VERDICT`, then what narrows it, `queue=append`, `regions=1,2,3`, separated by blanks.
 *
 * @throws RaftLogRepairRuleError
 */
export function parseRepairRule(text: string): RepairRule {
  const fail = (detail: string): never => {
    throw new RaftLogRepairRuleError(JSON.stringify(text), detail)
  }
  const [head = '', ...rest] = text.trim().split(/\s+/)
  const [on, verdict, ...more] = head.split(':')
  if (more.length > 0 || verdict === undefined) fail('a rule begins with CASE:VERDICT')
  const rule: { -readonly [Key in keyof RepairRule]: RepairRule[Key] } = {
    on: oneOf(cases, on!) ?? fail(`cases are ${cases.join(', ')}`),
    verdict: oneOf(verdicts, verdict!) ?? fail(`verdicts are ${verdicts.join(', ')}`),
  }
  for (const part of rest) {
    const [name, value = ''] = part.split('=', 2)
    if (name === 'queue') rule.queue = oneOf(queues, value) ?? fail(`queues are ${queues.join(', ')}`)
    else if (name === 'regions')
      rule.regions = value.split(',').map((id) => regionOf(id) ?? fail(`${id} is no region id`))
    else fail(`${part} is neither queue=... nor regions=...`)
  }
  assertRepairRule(rule)
  return rule
}

/** @throws RaftLogRepairRuleError */
export function assertRepairRule(rule: RepairRule): void {
  if ((rule.on === 'compact' || rule.on === 'clean') && rule.verdict === 'drop-existing') {
    throw new RaftLogRepairRuleError(`${rule.on}:${rule.verdict}`, 'a command does not replace entries')
  }
}

/** What is to become of an item; `undefined` when no rule says. `fit` is that of entries. */
export function verdictOn(
  rules: readonly RepairRule[],
  queue: LogQueue,
  item: LogItem,
  fit: EntriesFit | undefined,
): RepairVerdict | undefined {
  if (item.type === 'put' || item.type === 'delete') return undefined
  return rules.find(
    ({ on, queue: only, regions }) =>
      (on === item.type || on === fit) &&
      (only === undefined || only === queue) &&
      (regions === undefined || regions.includes(item.regionId)),
  )?.verdict
}

function oneOf<T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((name) => name === text)
}

function regionOf(text: string): RegionId | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) ? id : undefined
}
