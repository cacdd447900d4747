import type { Suite, SuiteContext } from '../client-suites.ts'
import type { Tally } from '../tally.ts'
import { exchangeConverted } from './conversion.ts'
import { canWrite, exchange, histories } from './exchange.ts'
import { exchangeGap } from './gap.ts'
import { ourPeer } from './our-peer.ts'
import { cratePeer, type LogPeer } from './peers.ts'

/** The seed of a run that names none. */
const defaultSeed = 6001
const longSeedCount = 20

export const raftEngineSuites: readonly Suite[] = [
  { name: 'raft-engine', languages: ['raft-engine'], run: exchangeAll },
]

/** Every writer x version x compression x history, each read and continued by all who can. */
async function exchangeAll({ programs, tally, long, seed }: SuiteContext): Promise<void> {
  const peers: readonly LogPeer[] = [
    cratePeer('0.2.0', programs.get('raftEngine02'), {
      formatVersions: [1],
      rewritesOnDemand: false,
      knowsAtomicGroups: false,
      marksGroupsIn: [],
      laysOutAhead: true,
      recoversReplacedTails: false,
    }),
    cratePeer('0.4.2', programs.get('raftEngine04'), {
      formatVersions: [1, 2],
      rewritesOnDemand: true,
      knowsAtomicGroups: true,
      marksGroupsIn: [1, 2],
      laysOutAhead: true,
      recoversReplacedTails: true,
    }),
    ourPeer,
  ]
  const firstSeed = seed ?? defaultSeed
  const seeds = Array.from({ length: long ? longSeedCount : 1 }, (_, at) => firstSeed + at)
  for (const writer of peers) {
    for (const formatVersion of writer.formatVersions) {
      for (const compressed of [false, true]) {
        for (const history of histories) {
          if (!canWrite(writer, history, formatVersion)) continue
          const name = `raft-engine/${writer.name}-v${formatVersion}${compressed ? '-lz4' : ''}-${history.name}`
          try {
            const readers = new Set<string>()
            for (const each of seeds) {
              const test = { writer, peers, history, formatVersion, compressed, seed: each }
              for (const reader of await exchange(test)) readers.add(reader.name)
            }
            tally.pass(name, `read and continued by ${[...readers].join(', ')}`)
          } catch (error) {
            tally.fail(name, told(error))
          }
        }
      }
    }
  }
  await refuseGap(tally, peers[1]!, firstSeed)
  for (const writer of peers) await convertEach(tally, writer, peers, seeds)
}

async function convertEach(
  tally: Tally,
  writer: LogPeer,
  peers: readonly LogPeer[],
  seeds: readonly number[],
): Promise<void> {
  const name = `raft-engine/${writer.name}-converted`
  try {
    for (const seed of seeds) await exchangeConverted(writer, peers, seed)
    tally.pass(name, 'into either version, and read as before')
  } catch (error) {
    tally.fail(name, told(error))
  }
}

async function refuseGap(tally: Tally, writer: LogPeer, seed: number): Promise<void> {
  const name = `raft-engine/${writer.name}-v2-gap`
  try {
    await exchangeGap(writer, seed)
    tally.pass(name, 'refused by ours, and read in the mode that tolerates anything')
  } catch (error) {
    tally.fail(name, told(error))
  }
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
