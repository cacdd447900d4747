import { prometheusTelemetry } from '@stratakv/server'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

describe('prometheusTelemetry', () => {
  it('shows each kind of metric in the text format', async () => {
    const clock = simulatedClock()
    const telemetry = prometheusTelemetry({ clock }, { processMetrics: false })
    const requests = telemetry.counter({ name: 'requests_total', help: 'Requests.', labels: ['type', 'result'] })
    requests.add(2, 'get', 'ok')
    requests.add(1, 'put', 'a "quoted"\nvalue \\')
    telemetry.gauge({ name: 'depth', help: 'Depth\nof it.' }).set(-2.5)
    const sizes = telemetry.histogram({ name: 'batch_size', help: 'Sizes.', buckets: [1, 2, 4] })
    for (const size of [1, 2, 3, 100]) sizes.observe(size)
    const span = telemetry.span('flush')
    await clock.advance(1)
    span.end()
    telemetry.span('flush').end(new Error('no'))
    const lines = (await telemetry.exposition()).split('\n').filter((line) => !/_span_.*_bucket/.test(line))
    expect(lines.join('\n')).toBe(`# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{type="get",result="ok"} 2
requests_total{type="put",result="a \\"quoted\\"\\nvalue \\\\"} 1

# HELP depth Depth\\nof it.
# TYPE depth gauge
depth -2.5

# HELP batch_size Sizes.
# TYPE batch_size histogram
batch_size_bucket{le="1"} 1
batch_size_bucket{le="2"} 2
batch_size_bucket{le="4"} 3
batch_size_bucket{le="+Inf"} 4
batch_size_sum 106
batch_size_count 4

# HELP stratakv_span_duration_seconds Duration of units of work.
# TYPE stratakv_span_duration_seconds histogram
stratakv_span_duration_seconds_sum{name="flush",outcome="ok"} 0.001
stratakv_span_duration_seconds_count{name="flush",outcome="ok"} 1
stratakv_span_duration_seconds_sum{name="flush",outcome="error"} 0
stratakv_span_duration_seconds_count{name="flush",outcome="error"} 1
`)
  })

  it("has TiKV's buckets where a histogram names none", async () => {
    const telemetry = prometheusTelemetry({ clock: simulatedClock() }, { processMetrics: false })
    telemetry.histogram({ name: 'seconds', help: 'Seconds.' }).observe(0.0007)
    const text = await telemetry.exposition()
    const bounds = [...text.matchAll(/seconds_bucket\{le="([^"]+)"\} (\d)/g)].map(([, le, count]) => [le, count])
    expect(bounds).toHaveLength(21)
    expect(bounds.slice(0, 3)).toEqual([
      ['0.0005', '0'],
      ['0.001', '1'],
      ['0.002', '1'],
    ])
    expect(bounds.at(-2)).toEqual(['262.144', '1'])
  })

  it('shows a metric without labels from the start, as nothing observed yet', async () => {
    const telemetry = prometheusTelemetry({ clock: simulatedClock() }, { processMetrics: false })
    telemetry.counter({ name: 'rare_total', help: 'Rare.' })
    expect(await telemetry.exposition()).toContain('rare_total 0\n')
  })

  it('fills up and cuts off label values that do not match the definition', async () => {
    const telemetry = prometheusTelemetry({ clock: simulatedClock() }, { processMetrics: false })
    const counter = telemetry.counter({ name: 'odd_total', help: 'Odd.', labels: ['one', 'two'] })
    counter.add(1, 'a')
    counter.add(2, 'a', 'b', 'c')
    const text = await telemetry.exposition()
    expect(text).toContain('odd_total{one="a",two=""} 1\n')
    expect(text).toContain('odd_total{one="a",two="b"} 2\n')
  })

  it('adds the process when asked', async () => {
    const telemetry = prometheusTelemetry({ clock: simulatedClock() }, { processMetrics: true })
    expect(await telemetry.exposition()).toContain('process_cpu_user_seconds_total')
  })
})
