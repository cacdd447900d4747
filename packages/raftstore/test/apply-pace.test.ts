import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { ApplyPace } from '../src/store/apply-pace.ts'

function startPace() {
  const clock = simulatedClock()
  const scheduled: (() => void)[] = []
  const state = { isWaiting: true, isUrgent: false, isTurnScheduled: false, startCount: 0 }
  const applyLoop = {
    get isWaiting() {
      return state.isWaiting
    },
    get isUrgent() {
      return state.isUrgent
    },
    start: () => {
      if (state.isWaiting) state.startCount++
      state.isWaiting = false
    },
  }
  const pace = new ApplyPace(
    { clock, applyLoop, schedule: (run) => scheduled.push(run), isTurnScheduled: () => state.isTurnScheduled },
    { applyDelayMs: 5 },
  )
  const runScheduled = () => {
    for (const run of scheduled.splice(0)) run()
  }
  return { clock, pace, state, runScheduled }
}

describe('the pace of the engine', () => {
  it('lets plain writes gather, from the first of them on', async () => {
    const { clock, pace, state, runScheduled } = startPace()
    pace.turned()
    await clock.advance(4)
    pace.turned()
    runScheduled()
    expect(state.startCount).toBe(0)
    await clock.advance(1)
    expect(state.startCount).toBe(1)
    clock.assertIdle()
  })

  it('is that of the turns where something is waited for: behind the next one, if there is one', () => {
    const { pace, state, runScheduled } = startPace()
    state.isUrgent = true
    state.isTurnScheduled = true
    pace.turned()
    pace.turned()
    runScheduled()
    expect(state.startCount).toBe(0)
    runScheduled()
    expect(state.startCount).toBe(1)
    state.isWaiting = true
    state.isTurnScheduled = false
    pace.turned()
    runScheduled()
    expect(state.startCount).toBe(2)
  })

  it('is at once for a reader who waits, and that of the turns for a second after', async () => {
    const { clock, pace, state, runScheduled } = startPace()
    pace.readerWaits()
    expect(state.startCount).toBe(1)
    await clock.advance(999)
    state.isWaiting = true
    pace.turned()
    runScheduled()
    expect(state.startCount).toBe(2)
    await clock.advance(1)
    state.isWaiting = true
    pace.turned()
    runScheduled()
    expect(state.startCount).toBe(2)
    pace.close()
    clock.assertIdle()
  })
})
