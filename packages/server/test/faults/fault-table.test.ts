import { FaultRuleError } from '@stratakv/server'
import { describe, expect, it } from 'vitest'
import { FaultTable } from '../../src/faults/fault-table.ts'

const methods = [
  { path: 'tikvpb.Tikv/RawGet', isCommand: true },
  { path: 'tikvpb.Tikv/RawPut', isCommand: true },
  { path: 'tikvpb.Tikv/KvGet', isCommand: true },
  { path: 'pdpb.PD/Tso', isCommand: false },
  { path: 'pdpb.PD/GetRegion', isCommand: false },
]
const [rawGet, rawPut, kvGet, tso, getRegion] = methods.map(({ path }) => path) as [
  string,
  string,
  string,
  string,
  string,
]
const table = (seed = 1) => new FaultTable({ seed, methods })
const decisions = (faults: FaultTable, count = 200, path = rawGet) =>
  Array.from({ length: count }, () => faults.decideCall(path, 2))

describe('a fault table', () => {
  it('decides the same for the same seed, and otherwise not', () => {
    const [one, other, third] = [table(7), table(7), table(8)]
    for (const faults of [one, other, third]) {
      faults.add('Raw*: delay 10..500ms 30%')
      faults.add('RawGet: undetermined 20%')
    }
    const decided = decisions(one)
    expect(decided).toEqual(decisions(other))
    expect(decided).not.toEqual(decisions(third))
    for (const fault of ['delay', 'undetermined', undefined]) {
      expect(decided.filter((action) => action?.fault === fault).length).toBeGreaterThan(10)
    }
    const coins = decided.filter((action) => action?.fault === 'undetermined')
    expect(new Set(coins.map((action) => JSON.stringify(action))).size).toBe(2)
  })

  it('gives each rule dice of its own: other calls and other rules leave them alone', () => {
    const [alone, crowded] = [table(), table()]
    alone.add('RawGet: drop 40%')
    crowded.add('RawGet: drop 40%')
    crowded.add('RawPut: drop 40%')
    const mixed = Array.from({ length: 100 }, () => {
      crowded.decideCall(rawPut, 2)
      return crowded.decideCall(rawGet, 2)
    })
    expect(mixed).toEqual(decisions(alone, 100))
  })

  it('starts over when it is cleared', () => {
    const faults = table()
    const { id } = faults.add('RawGet: drop 40%')
    const first = decisions(faults)
    faults.clear()
    expect(decisions(faults, 3)).toEqual([undefined, undefined, undefined])
    expect(faults.add('RawGet: drop 40%').id).not.toBe(id)
    const fired = (actions: typeof first) => actions.map((action) => action?.fault)
    expect(fired(decisions(faults))).toEqual(fired(first))
  })

  it('lets so many pass, then meets so many', () => {
    const faults = table()
    faults.add({ fault: 'NotLeader', method: 'RawGet', after: 2, times: 3 })
    expect(decisions(faults, 7).map((action) => action?.fault)).toEqual([
      undefined,
      undefined,
      'NotLeader',
      'NotLeader',
      'NotLeader',
      undefined,
      undefined,
    ])
    expect(faults.list()).toMatchObject([{ matchedCount: 7, firedCount: 3, text: 'RawGet: NotLeader after 2 times 3' }])
  })

  it('asks rules in their order, and the first that fires has the call', () => {
    const faults = table()
    faults.add('RawGet: drop times 1')
    const second = faults.add('*: unavailable')
    expect(decisions(faults, 2).map((action) => action?.fault)).toEqual(['drop', 'unavailable'])
    expect(faults.remove(second.id)).toBe(true)
    expect(faults.remove(second.id)).toBe(false)
    expect(decisions(faults, 1)).toEqual([undefined])
  })

  it('matches by name, by pattern, by full name and by region', () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['RawGet: drop', [rawGet]],
      ['*Get: drop', [rawGet, kvGet]],
      ['*Get*: drop', [rawGet, kvGet, getRegion]],
      ['pdpb.PD/*: drop', [tso, getRegion]],
      ['*: drop', [rawGet, rawPut, kvGet, tso, getRegion]],
      // What only commands have is for commands only.
      ['*: NotLeader', [rawGet, rawPut, kvGet]],
      ['*: drop region 2', [rawGet, rawPut, kvGet]],
      ['*: drop region 3', []],
    ]
    for (const [text, paths] of cases) {
      const faults = table()
      faults.add(text)
      const met = methods.filter(({ path }) => faults.decideCall(path, 2) !== undefined).map(({ path }) => path)
      expect(met, text).toEqual(paths)
    }
  })

  it('refuses a rule that could never fire', () => {
    const faults = table()
    for (const text of ['RawGit: drop', '*Nothing: drop', 'Raw.et: drop', 'Tso: NotLeader', 'Tso: drop region 2']) {
      expect(() => faults.add(text), text).toThrow(FaultRuleError)
      expect(() => faults.add(text), text).toThrow(expect.objectContaining({ field: 'method' }))
    }
    expect(() => faults.add('RawGit: drop')).toThrow(/RawGet/)
    expect(faults.list()).toEqual([])
  })

  it('adds all of some rules or none, and what was refused draws nothing', () => {
    const [faults, other] = [table(), table()]
    expect(() => faults.addAll(['RawGet: drop 40%', 'RawGet: drop 400%'])).toThrow(FaultRuleError)
    expect(faults.list()).toEqual([])
    for (const each of [faults, other]) each.addAll(['RawGet: drop 40%', 'RawPut: drop 40%'])
    expect(decisions(faults, 50)).toEqual(decisions(other, 50))
  })

  it('keeps a rule as it was given', () => {
    const faults = table()
    const rule = { fault: 'drop', method: 'RawGet', times: 1 } as { fault: 'drop'; method: string; times: number }
    faults.add(rule)
    rule.times = 5
    expect(decisions(faults, 2).map((action) => action?.fault)).toEqual(['drop', undefined])
  })

  it('takes a thousand rules and no more', () => {
    const faults = table()
    for (let count = 0; count < 1000; count++) faults.add('RawGet: drop after 5')
    expect(() => faults.add('RawGet: drop')).toThrow(expect.objectContaining({ field: 'rule' }))
  })

  it('decides about the disk apart from calls', () => {
    const faults = table()
    faults.add('*: drop')
    faults.add('disk write: ENOSPC after 1')
    expect(faults.decideDisk('read')).toBeUndefined()
    expect([faults.decideDisk('write'), faults.decideDisk('write')]).toEqual([undefined, 'ENOSPC'])
  })

  it('refuses a seed that a message could not carry', () => {
    for (const seed of [-1, 0.5, 2 ** 53]) expect(() => table(seed)).toThrow(expect.objectContaining({ field: 'seed' }))
  })
})
