import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stratakv/core'
import { runProgram, startServer } from '../kv/process.ts'
import { startEtcd } from '../kv/servers.ts'
import { putAndGetEtcd, putAndGetTikv } from './first-request.ts'
import { type NodeTurn, runNodeTurn } from './node-turn.ts'

/** One start, first request and stop. Milliseconds. */
export interface Turn {
  /** From the start to the answers of one put and one get. */
  readonly answeredMs: number
  /** From there until it has ended. */
  readonly stoppedMs: number
}

const clock = systemClock()
const commandPath = fileURLToPath(new URL('../../../packages/stratakv/dist/main.js', import.meta.url))
const firstTurnPath = fileURLToPath(new URL('./first-node-turn.js', import.meta.url))

/** A node in this process, which has started some before. */
export async function warmNodeTurn(): Promise<Turn> {
  return runNodeTurn(clock)
}

/** The first node of a process that has loaded the packages and nothing else: what the first test of a file meets. */
export async function firstNodeTurn(): Promise<NodeTurn> {
  return JSON.parse(await runProgram(process.execPath, [firstTurnPath], '.')) as NodeTurn
}

/** `stratakv playground --memory`: a process of its own, from its start on. */
export async function playgroundTurn(): Promise<Turn> {
  const startedAt = clock.now()
  const server = await startServer({
    command: process.execPath,
    args: [commandPath, 'playground', '--memory', '--base-port', '0'],
    cwd: '.',
    readyText: 'Ctrl-C',
  })
  const address = /placement driver\s+(\S+)/.exec(server.output)?.[1]
  if (address === undefined) throw new Error(`no address in:\n${server.output}`)
  await putAndGetTikv(address)
  const answeredAt = clock.now()
  await server.stop()
  return { answeredMs: answeredAt - startedAt, stoppedMs: clock.now() - answeredAt }
}

/** An etcd of one member below `folder`, which is empty at first, as the node is. */
export async function etcdTurn(folder: string): Promise<Turn> {
  const data = mkdtempSync(join(folder, 'etcd-'))
  const startedAt = clock.now()
  const server = await startEtcd(data)
  await putAndGetEtcd(server.address)
  const answeredAt = clock.now()
  await server.stop()
  const stoppedAt = clock.now()
  rmSync(data, { recursive: true })
  return { answeredMs: answeredAt - startedAt, stoppedMs: stoppedAt - answeredAt }
}
