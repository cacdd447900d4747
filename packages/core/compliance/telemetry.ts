import type { Telemetry } from '../src/telemetry.ts'
import type { TestApi } from './test-api.ts'

/** What one test works on. */
export interface TelemetryFixture {
  readonly telemetry: Telemetry
  /**
   * Reads a metric back: the value of a counter or gauge, the number of observations of a histogram, undefined for what
   * was never touched. Absent: the implementation keeps nothing.
   */
  read?(name: string, ...labelValues: readonly string[]): number | undefined | Promise<number | undefined>
}

export interface TelemetryComplianceOptions {
  /** Called once a test. */
  create(): TelemetryFixture | Promise<TelemetryFixture>
}

/** What every {@link Telemetry} must do: take everything without throwing and, if it keeps figures, keep the right ones. */
export function telemetryCompliance(t: TestApi, options: TelemetryComplianceOptions): void {
  const { describe, it, expect } = t

  describe('telemetry compliance', () => {
    it('counts, sets and observes, by label values', async () => {
      const { telemetry, read } = await options.create()
      const requests = telemetry.counter({
        name: 'suite_requests_total',
        help: 'Requests.',
        labels: ['type', 'result'],
      })
      requests.add(2, 'get', 'ok')
      requests.add(3, 'get', 'ok')
      requests.add(1, 'put', 'ok')
      const depth = telemetry.gauge({ name: 'suite_depth', help: 'Depth.' })
      depth.set(7)
      depth.set(-2.5)
      const duration = telemetry.histogram({
        name: 'suite_seconds',
        help: 'Seconds.',
        labels: ['type'],
        buckets: [0.1, 1],
      })
      for (const seconds of [0.05, 0.5, 5]) duration.observe(seconds, 'get')
      if (read === undefined) return
      expect(await read('suite_requests_total', 'get', 'ok')).toBe(5)
      expect(await read('suite_requests_total', 'put', 'ok')).toBe(1)
      expect(await read('suite_depth')).toBe(-2.5)
      expect(await read('suite_seconds', 'get')).toBe(3)
    })

    it('gives the same metric for the same name', async () => {
      const { telemetry, read } = await options.create()
      const definition = { name: 'suite_twice_total', help: 'Declared twice.', labels: ['side'] }
      telemetry.counter(definition).add(1, 'left')
      telemetry.counter({ ...definition }).add(2, 'left')
      telemetry.histogram({ name: 'suite_twice_seconds', help: 'Declared twice.' }).observe(1)
      telemetry.histogram({ name: 'suite_twice_seconds', help: 'Declared twice.' }).observe(2)
      if (read === undefined) return
      expect(await read('suite_twice_total', 'left')).toBe(3)
      expect(await read('suite_twice_seconds')).toBe(2)
    })

    it('never lets a counter shrink', async () => {
      const { telemetry, read } = await options.create()
      const counter = telemetry.counter({ name: 'suite_growing_total', help: 'Only grows.' })
      counter.add(4)
      counter.add(0)
      counter.add(-1)
      counter.add(Number.NaN)
      if (read === undefined) return
      expect(await read('suite_growing_total')).toBe(4)
    })

    it('throws at nothing it is given', async () => {
      const { telemetry } = await options.create()
      const labelled = { help: 'Odd values.', labels: ['one', 'two'] }
      const counter = telemetry.counter({ name: 'suite_odd_total', ...labelled })
      const gauge = telemetry.gauge({ name: 'suite_odd', ...labelled })
      const histogram = telemetry.histogram({ name: 'suite_odd_seconds', ...labelled })
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e300]) {
        counter.add(value, 'a', 'b')
        gauge.set(value, 'a', 'b')
        histogram.observe(value, 'a', 'b')
      }
      // Too few, too many and strange label values.
      for (const values of [[], ['a'], ['a', 'b', 'c'], ['', '"\n\\'], ['\u{1f600}', '\0']]) {
        counter.add(1, ...values)
        gauge.set(1, ...values)
        histogram.observe(1, ...values)
      }
    })

    it('ends spans, once or more, nested and out of order', async () => {
      const { telemetry } = await options.create()
      const outer = telemetry.span('suite outer')
      const inner = telemetry.span('suite inner')
      outer.end()
      inner.end(new Error('the work failed'))
      inner.end()
      telemetry.span('suite never ended')
      expect(typeof telemetry.span('suite outer').end).toBe('function')
    })
  })
}
