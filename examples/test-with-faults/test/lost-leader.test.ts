import { createClient } from '@stratakv/client'
import { noTelemetry, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { StorageNode } from '@stratakv/server'
import { afterAll, expect, test } from 'vitest'

const at = '127.0.0.1:0' // any free port
const node = await StorageNode.open({
  config: { 'storage.engine': 'memory', 'server.addr': at, 'embedded-pd.addr': at, 'server.status-addr': '' },
  faults: { seed: 7 },
})
await node.serve()
const [clock, random, telemetry] = [systemClock(), systemRandom(), noTelemetry()]
const rpc = grpcRpc({ clock, random })
const client = createClient({ rpc, placementDriver: node.placementDriver, clock, random, telemetry })
afterAll(() => Promise.all([client.close(), rpc.close(), node.close()]))

test('a lost leader is looked for again', async () => {
  node.faults.add('RawPut: NotLeader times 2')
  await client.raw.put('city', 'Ulm')
  expect(node.faults.list()).toMatchObject([{ matchedCount: 3, firedCount: 2 }])
})
