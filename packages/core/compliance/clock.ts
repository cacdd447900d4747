import { type Clock, sleep } from '../src/clock.ts'
import type { TestApi } from './test-api.ts'

/** What one test works on. */
export interface ClockFixture {
  readonly clock: Clock
  /** Resolves when at least `ms` have passed on `clock` and what fell due meanwhile has fired. On a real clock: waits. */
  pass(ms: number): Promise<void>
}

export interface ClockComplianceOptions {
  /** Called once a test. */
  create(): ClockFixture | Promise<ClockFixture>
}

/** What every {@link Clock} must do. It never asks how soon a timer fires, only that none is early, lost or long overtaken. */
export function clockCompliance(t: TestApi, options: ClockComplianceOptions): void {
  const { describe, it, expect } = t

  describe('clock compliance', () => {
    it('never runs backwards', async () => {
      const { clock, pass } = await options.create()
      let earlier = clock.now()
      for (let step = 0; step < 50; step++) {
        if (step % 10 === 0) await pass(1)
        const now = clock.now()
        expect(now >= earlier).toBe(true)
        earlier = now
      }
    })

    it('shows the time that passes', async () => {
      const { clock, pass } = await options.create()
      const start = clock.now()
      await pass(5)
      expect(clock.now() - start >= 5).toBe(true)
    })

    it('tells wall time in whole milliseconds', async () => {
      const { clock, pass } = await options.create()
      for (let step = 0; step < 3; step++) {
        expect(Number.isSafeInteger(clock.unixMs())).toBe(true)
        await pass(1.5)
      }
    })

    it('fires once, never within the call, and not before its time', async () => {
      const { clock, pass } = await options.create()
      for (const delayMs of [0, 0.5, 1, 3, 7]) {
        const start = clock.now()
        const firedAt: number[] = []
        clock.after(delayMs, () => firedAt.push(clock.now()))
        expect(firedAt).toEqual([])
        await pass(delayMs)
        await pass(2)
        expect(firedAt.length).toBe(1)
        expect(firedAt[0]! - start >= delayMs).toBe(true)
      }
    })

    it('fires all that are due, the sooner before the later', async () => {
      const { clock, pass } = await options.create()
      const fired: string[] = []
      clock.after(30, () => fired.push('late'))
      for (const name of ['first', 'second', 'third']) clock.after(4, () => fired.push(name))
      await pass(30)
      await pass(2)
      expect(fired.slice(0, 3).sort()).toEqual(['first', 'second', 'third'])
      expect(fired.slice(3)).toEqual(['late'])
    })

    it('does not fire what was cancelled', async () => {
      const { clock, pass } = await options.create()
      const fired: string[] = []
      const cancelled = clock.after(2, () => fired.push('cancelled'))
      clock.after(2, () => fired.push('kept'))
      cancelled.cancel()
      cancelled.cancel()
      await pass(4)
      expect(fired).toEqual(['kept'])
    })

    it('does nothing when a timer is cancelled that has fired', async () => {
      const { clock, pass } = await options.create()
      const fired: string[] = []
      const first = clock.after(1, () => fired.push('first'))
      await pass(2)
      clock.after(1, () => fired.push('second'))
      first.cancel()
      await pass(2)
      expect(fired).toEqual(['first', 'second'])
    })

    it('lets a timer arm and cancel others while it fires', async () => {
      const { clock, pass } = await options.create()
      const fired: string[] = []
      const doomed = clock.after(20, () => fired.push('doomed'))
      clock.after(1, () => {
        fired.push('outer')
        doomed.cancel()
        clock.after(1, () => fired.push('inner'))
        expect(fired).toEqual(['outer'])
      })
      await pass(2)
      await pass(25)
      expect(fired).toEqual(['outer', 'inner'])
    })

    it('keeps a delay beyond what a 32-bit timer holds', async () => {
      const { clock, pass } = await options.create()
      let firedCount = 0
      const timers = [2 ** 31, 2 ** 32 + 1, 1e15].map((delayMs) => clock.after(delayMs, () => firedCount++))
      await pass(3)
      expect(firedCount).toBe(0)
      for (const timer of timers) timer.cancel()
    })

    it('wakes a sleeper', async () => {
      const { clock, pass } = await options.create()
      const start = clock.now()
      const [woken] = await Promise.all([sleep(clock, 3).then(() => clock.now()), pass(4)])
      expect(woken - start >= 3).toBe(true)
    })
  })
}
