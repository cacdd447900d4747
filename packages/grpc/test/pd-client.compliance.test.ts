import {
  InProcessServers,
  inProcessRpc,
  type RegionHeartbeat,
  type RegionHeartbeats,
  type RegionOperator,
  type Rpc,
  type StoreId,
  sleep,
  systemClock,
  systemRandom,
} from '@stratakv/core'
import { placementDriverCompliance } from '@stratakv/core/compliance'
import { startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { describe, expect, it } from 'vitest'
import { type SampleCluster, sampleCluster } from './sample-cluster.ts'

const clock = systemClock()
const random = systemRandom()

/** A client that knows how many reports it sent. */
class CountingClient extends PdClient {
  sentCount = 0
  override regionHeartbeat(heartbeat: RegionHeartbeat): Promise<void> {
    this.sentCount++
    return super.regionHeartbeat(heartbeat)
  }
  override openRegionHeartbeats(storeId: StoreId, onOperator: (operator: RegionOperator) => void): RegionHeartbeats {
    const heartbeats = super.openRegionHeartbeats(storeId, onOperator)
    let isClosed = false
    return {
      report: (heartbeat) => {
        if (!isClosed) this.sentCount++
        return heartbeats.report(heartbeat)
      },
      close: () => {
        isClosed = true
        heartbeats.close()
      },
    }
  }
}

async function arrived(cluster: SampleCluster, client: CountingClient): Promise<void> {
  while (cluster.reportCount < client.sentCount) await sleep(clock, 1)
}

function fixture(
  cluster: SampleCluster,
  rpc: Rpc,
  address: string,
  stop: () => Promise<void>,
  start: () => Promise<void>,
) {
  const client = new CountingClient({ rpc, clock, random }, { endpoints: [`http://${address}`] })
  return {
    pd: client,
    reportsArrived: () => arrived(cluster, client),
    ordersArrived: () => sleep(clock, 1),
    async reopen() {
      await stop()
      await cluster.reopen()
      await start()
      return client
    },
    async dispose() {
      client.close()
      await rpc.close()
      await stop()
      await cluster.pd.close()
    },
  }
}

describe('in one process', () => {
  placementDriverCompliance(
    { describe, it, expect },
    {
      async create() {
        const cluster = await sampleCluster()
        const servers = new InProcessServers()
        const address = 'pd:2379'
        const start = () => {
          cluster.pd.announce([`http://${address}`])
          return servers.serve(address, cluster.methods())
        }
        let server = start()
        return fixture(
          cluster,
          inProcessRpc({ clock }, servers),
          address,
          async () => server.close(),
          async () => {
            server = start()
          },
        )
      },
    },
  )
})

describe('over gRPC', () => {
  placementDriverCompliance(
    { describe, it, expect },
    {
      async create() {
        const cluster = await sampleCluster()
        const listen = async (port: number) => {
          const server = await startRpcServer(
            { clock, methods: cluster.methods(), onUnexpectedError: () => {} },
            { host: '127.0.0.1', port, receiveBytesMax: 1024 ** 2, concurrentStreamsMax: 100 },
          )
          cluster.pd.announce([`http://127.0.0.1:${server.port}`])
          return server
        }
        let server = await listen(0)
        const { port } = server
        return fixture(
          cluster,
          grpcRpc({ clock, random }),
          `127.0.0.1:${port}`,
          () => server.close(0),
          async () => {
            server = await listen(port)
          },
        )
      },
    },
  )
})
