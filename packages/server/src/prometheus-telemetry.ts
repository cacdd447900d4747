import type {
  Clock,
  Counter,
  Gauge,
  Histogram,
  HistogramDefinition,
  MetricDefinition,
  Span,
  Telemetry,
} from '@stratakv/core'
import { collectDefaultMetrics, type Metric, Registry } from 'prom-client'

/** TiKV's usual buckets for durations: 0.5 ms doubling, in seconds. */
const defaultBuckets = Array.from({ length: 20 }, (_, power) => 0.0005 * 2 ** power)
/** Label values are joined with this to find their series; values come from code, and none has it. */
const labelSeparator = '\u0000'

interface SampleValue {
  readonly value: number
  readonly labels: Record<string, string | number>
  readonly metricName?: string
}

export interface PrometheusTelemetry extends Telemetry {
  /** The text exposition format, version 0.0.4. */
  exposition(): Promise<string>
}

/**
 * {@link Telemetry} shown in Prometheus' text format by prom-client. Observations land in typed arrays and plain numbers;
 * prom-client sees them when someone scrapes, because its own `observe` costs more than a key read.
 */
export function prometheusTelemetry(
  deps: { readonly clock: Clock },
  /** `processMetrics`: also the figures of the process. prom-client samples the event loop for them and cannot be told to stop. */
  options: { readonly processMetrics: boolean },
): PrometheusTelemetry {
  const registry = new Registry()
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const byName = new Map<string, Series<unknown>>()
  const declare = <S extends Series<unknown>>(definition: MetricDefinition, make: () => S): S => {
    const known = byName.get(definition.name)
    if (known !== undefined) return known as S
    const series = make()
    byName.set(definition.name, series)
    registry.registerMetric(series as unknown as Metric)
    return series
  }
  const spans = () => declare(spanDefinition, () => new HistogramSeries({ ...spanDefinition, buckets: defaultBuckets }))
  return {
    counter: (definition) => declare(definition, () => new NumberSeries(definition, 'counter')),
    gauge: (definition) => declare(definition, () => new NumberSeries(definition, 'gauge')),
    histogram: (definition) => declare(definition, () => new HistogramSeries(definition)),
    span(name): Span {
      const started = deps.clock.now()
      return {
        end(error) {
          spans().observe((deps.clock.now() - started) / 1000, name, error === undefined ? 'ok' : 'error')
        },
      }
    },
    exposition: () => registry.metrics(),
  }
}

const spanDefinition: MetricDefinition = {
  name: 'stratakv_span_duration_seconds',
  help: 'Duration of units of work.',
  labels: ['name', 'outcome'],
}

/** One metric, in the shape that prom-client's registry collects. */
abstract class Series<T> {
  readonly name: string
  readonly help: string
  abstract readonly type: string
  readonly aggregator = 'sum'
  protected readonly labels: readonly string[]
  protected readonly series = new Map<string, T>()

  constructor(definition: MetricDefinition) {
    this.name = definition.name
    this.help = definition.help
    this.labels = definition.labels ?? []
  }

  protected at(labelValues: readonly string[], make: () => T): T {
    const id = labelValues.length === 1 && this.labels.length === 1 ? labelValues[0]! : this.#idOf(labelValues)
    let found = this.series.get(id)
    if (found === undefined) {
      found = make()
      this.series.set(id, found)
    }
    return found
  }

  /** A wrong number of values is a bug of the caller, but no figure is worth a failed request: what is missing is empty, what is too much is dropped. */
  #idOf(labelValues: readonly string[]): string {
    return this.labels.map((_, index) => labelValues[index] ?? '').join(labelSeparator)
  }

  protected labelsOf(id: string): Record<string, string> {
    const values = id.split(labelSeparator)
    return Object.fromEntries(this.labels.map((label, index) => [label, values[index] ?? '']))
  }

  reset(): void {
    this.series.clear()
  }

  get(): Promise<{ name: string; help: string; type: string; aggregator: string; values: SampleValue[] }> {
    const { name, help, type, aggregator } = this
    return Promise.resolve({ name, help, type, aggregator, values: this.samples() })
  }

  protected abstract samples(): SampleValue[]
}

class NumberSeries extends Series<{ value: number }> implements Counter, Gauge {
  readonly type: 'counter' | 'gauge'

  constructor(definition: MetricDefinition, type: 'counter' | 'gauge') {
    super(definition)
    this.type = type
    // A metric without labels is there from the start, as 0.
    if (this.labels.length === 0) this.set(0)
  }

  add(amount: number, ...labelValues: readonly string[]): void {
    // A counter only grows: a scraper takes anything else for a restart.
    if (!(amount >= 0)) return
    this.at(labelValues, () => ({ value: 0 })).value += amount
  }

  set(value: number, ...labelValues: readonly string[]): void {
    this.at(labelValues, () => ({ value: 0 })).value = value
  }

  protected samples(): SampleValue[] {
    return [...this.series].map(([id, { value }]) => ({ value, labels: this.labelsOf(id) }))
  }
}

interface Distribution {
  /** Observations at or below each bound and above the one before; the last entry is above all. */
  readonly counts: Float64Array
  sum: number
}

class HistogramSeries extends Series<Distribution> implements Histogram {
  readonly type = 'histogram'
  readonly #buckets: readonly number[]

  constructor(definition: HistogramDefinition) {
    super(definition)
    this.#buckets = definition.buckets ?? defaultBuckets
  }

  observe(value: number, ...labelValues: readonly string[]): void {
    const distribution = this.at(labelValues, () => ({ counts: new Float64Array(this.#buckets.length + 1), sum: 0 }))
    let bucket = 0
    while (bucket < this.#buckets.length && value > this.#buckets[bucket]!) bucket++
    distribution.counts[bucket]! += 1
    distribution.sum += value
  }

  protected samples(): SampleValue[] {
    const samples: SampleValue[] = []
    for (const [id, { counts, sum }] of this.series) {
      const labels = this.labelsOf(id)
      let cumulative = 0
      for (const [index, count] of counts.entries()) {
        cumulative += count
        const le = this.#buckets[index] ?? '+Inf'
        samples.push({ metricName: `${this.name}_bucket`, value: cumulative, labels: { ...labels, le } })
      }
      samples.push({ metricName: `${this.name}_sum`, value: sum, labels })
      samples.push({ metricName: `${this.name}_count`, value: cumulative, labels })
    }
    return samples
  }
}
