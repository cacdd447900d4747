import { Client, credentials, status } from '@grpc/grpc-js'
import { type MethodDefinition, systemClock } from '@stratakv/core'
import { healthService, type RpcServer, startRpcServer } from '@stratakv/grpc'
import { healthMethods } from '@stratakv/proto'
import type { HealthCheckResponse } from '@stratakv/proto/health'
import { HealthCheckResponse_ServingStatus as Status } from '@stratakv/proto/health'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: RpcServer
let client: Client
beforeAll(async () => {
  server = await startRpcServer(
    { clock: systemClock(), methods: healthService(), onUnexpectedError: () => {} },
    { host: '127.0.0.1', port: 0, receiveBytesMax: 1024, concurrentStreamsMax: 100 },
  )
  client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure())
})
afterAll(async () => {
  client.close()
  await server.close(0)
})

function wire<Req, Res>(method: MethodDefinition<Req, Res>) {
  const encode = (message: Req) => Buffer.from(method.request.encode(message))
  return [method.path, encode, (bytes: Buffer) => method.response.decode(bytes)] as const
}

describe('healthService', () => {
  const check = (service: string) =>
    new Promise<HealthCheckResponse | number>((resolve) => {
      client.makeUnaryRequest(...wire(healthMethods.check), { service }, (error, answer) =>
        resolve(error === null ? answer! : error.code),
      )
    })

  it('says SERVING of the server as a whole and knows no service by name', async () => {
    expect(await check('')).toEqual({ status: Status.SERVING })
    expect(await check('tikvpb.Tikv')).toBe(status.NOT_FOUND)
  })

  it('tells a watcher at once and keeps the stream open', async () => {
    const watch = (service: string) =>
      new Promise<HealthCheckResponse>((resolve) => {
        const call = client.makeServerStreamRequest(...wire(healthMethods.watch), { service })
        call.on('error', () => {})
        call.on('data', (answer: HealthCheckResponse) => {
          resolve(answer)
          call.cancel()
        })
      })
    expect(await watch('')).toEqual({ status: Status.SERVING })
    expect(await watch('nonsense')).toEqual({ status: Status.SERVICE_UNKNOWN })
  })
})
