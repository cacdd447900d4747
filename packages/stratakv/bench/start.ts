import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '@stratakv/core'

// npm run build && npm run bench -w stratakv [-- --quick] [-- --json] [-- --command FILE]: how long a node takes from the command
// to "ready", and back to nothing, on the build. A start is warm when the folder holds a cluster already.

const { values: args } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, command: { type: 'string' } },
})
const warmCount = args.quick === true ? 3 : 20
const clock = systemClock()
const command = args.command ?? join(import.meta.dirname, '..', '..', 'dist', 'main.js')
const folder = await mkdtemp(join(tmpdir(), 'stratakv-start-'))

interface Start {
  readonly readyMs: number
  readonly stoppedMs: number
  /** Resident memory when it is ready; 0 where there is no /proc. */
  readonly residentMiB: number
}

async function start(): Promise<Start> {
  const ports = ['--addr', '127.0.0.1:0', '--pd-addr', '127.0.0.1:0', '--status-addr', '']
  const flags = ['server', ...ports, '--log-level', 'error', '--data-dir', join(folder, 'data')]
  const startedAt = clock.now()
  const child = spawn(process.execPath, [command, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  const readyMs = clock.now() - startedAt
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  const signalledAt = clock.now()
  child.kill('SIGTERM')
  const [code] = await ended
  if (code !== 0) throw new Error(`the node ended with ${code}`)
  const residentMiB = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  return { readyMs, stoppedMs: clock.now() - signalledAt, residentMiB }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!
}

const first = await start()
const warm: Start[] = []
for (let round = 0; round < warmCount; round++) warm.push(await start())
await rm(folder, { recursive: true })

const figures = [
  ['first-start', first.readyMs, 'ms'],
  ['warm-start', median(warm.map(({ readyMs }) => readyMs)), 'ms'],
  ['warm-start-slowest', Math.max(...warm.map(({ readyMs }) => readyMs)), 'ms'],
  ['clean-stop', median(warm.map(({ stoppedMs }) => stoppedMs)), 'ms'],
  ['idle-resident', median(warm.map(({ residentMiB }) => residentMiB)), 'MiB'],
] as const
const header = {
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  inputs: `${warmCount} warm starts`,
  seed: 0,
}
if (args.json === true) {
  console.log(JSON.stringify(header))
  for (const [name, value, unit] of figures) {
    console.log(JSON.stringify({ bench: 'start', case: name, impl: 'stratakv', value, unit, better: 'lower' }))
  }
} else {
  console.log(`${header.cpu}, Node ${header.node}, ${header.inputs}`)
  for (const [name, value, unit] of figures) console.log(`${name.padEnd(24)}${value.toFixed(0).padStart(8)} ${unit}`)
}
