import { composeTimestamp, logicalCount, logicalPart, physicalMs, type Timestamp } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultTsoOptions, TsoAllocator } from '../src/tso.ts'

const start = 1_700_000_000_000

/** An allocator whose first window is saved, as after a start. */
function started(savedEndMs = 0, unixMs = start): TsoAllocator {
  const allocator = new TsoAllocator(defaultTsoOptions, savedEndMs, unixMs, 0)
  const verdict = allocator.take(unixMs, 0, 1)
  expect(verdict.kind).toBe('window')
  if (verdict.kind === 'window') allocator.windowSaved(verdict.endMs)
  return allocator
}

function granted(allocator: TsoAllocator, unixMs: number, now: number, count: number): Timestamp {
  const verdict = allocator.take(unixMs, now, count)
  expect(verdict.kind).toBe('granted')
  return verdict.kind === 'granted' ? verdict.timestamp : 0n
}

describe('timestamp allocator', () => {
  it('gives nothing before a window is saved', () => {
    const allocator = new TsoAllocator(defaultTsoOptions, 0, start, 0)
    expect(allocator.take(start, 0, 1)).toEqual({ kind: 'window', endMs: start + 3000 })
    expect(allocator.take(start + 1, 1, 1)).toEqual({ kind: 'window', endMs: start + 3001 })
  })

  it('gets ahead of a disk that takes longer to save a window than the window lasts', () => {
    const allocator = new TsoAllocator(defaultTsoOptions, 0, start, 0)
    const saveMs = 10_000
    let now = 0
    const asked: number[] = []
    for (let verdict = allocator.take(start, now, 1); verdict.kind === 'window'; ) {
      asked.push(verdict.endMs - start)
      expect(asked.length).toBeLessThan(4)
      now += saveMs
      allocator.windowSaved(verdict.endMs)
      verdict = allocator.take(start + now, now, 1)
    }
    expect(asked).toEqual([3000, saveMs + 3000 + saveMs])
    expect(physicalMs(granted(allocator, start + now, now, 1))).toBe(start + 2 * saveMs)
  })

  it('follows the clock and counts within a millisecond', () => {
    const allocator = started()
    expect(granted(allocator, start, 0, 1)).toBe(composeTimestamp(start, 0))
    expect(granted(allocator, start, 0, 10)).toBe(composeTimestamp(start, 10))
    expect(granted(allocator, start + 1, 1, 1)).toBe(composeTimestamp(start + 1, 0))
  })

  it('begins behind the saved window, however much of it was used', () => {
    for (const unixMs of [start, start - 5000, start + 2999, start + 3000]) {
      const allocator = started(start + 3000, unixMs)
      expect(physicalMs(granted(allocator, unixMs, 0, 1))).toBe(start + 3001)
    }
    const late = started(start + 3000, start + 9000)
    expect(physicalMs(granted(late, start + 9000, 0, 1))).toBe(start + 9000)
  })

  it('stands still while the clock is behind, and goes on with it', () => {
    const allocator = started()
    expect(granted(allocator, start + 100, 100, 1)).toBe(composeTimestamp(start + 100, 0))
    expect(granted(allocator, start - 60_000, 200, 1)).toBe(composeTimestamp(start + 100, 1))
    expect(granted(allocator, start + 101, 300, 1)).toBe(composeTimestamp(start + 101, 0))
  })

  it('hands out all 2^18 timestamps of a millisecond, then waits for the next', () => {
    const allocator = started()
    expect(logicalPart(granted(allocator, start, 0, logicalCount))).toBe(logicalCount - 1)
    expect(allocator.take(start, 0, 1)).toEqual({ kind: 'wait', delayMs: 1 })
    expect(granted(allocator, start + 1, 1, 1)).toBe(composeTimestamp(start + 1, 0))
  })

  it('wastes the rest of a millisecond rather than split a request', () => {
    const allocator = started()
    granted(allocator, start, 0, logicalCount - 1)
    expect(allocator.take(start, 0, 2).kind).toBe('wait')
    expect(granted(allocator, start, 0, 1)).toBe(composeTimestamp(start, logicalCount - 1))
  })

  it('moves ahead of a clock that was set back by 1 ms each 50 ms at most', () => {
    const allocator = started()
    granted(allocator, start, 0, logicalCount)
    const back = start - 10_000
    expect(allocator.take(back, 10, 1)).toEqual({ kind: 'wait', delayMs: 40 })
    expect(granted(allocator, back, 50, logicalCount)).toBe(composeTimestamp(start + 1, logicalCount - 1))
    expect(allocator.take(back, 51, 1)).toEqual({ kind: 'wait', delayMs: 49 })
    expect(physicalMs(granted(allocator, back, 100, 1))).toBe(start + 2)
  })

  it('asks for the next window before the present one ends, and never passes it', () => {
    const allocator = started()
    granted(allocator, start + 1999, 1999, 1)
    expect(allocator.renewal()).toBe(undefined)
    granted(allocator, start + 2000, 2000, 1)
    expect(allocator.renewal()).toBe(start + 5000)
    granted(allocator, start + 2999, 2999, 1)
    expect(allocator.take(start + 3000, 3000, 1)).toEqual({ kind: 'window', endMs: start + 6000 })
    allocator.windowSaved(start + 6000)
    expect(granted(allocator, start + 3001, 3001, 1)).toBe(composeTimestamp(start + 3001, 0))
  })

  it('does not answer with timestamps from before an idle time', () => {
    const allocator = started()
    granted(allocator, start, 0, 1)
    const verdict = allocator.take(start + 3_600_000, 3_600_000, 1)
    expect(verdict).toEqual({ kind: 'window', endMs: start + 3_603_000 })
  })

  it('never repeats or goes back, whatever the clock does and whenever it dies', () => {
    const step = fc.record({
      wallMs: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -100_000, max: 100_000 })),
      monotonicMs: fc.integer({ min: 0, max: 200 }),
      count: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: logicalCount })),
      fate: fc.constantFrom('run', 'run', 'run', 'die', 'die after saving', 'save late'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let [unixMs, now, savedEndMs, last] = [start, 0, 0, -1n]
        let allocator = new TsoAllocator(defaultTsoOptions, savedEndMs, unixMs, now)
        for (const { wallMs, monotonicMs, count, fate } of steps) {
          unixMs = Math.max(1, unixMs + wallMs)
          now += monotonicMs
          const verdict = allocator.take(unixMs, now, count)
          if (verdict.kind === 'granted') {
            expect(verdict.timestamp - BigInt(count - 1) > last).toBe(true)
            expect(physicalMs(verdict.timestamp)).toBeLessThan(savedEndMs)
            last = verdict.timestamp
          }
          const endMs = verdict.kind === 'window' ? verdict.endMs : allocator.renewal()
          if (endMs !== undefined && fate !== 'die' && fate !== 'save late') {
            savedEndMs = Math.max(savedEndMs, endMs)
            if (fate === 'run') allocator.windowSaved(endMs)
          }
          if (fate.startsWith('die')) allocator = new TsoAllocator(defaultTsoOptions, savedEndMs, unixMs, now)
        }
      }),
      { numRuns: 300 },
    )
  })
})
