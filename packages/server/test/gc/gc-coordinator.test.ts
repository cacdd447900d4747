import { composeTimestamp, noTelemetry, type Timestamp } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, neverExpires, openPlacementDriver } from '@stratakv/pd-scheduler'
import { type SimulatedClock, seededRandom, settled, simulatedClock } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientCacheMs, GcCoordinator, type ResolvedLocks } from '../../src/gc/gc-coordinator.ts'

const startMs = 1_700_000_000_000
const minute = 60_000
const nothingLeft: ResolvedLocks = { removedCount: 0, oldestAliveStartTs: undefined }

let clock: SimulatedClock
let pd: EmbeddedPlacementDriver
let resolved: Timestamp[]
let resolve: (safePoint: Timestamp) => Promise<ResolvedLocks>
let lines: string[]
let coordinator: GcCoordinator

beforeEach(async () => {
  clock = simulatedClock({ unixMs: startMs })
  const random = seededRandom(5)
  pd = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
  resolved = []
  lines = []
  resolve = async () => nothingLeft
  const note = (message: string) => lines.push(message)
  coordinator = new GcCoordinator(
    {
      clock,
      placementDriver: pd,
      telemetry: noTelemetry(),
      logger: { debug: note, info: note, warn: note, error: note },
      resolveLocksBefore(safePoint) {
        resolved.push(safePoint)
        return resolve(safePoint)
      },
    },
    { lifeTimeMs: 10 * minute, runIntervalMs: 10 * minute },
  )
})

afterEach(async () => {
  await coordinator.close()
  await pd.close()
  clock.assertIdle()
})

/** The safe point that a run at `ms` after the start aims at. */
const aimAt = (ms: number) => composeTimestamp(startMs + ms - 10 * minute, 0)

/** One run, with the time it takes. */
async function run() {
  return clock.settle(coordinator.run(), clientCacheMs)
}

describe('a run', () => {
  it('resolves locks, tells the clients, waits until they know, and lets the stores collect', async () => {
    const running = coordinator.run()
    await settled()
    const target = aimAt(0)
    expect(resolved).toEqual([target])
    expect([pd.gc.txnSafePoint, pd.gc.gcSafePoint]).toEqual([target, 0n])
    await clock.advance(clientCacheMs - 1)
    expect(pd.gc.gcSafePoint).toBe(0n)
    await clock.advance(1)
    expect(await running).toEqual({ type: 'moved', safePoint: target, resolvedLockCount: 0 })
    expect(pd.gc.gcSafePoint).toBe(target)
  })

  it('moves nothing when locks could not be resolved', async () => {
    resolve = () => Promise.reject(new Error('a region does not answer'))
    await expect(coordinator.run()).rejects.toThrow('a region does not answer')
    expect([pd.gc.txnSafePoint, pd.gc.gcSafePoint]).toEqual([0n, 0n])
  })

  it('stops below what a service holds, and goes on when it lets go', async () => {
    const backup = aimAt(-5 * minute)
    await pd.gc.updateService('backup', backup, 3600n)
    expect(await run()).toMatchObject({ type: 'moved', safePoint: backup })
    expect(await run()).toEqual({ type: 'held', safePoint: backup, heldBy: 'service backup' })
    await pd.gc.updateService('backup', backup, 0n)
    expect(await run()).toMatchObject({ type: 'moved', safePoint: aimAt(clientCacheMs) })
  })

  it('stops below a transaction that its client keeps alive', async () => {
    const oldest = aimAt(-3 * minute) + 7n
    resolve = async () => ({ removedCount: 2, oldestAliveStartTs: oldest })
    expect(await run()).toEqual({ type: 'moved', safePoint: oldest - 1n, resolvedLockCount: 2 })
    expect(await run()).toEqual({ type: 'held', safePoint: oldest - 1n, heldBy: `transaction ${oldest}` })
  })

  it('stands back when somebody else has moved the safe point since the last one', async () => {
    await run()
    const theirs = aimAt(0) + 1n
    await pd.gc.updateService('gc_worker', theirs, neverExpires)
    await pd.updateGcSafePoint(theirs)
    await clock.advance(10 * minute)
    expect(await run()).toEqual({ type: 'elsewhere', safePoint: theirs })
    expect(resolved).toHaveLength(1)
    // They are gone: nobody has moved it since.
    await clock.advance(10 * minute)
    expect(await run()).toMatchObject({ type: 'moved' })
  })

  it('never goes past the locks it resolved, however far the clients were told', async () => {
    await pd.gc.advanceTxnSafePoint(aimAt(20 * minute))
    expect(await run()).toMatchObject({ type: 'moved', safePoint: aimAt(0) })
  })
})

describe('the schedule', () => {
  it('runs a minute after the start, then once an interval, and says what it did', async () => {
    coordinator.start()
    await clock.advance(minute + clientCacheMs)
    expect([resolved.length, pd.gc.gcSafePoint]).toEqual([1, aimAt(minute)])
    await clock.advance(10 * minute - 1)
    expect(resolved).toHaveLength(1)
    await clock.advance(1 + clientCacheMs)
    expect(resolved).toHaveLength(2)
    expect(lines).toEqual(['garbage collection moved the safe point', 'garbage collection moved the safe point'])
  })

  it('tries again a minute after a failure', async () => {
    resolve = () => Promise.reject(new Error('a region does not answer'))
    coordinator.start()
    await clock.advance(3 * minute)
    expect(resolved).toHaveLength(3)
    expect(lines[0]).toBe('garbage collection could not move the safe point')
  })

  it('ends at once when the node is closed in the middle of a run', async () => {
    coordinator.start()
    await clock.advance(minute + 1000)
    expect(pd.gc.txnSafePoint).toBe(aimAt(minute))
    await coordinator.close()
    expect(pd.gc.gcSafePoint).toBe(0n)
  })
})
