import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { below, type Random } from '@stratakv/core'
import { seededRandom } from '@stratakv/testkit'
import type { Bench, BenchContext } from '../bench.ts'
import { hasProgram } from '../kv/process.ts'
import { etcdTurn, firstNodeTurn, playgroundTurn, type Turn, warmNodeTurn } from './turns.ts'

/** From nothing to nothing again: how long a test waits for a store of its own. */
export const startBench: Bench = {
  name: 'start',
  summary: 'start, answer a put and a get over gRPC, stop: in memory, in this process and as one, against etcd',
  run,
}

/** What is compared with etcd, in the order in which the report shows them. */
const cases = {
  'in-process': 'a node in a process that has started some before',
  'in-process-first': 'the first node of a fresh process; loading the packages is not counted',
  process: '`stratakv playground --memory`, from the start of its process on',
} as const
type Case = keyof typeof cases

const warmupCount = 3

async function run({ report, quick, seed }: BenchContext): Promise<void> {
  const roundCount = quick ? 2 : 15
  const root = memoryFolder()
  report.begin({
    operation: 'start, one put and one get over a new gRPC connection, stop, until it has ended',
    rounds: roundCount,
    statistic: 'median of rounds, all sides once a round in an order drawn anew',
    stratakv: 'in memory; the client asks the placement driver for the region and the store first',
    etcd: `a process, one member, an empty folder ${root === tmpdir() ? 'on disk' : 'in memory (tmpfs)'}`,
  })
  const hasPeer = await hasProgram('etcd', '--version')
  if (!hasPeer) report.note('No peer: install etcd (Debian: etcd-server) to compare.')
  const folder = mkdtempSync(join(root, 'stratakv-bench-start-'))
  const loadedMs: number[] = []
  const sides: Record<Case | 'etcd', () => Promise<Turn>> = {
    'in-process': warmNodeTurn,
    'in-process-first': async () => {
      const turn = await firstNodeTurn()
      loadedMs.push(turn.loadedMs)
      return turn
    },
    process: playgroundTurn,
    etcd: () => etcdTurn(folder),
  }
  const names = (Object.keys(sides) as (Case | 'etcd')[]).filter((name) => hasPeer || name !== 'etcd')
  const turns = new Map<string, Turn[]>(names.map((name) => [name, []]))
  try {
    for (let count = 0; count < warmupCount; count++) await warmNodeTurn()
    const random = seededRandom(seed)
    for (let round = 0; round < roundCount; round++) {
      for (const name of shuffled(names, random)) turns.get(name)!.push(await sides[name]())
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  for (const name of Object.keys(cases) as Case[]) {
    const ours = tell(name, 'stratakv', turns.get(name)!)
    if (!hasPeer) continue
    report.ratio({ case: name, ratio: ours / tell(name, 'etcd', turns.get('etcd')!), against: 'etcd', better: 'lower' })
  }
  for (const [name, says] of Object.entries(cases)) report.note(`${name}: ${says}.`)
  report.note(
    `Loading the packages in a fresh process took ${median(loadedMs).toFixed(0)} ms. etcd is a process in every case.`,
  )

  function tell(name: Case, impl: string, measured: readonly Turn[]): number {
    const value = median(measured.map(({ answeredMs, stoppedMs }) => answeredMs + stoppedMs))
    const shown = {
      'answered ms': median(measured.map(({ answeredMs }) => answeredMs)).toFixed(1),
      'stopped ms': median(measured.map(({ stoppedMs }) => stoppedMs)).toFixed(1),
      'slowest ms': Math.max(...measured.map(({ answeredMs, stoppedMs }) => answeredMs + stoppedMs)).toFixed(1),
    }
    report.measure({ case: name, impl, value, unit: 'ms', better: 'lower', shown })
    return value
  }
}

/** A folder in memory where there is one: the node keeps nothing on disk, so etcd should not wait for one either. */
function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const order = [...values]
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = below(random, last + 1)
    const moved = order[last]!
    order[last] = order[drawn]!
    order[drawn] = moved
  }
  return order
}
