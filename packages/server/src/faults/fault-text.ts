import { FaultRuleError } from './errors.ts'
import { checkFaultRule, type FaultRule, isDiskRule } from './fault-rule.ts'

const form =
  'a text such as "KvPrewrite: ServerIsBusy 10%", "Raw*: delay 50..200ms times 3" or "disk write: EIO after 5"'

/**
 * One line for one rule: `TARGET: FAULT [ODDS]`. TARGET is a method or a pattern, or `disk read`, `disk write`; FAULT one of the
 * names of {@link FaultRule}, `delay` followed by `200ms` or `50..200ms`; ODDS any of `10%`, `after 5`, `times 3`, `region 2`.
 *
 * @throws FaultRuleError
 */
export function parseFaultRule(text: string): FaultRule {
  const [, target, rest] = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/s.exec(text) ?? []
  if (target === undefined || rest === undefined) throw new FaultRuleError('rule', text, form)
  const [fault, ...words] = rest.split(/\s+/)
  const rule: Record<string, unknown> = { fault }
  const [, on] = /^disk\s+(\S+)$/.exec(target) ?? []
  if (on !== undefined) rule.on = on
  else if (target !== '*') rule.method = target
  if (fault === 'delay') rule.delayMs = delayOf(words.shift() ?? '')
  while (words.length > 0) {
    const word = words.shift()!
    if (/^[\d.]+%$/.test(word)) rule.probability = asWritten(Number(word.slice(0, -1)) / 100)
    else if (word === 'after' || word === 'times' || word === 'region') rule[word] = numberOf(word, words.shift())
    else throw new FaultRuleError('rule', text, form)
  }
  return checkFaultRule(rule)
}

/** The text that {@link parseFaultRule} reads as the same rule. */
export function formatFaultRule(rule: FaultRule): string {
  const { fault, probability, after, times } = rule
  const words = [isDiskRule(rule) ? `disk ${rule.on}:` : `${rule.method ?? '*'}:`, fault]
  if (rule.fault === 'delay') {
    const { delayMs } = rule
    words.push(typeof delayMs === 'number' ? `${delayMs}ms` : `${delayMs[0]}..${delayMs[1]}ms`)
  }
  if (probability !== undefined) words.push(`${asWritten(probability * 100)}%`)
  if (after !== undefined) words.push(`after ${after}`)
  if (times !== undefined) words.push(`times ${times}`)
  if (!isDiskRule(rule) && rule.region !== undefined) words.push(`region ${rule.region}`)
  return words.join(' ')
}

/** 0.07 * 100 is 7.000000000000001, and 34.6 / 100 is 0.34600000000000003, which nobody wrote. */
function asWritten(value: number): number {
  return Number(value.toPrecision(12))
}

function delayOf(word: string): number | [number, number] {
  const [, from, to] = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?ms$/.exec(word) ?? []
  if (from === undefined) throw new FaultRuleError('delayMs', word, 'a time such as 200ms, or 50..200ms')
  return to === undefined ? Number(from) : [Number(from), Number(to)]
}

function numberOf(field: string, word: string | undefined): number {
  if (word === undefined || !/^\d+$/.test(word)) throw new FaultRuleError(field, word, 'a whole number')
  return Number(word)
}
