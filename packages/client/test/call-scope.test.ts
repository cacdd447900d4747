import { noTelemetry, seededRandom } from '@stratakv/core'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { type BackoffKind, backoffCurves, backoffMs } from '../src/backoff-curve.ts'
import { CallScopes } from '../src/call-scope.ts'
import { BackoffExhaustedError } from '../src/errors.ts'

function start(budgetMs: number) {
  const clock = simulatedClock()
  const random = seededRandom(1)
  const observed: [number, string | undefined][] = []
  const telemetry = {
    ...noTelemetry(),
    histogram: () => ({ observe: (value: number, type?: string) => void observed.push([value, type]) }),
  }
  const scopes = new CallScopes({ clock, random, telemetry })
  return { clock, observed, scope: scopes.open({ budgetMs }) }
}

it('takes one signal for any number of calls: Node warns of no leak', async () => {
  const { signal } = new AbortController()
  const scopes = new CallScopes({ clock: simulatedClock(), random: seededRandom(1), telemetry: noTelemetry() })
  const warnings: Error[] = []
  const keep = (warning: Error) => warnings.push(warning)
  process.on('warning', keep)
  scopes.open({ budgetMs: 1, signal })
  for (let call = 0; call < 20; call++) signal.addEventListener('abort', () => call)
  await settled()
  process.off('warning', keep)
  expect(warnings).toEqual([])
})

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('backoff curves', () => {
  it('double up to their cap', () => {
    const waits = Array.from({ length: 10 }, (_, count) =>
      backoffMs(backoffCurves['region-miss'], count, seededRandom(1)),
    )
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 500, 500])
  })

  it('with jitter stay between half and all of it, and differ', () => {
    for (const [kind, curve] of Object.entries(backoffCurves)) {
      if (curve.jitter === 'none') continue
      const random = seededRandom(7)
      for (let count = 0; count < 20; count++) {
        const fullMs = Math.min(curve.capMs, curve.baseMs * 2 ** count)
        const waits = Array.from({ length: 50 }, () => backoffMs(curve, count, random))
        expect(Math.min(...waits), kind).toBeGreaterThanOrEqual(fullMs / 2)
        expect(Math.max(...waits), kind).toBeLessThanOrEqual(fullMs)
        expect(new Set(waits).size, kind).toBeGreaterThan(1)
      }
    }
  })
})

describe('call scope', () => {
  it('counts each kind for itself and all of them in one budget', async () => {
    const { clock, observed, scope } = start(25)
    const kinds: BackoffKind[] = ['region-miss', 'stale-command', 'region-miss', 'region-miss', 'region-miss']
    for (const kind of kinds) await clock.settle(scope.backoff(kind, new Error(kind)), 100)
    // The last wait is cut to what is left.
    expect(observed).toEqual([
      [0.002, 'region-miss'],
      [0.002, 'stale-command'],
      [0.004, 'region-miss'],
      [0.008, 'region-miss'],
      [0.009, 'region-miss'],
    ])
    expect(clock.now()).toBe(25)
    const last = new Error('last')
    const error = (await failure(scope.backoff('region-miss', last))) as BackoffExhaustedError
    expect(error).toBeInstanceOf(BackoffExhaustedError)
    expect([...error.waitCounts]).toEqual([
      ['region-miss', 4],
      ['stale-command', 1],
    ])
    expect(error.history.map(({ kind, waitMs }) => [kind, waitMs])[1]).toEqual(['stale-command', 2])
    expect(error.cause).toBe(last)
    expect(error.message).toBe('gave up after 25 ms of waiting (region-miss 4x, stale-command 1x); met last: last')
  })

  it('forks into parts that wait for themselves but tell of undetermined tries', async () => {
    const { clock, scope } = start(10)
    await clock.settle(scope.backoff('region-miss', new Error('a')), 100)
    const [left, right] = [scope.fork(), scope.fork()]
    for (const part of [left, right]) {
      await clock.settle(part.backoff('region-miss', new Error('b')), 100)
      await clock.settle(part.backoff('region-miss', new Error('c')), 100)
      expect(await failure(part.backoff('region-miss', new Error('d')))).toBeInstanceOf(BackoffExhaustedError)
    }
    expect(clock.now()).toBe(2 + 2 * 8)
    await clock.settle(scope.backoff('region-miss', new Error('e')), 100)
    left.noteUndetermined()
    expect([left, right, scope].map((one) => one.undeterminedCount)).toEqual([1, 0, 1])
  })
})
