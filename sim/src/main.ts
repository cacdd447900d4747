import { parseArgs } from 'node:util'
import { huntBugs } from './bugs/hunt.ts'
import { plantBug } from './bugs/plant.ts'
import { plantedBugs } from './bugs/planted-bugs.ts'
import { keepSeed, revision, type SeedWish, seedFiles } from './kept-seeds.ts'
import type { SeedReport } from './run-seed.ts'

const usage = `npm run sim -- [--seed N] [--seconds S] [--kept] [--rounds N] [--log]
  --seed N     this seed alone; with --seconds the first of those that are run
  --seconds S  one seed after another, for so long
  --kept       the seeds that failed once, and three more
  --rounds N   misfortunes a seed (default 10)
  --bug NAME   with a known mistake in the code
  --bugs       each known mistake until it is caught, for --seconds each (default 300)
  --log        what the stores say, on standard error`

/** Without a wish: a few, as a change is tried out. */
const fewSeeds = 3
const keptExtra = 3
const roundsDefault = 10
const huntSecondsDefault = 300

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      kept: { type: 'boolean' },
      bug: { type: 'string' },
      bugs: { type: 'boolean' },
      log: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const seconds = wholeNumber('--seconds', values.seconds)
  if (values.bugs) return huntBugs(seconds ?? huntSecondsDefault, (line) => console.log(line)) === 0 ? 0 : 1
  if (values.bug !== undefined) plantBug(bugNamed(values.bug))
  // Loaded after a bug is planted, which so is in all that it brings.
  const { runSeed } = await import('./run-seed.ts')
  const first = wholeNumber('--seed', values.seed)
  const rounds = wholeNumber('--rounds', values.rounds) ?? roundsDefault
  const logger = values.log === true ? loudLogger() : undefined
  const totals = new Totals()
  const startedAt = performance.now()
  for (const { seed, roundCount } of seedsOf({ first, seconds, rounds, isKept: values.kept === true, startedAt })) {
    const report = await runSeed(seed, { roundCount, ...(logger !== undefined && { logger }) })
    totals.add(report)
    if (report.violations.length === 0) {
      console.log(`seed ${seed}: clean, ${lineOf(report)}`)
      continue
    }
    console.log(`seed ${seed}: FAILED, ${lineOf(report)}`)
    for (const violation of report.violations.slice(0, 20)) console.log(`  ${violation}`)
    const command = `npm run sim -- --seed ${seed}${roundCount === roundsDefault ? '' : ` --rounds ${roundCount}`}`
    if (values.bug !== undefined) return 1
    console.log(`commit ${revision()}; replay: ${command}`)
    console.log(`kept as ${keepSeed({ seed, roundCount, report })}`)
    return 1
  }
  console.log(totals.text())
  return 0
}

function* seedsOf(wish: {
  readonly first: number | undefined
  readonly seconds: number | undefined
  readonly rounds: number
  readonly isKept: boolean
  readonly startedAt: number
}): Iterable<SeedWish> {
  const { first = 1, seconds, rounds: roundCount, startedAt } = wish
  if (wish.isKept) {
    yield* seedFiles()
    for (let seed = 1; seed <= keptExtra; seed++) yield { seed, roundCount }
  } else if (seconds === undefined) {
    const count = wish.first === undefined ? fewSeeds : 1
    for (let seed = first; seed < first + count; seed++) yield { seed, roundCount }
  } else {
    for (let seed = first; performance.now() - startedAt < seconds * 1000; seed++) yield { seed, roundCount }
  }
}

/** @throws Error */
function bugNamed(name: string): (typeof plantedBugs)[number] {
  const bug = plantedBugs.find((each) => each.name === name)
  if (bug === undefined) throw new Error(`no bug ${name}: ${plantedBugs.map((each) => each.name).join(', ')}`)
  return bug
}

function wholeNumber(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const value = Number(given)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name} takes a whole number from 0, got ${given}\n${usage}`)
  return value
}

function lineOf({ simulatedMs, faults, calls, messageCount, snapshotCount, digest }: SeedReport): string {
  const faultCount = [...faults.values()].reduce((all, count) => all + count, 0)
  return (
    `${Math.round(simulatedMs / 1000)} s, ${faultCount} faults and orders, ${calls.done} calls (${calls.failed} failed, ` +
    `${calls.unknown} unknown), ${messageCount} messages, ${snapshotCount} snapshots, digest ${digest.toString(16)}`
  )
}

class Totals {
  #seedCount = 0
  #simulatedMs = 0
  #callCount = 0
  readonly #faults = new Map<string, number>()

  add({ simulatedMs, faults, calls }: SeedReport): void {
    this.#seedCount++
    this.#simulatedMs += simulatedMs
    this.#callCount += calls.done
    for (const [name, count] of faults) this.#faults.set(name, (this.#faults.get(name) ?? 0) + count)
  }

  text(): string {
    const faults = [...this.#faults]
      .sort(([, left], [, right]) => right - left)
      .map(([name, count]) => `${count} ${name}`)
    const hours = (this.#simulatedMs / 3_600_000).toFixed(2)
    return `${this.#seedCount} seeds clean: ${hours} simulated hours, ${this.#callCount} calls\n  ${faults.join(', ')}`
  }
}

function loudLogger(): Record<'debug' | 'info' | 'warn' | 'error', (message: string, fields?: unknown) => void> {
  const say = (level: string) => (message: string, fields: unknown) => console.error(level, message, fields ?? '')
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
}

process.on('unhandledRejection', (error) => {
  console.error('a rejection that nobody handled', error)
  process.exit(1)
})
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 2
})
