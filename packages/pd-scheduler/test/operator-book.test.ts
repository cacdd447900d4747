import { noTelemetry } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { Operator } from '../src/schedule/operator.ts'
import { OperatorBook } from '../src/schedule/operator-book.ts'
import { buildSteps, type OperatorPlan, storesToFill } from '../src/schedule/operator-plan.ts'
import { StoreLimits } from '../src/schedule/store-limit.ts'
import { wholeRange } from './sample-driver.ts'
import { placed, type SampleView, sampleView } from './sample-view.ts'

const all = () => true

function sample() {
  const view = sampleView(5)
  const book = new OperatorBook(noTelemetry())
  const start = (peers: string, voters: readonly number[], fields: Partial<OperatorPlan> = {}) => {
    const state = placed(view, 10, wholeRange, peers)
    const plan: OperatorPlan = { reason: 'test', kind: 'admin', state, voters, leaders: [1, 2, 3], ...fields }
    const ids = storesToFill(plan).map((id) => id + 100)
    const operator = new Operator(plan, buildSteps(plan, ids, true), 0, 0)
    book.start(operator)
    return operator
  }
  const report = (now: number, peers: string, fields: Parameters<typeof placed>[4] = {}) =>
    book.report(placed(view, 10, wholeRange, peers, fields), now)
  return { view, book, start, report }
}

describe('operator book', () => {
  it('follows a region step by step, and says what comes next', () => {
    const { book, start, report } = sample()
    const operator = start('1 2', [1, 2, 3])
    expect(operator.order(0)?.order).toEqual({
      type: 'change-peer',
      change: { type: 'add-learner', peer: { id: 103, storeId: 3, role: 'learner' } },
    })
    // Added, and still to be filled.
    expect(report(1, '1 2 3L', { confVer: 2, pending: [3] })?.step?.type).toBe('add-learner')
    expect(report(2, '1 2 3L', { confVer: 2 })?.step?.type).toBe('promote-learner')
    expect(operator.order(2)).toMatchObject({ epoch: { confVer: 2, version: 1 }, targetPeer: { id: 101 } })
    report(3, '1 2 3', { confVer: 3 })
    expect([operator.status, book.runningCount, book.countOf('admin')]).toEqual(['success', 0, 0])
    expect(book.record(10, 4)).toMatchObject({ status: 'success', reason: 'test', stepIndex: 2 })
    expect(book.record(10, 700_000)).toBe(undefined)
  })

  it('gives up when the membership changed otherwise, or a step cannot be taken', () => {
    const cases: [peers: string, voters: number[], then: string, confVer: number, why: RegExp][] = [
      ['1 2 3', [1, 2, 4], '1 2 3', 3, /otherwise/],
      ['1 2', [1, 2, 3], '1 2 3L 4L', 4, /otherwise/],
    ]
    for (const [peers, voters, then, confVer, why] of cases) {
      const { book, start, report } = sample()
      const operator = start(peers, voters)
      report(1, then, { confVer })
      expect(operator.status).toBe('cancelled')
      expect(book.record(10, 1)?.why).toMatch(why)
    }
    const { start, report } = sample()
    const removal = start('1 2 3', [2, 3], { leader: 2 })
    report(1, '1 2 3', { leader: 2 })
    expect(removal.step?.type).toBe('remove-peer')
    // The peer that is to go has become the leader again.
    report(2, '1 2 3', { leader: 1 })
    expect(removal.why).toMatch(/leads/)
  })

  it('sends again what may have been lost, and gives up in the end', () => {
    const { book, start } = sample()
    const operator = start('1 2 3', [1, 2, 3], { leader: 2 })
    operator.order(0)
    expect(book.poll(1999, all)).toEqual([])
    expect(book.poll(2000, all).map(({ order }) => order.type)).toEqual(['transfer-leader'])
    expect(book.poll(3999, all)).toEqual([])
    expect(book.poll(4000, all).length).toBe(1)
    expect(book.poll(10_000, all)).toEqual([])
    expect(operator.status).toBe('timeout')
  })

  it('gives up when the store it needs is gone', () => {
    const { book, start } = sample()
    const operator = start('1 2', [1, 2, 3])
    book.poll(1, (id) => id !== 3)
    expect(operator.why).toMatch(/store 3 is gone/)
  })

  it('counts what is still to come, and not what has come', () => {
    const { book, start, report } = sample()
    start('1 2 3', [2, 3, 4])
    expect(book.influences().get(4)).toMatchObject({ regionCount: 1, arrivingCount: 1 })
    expect(book.influences().get(1)).toMatchObject({ regionCount: -1, leaderCount: -1 })
    expect(book.influences().get(2)).toMatchObject({ leaderCount: 1 })
    report(1, '1 2 3 4L', { confVer: 2 })
    expect(book.influences().get(4)).toBe(undefined)
    report(2, '1 2 3 4L', { confVer: 2, leader: 2 })
    expect(book.influences().get(2)).toBe(undefined)
    expect(book.influences().get(1)).toMatchObject({ regionCount: -1, leaderCount: 0 })
  })

  it('begins and ends both halves of a merge together', () => {
    const { book, source, target, view } = merging()
    expect(source.order(0)?.order).toMatchObject({ type: 'merge', target: { id: 11 } })
    expect(target.order(0)).toBe(undefined)
    // What the source says while it is prepared.
    book.report(placed(view, 10, ['', 'b'], '1 2 3', { version: 2, confVer: 2 }), 1)
    expect(source.isRunning).toBe(true)
    const merged = placed(view, 11, ['', ''], '1 2 3', { version: 3 })
    book.gone(10, 11, 2)
    book.report(merged, 2)
    expect([source.status, target.status]).toEqual(['success', 'success'])
  })

  it('gives a merge up when the target changes, or the source is lost to another', () => {
    const first = merging()
    first.book.report(placed(first.view, 11, ['b', ''], '1 2 3', { version: 2 }), 1)
    expect([first.source.status, first.target.status]).toEqual(['cancelled', 'cancelled'])
    const second = merging()
    second.book.gone(10, 12, 1)
    expect([second.source.status, second.target.status]).toEqual(['cancelled', 'cancelled'])
  })
})

function merging() {
  const view: SampleView = sampleView(3)
  const book = new OperatorBook(noTelemetry())
  const left = placed(view, 10, ['', 'b'], '1 2 3')
  const right = placed(view, 11, ['b', ''], '1 2 3')
  const base = { reason: 'merge-region', kind: 'merge', voters: [1, 2, 3], leaders: [] } as const
  const into: OperatorPlan = { ...base, state: left, last: { type: 'merge-into', target: right.region } }
  const from: OperatorPlan = {
    ...base,
    state: right,
    last: { type: 'merge-from', source: left.region, from: right.region },
  }
  const source = new Operator(into, buildSteps(into, [], true), 0, 0)
  const target = new Operator(from, buildSteps(from, [], true), 0, 0)
  source.partner = target
  target.partner = source
  for (const operator of [source, target]) book.start(operator)
  return { view, book, source, target }
}

describe('store limits', () => {
  it('let large replicas through one by one, small ones in fives, and empty ones always', () => {
    const limits = new StoreLimits({ 'add-peer': 15, 'remove-peer': 15 })
    const burst = (sizeMiB: number, now: number) => {
      let count = 0
      while (count < 100 && limits.hasRoom(1, 'add-peer', sizeMiB, now)) {
        limits.take(1, 'add-peer', sizeMiB, now)
        count++
      }
      return count
    }
    expect(burst(96, 0)).toBe(1)
    expect(limits.hasRoom(1, 'remove-peer', 96, 0)).toBe(true)
    expect(limits.hasRoom(2, 'add-peer', 96, 0)).toBe(true)
    // 15 a minute: one each 4 s.
    expect(limits.hasRoom(1, 'add-peer', 96, 3999)).toBe(false)
    expect(burst(96, 4000)).toBe(1)
    expect(burst(10, 60_000)).toBe(5)
    expect(burst(1, 60_000)).toBe(100)
  })

  it('hold a second of a rate above one a second', () => {
    const limits = new StoreLimits({ 'add-peer': 120, 'remove-peer': 0 })
    for (let count = 0; count < 2; count++) limits.take(1, 'add-peer', 96, 0)
    expect(limits.hasRoom(1, 'add-peer', 96, 0)).toBe(false)
    expect(limits.hasRoom(1, 'add-peer', 96, 500)).toBe(true)
  })
})
