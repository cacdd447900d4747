import { cpus } from 'node:os'

/** Which direction of a figure is the good one. */
export type Better = 'higher' | 'lower'

/** One side measured. */
export interface Measurement {
  /** What was done and on which input, for example `crc32/64B`. */
  readonly case: string
  /** Who did it, for example `stratakv` or `zlib.crc32`. */
  readonly impl: string
  readonly value: number
  /** For example `ops/s`, `ms`, `MiB/s`. */
  readonly unit: string
  readonly better: Better
  /** For people only: further readings of the same figure, by column title. Not part of the JSON line. */
  readonly shown?: Readonly<Record<string, string>>
}

/** Ours against one peer in one case. */
export interface Ratio {
  readonly case: string
  /** Ours / theirs. */
  readonly ratio: number
  /** The peer's `impl`. */
  readonly against: string
  /** The direction of the measured value: with `higher`, a ratio of 2 is twice as good; with `lower`, half as good. */
  readonly better: Better
}

/** Inputs as the header states them: sizes, counts, durability. */
export type BenchInputs = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>

/** Collects one benchmark's figures and prints them: JSON lines as they come, a table at the end. */
export interface Report {
  /** The header line. Called once, before the first measurement. */
  begin(inputs: BenchInputs): void
  measure(measurement: Measurement): void
  ratio(ratio: Ratio): void
  /** A sentence under the table that a reader of the figures needs. */
  note(sentence: string): void
  /** Prints the table. Called by the runner. */
  end(): void
}

/** What a report writes to, and what its header names. */
export interface ReportOptions {
  readonly bench: string
  readonly seed: number
  readonly quick: boolean
  /** Print JSON lines. */
  readonly json: boolean
  /** Takes one line without its newline. */
  writeJson(line: string): void
  /** Takes one line without its newline. */
  writeTable(line: string): void
}

export function createReport(options: ReportOptions): Report {
  const { bench } = options
  const measurements: Measurement[] = []
  const ratios: Ratio[] = []
  const notes: string[] = []
  const cpu = cpus()
  const header = {
    bench,
    cpu: cpu[0]?.model.trim() ?? 'unknown',
    cpuCount: cpu.length,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    seed: options.seed,
    quick: options.quick,
  }
  const json = (line: object): void => {
    if (options.json) options.writeJson(JSON.stringify(line))
  }

  return {
    begin(inputs) {
      json({ ...header, inputs })
      options.writeTable(`${bench}: ${header.cpu} x${header.cpuCount}, Node ${header.node}, seed ${header.seed}`)
      options.writeTable(`inputs: ${JSON.stringify(inputs)}${options.quick ? ' (quick: not for quoting)' : ''}`)
    },
    measure(measurement) {
      measurements.push(measurement)
      const { case: name, impl, value, unit, better } = measurement
      json({ bench, case: name, impl, value: significant(value), unit, better })
    },
    ratio(ratio) {
      ratios.push(ratio)
      json({ bench, case: ratio.case, ratio: significant(ratio.ratio), against: ratio.against, better: ratio.better })
    },
    note(sentence) {
      notes.push(sentence)
    },
    end() {
      for (const line of table(measurements, ratios)) options.writeTable(line)
      for (const note of notes) options.writeTable(note)
    },
  }
}

/** One row a measurement; a case is named once, and a peer's row says how ours compares with it. */
function table(measurements: readonly Measurement[], ratios: readonly Ratio[]): string[] {
  const shownTitles = [...new Set(measurements.flatMap((measurement) => Object.keys(measurement.shown ?? {})))]
  const titles = ['case', 'impl', 'value', 'unit', ...shownTitles, 'ours / theirs']
  let previousCase = ''
  const rows = measurements.map((measurement) => {
    const ratio = ratios.find((each) => each.case === measurement.case && each.against === measurement.impl)
    const caseCell = measurement.case === previousCase ? '' : measurement.case
    previousCase = measurement.case
    return [
      caseCell,
      measurement.impl,
      significant(measurement.value).toLocaleString('en-US', { maximumFractionDigits: 3 }),
      measurement.unit,
      ...shownTitles.map((title) => measurement.shown?.[title] ?? ''),
      ratio ? `${ratio.ratio.toFixed(2)} (${ratio.better} is better)` : '',
    ]
  })
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const numeric = new Set([2, ...shownTitles.map((_, index) => 4 + index)])
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (numeric.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

/** Four significant digits: more would be noise. */
function significant(value: number): number {
  return Number(value.toPrecision(4))
}
