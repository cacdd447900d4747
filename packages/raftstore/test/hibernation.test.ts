import { describe, expect, it } from 'vitest'
import { Hibernation, mayFollowerSleep, mayLeaderSleep } from '../src/peer/hibernation.ts'

const leader = { lastIndex: 7, committed: 7, applied: 7, matches: [7, 7], hasWork: false }
const follower = { isLeadersOfTerm: true, leaderLastIndex: 7, lastIndex: 7, committed: 7, hasWork: false }

describe('a leader may sleep', () => {
  it('when all have all', () => {
    expect(mayLeaderSleep(leader)).toBe(true)
    expect(mayLeaderSleep({ ...leader, matches: [] })).toBe(true)
  })

  it('not with something that is not committed, not applied, or lacking to a member, nor with work', () => {
    expect(mayLeaderSleep({ ...leader, committed: 6 })).toBe(false)
    expect(mayLeaderSleep({ ...leader, applied: 6 })).toBe(false)
    expect(mayLeaderSleep({ ...leader, matches: [7, 6] })).toBe(false)
    expect(mayLeaderSleep({ ...leader, hasWork: true })).toBe(false)
  })
})

describe('a follower may sleep', () => {
  it('when it has what its leader has', () => {
    expect(mayFollowerSleep(follower)).toBe(true)
  })

  it('not for another leader, nor where its log is not the same, not committed, or it has work', () => {
    expect(mayFollowerSleep({ ...follower, isLeadersOfTerm: false })).toBe(false)
    expect(mayFollowerSleep({ ...follower, leaderLastIndex: 8 })).toBe(false)
    expect(mayFollowerSleep({ ...follower, committed: 6 })).toBe(false)
    expect(mayFollowerSleep({ ...follower, hasWork: true })).toBe(false)
  })
})

describe('hibernation', () => {
  const quiet = (hibernation: Hibernation, count: number) =>
    Array.from({ length: count }, () => hibernation.beQuiet(false, () => true))

  it('is asked for after an election timeout in which nothing happened', () => {
    const hibernation = new Hibernation({ isOn: true, staleCheckTicks: 5 }, 3)
    expect(quiet(hibernation, 2)).toEqual([false, false])
    hibernation.stir()
    expect(quiet(hibernation, 3)).toEqual([false, false, true])
    expect(hibernation.beQuiet(true, () => true)).toBe(false)
    expect(quiet(new Hibernation({ isOn: false, staleCheckTicks: 5 }, 3), 9)).not.toContain(true)
  })

  it('begins when all members agree to the same question', () => {
    const hibernation = new Hibernation({ isOn: true, staleCheckTicks: 5 }, 3)
    expect(hibernation.agree(2, [2, 3])).toBe(false)
    hibernation.stir()
    expect(hibernation.agree(3, [2, 3])).toBe(false)
    expect(hibernation.agree(2, [2, 3])).toBe(true)
  })

  it('ends by itself, for a leader after one interval, for a follower after two', () => {
    for (const [isLeader, ticks] of [
      [true, 5],
      [false, 10],
    ] as const) {
      const hibernation = new Hibernation({ isOn: true, staleCheckTicks: 5 }, 3)
      hibernation.sleep()
      for (let tick = 1; tick < ticks; tick++) expect(hibernation.sleepOn(isLeader)).toBe(false)
      expect(hibernation.sleepOn(isLeader)).toBe(true)
      expect(hibernation.isAsleep).toBe(false)
    }
  })
})
