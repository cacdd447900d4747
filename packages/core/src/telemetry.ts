/** Names and labels of one metric; names are TiKV's where TiKV has the metric. */
export interface MetricDefinition {
  readonly name: string
  readonly help: string
  /** Few values each: every combination is kept for the life of the node. */
  readonly labels?: readonly string[]
}

export interface HistogramDefinition extends MetricDefinition {
  /** Upper bounds, ascending; absent: TiKV's default, 0.5 ms doubling 20 times, in seconds. */
  readonly buckets?: readonly number[]
}

/** Only grows. */
export interface Counter {
  /** `labelValues` in the order of the definition's `labels`. */
  add(amount: number, ...labelValues: readonly string[]): void
}

export interface Gauge {
  set(value: number, ...labelValues: readonly string[]): void
}

export interface Histogram {
  observe(value: number, ...labelValues: readonly string[]): void
}

/** A unit of work with a beginning and an end. */
export interface Span {
  end(error?: unknown): void
}

/** Where figures about the running node go. Declaring the same name twice gives the same metric. Nothing here throws or blocks. */
export interface Telemetry {
  counter(definition: MetricDefinition): Counter
  gauge(definition: MetricDefinition): Gauge
  histogram(definition: HistogramDefinition): Histogram
  /** Starts now; ends with `Span.end`. */
  span(name: string): Span
}

/** Drops everything. */
export function noTelemetry(): Telemetry {
  const counter: Counter = { add() {} }
  const gauge: Gauge = { set() {} }
  const histogram: Histogram = { observe() {} }
  const span: Span = { end() {} }
  return { counter: () => counter, gauge: () => gauge, histogram: () => histogram, span: () => span }
}
