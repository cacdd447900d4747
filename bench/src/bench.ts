import type { Report } from './report.ts'

/** What a benchmark is given for one run. */
export interface BenchContext {
  /** True for a run that only proves the benchmark works: seconds, and figures nobody may quote. */
  readonly quick: boolean
  /** Where measurements go. The runner has created it; the benchmark calls `begin` once, before anything else. */
  readonly report: Report
  /** Feeds every random choice: the same seed gives the same inputs. */
  readonly seed: number
  /** Whether a part of a divisible benchmark is to be run, by the name that its cases share: `--only` names some. */
  wants(part: string): boolean
}

/** One benchmark, listed in `registry.ts`. */
export interface Bench {
  /** As typed after `npm run bench --`, and the `bench` field of every line. */
  readonly name: string
  /** One line for the list. */
  readonly summary: string
  /** Its parts can be run by themselves, because together they take most of an hour. */
  readonly isDivisible?: true
  /** Resolves once all is measured and everything it started has ended. */
  run(context: BenchContext): Promise<void>
}
