import { describe, expect, it } from 'vitest'
import type { OperatorPlan } from '../src/schedule/operator-plan.ts'
import { checkReplicas } from '../src/schedule/replica-checker.ts'
import { wholeRange } from './sample-driver.ts'
import { placed, type SampleView, sampleStore, sampleView } from './sample-view.ts'

/** `reason: voters / learners`. */
function shown(plan: OperatorPlan | undefined): string {
  if (plan === undefined) return 'nothing'
  const learners = plan.learners?.length ? ` / ${plan.learners.join(' ')}` : ''
  return `${plan.reason}: ${plan.voters.join(' ')}${learners}`
}

const check = (view: SampleView, peers: string, fields: Parameters<typeof placed>[4] = {}) =>
  shown(checkReplicas(placed(view, 10, wholeRange, peers, fields), view))

describe('replica checker', () => {
  it('leaves a region alone that has what it should', () => {
    expect(check(sampleView(4), '1 2 3')).toBe('nothing')
  })

  it('makes up what is missing, on the emptiest store', () => {
    const view = sampleView(4)
    placed(view, 9, ['a', 'b'], '3', { version: 9, sizeMiB: 50 })
    expect(shown(checkReplicas(placed(view, 10, ['b', ''], '1 2', { version: 9 }), view))).toBe(
      'make-up-replica: 1 2 4',
    )
    expect(check(sampleView(2), '1 2')).toBe('nothing')
    expect(check(sampleView(4, { enableMakeUpReplica: false }), '1 2')).toBe('nothing')
  })

  it('chooses no store that cannot take it', () => {
    const unfit = [
      { state: 'Offline' },
      { state: 'Down' },
      { state: 'Disconnected' },
      { isBusy: true },
      { snapshotCount: 65 },
      { availableBytes: 2 ** 30 },
    ] as const
    for (const fields of unfit) {
      const view = sampleView(3)
      view.table.set(3, sampleStore(3, fields))
      expect(check(view, '1 2')).toBe('nothing')
    }
  })

  it('replaces a peer on a store that is down, and not one that is only silent', () => {
    const view = sampleView(4)
    expect(check(view, '1 2 3', { down: [3] })).toBe('nothing')
    view.table.set(3, sampleStore(3, { state: 'Down' }))
    expect(check(view, '1 2 3')).toBe('nothing')
    expect(check(view, '1 2 3', { down: [3], confVer: 2 })).toBe('replace-down-replica: 1 2 4')
    expect(check(view, '1 2 3 4', { down: [3], confVer: 3 })).toBe('remove-extra-down-replica: 1 2 4')
  })

  it('moves peers off a store that leaves, the leader too', () => {
    const view = sampleView(4)
    view.table.set(1, sampleStore(1, { state: 'Offline' }))
    const plan = checkReplicas(placed(view, 10, wholeRange, '1 2 3'), view)
    expect(shown(plan)).toBe('replace-offline-replica: 2 3 4')
    expect(plan?.leaders).toEqual([2, 3])
    expect(check(view, '1 2 3 4', { confVer: 2 })).toBe('remove-extra-offline-replica: 2 3 4')
    view.table.delete(4)
    expect(check(view, '1 2 3', { confVer: 3 })).toBe('nothing')
  })

  it('removes what is too much, the least healthy first, and never the majority with it', () => {
    const view = sampleView(5)
    expect(check(view, '1 2 3 4', { pending: [2] })).toBe('remove-extra-replica: 1 3 4')
    expect(check(view, '1 2 3 4', { down: [2, 3], confVer: 2 })).toBe('remove-extra-replica: 1 2 4')
    expect(check(sampleView(5, { enableRemoveExtraReplica: false }), '1 2 3 4', { confVer: 3 })).toBe('nothing')
  })

  it('makes use of learners that were left, or removes them', () => {
    const view = sampleView(5)
    expect(check(view, '1 2 3L')).toBe('promote-learner: 1 2 3')
    expect(check(view, '1 2 3L', { pending: [3] })).toBe('nothing')
    expect(check(view, '1 2 3 4L')).toBe('remove-extra-learner: 1 2 3')
    view.table.set(3, sampleStore(3, { state: 'Offline' }))
    expect(check(view, '1 2 3 4L', { confVer: 2 })).toBe('promote-learner: 1 2 4')
    expect(check(view, '1 2 4 3L', { confVer: 3 })).toBe('remove-extra-learner: 1 2 4')
  })

  it('leaves a joint state that was left', () => {
    expect(check(sampleView(4), '1 2- 3 4+')).toBe('leave-joint-state: 1 3 4 / 2')
  })

  it('keeps replicas apart, and waits for a store that is only busy', () => {
    const zoned = () => {
      const view = sampleView(0, { locationLabels: ['zone', 'host'] })
      for (const [id, zone] of ['a', 'a', 'b', 'c', 'c'].entries()) {
        const labels = [
          { key: 'zone', value: zone },
          { key: 'host', value: `h${id}` },
        ]
        view.table.set(id + 1, sampleStore(id + 1, { labels }))
      }
      return view
    }
    expect(check(zoned(), '1 2 3')).toMatch(/^move-to-better-location: ([12]) 3 [45]$/)
    expect(check(zoned(), '1 3')).toBe('make-up-replica: 1 3 4')
    expect(check(zoned(), '1 3 4')).toBe('nothing')
    const view = zoned()
    for (const id of [4, 5]) view.table.set(id, { ...view.table.get(id)!, isBusy: true })
    expect(check(view, '1 3')).toBe('nothing')
  })
})
