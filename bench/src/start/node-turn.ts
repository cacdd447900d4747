import type { Clock } from '@stratakv/core'
import { StorageNode } from '@stratakv/server'
import { putAndGetTikv } from './first-request.ts'
import type { Turn } from './turns.ts'

/** What a process of its own tells of its first turn. */
export interface NodeTurn extends Turn {
  /** Loading the packages, before the turn. */
  readonly loadedMs: number
}

const anyPort = '127.0.0.1:0'

/** Opens a node in memory in this process, serves, answers a put and a get over a socket, and closes it. */
export async function runNodeTurn(clock: Clock): Promise<Turn> {
  const startedAt = clock.now()
  const node = await StorageNode.open({
    config: {
      'storage.engine': 'memory',
      'server.addr': anyPort,
      'embedded-pd.addr': anyPort,
      'server.status-addr': anyPort,
    },
  })
  const { pd } = await node.serve()
  await putAndGetTikv(pd)
  const answeredAt = clock.now()
  await node.close()
  return { answeredMs: answeredAt - startedAt, stoppedMs: clock.now() - answeredAt }
}
