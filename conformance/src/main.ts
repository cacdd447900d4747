import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ProgramFailedError } from './child-program.ts'
import { type BuiltPrograms, ClientPrograms, type Language, type Toolchain } from './client-programs.ts'
import { clientSuites, type Suite } from './client-suites.ts'
import { goToolchain } from './go-toolchain.ts'
import { javaToolchain } from './java-toolchain.ts'
import { killSuites } from './kill-loop.ts'
import { leaderKillSuites } from './leader-kills.ts'
import { raftEngineSuites } from './raft-engine/suite.ts'
import { raftEngineToolchain } from './raft-engine-toolchain.ts'
import { rustToolchain } from './rust-toolchain.ts'
import { Tally } from './tally.ts'
import { ycsbSuites } from './ycsb.ts'

const suites: readonly Suite[] = [
  ...clientSuites,
  ...ycsbSuites,
  ...killSuites,
  ...leaderKillSuites,
  ...raftEngineSuites,
]

const conformanceDir = fileURLToPath(new URL('..', import.meta.url))
const toolchains: readonly Toolchain[] = [goToolchain, rustToolchain, javaToolchain, raftEngineToolchain]

const usage = `npm run test:clients -- [--fast | --long] [--only NAME]... [--seed N]
  --fast   what CI runs: without kills under the load of the Rust and Java clients
           (by default: those too, once each)
  --long   100,000 records, a transactional run of more than 150 s, ten kills under load
  --seed   of what raft-engine draws: a failure names it
  --only   ${suites.map((suite) => suite.name).join(', ')}`

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      fast: { type: 'boolean' },
      long: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const only = values.only ?? []
  const seed = values.seed === undefined ? undefined : Number(values.seed)
  const wrong = wrongArguments(only, seed, values.fast === true && values.long === true)
  if (wrong !== undefined) {
    console.error(wrong)
    console.error(usage)
    return 2
  }

  const tally = new Tally((line) => console.log(line))
  const chosen = suites.filter(({ name, slow }) =>
    only.length === 0 ? !(values.fast && slow !== undefined) : only.includes(name),
  )
  const built = await buildPrograms(tally, new Set(chosen.flatMap(({ languages }) => languages)))
  for (const suite of chosen) {
    if (suite.languages.every((language) => built.languages.has(language))) {
      await suite.run({
        programs: built.programs,
        tally,
        long: values.long === true,
        ...(seed === undefined ? {} : { seed }),
      })
    }
  }
  if (values.fast && only.length === 0) {
    for (const { name, slow } of suites) if (slow !== undefined) console.log(`     ${name}: not in --fast: ${slow}`)
  }
  console.log(tally.summary())
  return tally.exitCode
}

function wrongArguments(only: readonly string[], seed: number | undefined, fastAndLong: boolean): string | undefined {
  const unknown = only.find((name) => suites.every((suite) => suite.name !== name))
  if (unknown !== undefined) return `no suite ${unknown}`
  if (fastAndLong) return '--fast and --long exclude each other'
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) return '--seed takes a whole number from 0'
  return undefined
}

/** Builds for each language that some suite needs. A missing toolchain is a skip, a failed build a failure; others go on. */
async function buildPrograms(
  tally: Tally,
  needed: ReadonlySet<Language>,
): Promise<{ readonly programs: ClientPrograms; readonly languages: ReadonlySet<Language> }> {
  const languages = new Set<Language>()
  let built: BuiltPrograms = {}
  for (const { language, advice, find, build } of toolchains.filter(({ language }) => needed.has(language))) {
    const found = await find()
    if ('missing' in found) {
      tally.skip(language, `${found.missing}; ${advice}`)
      continue
    }
    console.log(`building the clients with ${found.version}`)
    try {
      built = { ...built, ...(await build(conformanceDir)) }
      languages.add(language)
    } catch (error) {
      if (!(error instanceof ProgramFailedError)) throw error
      tally.fail(`${language}/build`, error.message.replaceAll('\n', ' | '))
    }
  }
  return { programs: new ClientPrograms(built), languages }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  return 1
})
