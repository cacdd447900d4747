import { below } from '@stratakv/core'
import { Inflights, Progress } from '@stratakv/raft'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const seedCount = 100

describe('the window of appends under way', () => {
  it('is what a list says: full by number or bytes, freed from the oldest on', async () => {
    await forSeeds(seedCount, (_seed, random) => {
      const countMax = 1 + below(random, 600)
      const bytesMax = below(random, 2) === 0 ? Number.POSITIVE_INFINITY : 1 + below(random, 5000)
      let window = new Inflights(countMax, bytesMax)
      let twin: { readonly index: number; readonly bytes: number }[] = []
      let lastIndex = 0
      for (let step = 0; step < 1500; step++) {
        const what = below(random, 40)
        if (what === 0) {
          window.clear()
          twin = []
        } else if (what === 1) window = window.copy()
        else if (what < 8) {
          const index = Math.max(0, lastIndex - below(random, 1 + 2 * twin.length))
          window.freeTo(index)
          twin = twin.filter((append) => append.index > index)
        } else if (!window.isFull) {
          lastIndex += below(random, 3)
          const bytes = below(random, 40)
          window.add(lastIndex, bytes)
          twin.push({ index: lastIndex, bytes })
        }
        const bytes = twin.reduce((sum, append) => sum + append.bytes, 0)
        expect(window.count).toBe(twin.length)
        expect(window.isFull).toBe(twin.length >= countMax || bytes >= bytesMax)
      }
    })
  })
})

describe('what a leader knows of a follower', () => {
  /** The follower's log is the leader's up to `same`; answers come late, twice, or never. */
  it('comes to where the logs part and goes on from there, whatever is lost or comes twice', async () => {
    await forSeeds(seedCount, (_seed, random) => {
      const leaderLast = 1 + below(random, 60)
      const same = below(random, leaderLast + 1)
      let followerLast = same
      const countMax = 1 + below(random, 4)
      const progress = new Progress({
        match: 0,
        next: leaderLast + 1,
        isRecentlyActive: true,
        isLearner: false,
        inflights: new Inflights(countMax),
      })
      const answers: { readonly isTaken: boolean; readonly index: number; readonly hint: number }[] = []
      const send = (isLost: boolean) => {
        if (progress.isPaused) return
        const prevIndex = progress.next - 1
        const isFull = progress.state === 'replicate' && progress.inflights.isFull
        const count = isFull ? 0 : Math.min(below(random, 4), leaderLast - prevIndex)
        progress.entriesSent(count, count)
        expect(progress.inflights.count).toBeLessThanOrEqual(countMax)
        if (isLost) return
        // The follower has what is the same, and what it was sent behind that.
        if (prevIndex > followerLast) answers.push({ isTaken: false, index: prevIndex, hint: followerLast })
        else {
          followerLast = Math.max(followerLast, prevIndex + count)
          answers.push({ isTaken: true, index: prevIndex + count, hint: 0 })
        }
      }
      const answer = () => {
        if (answers.length === 0) return
        const at = below(random, answers.length)
        const { isTaken, index, hint } = answers[at]!
        if (below(random, 4) > 0) answers.splice(at, 1)
        const before = progress.match
        if (!isTaken) {
          if (progress.reject(index, hint) && progress.state === 'replicate') progress.becomeProbe()
        } else if (progress.acknowledge(index) || (progress.match === index && progress.state === 'probe')) {
          if (progress.state === 'probe') progress.becomeReplicate()
          else progress.inflights.freeTo(index)
        }
        expect(progress.match).toBeGreaterThanOrEqual(before)
      }
      for (let step = 0; step < 300; step++) {
        const what = below(random, 12)
        if (what === 0 && progress.state === 'replicate') progress.becomeProbe()
        else if (what < 6) send(what === 1)
        else answer()
        expect(progress.match).toBeLessThan(progress.next)
        expect(progress.match).toBeLessThanOrEqual(followerLast)
        expect(progress.next).toBeLessThanOrEqual(leaderLast + 1)
      }
      // Nothing is lost any more; a heartbeat that is answered lets one more through.
      for (let step = 0; step < 300 && progress.match < leaderLast; step++) {
        while (answers.length > 0) answer()
        progress.isFlowPaused = false
        if (progress.state === 'replicate' && progress.inflights.isFull) progress.becomeProbe()
        send(false)
      }
      expect(progress.match).toBe(leaderLast)
    })
  })
})
