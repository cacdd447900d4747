import { ClosedError, logicalCount, noTelemetry, physicalMs, type Timestamp } from '@stratakv/core'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { InvalidCountError, MetadataPoisonedError } from '../src/errors.ts'
import { defaultTsoOptions, TsoAllocator } from '../src/tso.ts'
import { TsoService } from '../src/tso-service.ts'

/** A service whose disk answers when the test says so. */
function service() {
  const clock = simulatedClock()
  const saves: { endMs: number; succeed: () => void; fail: (error: unknown) => void }[] = []
  const tso = new TsoService(new TsoAllocator(defaultTsoOptions, 0, clock.unixMs(), clock.now()), {
    clock,
    telemetry: noTelemetry(),
    saveWindow: (endMs) => new Promise((succeed, fail) => saves.push({ endMs, succeed, fail })),
  })
  return { tso, clock, saves }
}

describe('timestamp service', () => {
  it('answers at once while the window lasts, and renews it in the background', async () => {
    const { tso, clock, saves } = service()
    const first = tso.take(1)
    saves[0]!.succeed()
    await first
    let last: Timestamp = await first
    for (let step = 0; step < 40; step++) {
      await clock.advance(100)
      const next = tso.tryTake(7)
      expect(next !== undefined && next > last).toBe(true)
      last = next!
      saves.at(-1)!.succeed()
      await settled()
    }
    // 4 s of steady use: one window in 2 s.
    expect(saves.length).toBe(3)
  })

  it('keeps callers in line while a window is saved', async () => {
    const { tso, clock, saves } = service()
    const order: Timestamp[] = []
    const all = Array.from({ length: 20 }, () => tso.take(3).then((timestamp) => order.push(timestamp)))
    await clock.advance(500)
    expect(order).toEqual([])
    expect(tso.tryTake(1)).toBe(undefined)
    expect(saves.length).toBe(1)
    saves[0]!.succeed()
    await Promise.all(all)
    expect(order).toEqual([...order].sort((left, right) => (left < right ? -1 : 1)))
    expect(new Set(order).size).toBe(20)
  })

  it('exposes nothing of a window that is not durable yet', async () => {
    const { tso, clock, saves } = service()
    const first = tso.take(1)
    saves[0]!.succeed()
    await first
    await clock.advance(2500)
    expect(tso.tryTake(1)).not.toBe(undefined)
    expect(saves.length).toBe(2)
    await clock.advance(500)
    expect(tso.tryTake(1)).toBe(undefined)
    const waiting = tso.take(1)
    saves[1]!.succeed()
    expect(physicalMs(await waiting)).toBe(clock.unixMs())
  })

  it('waits for the next millisecond when one is used up', async () => {
    const { tso, clock, saves } = service()
    const first = tso.take(logicalCount)
    saves[0]!.succeed()
    const before = physicalMs(await first)
    const second = tso.take(logicalCount)
    expect(physicalMs(await clock.settle(second, 10))).toBe(before + 1)
  })

  it('lets nobody overtake a request that waits', async () => {
    const { tso, clock, saves } = service()
    const first = tso.take(logicalCount - 1)
    saves[0]!.succeed()
    await first
    const waiting = tso.take(2)
    // One value is left, and those that ask for one could starve the other for ever.
    expect(tso.tryTake(1)).toBe(undefined)
    const next = tso.take(1)
    const [large, small] = await clock.settle(Promise.all([waiting, next]), 10)
    expect(large < small).toBe(true)
  })

  it('serves everybody in turn while the clock is behind', async () => {
    const { tso, clock, saves } = service()
    const first = tso.take(1)
    saves[0]!.succeed()
    await first
    // Each takes a whole millisecond, so each needs a forced step of its own.
    clock.stepWall(-60_000)
    const greedy = Array.from({ length: 5 }, () => tso.take(logicalCount))
    const results = await clock.settle(Promise.all(greedy), 1000)
    expect(new Set(results.map(physicalMs)).size).toBe(5)
  })

  it('passes on that the disk failed, to everybody', async () => {
    const { tso, saves } = service()
    const waiting = Promise.allSettled([tso.take(1), tso.take(1)])
    saves[0]!.fail(new MetadataPoisonedError('p', { cause: undefined }))
    await settled()
    saves[1]!.fail(new MetadataPoisonedError('p', { cause: undefined }))
    for (const call of await waiting)
      expect(call.status === 'rejected' && call.reason).toBeInstanceOf(MetadataPoisonedError)
  })

  it('refuses counts that a millisecond cannot hold', () => {
    const { tso } = service()
    for (const count of [0, -1, 1.5, logicalCount + 1]) expect(() => tso.tryTake(count)).toThrow(InvalidCountError)
  })

  it('turns callers away when it is closed', async () => {
    const { tso, saves } = service()
    const waiting = tso.take(1)
    const closed = tso.close()
    await expect(waiting).rejects.toBeInstanceOf(ClosedError)
    saves[0]!.succeed()
    await closed
    expect(() => tso.tryTake(1)).toThrow(ClosedError)
  })
})
