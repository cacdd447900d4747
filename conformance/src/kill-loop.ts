import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { below, type Clock, sleep, systemClock, systemRandom } from '@stratakv/core'
import { ChildProgram } from './child-program.ts'
import type { Language, ProgramName } from './client-programs.ts'
import { onFreshNode, runChecks, type Suite } from './client-suites.ts'
import type { StrataNode } from './strata-node.ts'
import type { Api } from './ycsb.ts'

/** Journal lines that a killed node must take after its restart before it is killed again: the load is really going on. */
const acknowledgedMin = 300
/** A client that has lost its store backs off for seconds, not for minutes. */
const progressMsMax = 90_000
const pollMs = 50
const writerStopMsMax = 60_000

interface KillSuiteOptions {
  readonly name: string
  readonly api: Api
  readonly language: Language
  readonly writer: ProgramName
  readonly killCount: number
  readonly killCountLong: number
  readonly slow?: string
}

/**
 * SIGKILL in the middle of a load, restart on the same folder and ports, again and again; then look for every acknowledged write.
 * Who looks is always client-go: a second implementation, whoever wrote.
 */
function killSuite({ name, api, language, writer: writerName, slow, ...options }: KillSuiteOptions): Suite {
  return {
    name,
    languages: language === 'go' ? ['go'] : [language, 'go'],
    ...(slow === undefined ? {} : { slow }),
    run: ({ programs, tally, long }) =>
      onFreshNode(tally, name, async (node) => {
        const killCount = long ? options.killCountLong : options.killCount
        // Beside the data folder, in the writer's hands: the node knows nothing of it.
        const journal = join(node.dataDir, '..', 'journal')
        const target = ['--pd', node.pdAddress, '--mode', api, '--journal', journal]
        const lines: string[] = []
        const { command, args } = programs.get(writerName)
        const writer = new ChildProgram(command, [...args, 'journal-write', ...target], {
          onLine: (line) => {
            lines.push(line)
            tally.take(name, line)
          },
        })
        try {
          for (let kill = 1; kill <= killCount; kill++) await killOnce(node, writer, journal)
          await waitForGrowth(journal, acknowledgedMin, writer)
        } finally {
          const end = await writer.stop('SIGTERM', writerStopMsMax)
          if (end.code !== 0) tally.fail(`${name}/writer`, `ended with ${end.signal ?? end.code}: ${lines.join(' | ')}`)
        }
        // The last one hits a node that has had no time to flush in peace.
        await node.kill()
        await node.restart()
        tally.pass(`${name}/restarts`, `${killCount + 1} kills, ${await lineCount(journal)} acknowledgements`)
        await runChecks(tally, name, programs.get('clientsHead'), ['journal-check', ...target])
      }),
  }
}

async function killOnce(node: StrataNode, writer: ChildProgram, journal: string, clock = systemClock()): Promise<void> {
  await waitForGrowth(journal, acknowledgedMin, writer, clock)
  await sleep(clock, below(systemRandom(), 1000))
  await node.kill()
  await node.restart()
}

/** Resolves once the journal has `lines` more lines than now. */
async function waitForGrowth(
  journal: string,
  lines: number,
  writer: ChildProgram,
  clock: Clock = systemClock(),
): Promise<void> {
  const goal = (await lineCount(journal)) + lines
  const deadline = clock.now() + progressMsMax
  let hasEnded = false
  void writer.ended.finally(() => {
    hasEnded = true
  })
  while ((await lineCount(journal)) < goal) {
    if (hasEnded) throw new Error('the writer ended early')
    if (clock.now() > deadline) throw new Error(`no ${lines} writes acknowledged within ${progressMsMax / 1000} s`)
    await sleep(clock, pollMs)
  }
}

async function lineCount(journal: string): Promise<number> {
  const { size } = await stat(journal).catch(() => ({ size: 0 }))
  if (size === 0) return 0
  const content = await readFile(journal)
  let count = 0
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) count++
  return count
}

const apis = ['raw', 'txn'] as const

export const killSuites: readonly Suite[] = [
  ...apis.map((api) =>
    killSuite({ name: `kill-${api}`, api, language: 'go', writer: 'clientsHead', killCount: 3, killCountLong: 10 }),
  ),
  ...(['rust', 'java'] as const).flatMap((language) =>
    apis.map((api) =>
      killSuite({
        name: `kill-${language}-${api}`,
        api,
        language,
        writer: language,
        killCount: 1,
        killCountLong: 5,
        slow: 'what a kill does to the data is the same whoever wrote it',
      }),
    ),
  ),
]
