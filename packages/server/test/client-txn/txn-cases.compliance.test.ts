import { createClient } from '@stratakv/client'
import { txnClientCases } from '@stratakv/client/compliance'
import { noTelemetry, systemClock, systemRandom } from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { encodeBytes } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { serveTestNode } from '../support/test-node.ts'
import { openTestCluster } from './test-cluster.ts'

const deps = { clock: systemClock(), random: systemRandom(), telemetry: noTelemetry() }

for (const takesOffers of [true, false]) {
  describe(`in this process, over four regions, ${takesOffers ? 'with' : 'without'} offers taken`, () => {
    txnClientCases(
      { describe, it, expect },
      {
        async create() {
          const cluster = await openTestCluster(deps, { takesOffers })
          for (const key of ['b', 'd', 'key 300']) await cluster.kv.split(encodeBytes(new TextEncoder().encode(key)))
          const { placementDriver } = cluster
          const [client, other] = [0, 1].map(() => createClient({ ...deps, rpc: cluster.connect(), placementDriver }))
          return {
            client: client!,
            other: other!,
            async dispose() {
              await client!.close()
              await other!.close()
              await cluster.close()
            },
          }
        },
      },
    )
  })
}

describe('over gRPC', () => {
  txnClientCases(
    { describe, it, expect },
    {
      async create() {
        const node = await serveTestNode()
        const connect = () => {
          const rpc = grpcRpc(deps)
          const placementDriver = new PdClient({ ...deps, rpc }, { endpoints: [node.endpoints.pd] })
          const client = createClient({ ...deps, rpc, placementDriver })
          const close = async () => {
            await client.close()
            placementDriver.close()
            await rpc.close()
          }
          return { client, close }
        }
        const [client, other] = [connect(), connect()]
        return {
          client: client.client,
          other: other.client,
          async dispose() {
            await client.close()
            await other.close()
            await node[Symbol.asyncDispose]()
          },
        }
      },
    },
  )
})
