import { fileURLToPath } from 'node:url'
import { ChildProgram, raftEngineToolchain } from '@stratakv/conformance'
import { systemClock } from '@stratakv/core'
import { type Load, type LoadResult, loadArguments } from './load.ts'
import type { SideName, SideOptions } from './side.ts'
import type { SyncWatch } from './slow-sync.ts'
import type { RecoverResult, Turn } from './turn.ts'

const turnPath = fileURLToPath(new URL('./turn-process.js', import.meta.url))
const conformanceDir = fileURLToPath(new URL('../../../conformance', import.meta.url))

/** A turn is seconds; one that hangs is ended by its process id. */
const turnMsMax = 15 * 60_000
/**
 * What a process may take to end once it has answered. Node 20 can hang there for ever: its main thread waits for a compiler
 * thread that waits for a garbage collection, which the main thread would have to run.
 */
const endMsMax = 3_000

/** Who is measured. Each turn is a process of its own, so that what the kernel counts is that side's alone. */
export interface Side {
  readonly name: string
  load(folder: string, load: Load, watch?: SyncWatch): Promise<LoadResult>
  recover(options: SideOptions): Promise<RecoverResult>
}

/** An engine in a process of Node's. */
export function nodeSide(name: SideName, nodeArguments: readonly string[] = []): Side {
  return {
    name,
    load: (folder, load, watch) =>
      runTurn<LoadResult>(
        {
          type: 'load',
          side: name,
          options: { folder, targetFileSize: load.targetFileSize, purgeThreshold: load.purgeThreshold },
          load,
        },
        { nodeArguments, ...(watch === undefined ? {} : { env: watch.env }) },
      ),
    recover: (options) => runTurn<RecoverResult>({ type: 'recover', side: name, options }),
  }
}

/** The crate, in the program that the real-client suites build as well; or why it is not there. */
export async function crateSide(): Promise<Side | { readonly missing: string }> {
  const found = await raftEngineToolchain.find()
  if ('missing' in found) return { missing: `${found.missing}; ${raftEngineToolchain.advice}` }
  const { raftEngine04 } = await raftEngineToolchain.build(conformanceDir)
  if (raftEngine04 === undefined) throw new Error('the toolchain built another program')
  const bench = <T>(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<T> =>
    answerOf<T>('raft-engine-rs', raftEngine04.command, ['bench', ...args], env)
  return {
    name: 'raft-engine-rs',
    load: (folder, load, watch) => bench<LoadResult>(['load', folder, ...loadArguments(load)], watch?.env),
    recover: ({ folder, targetFileSize, purgeThreshold }) =>
      bench<RecoverResult>([
        'recover',
        folder,
        `target-file-size=${targetFileSize}`,
        `purge-threshold=${purgeThreshold}`,
      ]),
  }
}

/** Runs a process of Node's for one turn. */
export async function runTurn<T>(
  turn: Turn,
  { nodeArguments = [], env = {} }: { nodeArguments?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<T> {
  return answerOf<T>(
    `${turn.side} ${turn.type}`,
    process.execPath,
    [...nodeArguments, turnPath, JSON.stringify(turn)],
    env,
  )
}

/** Runs a program whose one line of JSON is its answer. */
async function answerOf<T>(
  name: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<T> {
  const clock = systemClock()
  const lines: string[] = []
  let answer: string | undefined
  let deadline = clock.after(turnMsMax, () => program.signal('SIGKILL'))
  const program = new ChildProgram(command, args, {
    env,
    onLine: (line) => {
      lines.push(line)
      if (!line.startsWith('{')) return
      answer = line
      deadline.cancel()
      deadline = clock.after(endMsMax, () => program.signal('SIGKILL'))
    },
  })
  const { code, signal } = await program.ended
  deadline.cancel()
  if (answer === undefined) throw new Error(`${name} ended with ${signal ?? code}:\n${lines.slice(-20).join('\n')}`)
  return JSON.parse(answer) as T
}
