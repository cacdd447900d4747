import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '@stratakv/core'
import { runTarget } from './fuzz-job.ts'
import { targets } from './targets.ts'

const usage = `npm run fuzz -- [NAME ...] [--runs N] [--seed N]

Feeds decoders with damaged inputs: each must decode them or refuse them with an error of its own, in time and without
asking for memory that the input cannot justify. NAME is a target or the beginning of some; none = all.

  --runs N   inputs a target, default 1000000
  --seed N   default: drawn, and printed
  --list     the targets
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** @returns the exit code */
async function main(): Promise<number> {
  if (values.help) return print(usage)
  if (values.list) return print(`${targets.map(({ name }) => name).join('\n')}\n`)
  const clock = systemClock()
  const runCount = Number(values.runs)
  const seed = values.seed === undefined ? clock.unixMs() % 1_000_000 : Number(values.seed)
  if (!Number.isSafeInteger(runCount) || runCount < 1 || !Number.isSafeInteger(seed) || seed < 0) {
    process.stderr.write('--runs and --seed take whole numbers\n')
    return 2
  }
  const chosen = targets.filter(
    ({ name }) => positionals.length === 0 || positionals.some((each) => name.startsWith(each)),
  )
  if (chosen.length === 0) {
    process.stderr.write('no target has such a name; --list shows them\n')
    return 2
  }
  print(`fuzz: seed ${seed}, ${runCount} inputs a target, Node ${process.versions.node}\n`)
  let findingCount = 0
  for (const { name } of chosen) {
    const startedAt = clock.now()
    const answer = await runTarget(clock, { targetName: name, seed, runCount }, (doneCount) => {
      if (process.stderr.isTTY) process.stderr.write(`  ${name}: ${doneCount} of ${runCount}\r`)
    })
    const seconds = ((clock.now() - startedAt) / 1000).toFixed(0)
    if (answer.kind === 'done') {
      const { report } = answer
      print(
        `ok      ${name}: ${report.runCount} inputs, ${report.acceptedCount} accepted, ${report.outcomeCount} outcomes, ${seconds} s\n`,
      )
      continue
    }
    findingCount++
    const file = await keep(name, answer.input)
    print(`FINDING ${name}: ${answer.message}\n${answer.stack}\n`)
    print(`  the input is in ${file}; once it is refused properly, it stays in the corpus: fuzz/corpus/README.md\n`)
    print(`  replay: npm run fuzz -- ${name} --runs ${runCount} --seed ${seed}\n`)
  }
  print(`fuzz: ${chosen.length - findingCount} passed, ${findingCount} failed\n`)
  return findingCount === 0 ? 0 : 1
}

function print(text: string): 0 {
  process.stdout.write(text)
  return 0
}

async function keep(target: string, input: Uint8Array): Promise<string> {
  const folder = join('fuzz', 'corpus', ...target.split('/'))
  await mkdir(folder, { recursive: true })
  let hash = 0x811c9dc5
  for (const byte of input) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  const file = join(folder, `${hash.toString(16).padStart(8, '0')}.bin`)
  await writeFile(file, input)
  return file
}

process.exitCode = await main()
