import { createServer } from 'node:net'
import { type MethodBinding, systemClock, systemRandom } from '@stratakv/core'
import { type RpcFixture, rpcCompliance } from '@stratakv/core/compliance'
import { ServerSecurity, startRpcServer } from '@stratakv/grpc'
import { type ChannelSecurityOptions, grpcRpc } from '@stratakv/grpc/channel'
import { describe, expect, it } from 'vitest'
import { certificateFolder, createAuthority } from './certificates.ts'

const clock = systemClock()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Over cleartext, or with certificates on both sides. */
function channelFixture(makeSecurity: () => Promise<Security | undefined>) {
  return async (methods: readonly MethodBinding[]): Promise<RpcFixture> => {
    const security = await makeSecurity()
    const rpc = grpcRpc({ clock, random: systemRandom() }, security === undefined ? {} : { security: security.client })
    const listen = (port: number) =>
      startRpcServer(
        { clock, methods, security: security?.server, onUnexpectedError: () => {} },
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
        await security?.remove()
      },
    }
  }
}

interface Security {
  readonly server: ServerSecurity
  readonly client: ChannelSecurityOptions
  remove(): Promise<void>
}

async function mutualTls(): Promise<Security> {
  const folder = await certificateFolder()
  const authority = await createAuthority('suite')
  const caPath = await folder.write('ca.pem', authority.cert)
  const files = async (name: string) => {
    const { cert, key } = await authority.issue({ name })
    return {
      caPath,
      certPath: await folder.write(`${name}.pem`, cert),
      keyPath: await folder.write(`${name}.key`, key),
    }
  }
  const server = await ServerSecurity.open(
    { onRefused: () => {}, onUnusableFiles: () => {} },
    { ...(await files('server')), allowedCommonNames: ['client'] },
  )
  return { server, client: await files('client'), remove: folder.remove }
}

describe('over cleartext', () => {
  rpcCompliance({ describe, it, expect }, { create: channelFixture(async () => undefined) })
})

describe('over mutual TLS', () => {
  rpcCompliance({ describe, it, expect }, { create: channelFixture(mutualTls) })
})
