import { assert } from '@stratakv/core'

/** Values are told apart to one part in so many. */
const stepsPerDoubling = 64
/** From 2^-4 to 2^36 microseconds, which is a day. */
const doublingMin = -4
const doublingCount = 40

/** Of many durations, in microseconds: exact ends and mean; percentiles at most 1.6% above the truth. */
export interface LatencySummary {
  readonly count: number
  readonly minUs: number
  readonly avgUs: number
  readonly p50Us: number
  readonly p90Us: number
  readonly p95Us: number
  readonly p99Us: number
  readonly p999Us: number
  readonly maxUs: number
}

/** Counts durations in buckets that grow with them: 20 KiB, however many there are. */
export class Latencies {
  readonly #counts = new Float64Array(stepsPerDoubling * doublingCount)
  #count = 0
  #sumUs = 0
  #minUs = Number.POSITIVE_INFINITY
  #maxUs = 0

  add(us: number): void {
    assert(us >= 0, 'a duration is not negative')
    this.#count++
    this.#sumUs += us
    this.#minUs = Math.min(this.#minUs, us)
    this.#maxUs = Math.max(this.#maxUs, us)
    this.#counts[bucketOf(us)]!++
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      minUs: this.#count === 0 ? 0 : this.#minUs,
      avgUs: this.#count === 0 ? 0 : this.#sumUs / this.#count,
      p50Us: this.#percentile(0.5),
      p90Us: this.#percentile(0.9),
      p95Us: this.#percentile(0.95),
      p99Us: this.#percentile(0.99),
      p999Us: this.#percentile(0.999),
      maxUs: this.#maxUs,
    }
  }

  /** So many of them took this long or less. */
  #percentile(part: number): number {
    const wanted = Math.ceil(this.#count * part)
    let seen = 0
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket]!
      if (seen >= wanted && seen > 0) return Math.min(upperEnd(bucket), this.#maxUs)
    }
    return this.#maxUs
  }
}

function bucketOf(us: number): number {
  if (us < 2 ** doublingMin) return 0
  const doubling = Math.floor(Math.log2(us))
  const within = Math.floor((us / 2 ** doubling - 1) * stepsPerDoubling)
  const bucket = (doubling - doublingMin) * stepsPerDoubling + Math.min(Math.max(within, 0), stepsPerDoubling - 1)
  return Math.min(Math.max(bucket, 0), stepsPerDoubling * doublingCount - 1)
}

function upperEnd(bucket: number): number {
  const doubling = Math.floor(bucket / stepsPerDoubling) + doublingMin
  return 2 ** doubling * (1 + ((bucket % stepsPerDoubling) + 1) / stepsPerDoubling)
}
