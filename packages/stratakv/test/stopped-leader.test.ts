import { createClient, type TikvClient } from '@stratakv/client'
import { noTelemetry, sleep, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { peerToMessage, regionToMessage } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RpcClient, tikvMethods } from '../../server/test/support/rpc-client.ts'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'
import { NodeProcess } from './support/node-process.ts'

let bundle: CommandBundle
beforeAll(async () => {
  bundle = await bundleCommand()
})
afterAll(async () => bundle[Symbol.asyncDispose]())

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array) => new TextDecoder().decode(value)

describe('a leader that was stopped past its lease', () => {
  it('answers nothing stale when it wakes', { timeout: 120_000 }, async () => {
    await using cluster = await NodeProcess.start({
      command: bundle.path,
      subcommand: 'playground',
      flags: ['--stores', '3', '--processes', '--memory', '--base-port', '0'],
    })
    const deps = { clock: systemClock(), random: systemRandom() }
    const rpc = grpcRpc(deps)
    const placementDriver = new PdClient({ rpc, ...deps }, { endpoints: [cluster.pd] })
    const [client, newcomer] = [0, 1].map(() =>
      createClient({ rpc, placementDriver, ...deps, telemetry: noTelemetry() }),
    ) as [TikvClient, TikvClient]
    let stopped = 0
    try {
      await client.raw.put('k', 'old')
      const { region, leader } = (await placementDriver.regionByKey(bytes('k')))!
      const { address } = (await placementDriver.store(leader!.storeId))!
      const line = cluster.greeting.split('\n').find((one) => one.includes(`${address} `))!
      const leaderProcess = Number(/process (\d+)/.exec(line)![1])
      const context = kvrpcpb.Context.create({
        regionId: region.id,
        regionEpoch: regionToMessage(region).regionEpoch,
        peer: peerToMessage(leader!),
      })
      const get = kvrpcpb.RawGetRequest.create({ context, key: bytes('k') })
      using direct = new RpcClient(address)
      expect(text((await direct.call(tikvMethods.rawGet, get)).value)).toBe('old')

      process.kill(leaderProcess, 'SIGSTOP')
      stopped = leaderProcess
      // They wait in its socket until it wakes, and are then the first that it sees.
      const reads = Array.from({ length: 50 }, () => direct.call(tikvMethods.rawGet, get))
      // Elsewhere an election passes; whoever asks the placement driver then does not even try the one that is stopped.
      while ((await placementDriver.regionByKey(bytes('k')))?.leader?.storeId === leader!.storeId) {
        await sleep(deps.clock, 50)
      }
      await newcomer.raw.put('k', 'new')
      process.kill(leaderProcess, 'SIGCONT')
      stopped = 0
      for (const { value, regionError } of await Promise.all(reads)) {
        if (regionError === undefined) expect(text(value)).toBe('new')
      }
      // And it takes part again: whatever it was asked later, it knows.
      for (;;) {
        const { value, regionError } = await direct.call(tikvMethods.rawGet, get)
        if (regionError?.notLeader !== undefined || text(value) === 'new') break
        await sleep(deps.clock, 50)
      }
    } finally {
      if (stopped !== 0) process.kill(stopped, 'SIGCONT')
      await client.close()
      await newcomer.close()
      placementDriver.close()
      await rpc.close()
    }
  })
})
