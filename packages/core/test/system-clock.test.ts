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
