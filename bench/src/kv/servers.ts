import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ServerProcess, startServer } from './process.ts'

/** A server under load: where the driver finds it, and how to end it. */
export interface ServerUnderTest extends Pick<ServerProcess, 'stop'> {
  readonly target: 'stratakv' | 'etcd'
  /** What the driver connects to. */
  readonly address: string
}

export const commandPath = fileURLToPath(new URL('../../../packages/stratakv/dist/main.js', import.meta.url))

/** A node on free loopback ports, with its data below `folder`. `profileFolder`: where a CPU profile goes at its end. */
export async function startStrata(folder: string, profileFolder?: string): Promise<ServerUnderTest> {
  const profile = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  const anyPort = '127.0.0.1:0'
  const server = await startServer({
    command: process.execPath,
    args: [
      ...profile,
      commandPath,
      ...['server', '--data-dir', join(folder, 'stratakv'), '--addr', anyPort],
      ...['--pd-addr', anyPort, '--status-addr', anyPort],
    ],
    cwd: folder,
    readyText: 'Ctrl-C',
  })
  const address = /placement driver\s+(\S+)/.exec(server.output)?.[1]
  if (address === undefined) throw new Error(`no address in:\n${server.output}`)
  return { target: 'stratakv', address, stop: server.stop }
}

/** etcd with its defaults: every write synced before it is answered. Its port cannot be 0, so a free one is looked up first. */
export async function startEtcd(folder: string): Promise<ServerUnderTest> {
  const [client, peer] = [await freeAddress(), await freeAddress()]
  const server = await startServer({
    command: 'etcd',
    args: [
      ...['--name', 'peer', '--data-dir', join(folder, 'etcd')],
      ...['--listen-client-urls', `http://${client}`, '--advertise-client-urls', `http://${client}`],
      ...['--listen-peer-urls', `http://${peer}`, '--initial-advertise-peer-urls', `http://${peer}`],
      ...['--initial-cluster', `peer=http://${peer}`, '--log-level', 'info', '--logger', 'zap'],
    ],
    cwd: folder,
    readyText: 'serving client traffic',
  })
  return { target: 'etcd', address: client, stop: server.stop }
}

export function freeAddress(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = probe.address()
      probe.close(() => resolve(`127.0.0.1:${typeof address === 'object' ? address?.port : 0}`))
    })
  })
}
