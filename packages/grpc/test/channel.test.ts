import { createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type MethodKind, RpcStatusError, rpcStatus, streaming, systemClock, systemRandom, unary } from '@stratakv/core'
import { startRpcServer } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { afterEach, describe, expect, it, vi } from 'vitest'

const clock = systemClock()
const raw = { encode: (message: Uint8Array) => message, decode: (bytes: Uint8Array) => bytes }
const method = (name: string, kind: MethodKind) => ({ path: `/test.Raw/${name}`, kind, request: raw, response: raw })
const get = method('Get', 'unary')
const chat = method('Chat', 'bidi')
const message = new Uint8Array(3)

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

function channel(options: Parameters<typeof grpcRpc>[1] = {}) {
  const rpc = grpcRpc({ clock, random: systemRandom() }, options)
  undo.push(() => rpc.close())
  return rpc
}

async function serve(...methods: Parameters<typeof startRpcServer>[0]['methods']) {
  const server = await startRpcServer(
    { clock, methods, onUnexpectedError: () => {} },
    { host: '127.0.0.1', port: 0, receiveBytesMax: 1024 ** 2, concurrentStreamsMax: 100 },
  )
  undo.push(() => server.close(0))
  return { server, address: `127.0.0.1:${server.port}` }
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const failureOf = (call: unknown) =>
  Promise.resolve(call)
    .then(() => undefined)
    .catch((error) => error)

describe('gRPC channel', () => {
  it('says that the server has gone, not that something is wrong inside, when it says goodbye and breaks off', async () => {
    let arrive = () => {}
    const { server, address } = await serve(
      unary(get, () => {
        arrive()
        return new Promise<Uint8Array>(() => {})
      }),
      streaming(chat, (stream) => stream.onMessage((each) => stream.write(each))),
    )
    const rpc = channel()
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const running = failureOf(rpc.unary(address, get, message))
    await arrived
    const stream = rpc.stream(address, chat)
    stream.write(message)
    const ended = new Promise((resolve) => stream.onEnd(resolve))
    await new Promise<unknown>((resolve) => stream.onMessage(resolve))
    await server.close(1)
    expect(await running).toMatchObject({ status: rpcStatus.unavailable })
    expect(await ended).toMatchObject({ status: rpcStatus.unavailable })
  })

  it('lets running calls finish on a connection that is being closed, and makes new ones elsewhere', async () => {
    let answer: (bytes: Uint8Array) => void = () => {}
    let arrive = () => {}
    const held = () =>
      new Promise<Uint8Array>((resolve) => {
        answer = resolve
        arrive()
      })
    const { server, address } = await serve(unary(get, held))
    const rpc = channel()
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const running = rpc.unary(address, get, message)
    await arrived
    const closing = server.close(60_000)
    // Goodbye has been said: the next call finds nobody.
    await vi.waitFor(async () => {
      expect(await failureOf(rpc.unary(address, get, message))).toMatchObject({ status: rpcStatus.unavailable })
    })
    answer(new Uint8Array(5))
    expect((await running).length).toBe(5)
    await closing
  })

  it('refuses an answer over the limit before it has come', async () => {
    const { address } = await serve(unary(get, () => new Uint8Array(5000)))
    const rpc = channel({ messageBytesMax: 4999 })
    const error = await failureOf(rpc.unary(address, get, message))
    expect(error).toBeInstanceOf(RpcStatusError)
    expect(error).toMatchObject({ status: rpcStatus.resourceExhausted })
    expect((await channel({ messageBytesMax: 5000 }).unary(address, get, message)).length).toBe(5000)
  })

  it('tells HTTP and resets that are none of gRPC apart', async () => {
    const answers: Record<string, (stream: import('node:http2').ServerHttp2Stream) => void> = {
      '/test.Raw/Missing': (stream) => stream.respond({ ':status': 404 }, { endStream: true }),
      '/test.Raw/Proxy': (stream) => stream.respond({ ':status': 503 }, { endStream: true }),
      '/test.Raw/Refused': (stream) => stream.close(7),
      '/test.Raw/Reset': (stream) => stream.close(2),
      '/test.Raw/Silent': (stream) => {
        stream.respond({ ':status': 200 })
        stream.end()
      },
      '/test.Raw/Zipped': (stream) => {
        stream.respond({ ':status': 200 })
        stream.end(Buffer.from([1, 0, 0, 0, 1, 0]))
      },
    }
    const server = createHttp2Server()
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {})
      answers[String(headers[':path'])]!(stream)
    })
    const address = await listening(server as unknown as Server)
    const rpc = channel()
    const statusOf = async (name: string) =>
      (await failureOf(rpc.unary(address, method(name, 'unary'), message))).status
    expect(await statusOf('Missing')).toBe(rpcStatus.unimplemented)
    expect(await statusOf('Proxy')).toBe(rpcStatus.unavailable)
    expect(await statusOf('Refused')).toBe(rpcStatus.unavailable)
    expect(await statusOf('Reset')).toBe(rpcStatus.internal)
    expect(await statusOf('Silent')).toBe(rpcStatus.internal)
    expect(await statusOf('Zipped')).toBe(rpcStatus.internal)
  })

  it('takes no connection that never speaks for one, and breaks one that stops speaking', async () => {
    const mute = await listening(createServer())
    const timed = simulatedClock()
    const rpc = grpcRpc({ clock: timed, random: seededRandom(1) }, { connectMs: 1000 })
    undo.push(() => rpc.close())
    const first = failureOf(rpc.unary(mute, get, message))
    await timed.advance(1000)
    expect(await first).toMatchObject({ status: rpcStatus.unavailable })
    // During the back-off nobody is asked; then the next attempt is made.
    expect(await failureOf(rpc.unary(mute, get, message))).toMatchObject({ status: rpcStatus.unavailable })

    // A server that speaks until it is frozen.
    const server = createHttp2Server()
    const sockets: Socket[] = []
    server.on('connection', (socket: Socket) => sockets.push(socket))
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    server.on('stream', (stream) => {
      stream.on('error', () => {})
      arrive()
    })
    server.on('sessionError', () => {})
    const address = await listening(server as unknown as Server)
    const frozen = failureOf(rpc.unary(address, get, message))
    await arrived
    for (const socket of sockets) socket.pause()
    await timed.advance(10_000)
    await timed.advance(10_000)
    await timed.advance(3000)
    expect(await frozen).toMatchObject({ status: rpcStatus.unavailable })
  })

  it('ends a call whose message cannot be encoded, and no other', async () => {
    const { address } = await serve(
      unary(get, (bytes) => bytes),
      streaming(chat, () => {}),
    )
    const rpc = channel()
    const broken = {
      ...raw,
      encode: (): Uint8Array => {
        throw new TypeError('no message')
      },
    }
    // Once while the connection is being made, once on one that stands.
    for (let round = 0; round < 2; round++) {
      const failed = failureOf(rpc.unary(address, { ...get, request: broken }, message))
      const stream = rpc.stream(address, { ...chat, request: broken })
      const ended = new Promise((resolve) => stream.onEnd(resolve))
      stream.write(message)
      const answer = rpc.unary(address, get, message)
      expect(await failed).toMatchObject({ status: rpcStatus.internal, message: 'no message' })
      expect(await ended).toMatchObject({ status: rpcStatus.internal, message: 'no message' })
      expect(await answer).toHaveLength(3)
    }
  })

  it('uses as many connections as it was told to', async () => {
    const { server, address } = await serve(unary(get, (bytes) => bytes))
    const rpc = channel({ connectionsPerAddress: 3 })
    for (let index = 0; index < 6; index++) await rpc.unary(address, get, message)
    expect(server.connectionCount).toBe(3)
  })
})
