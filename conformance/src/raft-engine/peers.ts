import { writeFile } from 'node:fs/promises'
import { ProgramFailedError, runProgram } from '../child-program.ts'
import type { ClientProgram } from '../client-programs.ts'
import { isNotEmpty, type RegionDump } from './log-model.ts'
import type { Script } from './script.ts'
import { scriptText } from './script.ts'

/** One implementation of the format. */
export interface LogPeer {
  readonly name: string
  /** Versions that it reads and writes. */
  readonly formatVersions: readonly (1 | 2)[]
  /** Can be told to copy a queue. */
  readonly rewritesOnDemand: boolean
  /** Others take the marks of an atomic group for data of a region. */
  readonly knowsAtomicGroups: boolean
  /** Of files in which it marks atomic groups: our V1 is for TiKV 6.1, which does not know them. */
  readonly marksGroupsIn: readonly (1 | 2)[]
  /** Makes files longer than they are yet. */
  readonly laysOutAhead: boolean
  /**
   * Recovers a log whose end was replaced from an index on that an older file held, when that file is gone. 0.2.0 panics: it
   * takes the append for one into what was compacted.
   */
  readonly recoversReplacedTails: boolean
  /** Runs a script on a directory, which it makes. `scriptPath` is where it may keep the text: a failure names it. */
  run(dir: string, script: Script, scriptPath: string): Promise<void>
  /** All that the directory holds, empty regions left out. May change the directory. */
  dump(dir: string): Promise<readonly RegionDump[]>
}

const programMsMax = 60_000

/** One version of the crate, in its program. */
export function cratePeer(
  name: string,
  program: ClientProgram,
  traits: Omit<LogPeer, 'name' | 'run' | 'dump'>,
): LogPeer {
  const call = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, signal, lines, timedOut } = await runProgram(
      program.command,
      [...program.args, ...args],
      programMsMax,
      // Its panics are told in one line.
      { env: { RUST_BACKTRACE: '0' } },
    )
    if (code === 0) return lines
    const end = timedOut ? `no end within ${programMsMax / 1000} s` : `ended with ${signal ?? code}`
    throw new ProgramFailedError(name, `${args.join(' ')} ${end}: ${lines.slice(-4).join(' | ')}`)
  }
  return {
    name,
    ...traits,
    async run(dir, script, scriptPath) {
      await writeFile(scriptPath, scriptText(script, traits.formatVersions.length > 1))
      await call('run', dir, scriptPath)
    },
    async dump(dir) {
      const lines = await call('dump', dir)
      return lines.map((line) => JSON.parse(line) as RegionDump).filter(isNotEmpty)
    },
  }
}
