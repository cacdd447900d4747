import type { Region } from '@stratakv/core'
import { below } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { buildSteps, type OperatorPlan, storesToFill } from '../src/schedule/operator-plan.ts'
import { formatStep, type OperatorStep } from '../src/schedule/operator-step.ts'
import { wholeRange } from './sample-driver.ts'
import { peersOf, placed, sampleView } from './sample-view.ts'

function steps(peers: string, plan: Partial<OperatorPlan>, joint = true): string[] {
  const state = placed(sampleView(9), 10, wholeRange, peers)
  const whole: OperatorPlan = { reason: 'test', kind: 'admin', state, voters: [], leaders: [1, 2, 3, 4, 5], ...plan }
  const ids = storesToFill(whole).map((id) => id + 100)
  return buildSteps(whole, ids, joint).map((step) => formatStep(step, 10))
}

describe('steps of an operator', () => {
  it('add a replica as a learner first', () => {
    expect(steps('1 2', { voters: [1, 2, 3] })).toEqual([
      'add learner peer 103 on store 3',
      'promote learner peer 103 on store 3 to voter',
    ])
  })

  it('replace one in a single change where stores can', () => {
    expect(steps('1 2 3', { voters: [1, 2, 4] })).toEqual([
      'add learner peer 104 on store 4',
      'use joint consensus, promote learner peers [104 on store 4], demote voter peers [103 on store 3]',
      'leave joint state, promote learner peers [104 on store 4], demote voter peers [103 on store 3]',
      'remove peer on store 3',
    ])
    expect(steps('1 2 3', { voters: [1, 2, 4] }, false)).toEqual([
      'add learner peer 104 on store 4',
      'promote learner peer 104 on store 4 to voter',
      'remove peer on store 3',
    ])
  })

  it('move the leader before it goes, within the change when only the new one can lead', () => {
    expect(steps('1 2 3', { voters: [2, 3, 4] })[1]).toBe('transfer leader from store 1 to store 2')
    expect(steps('1 2 3', { voters: [2, 3, 4], leader: 4 }).slice(1, 4)).toEqual([
      'use joint consensus, promote learner peers [104 on store 4], demote voter peers [101 on store 1]',
      'transfer leader from store 1 to store 4',
      'leave joint state, promote learner peers [104 on store 4], demote voter peers [101 on store 1]',
    ])
    expect(steps('1', { voters: [2] }, false)).toEqual([
      'add learner peer 102 on store 2',
      'promote learner peer 102 on store 2 to voter',
      'transfer leader from store 1 to store 2',
      'remove peer on store 1',
    ])
    expect(steps('1 2 3', { voters: [1, 2, 3], leader: 3 })).toEqual(['transfer leader from store 1 to store 3'])
  })

  it('leave a joint state, with another leader when the present one goes', () => {
    expect(steps('1 2- 3 4+', { voters: [1, 3, 4], learners: [2] })).toEqual([
      'leave joint state, promote learner peers [104 on store 4], demote voter peers [102 on store 2]',
    ])
    expect(steps('1- 2 3 4+', { voters: [2, 3, 4] })).toEqual([
      'transfer leader from store 1 to store 2',
      'leave joint state, promote learner peers [104 on store 4], demote voter peers [101 on store 1]',
      'remove peer on store 1',
    ])
  })

  it('lead from any peers to any others, with as many voters as the lesser of the two at every moment', async () => {
    await forSeeds(500, (_seed, random) => {
      const pick = () => [1, 2, 3, 4, 5, 6].filter(() => below(random, 2) === 0)
      const [from, to] = [pick(), pick()]
      if (from.length === 0 || to.length === 0) return
      const view = sampleView(9)
      const state = placed(view, 10, wholeRange, from.join(' '))
      const plan: OperatorPlan = { reason: 'test', kind: 'admin', state, voters: to, leaders: [...to] }
      const ids = storesToFill(plan).map((id) => id + 100)
      let region = state.region
      let leader = state.leader!.storeId
      for (const step of buildSteps(plan, ids, below(random, 2) === 0)) {
        if (step.type === 'transfer-leader') leader = step.to
        else region = { ...region, peers: taken(region, step) }
        const voters = region.peers.filter(({ role }) => role === 'voter' || role === 'incoming-voter')
        expect(voters.length).toBeGreaterThanOrEqual(Math.min(from.length, to.length))
        expect(region.peers.find(({ storeId }) => storeId === leader)?.role).toMatch(/voter/)
      }
      const byStore = (peers: Region['peers']) => [...peers].sort((left, right) => left.storeId - right.storeId)
      expect(byStore(region.peers)).toEqual(byStore(peersOf(to.join(' '))))
    })
  })
})

/** The peers once a step is done. */
function taken({ peers }: Region, step: OperatorStep): Region['peers'] {
  const has = (list: readonly { readonly id: number }[], id: number) => list.some((peer) => peer.id === id)
  switch (step.type) {
    case 'add-learner':
      return [...peers, { ...step.peer, role: 'learner' }]
    case 'promote-learner':
      return peers.map((peer) => (peer.id === step.peer.id ? { ...peer, role: 'voter' } : peer))
    case 'remove-peer':
      return peers.filter(({ id }) => id !== step.peer.id)
    case 'enter-joint':
      return peers.map((peer) =>
        has(step.promote, peer.id)
          ? { ...peer, role: 'incoming-voter' }
          : has(step.demote, peer.id)
            ? { ...peer, role: 'demoting-voter' }
            : peer,
      )
    case 'leave-joint':
      return peers.map((peer) =>
        peer.role === 'incoming-voter'
          ? { ...peer, role: 'voter' }
          : peer.role === 'demoting-voter'
            ? { ...peer, role: 'learner' }
            : peer,
      )
    default:
      return peers
  }
}
