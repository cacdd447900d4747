import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@stratakv/client'
import { noTelemetry, sleep, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { peerToMessage, regionToMessage } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { describe, expect, it } from 'vitest'
import { RpcClient, tikvMethods } from '../../server/test/support/rpc-client.ts'
import { bundleCommand } from './support/command-bundle.ts'
import { CutNetwork, whyNoNetwork } from './support/cut-network.ts'
import { NodeProcess } from './support/node-process.ts'

const whyNot = whyNoNetwork()
const skipped = whyNot === undefined ? '' : ` (skipped: ${whyNot})`
const storeCount = 3
const config = `[raftstore]
raft-base-tick-interval = "100ms"
pd-heartbeat-tick-interval = "1s"
pd-store-heartbeat-tick-interval = "1s"
`
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array | undefined) => new TextDecoder().decode(value)
const clock = systemClock()

describe('a leader that a partition leaves alone', () => {
  it.skipIf(whyNot)(`serves nothing stale, and rejoins clean${skipped}`, { timeout: 180_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stratakv-partition-'))
    await using bundle = await bundleCommand()
    using network = new CutNetwork(storeCount, 77)
    const configPath = join(folder, 'stores.toml')
    await writeFile(configPath, config)
    const pdAddress = `${network.address}:2379`
    const processes: NodeProcess[] = []
    const start = async (subcommand: 'pd' | 'server', flags: readonly string[], launcher: readonly string[] = []) => {
      const all = [...flags, '--config', configPath]
      const running = await NodeProcess.start({ command: bundle.path, subcommand, flags: all, launcher })
      processes.push(running)
    }
    try {
      await start('pd', ['--addr', pdAddress, '--memory'])
      for (let host = 1; host <= storeCount; host++) {
        const flags = [
          ...['--addr', '0.0.0.0:20160', '--advertise-addr', `${network.hostAddress(host)}:20160`],
          ...['--status-addr', '', '--pd-endpoints', pdAddress, '--memory'],
        ]
        await start('server', flags, ['ip', 'netns', 'exec', network.namespace(host)])
      }
      await served(pdAddress, network)
    } finally {
      for (const one of processes.reverse()) await one[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    }
  })
})

async function served(pdAddress: string, network: CutNetwork): Promise<void> {
  const deps = { clock, random: systemRandom() }
  const rpc = grpcRpc(deps)
  const placementDriver = new PdClient({ rpc, ...deps }, { endpoints: [pdAddress] })
  const connect = () => createClient({ rpc, placementDriver, ...deps, telemetry: noTelemetry() })
  const [before, after] = [connect(), connect()]
  const routeOf = async () => (await placementDriver.regionByKey(bytes('k')))!
  try {
    const isWhole = async () => {
      const { peers } = (await routeOf()).region
      return peers.filter(({ role }) => role === 'voter').length === storeCount
    }
    while (!(await isWhole())) await sleep(clock, 50)
    await before.raw.put('k', 'old')
    const { region, leader } = await routeOf()
    const { address } = (await placementDriver.store(leader!.storeId))!
    const host = Number(/\.(\d+):/.exec(address)![1])
    const context = kvrpcpb.Context.create({
      regionId: region.id,
      regionEpoch: regionToMessage(region).regionEpoch,
      peer: peerToMessage(leader!),
    })
    using alone = new RpcClient(`${network.backDoor(host)}:20160`)
    const read = () => alone.call(tikvMethods.rawGet, kvrpcpb.RawGetRequest.create({ context, key: bytes('k') }))
    expect(text((await read()).value)).toBe('old')

    network.cut(host)
    // It is asked all the time, from before the others have noticed to long after.
    let isNewAcknowledged = false
    let isOver = false
    const stale: string[] = []
    const asking = (async () => {
      while (!isOver) {
        const mustBeNew = isNewAcknowledged
        const { value, regionError } = await read()
        if (mustBeNew && regionError === undefined && text(value) !== 'new') stale.push(text(value))
        await sleep(clock, 5)
      }
    })()
    const lost = alone.call(
      tikvMethods.rawPut,
      kvrpcpb.RawPutRequest.create({ context, key: bytes('lost'), value: bytes('never acknowledged') }),
    )
    while ((await routeOf()).leader?.storeId === leader!.storeId) await sleep(clock, 50)
    await after.raw.put('k', 'new')
    isNewAcknowledged = true
    await sleep(clock, 2000)
    network.heal(host)
    // What it took alone was nobody's: refused when it hears of its successor.
    expect((await lost).regionError).toBeDefined()
    expect(text(await after.raw.get('k'))).toBe('new')
    // Whether it follows or leads again by now, it knows.
    for (;;) {
      const { value, regionError } = await read()
      if (regionError?.notLeader?.leader !== undefined || text(value) === 'new') break
      await sleep(clock, 50)
    }
    isOver = true
    await asking
    expect(stale).toEqual([])
    expect(await after.raw.get('lost')).toBeUndefined()
  } finally {
    await before.close()
    await after.close()
    placementDriver.close()
    await rpc.close()
  }
}
