import { systemClock } from '@stratakv/core'
import { expect, it, vi } from 'vitest'

// Named for what went wrong: setTimeout fires after 1 ms when the delay passes 2^31.
it('does not fire a month-long timer at once, and a cancel reaches its later parts', () => {
  vi.useFakeTimers()
  try {
    const clock = systemClock()
    let firedCount = 0
    const monthMs = 30 * 24 * 3_600_000
    clock.after(monthMs, () => firedCount++)
    const cancelled = clock.after(monthMs, () => firedCount++)
    vi.advanceTimersByTime(2 ** 31)
    cancelled.cancel()
    vi.advanceTimersByTime(monthMs - 2 ** 31 - 2)
    expect(firedCount).toBe(0)
    vi.advanceTimersByTime(3)
    expect(firedCount).toBe(1)
  } finally {
    vi.useRealTimers()
  }
})

// Named for what went wrong: a machine timer counts whole milliseconds and may come a fraction of one early.
it('waits on when the machine’s timer comes early', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const now = vi.spyOn(performance, 'now').mockReturnValue(100.9)
  try {
    let fired = false
    systemClock().after(10, () => {
      fired = true
    })
    now.mockReturnValue(110.5)
    vi.advanceTimersByTime(10)
    expect(fired).toBe(false)
    now.mockReturnValue(110.9)
    vi.advanceTimersByTime(1)
    expect(fired).toBe(true)
  } finally {
    now.mockRestore()
    vi.useRealTimers()
  }
})
