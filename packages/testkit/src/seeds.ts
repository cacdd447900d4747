import { assert, type SeededRandom, StrataError, seededRandom } from '@stratakv/core'

/** A seed for which a test body failed; the failure is the `cause`. */
export class SeedFailedError extends StrataError {
  readonly code = 'TESTKIT_SEED_FAILED'
  readonly seed: number
  /** The command that runs this seed alone, from the folder in which the tests were started. */
  readonly replayCommand: string
  constructor(seed: number, replayCommand: string, cause: unknown) {
    super(`seed ${seed} failed: ${cause instanceof Error ? cause.message : String(cause)}\nreplay: ${replayCommand}`, {
      cause,
    })
    this.seed = seed
    this.replayCommand = replayCommand
  }
}

/**
 * Runs `body` for the seeds 1 to `count`, one after another, and stops at the first that fails. The environment variable
 * `STRATA_SEED` puts others in their place: `17` runs that one, `1000..1999` this range, ends included.
 *
 * @throws SeedFailedError, which names the seed and the command that replays it
 */
export async function forSeeds(
  count: number,
  body: (seed: number, random: SeededRandom) => void | Promise<void>,
): Promise<void> {
  const caller = callerFile(new Error('where').stack)
  const [first, last] = seedRange(count)
  for (let seed = first; seed <= last; seed++) {
    try {
      await body(seed, seededRandom(seed))
    } catch (error) {
      throw new SeedFailedError(seed, `STRATA_SEED=${seed} npx vitest run ${caller ?? ''}`.trimEnd(), error)
    }
  }
}

function seedRange(count: number): [first: number, last: number] {
  const chosen = typeof process === 'undefined' ? undefined : process.env.STRATA_SEED
  if (chosen === undefined || chosen === '') return [1, count]
  const found = /^(\d+)(?:\.\.(\d+))?$/.exec(chosen)
  assert(found !== null, `STRATA_SEED is a seed (17) or a range (1000..1999), not ${chosen}`)
  const first = Number(found[1])
  const last = Number(found[2] ?? found[1])
  assert(Number.isSafeInteger(last) && first <= last, `STRATA_SEED ${chosen} names no seed`)
  return [first, last]
}

/** The file that called into this one, relative to the current folder; undefined where stacks do not say. */
function callerFile(stack: string | undefined): string | undefined {
  const paths = (stack ?? '')
    .split('\n')
    .map((line) => /(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^()]*?):\d+:\d+\)?$/.exec(line)?.[1])
  const own = paths.find((path) => path !== undefined)
  const caller = paths.find((path) => path !== undefined && path !== own)
  if (caller === undefined || typeof process === 'undefined') return undefined
  const folder = `${process.cwd()}/`
  return caller.startsWith(folder) ? caller.slice(folder.length) : caller
}
