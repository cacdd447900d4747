import { runProgram } from './child-program.ts'
import type { ClientProgram, ClientPrograms, Language, ProgramName } from './client-programs.ts'
import { StrataNode, type StrataNodeOptions } from './strata-node.ts'
import type { Tally } from './tally.ts'

/** What a suite is given. */
export interface SuiteContext {
  readonly programs: ClientPrograms
  readonly tally: Tally
  /** The long proof instead of the few minutes of CI. */
  readonly long: boolean
  /** Of suites that draw their inputs: the seed of a failure to repeat. */
  readonly seed?: number
}

/** A group of checks on a node of its own, named as `--only` takes it. */
export interface Suite {
  readonly name: string
  /** Of all the programs that it runs. Without one of them the suite is left out. */
  readonly languages: readonly Language[]
  /** Left out of `--fast`, and why. */
  readonly slow?: string
  run(context: SuiteContext): Promise<void>
}

const programMsMax = 10 * 60_000

/** Runs one of our programs and takes over its lines. An end that its lines do not explain is a failure too. */
export async function runChecks(
  tally: Tally,
  suite: string,
  program: ClientProgram,
  args: readonly string[],
): Promise<void> {
  const failedBefore = tally.failedCount
  const { code, signal, lines, timedOut } = await runProgram(
    program.command,
    [...program.args, ...args],
    programMsMax,
    {
      onLine: (line) => tally.take(suite, line),
    },
  )
  if (code !== 0 && tally.failedCount === failedBefore) {
    const end = timedOut ? `no end within ${programMsMax / 60_000} minutes` : `ended with ${signal ?? code}`
    tally.fail(suite, `${args[0]} ${end}: ${lines.slice(-5).join(' | ')}`)
  }
}

/** Runs `body` on a fresh node, checks that the node is still there at the end and stops cleanly, and leaves nothing behind. */
export async function onFreshNode(
  tally: Tally,
  suite: string,
  body: (node: StrataNode) => Promise<void>,
  options: StrataNodeOptions = {},
): Promise<void> {
  const node = await StrataNode.start(options)
  try {
    await body(node)
    await node.stop()
    tally.pass(`${suite}/clean-shutdown`)
  } catch (error) {
    tally.fail(suite, error instanceof Error ? error.message : String(error))
  } finally {
    await node.remove()
  }
}

/** One program of ours against a fresh node. */
function clientSuite(
  name: string,
  language: Language,
  program: ProgramName,
  command: string,
  furtherArgs: (programs: ClientPrograms) => readonly string[] = () => [],
): Suite {
  return {
    name,
    languages: [language],
    run: ({ programs, tally }) =>
      onFreshNode(tally, name, (node) =>
        runChecks(tally, name, programs.get(program), [command, '--pd', node.pdAddress, ...furtherArgs(programs)]),
      ),
  }
}

/** What a client must get over by itself, in doses that leave its budgets of retries enough. */
const faultRules = [
  'Raw*: NotLeader 5%',
  'Raw*: EpochNotMatch 5%',
  'Raw*: StaleCommand 2%',
  'Raw*: delay 1..10ms 5%',
  'Raw*: ServerIsBusy after 100 times 1',
  'Get*: delay 1..10ms 20%',
]

/** The same checks, and the client must notice nothing: every fault was met, retried, and the answers are right. */
function faultySuite(name: string, program: ProgramName): Suite {
  return {
    name,
    languages: ['go'],
    run: ({ programs, tally }) =>
      onFreshNode(
        tally,
        name,
        async (node) => {
          await runChecks(tally, name, programs.get(program), ['raw', '--pd', node.pdAddress])
          const { rules } = (await (await fetch(`http://${node.statusAddress}/faults`)).json()) as FaultReport
          const idle = rules.filter(({ firedCount }) => firedCount === 0).map(({ text }) => text)
          if (rules.length === faultRules.length && idle.length === 0) tally.pass(`${name}/every-fault-was-met`)
          else tally.fail(`${name}/every-fault-was-met`, `not met: ${idle.join(', ')}`)
        },
        { faultRules },
      ),
  }
}

interface FaultReport {
  readonly rules: readonly { readonly text: string; readonly firedCount: number }[]
}

export const clientSuites: readonly Suite[] = [
  clientSuite('raw-2022', 'go', 'clients2022', 'raw'),
  clientSuite('raw-head', 'go', 'clientsHead', 'raw'),
  faultySuite('raw-head-faults', 'clientsHead'),
  clientSuite('txn-2022', 'go', 'clients2022', 'txn'),
  clientSuite('txn-head', 'go', 'clientsHead', 'txn'),
  // One process on each revision: they must also agree with one another.
  clientSuite('counters', 'go', 'clientsHead', 'counters', (programs) => [
    '--other-worker',
    programs.get('clients2022').command,
    '--seconds',
    '4',
  ]),
  clientSuite('raw-rust', 'rust', 'rust', 'raw'),
  clientSuite('txn-rust', 'rust', 'rust', 'txn'),
  clientSuite('raw-java', 'java', 'java', 'raw'),
  clientSuite('txn-java', 'java', 'java', 'txn'),
]
