import { runProgram } from './child-program.ts'
import type { ClientPrograms } from './go-toolchain.ts'
import { StrataNode } from './strata-node.ts'
import type { Tally } from './tally.ts'

/** What a suite is given. */
export interface SuiteContext {
  readonly programs: ClientPrograms
  readonly tally: Tally
  /** The long proof instead of the few minutes of CI. */
  readonly long: boolean
}

/** A group of checks on a node of its own, named as `--only` takes it. */
export interface Suite {
  readonly name: string
  run(context: SuiteContext): Promise<void>
}

const programMsMax = 10 * 60_000

/** Runs one of our Go programs and takes over its lines. An end that its lines do not explain is a failure too. */
export async function runChecks(tally: Tally, suite: string, program: string, args: readonly string[]): Promise<void> {
  const failedBefore = tally.failedCount
  const { code, signal, lines, timedOut } = await runProgram(program, args, programMsMax, {
    onLine: (line) => tally.take(suite, line),
  })
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
): Promise<void> {
  const node = await StrataNode.start()
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
function clientSuite(name: string, command: string, choose: (programs: ClientPrograms) => readonly string[]): Suite {
  return {
    name,
    run: ({ programs, tally }) =>
      onFreshNode(tally, name, async (node) => {
        const [program, ...args] = choose(programs)
        await runChecks(tally, name, program!, [command, '--pd', node.pdAddress, ...args])
      }),
  }
}

export const clientSuites: readonly Suite[] = [
  clientSuite('raw-2022', 'raw', (programs) => [programs.clients2022]),
  clientSuite('raw-head', 'raw', (programs) => [programs.clientsHead]),
  clientSuite('txn-2022', 'txn', (programs) => [programs.clients2022]),
  clientSuite('txn-head', 'txn', (programs) => [programs.clientsHead]),
  // One process on each revision: they must also agree with one another.
  clientSuite('counters', 'counters', (programs) => [
    programs.clientsHead,
    '--other-worker',
    programs.clients2022,
    '--seconds',
    '4',
  ]),
]
