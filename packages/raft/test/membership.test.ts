import { below, type Random } from '@stratakv/core'
import {
  type ConfChangeSingle,
  type ConfState,
  confStateOf,
  type Members,
  MembershipChanger,
  noMembership,
  RaftMembershipError,
} from '@stratakv/raft'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

/** More by hand: STRATA_SEED=1..100000. */
const seedCount = 400

/** What a member is in each half. A joint configuration's outgoing half is what the voters were. */
interface Twin {
  readonly roles: ReadonlyMap<number, 'voter' | 'learner'>
  readonly outgoing: readonly number[]
  readonly autoLeave: boolean
}

type Step =
  | { readonly type: 'simple' | 'leave'; readonly changes: readonly ConfChangeSingle[] }
  | { readonly type: 'enter'; readonly changes: readonly ConfChangeSingle[]; readonly autoLeave: boolean }

function votersOf({ roles }: Pick<Twin, 'roles'>): number[] {
  return [...roles.keys()].filter((id) => roles.get(id) === 'voter').sort((left, right) => left - right)
}

/** Undefined where it must be refused. */
function changed(twin: Twin, step: Step): Twin | undefined {
  const isJoint = twin.outgoing.length > 0
  if (step.type === 'leave') return isJoint ? { ...twin, outgoing: [], autoLeave: false } : undefined
  const before = votersOf(twin)
  if (isJoint || (step.type === 'enter' && before.length === 0)) return undefined
  const roles = new Map(twin.roles)
  for (const { type, nodeId } of step.changes) {
    if (nodeId === 0) continue
    if (type === 'remove-node') roles.delete(nodeId)
    else roles.set(nodeId, type === 'add-node' ? 'voter' : 'learner')
  }
  const after = votersOf({ roles })
  if (after.length === 0) return undefined
  if (step.type === 'enter') return { roles, outgoing: before, autoLeave: step.autoLeave }
  const moved = [...before, ...after].filter((id) => before.includes(id) !== after.includes(id))
  return moved.length > 1 ? undefined : { roles, outgoing: [], autoLeave: false }
}

function stateOf(twin: Twin): ConfState {
  const learners = [...twin.roles.keys()].filter((id) => twin.roles.get(id) === 'learner')
  learners.sort((left, right) => left - right)
  return {
    voters: votersOf(twin),
    learners: learners.filter((id) => !twin.outgoing.includes(id)),
    votersOutgoing: twin.outgoing,
    learnersNext: learners.filter((id) => twin.outgoing.includes(id)),
    autoLeave: twin.autoLeave,
  }
}

function someStep(random: Random): Step {
  const types = ['add-node', 'add-learner-node', 'remove-node'] as const
  const changes = Array.from({ length: below(random, 4) }, (): ConfChangeSingle => {
    return { type: types[below(random, 3)]!, nodeId: below(random, 6) }
  })
  const what = below(random, 4)
  if (what === 0) return { type: 'leave', changes: [] }
  return what === 1 ? { type: 'enter', changes, autoLeave: below(random, 2) === 0 } : { type: 'simple', changes }
}

function changedBy(changer: MembershipChanger, members: Members, step: Step): Members | undefined {
  try {
    switch (step.type) {
      case 'simple':
        return changer.simple(members, step.changes)
      case 'leave':
        return changer.leaveJoint(members)
      case 'enter':
        return changer.enterJoint(members, step.changes, step.autoLeave)
    }
  } catch (error) {
    if (!(error instanceof RaftMembershipError)) throw error
    return undefined
  }
}

describe('a membership that changes', () => {
  it('is what a naive twin says, refuses what it refuses, and is found again from its stored form', async () => {
    await forSeeds(seedCount, (_seed, random) => {
      const changer = new MembershipChanger({ lastIndex: 10, inflightCountMax: 4, inflightBytesMax: 1000 })
      let members: Members = { membership: noMembership, progress: new Map() }
      let twin: Twin = { roles: new Map(), outgoing: [], autoLeave: false }
      for (let count = 0; count < 20; count++) {
        const step = someStep(random)
        const next = changedBy(changer, members, step)
        const expected = changed(twin, step)
        expect(next === undefined, JSON.stringify({ step, state: stateOf(twin) })).toBe(expected === undefined)
        if (next === undefined || expected === undefined) continue
        const state = stateOf(expected)
        expect(confStateOf(next.membership)).toEqual(state)
        const known = new Set([...expected.roles.keys(), ...expected.outgoing])
        expect(new Set(next.progress.keys())).toEqual(known)
        expect(confStateOf(changer.restore(state).membership)).toEqual(state)
        members = next
        twin = expected
      }
    })
  })
})
