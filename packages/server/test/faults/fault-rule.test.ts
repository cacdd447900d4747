import { type FaultRule, FaultRuleError } from '@stratakv/server'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callFaults, checkFaultRule, regionFaults } from '../../src/faults/fault-rule.ts'
import { formatFaultRule, parseFaultRule } from '../../src/faults/fault-text.ts'

describe('a fault rule', () => {
  it('is refused with the field that is wrong', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [undefined, 'rule'],
      ['NotLeader', 'rule'],
      [[], 'rule'],
      [{}, 'fault'],
      [{ fault: 'notleader' }, 'fault'],
      [{ fault: 'drop', method: '' }, 'method'],
      [{ fault: 'drop', method: 7 }, 'method'],
      [{ fault: 'drop', region: 0 }, 'region'],
      [{ fault: 'drop', probability: 0 }, 'probability'],
      [{ fault: 'drop', probability: 1.1 }, 'probability'],
      [{ fault: 'drop', probability: '50%' }, 'probability'],
      [{ fault: 'drop', after: -1 }, 'after'],
      [{ fault: 'drop', times: 0 }, 'times'],
      [{ fault: 'drop', times: 1.5 }, 'times'],
      [{ fault: 'drop', delayMs: 5 }, 'delayMs'],
      [{ fault: 'drop', chance: 1 }, 'chance'],
      [{ fault: 'delay' }, 'delayMs'],
      [{ fault: 'delay', delayMs: -1 }, 'delayMs'],
      [{ fault: 'delay', delayMs: [5, 4] }, 'delayMs'],
      [{ fault: 'delay', delayMs: [1, 2, 3] }, 'delayMs'],
      [{ fault: 'delay', delayMs: 3_600_001 }, 'delayMs'],
      [{ fault: 'EIO' }, 'on'],
      [{ fault: 'EIO', on: 'sync' }, 'on'],
      [{ fault: 'ENOSPC', on: 'read' }, 'on'],
      [{ fault: 'EIO', on: 'read', method: 'KvGet' }, 'method'],
    ]
    for (const [rule, field] of cases) {
      const refuse = () => checkFaultRule(rule)
      expect(refuse, JSON.stringify(rule)).toThrow(FaultRuleError)
      expect(refuse, JSON.stringify(rule)).toThrow(expect.objectContaining({ field }))
    }
  })
})

describe('a fault rule in one line', () => {
  it('says what the object says', () => {
    const cases: readonly (readonly [string, FaultRule])[] = [
      ['KvPrewrite: ServerIsBusy 10%', { method: 'KvPrewrite', fault: 'ServerIsBusy', probability: 0.1 }],
      ['*: drop', { fault: 'drop' }],
      ['Raw*: delay 50..200ms times 3', { method: 'Raw*', fault: 'delay', delayMs: [50, 200], times: 3 }],
      ['pdpb.PD/Tso: delay 20ms after 5', { method: 'pdpb.PD/Tso', fault: 'delay', delayMs: 20, after: 5 }],
      [' RawGet :  NotLeader  region 2 ', { method: 'RawGet', fault: 'NotLeader', region: 2 }],
      ['disk write: EIO after 5 times 1', { on: 'write', fault: 'EIO', after: 5, times: 1 }],
    ]
    for (const [text, rule] of cases) expect(parseFaultRule(text), text).toEqual(rule)
  })

  it('is refused with the field that is wrong', () => {
    const cases = [
      ['', 'rule'],
      ['KvGet', 'rule'],
      ['KvGet:', 'fault'],
      ['KvGet: NotLeader often', 'rule'],
      ['KvGet: NotLeader 0%', 'probability'],
      ['KvGet: NotLeader times', 'times'],
      ['KvGet: NotLeader times x', 'times'],
      ['KvGet: delay', 'delayMs'],
      ['KvGet: delay 5s', 'delayMs'],
      ['KvGet: delay 9..5ms', 'delayMs'],
      ['disk sync: EIO', 'on'],
      ['KvGet: EIO', 'method'],
    ]
    for (const [text, field] of cases) {
      expect(() => parseFaultRule(text!), text).toThrow(expect.objectContaining({ code: 'SERVER_FAULT_RULE', field }))
    }
  })

  it('comes back as the same rule', () => {
    const odds = {
      probability: fc.integer({ min: 1, max: 1000 }).map((thousandths) => thousandths / 1000),
      after: fc.nat(1000),
      times: fc.integer({ min: 1, max: 1000 }),
    }
    const calls = { method: fc.constantFrom('KvGet', 'Raw*', 'pdpb.PD/*'), region: fc.integer({ min: 1, max: 9 }) }
    const optional = { requiredKeys: ['fault'] as never[] }
    const rule = fc.oneof(
      fc.record({ fault: fc.constantFrom(...callFaults, ...regionFaults), ...calls, ...odds }, optional),
      fc.record(
        {
          fault: fc.constant('delay'),
          delayMs: fc.oneof(fc.nat(1000), fc.tuple(fc.nat(99), fc.integer({ min: 99, max: 5000 }))),
          ...calls,
          ...odds,
        },
        { requiredKeys: ['fault', 'delayMs'] as never[] },
      ),
      fc.record(
        { fault: fc.constant('EIO'), on: fc.constantFrom('read', 'write'), ...odds },
        { requiredKeys: ['fault', 'on'] as never[] },
      ),
    )
    fc.assert(
      fc.property(rule, (given) => {
        expect(parseFaultRule(formatFaultRule(given as FaultRule))).toEqual(given)
      }),
    )
  })
})
