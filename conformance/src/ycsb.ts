import { runProgram } from './child-program.ts'
import { onFreshNode, runChecks, type Suite, type SuiteContext } from './client-suites.ts'
import type { StrataNode } from './strata-node.ts'

export type Api = 'raw' | 'txn'

const threadCount = 32
const runMsMax = 30 * 60_000
/** client-go gives up on a safe point that it could not refresh for about 90 s, and a first failure shows later still. */
const longRunSeconds = 165

/** The proportions of the standard workloads. */
const workloads = {
  a: { read: 0.5, update: 0.5, readmodifywrite: 0 },
  b: { read: 0.95, update: 0.05, readmodifywrite: 0 },
  c: { read: 1, update: 0, readmodifywrite: 0 },
  f: { read: 0.5, update: 0, readmodifywrite: 0.5 },
} as const

type Workload = keyof typeof workloads

/** What go-ycsb printed at its end. */
export interface YcsbOutcome {
  /** Operations a second over all kinds. */
  readonly opsPerSecond: number
  readonly operationCount: number
  readonly seconds: number
  /** One line an operation that failed. */
  readonly errors: readonly string[]
}

/** Reads the summary; undefined when go-ycsb printed none. */
export function readOutcome(lines: readonly string[]): YcsbOutcome | undefined {
  const total = lines.findLast((line) => line.startsWith('TOTAL'))
  const [, seconds, count, ops] = /Takes\(s\): ([\d.]+), Count: (\d+), OPS: ([\d.]+)/.exec(total ?? '') ?? []
  if (seconds === undefined || count === undefined || ops === undefined) return undefined
  return {
    seconds: Number(seconds),
    operationCount: Number(count),
    opsPerSecond: Number(ops),
    errors: lines.filter((line) => line.startsWith('operation err:')),
  }
}

/** Two optimistic transactions may meet on a row, and go-ycsb does not try again. Anything else is an error, and so is any in raw mode. */
export function unexpectedErrors(api: Api, errors: readonly string[]): readonly string[] {
  return api === 'raw' ? errors : errors.filter((line) => !/write ?conflict/i.test(line))
}

interface YcsbStep {
  readonly check: string
  readonly command: 'load' | 'run'
  readonly properties: Readonly<Record<string, string | number>>
}

async function runYcsb(
  context: SuiteContext,
  node: StrataNode,
  suite: string,
  api: Api,
  step: YcsbStep,
): Promise<void> {
  const properties = {
    workload: 'core',
    threadcount: threadCount,
    dataintegrity: 'true',
    readallfields: 'true',
    requestdistribution: 'uniform',
    // Silent by default: a failed operation would be a number in a table and nothing else.
    silence: 'false',
    // Its profiler would otherwise listen on every interface.
    'debug.pprof': '127.0.0.1:0',
    'tikv.pd': node.pdAddress,
    'tikv.type': api,
    ...step.properties,
  }
  const args = Object.entries(properties).flatMap(([key, value]) => ['-p', `${key}=${value}`])
  const { code, signal, lines, timedOut } = await runProgram(
    context.programs.get('goYcsb').command,
    [step.command, 'tikv', ...args],
    runMsMax,
  )
  const check = `${suite}/${step.check}`
  const outcome = readOutcome(lines)
  if (code !== 0 || !outcome) {
    const end = timedOut ? 'did not end in time' : `ended with ${signal ?? code}`
    context.tally.fail(check, `go-ycsb ${end}: ${lines.slice(-3).join(' | ')}`)
    return
  }
  const unexpected = unexpectedErrors(api, outcome.errors)
  if (unexpected.length > 0) {
    context.tally.fail(check, `${unexpected.length} failed operations, the first: ${unexpected[0]}`)
    return
  }
  const conflicts = outcome.errors.length > 0 ? `, ${outcome.errors.length} conflicts` : ''
  const seconds = outcome.seconds.toFixed(1)
  context.tally.pass(
    check,
    `${outcome.operationCount} operations in ${seconds} s, ${outcome.opsPerSecond}/s${conflicts}`,
  )
}

function runStep(workload: Workload, recordCount: number, operationCount: number, target?: number): YcsbStep {
  const { read, update, readmodifywrite } = workloads[workload]
  return {
    check: target === undefined ? `run-${workload}` : `run-${workload}-${longRunSeconds}-seconds`,
    command: 'run',
    properties: {
      recordcount: recordCount,
      operationcount: operationCount,
      readproportion: read,
      updateproportion: update,
      readmodifywriteproportion: readmodifywrite,
      ...(target === undefined ? {} : { target }),
    },
  }
}

/** Load, a scan by another program, the four workloads, and the scan again: go-ycsb counts a missing row as a success. */
function ycsbSuite(api: Api): Suite {
  const name = `ycsb-${api}`
  return {
    name,
    languages: ['go'],
    run: (context) =>
      onFreshNode(context.tally, name, async (node) => {
        const recordCount = context.long ? 100_000 : 10_000
        const operationCount = context.long ? 100_000 : 5_000
        const verify = (after: string): Promise<void> =>
          runChecks(context.tally, `${name}/${after}`, context.programs.get('clientsHead'), [
            'verify',
            ...['--pd', node.pdAddress, '--mode', api, '--records', String(recordCount)],
          ])
        await runYcsb(context, node, name, api, {
          check: 'load',
          command: 'load',
          properties: { recordcount: recordCount },
        })
        await verify('after-load')
        for (const workload of Object.keys(workloads) as Workload[]) {
          await runYcsb(context, node, name, api, runStep(workload, recordCount, operationCount))
        }
        if (context.long && api === 'txn') {
          // Slowed to a rate any machine holds, so that the length is known beforehand.
          const target = 200
          await runYcsb(context, node, name, api, runStep('a', recordCount, target * longRunSeconds, target))
        }
        await verify('after-runs')
        await node.stop()
        await node.restart()
        await verify('after-restart')
      }),
  }
}

export const ycsbSuites: readonly Suite[] = [ycsbSuite('raw'), ycsbSuite('txn')]
