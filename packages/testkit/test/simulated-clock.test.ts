import { AssertionError, sleep } from '@stratakv/core'
import { StillPendingError, simulatedClock, TimersPendingError } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

describe('advance', () => {
  it('fires by due time, then by arming, at exactly the due time', async () => {
    const clock = simulatedClock()
    const fired: string[] = []
    const arm = (name: string, delayMs: number) => clock.after(delayMs, () => fired.push(`${name}@${clock.now()}`))
    arm('c', 20)
    arm('a', 10)
    arm('d', 20)
    arm('b', 10)
    arm('e', 20.5)
    await clock.advance(20)
    expect(fired).toEqual(['a@10', 'b@10', 'c@20', 'd@20'])
    expect(clock.now()).toBe(20)
    await clock.advance(5)
    expect(fired.at(-1)).toBe('e@20.5')
    expect(clock.now()).toBe(25)
  })

  it('runs a chain of timers and promises as real time would', async () => {
    const clock = simulatedClock()
    const seen: string[] = []
    const worker = async (name: string, stepMs: number) => {
      for (let step = 0; step < 3; step++) {
        await sleep(clock, stepMs)
        // A long promise chain between two timers must not let the other worker overtake.
        for (let hop = 0; hop < 200; hop++) await undefined
        seen.push(`${name}@${clock.now()}`)
      }
    }
    const workers = [worker('fast', 10), worker('slow', 15)]
    await clock.advance(100)
    await Promise.all(workers)
    // At 30 both are due; the slow one was armed earlier.
    expect(seen).toEqual(['fast@10', 'slow@15', 'fast@20', 'slow@30', 'fast@30', 'slow@45'])
  })

  it('arms what was started before the call, however many awaits away', async () => {
    const clock = simulatedClock()
    let woken = false
    const work = (async () => {
      for (let hop = 0; hop < 50; hop++) await undefined
      await sleep(clock, 10)
      woken = true
    })()
    await clock.advance(10)
    expect(woken).toBe(true)
    await work
  })

  it('moves nothing by itself', async () => {
    const clock = simulatedClock()
    let fired = false
    clock.after(0, () => {
      fired = true
    })
    for (let hop = 0; hop < 50; hop++) await undefined
    expect([fired, clock.now()]).toEqual([false, 0])
    await clock.advance(0)
    expect(fired).toBe(true)
  })

  it('refuses to go back, and to overlap', async () => {
    const clock = simulatedClock()
    expect(() => clock.advance(-1)).toThrow(AssertionError)
    const first = clock.advance(10)
    await expect(clock.advance(10)).rejects.toBeInstanceOf(AssertionError)
    await first
    expect(clock.now()).toBe(10)
  })

  it('passes on what a timer throws, and goes on after it', async () => {
    const clock = simulatedClock()
    clock.after(5, () => {
      throw new RangeError('from the timer')
    })
    let fired = false
    clock.after(6, () => {
      fired = true
    })
    await expect(clock.advance(10)).rejects.toBeInstanceOf(RangeError)
    expect(clock.now()).toBe(5)
    await clock.advance(5)
    expect([fired, clock.now()]).toEqual([true, 10])
  })
})

describe('advanceToNext', () => {
  it('moves to the next timer and fires all that are due there', async () => {
    const clock = simulatedClock()
    const fired: number[] = []
    for (const delayMs of [7, 7, 9]) clock.after(delayMs, () => fired.push(delayMs))
    expect(await clock.advanceToNext()).toBe(true)
    expect([fired, clock.now()]).toEqual([[7, 7], 7])
    expect(await clock.advanceToNext()).toBe(true)
    expect(await clock.advanceToNext()).toBe(false)
    expect([fired, clock.now()]).toEqual([[7, 7, 9], 9])
  })
})

describe('settle', () => {
  it('fires timers until the promise settles, and no further', async () => {
    const clock = simulatedClock()
    let late = false
    clock.after(40, () => {
      late = true
    })
    const result = await clock.settle(
      sleep(clock, 10).then(() => 'done'),
      100,
    )
    expect([result, clock.now(), late]).toEqual(['done', 10, false])
  })

  it('gives a rejection as it is', async () => {
    const clock = simulatedClock()
    const failing = sleep(clock, 10).then(() => {
      throw new RangeError('no')
    })
    await expect(clock.settle(failing, 100)).rejects.toBeInstanceOf(RangeError)
  })

  it('says so when time alone will not do', async () => {
    const clock = simulatedClock()
    await expect(clock.settle(new Promise(() => {}), 100)).rejects.toBeInstanceOf(StillPendingError)
    const slow = sleep(clock, 200)
    const error = await clock.settle(slow, 100).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'TESTKIT_STILL_PENDING', timerCount: 1 })
    await clock.advance(200)
    await slow
  })
})

describe('wall time', () => {
  it('goes with the clock and steps when told', async () => {
    const clock = simulatedClock({ unixMs: 1_000_000 })
    await clock.advance(1.75)
    expect(clock.unixMs()).toBe(1_000_001)
    clock.stepWall(-5_000)
    expect([clock.unixMs(), clock.now()]).toEqual([995_001, 1.75])
  })
})

describe('a forgotten timer', () => {
  it('is reported with when it was armed and when it would fire', async () => {
    const clock = simulatedClock()
    clock.assertIdle()
    await clock.advance(3)
    const timer = clock.after(10, () => {})
    expect(clock.pendingTimers()).toEqual([{ armedAt: 3, firesAt: 13 }])
    expect(() => clock.assertIdle()).toThrow(TimersPendingError)
    expect(() => clock.assertIdle()).toThrow('13 (armed at 3)')
    timer.cancel()
    clock.assertIdle()
  })
})
