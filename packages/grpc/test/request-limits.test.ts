import { connect } from 'node:net'
import { type RpcCallStream, rpcStatus, streaming, systemClock, systemRandom, unary } from '@stratakv/core'
import { type RpcServer, startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const clock = systemClock()
const receiveBytesMax = 1024
const raw = { encode: (message: Uint8Array) => message, decode: (bytes: Uint8Array) => bytes }
const get = { path: '/test.Raw/Get', kind: 'unary', request: raw, response: raw } as const
const chat = { path: '/test.Raw/Chat', kind: 'bidi', request: raw, response: raw } as const

let server: RpcServer
let rpc: ReturnType<typeof grpcRpc>
let address: string
let largestSeen: number

beforeEach(async () => {
  largestSeen = 0
  const seen = (bytes: Uint8Array) => {
    largestSeen = Math.max(largestSeen, bytes.length)
    return bytes
  }
  server = await startRpcServer(
    {
      clock,
      methods: [unary(get, seen), streaming(chat, (stream) => stream.onMessage((bytes) => stream.write(seen(bytes))))],
      http1: (_request, response) => response.end('served'),
      onUnexpectedError: (_path, error) => expect.unreachable(String(error)),
    },
    { host: '127.0.0.1', port: 0, receiveBytesMax, concurrentStreamsMax: 100 },
  )
  address = `127.0.0.1:${server.port}`
  rpc = grpcRpc({ clock, random: systemRandom() })
})
afterEach(async () => {
  await rpc.close()
  await server.close(0)
})

const failureOf = (call: unknown) =>
  Promise.resolve(call)
    .then(() => undefined)
    .catch((error) => error)
const next = (stream: RpcCallStream<Uint8Array, Uint8Array>) =>
  new Promise<Uint8Array>((resolve) => stream.onMessage(resolve))

describe('a request over the limit', () => {
  it('of a unary call ends that call, and the largest that is allowed passes', async () => {
    expect(await rpc.unary(address, get, new Uint8Array(receiveBytesMax))).toHaveLength(receiveBytesMax)
    const error = await failureOf(rpc.unary(address, get, new Uint8Array(receiveBytesMax + 1)))
    expect(error).toMatchObject({ status: rpcStatus.resourceExhausted })
    expect(largestSeen).toBe(receiveBytesMax)
  })

  it('in a stream ends that stream, and no other on the connection', async () => {
    const [broken, other] = [rpc.stream(address, chat), rpc.stream(address, chat)]
    const ended = new Promise((resolve) => broken.onEnd(resolve))
    other.onEnd(() => {})
    broken.write(new Uint8Array(receiveBytesMax))
    expect(await next(broken)).toHaveLength(receiveBytesMax)
    broken.write(new Uint8Array(receiveBytesMax + 1))
    expect(await ended).toMatchObject({ status: rpcStatus.resourceExhausted })
    other.write(new Uint8Array(1))
    expect(await next(other)).toHaveLength(1)
    expect(largestSeen).toBe(receiveBytesMax)
    expect(server.connectionCount).toBe(1)
  })

  it('because of its headers is refused, over HTTP/1.1 with 431, and the port goes on', async () => {
    const metadata = { large: 'x'.repeat(256 * 1024) }
    expect(await failureOf(rpc.unary(address, get, new Uint8Array(1), { metadata }))).toBeDefined()
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nhost: x\r\nlarge: ${'x'.repeat(64 * 1024)}\r\n\r\n`),
      )
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1.1 431 /)
    expect(await (await fetch(`http://${address}/`)).text()).toBe('served')
    expect(await rpc.unary(address, get, new Uint8Array(1))).toHaveLength(1)
  })
})
