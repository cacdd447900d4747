// The long run behind every figure that is claimed: each benchmark at full length, its lines kept under bench/results by date,
// then the long set of real clients, a line a check, and thousands of seeds of transactions that lose their messages, of Raft logs that lose their power, and of clusters that lose everything. Commit the
// result files when figures are claimed. Wants a quiet machine and some hours.
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const results = join(root, 'bench', 'results')
const date = new Date().toISOString().slice(0, 10)

/** Resolves to the exit code. Standard output goes to `file` when there is one. */
function run(command, args, file, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', file === undefined ? 'inherit' : 'pipe', 'inherit'],
    })
    const kept = file === undefined ? undefined : child.stdout.pipe(createWriteStream(file))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const end = () => resolve(code ?? `signal ${signal}`)
      if (kept === undefined || kept.closed) end()
      else kept.once('close', end)
    })
  })
}

const outcomes = []
const built = await run('npm', ['run', '--silent', 'build'])
if (built !== 0) process.exit(1)
const { benches } = await import('../bench/dist/registry.js')
await mkdir(results, { recursive: true })
for (const { name } of benches) {
  const kept = join(results, `${date}-${name}.jsonl`)
  // Only a run that came to its end replaces the file of an earlier one.
  const partial = `${kept}.partial`
  const code = await run(process.execPath, ['bench/dist/main.js', name, '--json'], partial)
  if (code === 0) await rename(partial, kept)
  else await rm(partial, { force: true })
  outcomes.push({ what: `bench ${name}`, code, file: code === 0 ? `bench/results/${date}-${name}.jsonl` : '' })
}
const clients = `bench/results/${date}-clients.txt`
outcomes.push({
  what: 'clients, long',
  code: await run('npm', ['run', '--silent', 'test:clients', '--', '--long'], join(root, clients)),
  file: clients,
})

const histories = `bench/results/${date}-client-histories.txt`
outcomes.push({
  what: 'histories of clients',
  code: await run(
    'npx',
    ['vitest', 'run', 'packages/server/test/client-txn/histories', '-t', 'of several clients'],
    join(root, histories),
    {
      STRATA_SEED: '1..5000',
      NO_COLOR: '1',
    },
  ),
  file: histories,
})

const cuts = `bench/results/${date}-raft-log-crashes.txt`
outcomes.push({
  what: 'crashes of the Raft log',
  code: await run('npx', ['vitest', 'run', 'packages/raft-engine/test/crash'], join(root, cuts), {
    STRATA_SEED: '1..5000',
    NO_COLOR: '1',
  }),
  file: cuts,
})

const clusters = `bench/results/${date}-clusters.txt`
outcomes.push({
  what: 'clusters in which everything goes wrong',
  code: await run('npx', ['vitest', 'run', 'packages/raftstore/test/cluster/random-clusters'], join(root, clusters), {
    STRATA_SEED: '1..500',
    NO_COLOR: '1',
  }),
  file: clusters,
})

const groups = `bench/results/${date}-raft-groups.txt`
outcomes.push({
  what: 'Raft groups, each node',
  code: await run('npx', ['vitest', 'run', 'packages/raft/test/group'], join(root, groups), {
    STRATA_SEED: '1..2000',
    NO_COLOR: '1',
  }),
  file: groups,
})

const lives = `bench/results/${date}-sim.txt`
outcomes.push({
  what: 'whole clusters, simulated',
  code: await run('npm', ['run', '--silent', 'sim', '--', '--seconds', '600'], join(root, lives)),
  file: lives,
})

const fuzzing = `bench/results/${date}-fuzz.txt`
outcomes.push({
  what: 'fuzz, 10 million each',
  code: await run('npm', ['run', '--silent', 'fuzz', '--', '--runs', '10000000'], join(root, fuzzing)),
  file: fuzzing,
})

console.log('\nproof')
for (const { what, code, file } of outcomes)
  console.log(`  ${code === 0 ? 'ok    ' : 'failed'}  ${what.padEnd(24)}${file}`)
process.exitCode = outcomes.every(({ code }) => code === 0) ? 0 : 1
