import { createServer } from 'node:net'
import { systemClock, systemRandom } from '@stratakv/core'
import { rpcCompliance } from '@stratakv/core/compliance'
import { startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { describe, expect, it } from 'vitest'

const clock = systemClock()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

rpcCompliance(
  { describe, it, expect },
  {
    async create(methods) {
      const rpc = grpcRpc({ clock, random: systemRandom() })
      const listen = (port: number) =>
        startRpcServer(
          { clock, methods, onUnexpectedError: () => {} },
          { host: '127.0.0.1', port, receiveBytesMax: 16 * 1024 ** 2, concurrentStreamsMax: 1000 },
        )
      let server = await listen(0)
      const { port } = server
      return {
        rpc,
        address: `127.0.0.1:${port}`,
        deadAddress: `127.0.0.1:${await freePort()}`,
        stopServer: () => server.close(0),
        async startServer() {
          server = await listen(port)
        },
        async dispose() {
          await rpc.close()
          await server.close(0)
        },
      }
    },
  },
)
