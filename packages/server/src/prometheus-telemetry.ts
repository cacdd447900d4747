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
import type { Metric, Registry } from 'prom-client'

/** TiKV's usual buckets for durations: 0.5 ms doubling, in seconds. */
const defaultBuckets = Array.from({ length: 20 }, (_, power) => 0.0005 * 2 ** power)

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
  /**
   * `processMetrics`: also the figures of the process, from the first scrape on. prom-client samples the event loop for them and
   * cannot be told to stop.
   */
  options: { readonly processMetrics: boolean },
): PrometheusTelemetry {
  /** Loading prom-client is a sixth of the work of starting a node, and many a node is never scraped. */
  let opening: Promise<Registry> | undefined
  const open = async () => {
    const { collectDefaultMetrics, Registry } = await import('prom-client')
    const registry = new Registry()
    if (options.processMetrics) collectDefaultMetrics({ register: registry })
    return registry
  }
  /** Declared since the last scrape. */
  let unregistered: Series<unknown>[] = []
  const byName = new Map<string, Series<unknown>>()
  const declare = <S extends Series<unknown>>(definition: MetricDefinition, make: () => S): S => {
    const known = byName.get(definition.name)
    if (known !== undefined) return known as S
    const series = make()
    byName.set(definition.name, series)
    unregistered.push(series)
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
    async exposition() {
      opening ??= open()
      const registry = await opening
      for (const series of unregistered) registry.registerMetric(series as unknown as Metric)
      unregistered = []
      return registry.metrics()
    },
  }
}

const spanDefinition: MetricDefinition = {
  name: 'stratakv_span_duration_seconds',
  help: 'Duration of units of work.',
  labels: ['name', 'outcome'],
}

/** What is known of one combination of label values, or of what they begin with. */
interface SeriesNode<T> {
  value: T | undefined
  readonly children: Map<string, SeriesNode<T>>
}

/** One metric, in the shape that prom-client's registry collects. */
abstract class Series<T> {
  readonly name: string
  readonly help: string
  abstract readonly type: string
  readonly aggregator = 'sum'
  protected readonly labels: readonly string[]
  #root: SeriesNode<T> = { value: undefined, children: new Map() }

  constructor(definition: MetricDefinition) {
    this.name = definition.name
    this.help = definition.help
    this.labels = definition.labels ?? []
  }

  /**
   * Found label by label, without making a string: this runs a dozen times for each write. A wrong number of values is a
   * bug of the caller, but no figure is worth a failed request: what is missing is empty, what is too much is dropped.
   */
  protected at(labelValues: readonly string[], make: () => T): T {
    let node = this.#root
    for (let index = 0; index < this.labels.length; index++) {
      const labelValue = labelValues[index] ?? ''
      let next = node.children.get(labelValue)
      if (next === undefined) {
        next = { value: undefined, children: new Map() }
        node.children.set(labelValue, next)
      }
      node = next
    }
    node.value ??= make()
    return node.value
  }

  /** Every series with its labels, in the order in which they came up. */
  protected all(): readonly (readonly [Record<string, string>, T])[] {
    const found: (readonly [Record<string, string>, T])[] = []
    const visit = (node: SeriesNode<T>, labelValues: readonly string[]) => {
      if (node.value !== undefined) {
        found.push([Object.fromEntries(this.labels.map((label, index) => [label, labelValues[index]!])), node.value])
      }
      for (const [labelValue, child] of node.children) visit(child, [...labelValues, labelValue])
    }
    visit(this.#root, [])
    return found
  }

  reset(): void {
    this.#root = { value: undefined, children: new Map() }
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
    return this.all().map(([labels, { value }]) => ({ value, labels }))
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
    for (const [labels, { counts, sum }] of this.all()) {
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
