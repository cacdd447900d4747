import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, sleep, systemClock } from '@stratakv/core'
import { ChildProgram } from './child-program.ts'
import { runChecks, type Suite } from './client-suites.ts'
import { StrataCluster } from './strata-cluster.ts'
import type { Api } from './ycsb.ts'

/** Elections in one to two seconds. */
const config = `[raftstore]
raft-base-tick-interval = "100ms"
pd-heartbeat-tick-interval = "1s"
pd-store-heartbeat-tick-interval = "1s"
`
const killEveryMs = 15_000
const downMs = 3000
/** The longest that writers may have to wait for the next acknowledgement, whoever was killed. */
const gapMsMax = 5000
const writerStopMsMax = 60_000
const pollMs = 20

/** How long the journal of acknowledgements stood still, at most. */
class ServiceGaps {
  readonly #journal: string
  readonly #clock: Clock
  #isOver = false
  #longestMs = 0
  readonly #done: Promise<void>

  constructor(journal: string, clock: Clock) {
    this.#journal = journal
    this.#clock = clock
    this.#done = this.#watch()
  }

  async stop(): Promise<number> {
    this.#isOver = true
    await this.#done
    return this.#longestMs
  }

  async #watch(): Promise<void> {
    let [size, grewAt] = [await sizeOf(this.#journal), this.#clock.now()]
    while (!this.#isOver) {
      await sleep(this.#clock, pollMs)
      const now = this.#clock.now()
      this.#longestMs = Math.max(this.#longestMs, now - grewAt)
      const next = await sizeOf(this.#journal)
      if (next !== size) grewAt = now
      size = next
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

/**
 * Three stores, a process each, under a load: the leader of all data is killed every 15 s and started again 3 s later. Every
 * acknowledged write must be there in the end, and writers must never have waited long.
 */
function leaderKillSuite(api: Api): Suite {
  const name = `kill-leader-${api}`
  return {
    name,
    languages: ['go'],
    slow: 'a minute of kills',
    async run({ programs, tally, long }) {
      const clock = systemClock()
      const killCount = long ? 20 : 4
      let cluster: StrataCluster | undefined
      try {
        cluster = await StrataCluster.start({ storeCount: 3, config })
        const journal = join(cluster.folder, 'journal')
        const target = ['--pd', cluster.pdAddress, '--mode', api, '--journal', journal]
        const { command, args } = programs.get('clientsHead')
        const writer = new ChildProgram(command, [...args, 'journal-write', ...target], {
          onLine: (line) => tally.take(name, line),
        })
        try {
          while ((await sizeOf(journal)) === 0) await sleep(clock, pollMs)
          const gaps = new ServiceGaps(journal, clock)
          for (let kill = 1; kill <= killCount; kill++) {
            const leader = await cluster.leader()
            await leader.end('SIGKILL')
            await sleep(clock, downMs)
            await cluster.restart(leader)
            await sleep(clock, killEveryMs - downMs)
          }
          const gapMs = Math.round(await gaps.stop())
          const text = `${killCount} kills, longest gap ${gapMs} ms of ${gapMsMax}`
          if (gapMs <= gapMsMax) tally.pass(`${name}/service`, text)
          else tally.fail(`${name}/service`, text)
        } finally {
          const end = await writer.stop('SIGTERM', writerStopMsMax)
          if (end.code !== 0) tally.fail(`${name}/writer`, `ended with ${end.signal ?? end.code}`)
        }
        await runChecks(tally, name, programs.get('clientsHead'), ['journal-check', ...target])
        await cluster.stop()
        tally.pass(`${name}/clean-shutdown`)
      } catch (error) {
        tally.fail(name, error instanceof Error ? error.message : String(error))
      } finally {
        await cluster?.remove()
      }
    },
  }
}

export const leaderKillSuites: readonly Suite[] = [leaderKillSuite('raw'), leaderKillSuite('txn')]
