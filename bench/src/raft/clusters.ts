import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ServerProcess, startServer } from '../kv/process.ts'
import { commandPath, freeAddress, type ServerUnderTest } from '../kv/servers.ts'

const anyPort = '127.0.0.1:0'
const pollMs = 50

/** A placement driver and three stores, a process each, once the first region has its replicas. */
export async function startStrataCluster(folder: string, storeCount: number): Promise<ServerUnderTest> {
  const config = join(folder, 'stores.toml')
  // Elections as fast as etcd's, whose timeout is a second.
  writeFileSync(
    config,
    '[raftstore]\nraft-base-tick-interval = "100ms"\npd-heartbeat-tick-interval = "1s"\npd-store-heartbeat-tick-interval = "1s"\n',
  )
  const processes: ServerProcess[] = []
  const stop = async () => {
    for (const process of processes.reverse()) await process.stop()
  }
  const start = async (args: readonly string[]) => {
    const server = await startServer({
      command: process.execPath,
      args: [commandPath, ...args, '--config', config],
      cwd: folder,
      readyText: 'Ctrl-C',
    })
    processes.push(server)
    return server
  }
  try {
    const pd = await start(['pd', '--addr', anyPort, '--data-dir', join(folder, 'pd')])
    const address = /placement driver {2,}(\S+)/.exec(pd.output)![1]!
    for (let at = 0; at < storeCount; at++) {
      await start([
        ...['server', '--addr', anyPort, '--status-addr', '', '--pd-endpoints', address],
        ...['--data-dir', join(folder, `store-${at}`)],
      ])
    }
    while ((await voterCount(address)) < storeCount) await new Promise((resolve) => setTimeout(resolve, pollMs))
    return { target: 'stratakv', address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function voterCount(pdAddress: string): Promise<number> {
  const answer = await fetch(`http://${pdAddress}/pd/api/v1/regions`)
  const { regions } = (await answer.json()) as { regions: readonly { peers: readonly { role_name: string }[] }[] }
  return regions[0]?.peers.filter(({ role_name }) => role_name === 'Voter').length ?? 0
}

/** Members of an etcd cluster, a process each; the client knows all of them. */
export async function startEtcdCluster(folder: string, memberCount: number): Promise<ServerUnderTest> {
  const members: { name: string; client: string; peer: string }[] = []
  for (let at = 0; at < memberCount; at++) {
    members.push({ name: `m${at}`, client: await freeAddress(), peer: await freeAddress() })
  }
  const cluster = members.map(({ name, peer }) => `${name}=http://${peer}`).join(',')
  const starting = members.map(({ name, client, peer }) =>
    startServer({
      command: 'etcd',
      args: [
        ...['--name', name, '--data-dir', join(folder, name), '--initial-cluster', cluster],
        ...['--listen-client-urls', `http://${client}`, '--advertise-client-urls', `http://${client}`],
        ...['--listen-peer-urls', `http://${peer}`, '--initial-advertise-peer-urls', `http://${peer}`],
        ...['--log-level', 'info', '--logger', 'zap'],
      ],
      cwd: folder,
      readyText: 'serving client traffic',
    }),
  )
  const processes = await Promise.all(starting)
  return {
    target: 'etcd',
    address: members.map(({ client }) => client).join(','),
    async stop() {
      for (const process of processes) await process.stop()
    },
  }
}
