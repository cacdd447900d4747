import { parseArgs } from 'node:util'
import { clientSuites, type Suite } from './client-suites.ts'
import { buildClients, findGo } from './go-toolchain.ts'
import { killSuites } from './kill-loop.ts'
import { Tally } from './tally.ts'
import { ycsbSuites } from './ycsb.ts'

const suites: readonly Suite[] = [...clientSuites, ...ycsbSuites, ...killSuites]

const usage = `npm run test:clients -- [--fast | --long] [--only NAME]...
  --fast   a few minutes, the default: fewer records, fewer kills
  --long   100,000 records, a transactional run of more than 150 s, ten kills under load
  --only   ${suites.map((suite) => suite.name).join(', ')}`

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      fast: { type: 'boolean' },
      long: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const only = values.only ?? []
  const unknown = only.find((name) => suites.every((suite) => suite.name !== name))
  if (unknown !== undefined || (values.fast && values.long)) {
    console.error(unknown === undefined ? '--fast and --long exclude each other' : `no suite ${unknown}`)
    console.error(usage)
    return 2
  }

  const tally = new Tally((line) => console.log(line))
  const go = await findGo()
  if ('missing' in go) {
    tally.skip('go', `${go.missing}; install Go 1.26 to run client-go and go-ycsb`)
  } else {
    console.log(`building the clients with ${go.version}`)
    const programs = await buildClients(new URL('..', import.meta.url).pathname)
    const chosen = only.length === 0 ? suites : suites.filter((suite) => only.includes(suite.name))
    for (const suite of chosen) await suite.run({ programs, tally, long: values.long === true })
  }
  if (only.length === 0) {
    tally.skip('rust', 'client-rust is not part of this milestone')
    tally.skip('java', 'client-java is not part of this milestone')
  }
  console.log(tally.summary())
  return tally.exitCode
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  return 1
})
