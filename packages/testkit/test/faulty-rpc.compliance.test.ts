import { InProcessServers, inProcessRpc, systemClock } from '@stratakv/core'
import { rpcCompliance } from '@stratakv/core/compliance'
import { faultyRpc } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

rpcCompliance(
  { describe, it, expect },
  {
    create(methods) {
      const servers = new InProcessServers()
      const clock = systemClock()
      const rpc = faultyRpc(inProcessRpc({ clock }, servers), { clock }, { fault: () => undefined })
      const address = '127.0.0.1:1'
      let server = servers.serve(address, methods)
      return {
        rpc,
        address,
        deadAddress: '127.0.0.1:2',
        stopServer: async () => server.close(),
        async startServer() {
          server = servers.serve(address, methods)
        },
        async dispose() {
          await rpc.close()
          expect(rpc.lateCount).toBe(0)
        },
      }
    },
  },
)
