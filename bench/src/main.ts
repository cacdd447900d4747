import { parseArgs } from 'node:util'
import { benches } from './registry.ts'
import { createReport } from './report.ts'

/** Fixed, so that two runs measure the same bytes unless the caller asks otherwise. */
const defaultSeed = 6001

const usage = 'npm run bench -- NAME [--json] [--quick] [--seed N] [--only WORD,WORD]'

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  })
  const name = positionals[0]
  if (name === undefined) {
    console.log(usage)
    for (const bench of benches) console.log(`  ${bench.name.padEnd(16)}${bench.summary}`)
    return 0
  }
  const bench = benches.find((each) => each.name === name)
  if (bench === undefined || positionals.length > 1) {
    const known = benches.map((each) => each.name).join(', ')
    console.error(bench ? `one benchmark at a time, got: ${positionals.join(' ')}` : `no benchmark ${name}: ${known}`)
    return 2
  }
  const seed = values.seed === undefined ? defaultSeed : Number(values.seed)
  if (!Number.isSafeInteger(seed) || seed < 0) {
    console.error(`--seed takes a whole number from 0, got ${values.seed}`)
    return 2
  }
  const words = values.only?.split(',')
  if (words !== undefined && bench.isDivisible !== true) {
    console.error(`${bench.name} measures all its cases together: it takes no --only`)
    return 2
  }
  const wants = (part: string): boolean => words === undefined || words.some((word) => part.includes(word))
  const quick = values.quick === true
  const json = values.json === true
  const report = createReport({
    bench: bench.name,
    seed,
    quick,
    json,
    writeJson: (line) => console.log(line),
    // With --json the table goes to stderr, so that stdout holds nothing but JSON lines.
    writeTable: (line) => (json ? console.error(line) : console.log(line)),
  })
  await bench.run({ quick, report, seed, wants })
  report.end()
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n${usage}`)
    return 2
  }
  console.error(error)
  return 1
})
