import {
  InProcessAddressInUseError,
  InProcessServers,
  inProcessRpc,
  isPromise,
  type MethodDefinition,
  type MethodKind,
  RpcStatusError,
  rpcStatus,
  streaming,
  unary,
} from '@stratakv/core'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const unused = {
  encode: (): Uint8Array => {
    throw new Error('nothing is encoded in one process')
  },
  decode: (): never => {
    throw new Error('nothing is decoded in one process')
  },
}
const method = (name: string, kind: MethodKind): MethodDefinition<object, object> => ({
  path: `/test.Objects/${name}`,
  kind,
  request: unused,
  response: unused,
})
const get = method('Get', 'unary')
const chat = method('Chat', 'bidi')
const address = 'node:20160'

function setUp(...methods: Parameters<InProcessServers['serve']>[1]) {
  const clock = simulatedClock()
  const servers = new InProcessServers()
  const server = servers.serve(address, methods)
  return { clock, servers, server, rpc: inProcessRpc({ clock }, servers) }
}

describe('in-process rpc', () => {
  it('returns an answer that is there at once, the very object, without a promise', () => {
    const answer = {}
    const { rpc, server, clock } = setUp(unary(get, () => answer))
    const given = rpc.unary(address, get, {}, { timeoutMs: 1000, signal: new AbortController().signal })
    expect(isPromise(given)).toBe(false)
    expect(given).toBe(answer)
    expect(server.runningCount).toBe(0)
    clock.assertIdle()
  })

  it('throws what fails at once, and keeps what a handler threw as the cause', () => {
    const bug = new TypeError('boom')
    const { rpc } = setUp(
      unary(get, () => {
        throw bug
      }),
    )
    const call = () => rpc.unary(address, get, {})
    expect(call).toThrow(RpcStatusError)
    expect(call).toThrow(expect.objectContaining({ status: rpcStatus.internal, cause: bug }))
    expect(() => rpc.unary('elsewhere:1', get, {})).toThrow(
      expect.objectContaining({ status: rpcStatus.unavailable, message: 'nobody serves elsewhere:1 in this process' }),
    )
  })

  it('runs deadlines on the clock it was given, and leaves no timer behind', async () => {
    const { rpc, clock, server } = setUp(unary(get, () => new Promise(() => {})))
    const call = Promise.resolve(rpc.unary(address, get, {}, { timeoutMs: 1000 }))
    const outcome = call.catch((error) => error)
    expect(server.runningCount).toBe(1)
    await clock.advance(999)
    expect(server.runningCount).toBe(1)
    await clock.advance(1)
    expect(await outcome).toMatchObject({ status: rpcStatus.deadlineExceeded, message: 'no answer within 1000 ms' })
    expect(server.runningCount).toBe(0)

    const stream = rpc.stream(address, method('Missing', 'bidi'), { timeoutMs: 1000 })
    await new Promise((resolve) => stream.onEnd(resolve))
    clock.assertIdle()
  })

  it('serves an address once, and knows servers that come later', () => {
    const { servers, server, rpc } = setUp()
    expect(() => servers.serve(address, [])).toThrow(InProcessAddressInUseError)
    server.close()
    expect(() => rpc.unary(address, get, {})).toThrow(RpcStatusError)
    servers.serve(address, [unary(get, (request) => request)])
    // Closing the first one again does not take the second away.
    server.close()
    const request = {}
    expect(rpc.unary(address, get, request)).toBe(request)
  })

  it('closes one caller without disturbing another', async () => {
    const answers: ((answer: object) => void)[] = []
    const { servers, rpc, clock } = setUp(unary(get, () => new Promise((resolve) => answers.push(resolve))))
    const other = inProcessRpc({ clock }, servers)
    const mine = Promise.resolve(rpc.unary(address, get, {})).catch((error) => error)
    const theirs = other.unary(address, get, {})
    await rpc.close()
    expect(await mine).toMatchObject({ status: rpcStatus.cancelled })
    const answer = {}
    for (const give of answers) give(answer)
    expect(await theirs).toBe(answer)
  })

  it('ends a stream whose writer never holds back', async () => {
    const { rpc } = setUp(streaming(chat, (stream) => stream.pause()))
    const stream = rpc.stream(address, chat)
    const end = new Promise((resolve) => stream.onEnd(resolve))
    let count = 0
    for (; count < 70_000; count++) stream.write({})
    expect(await end).toMatchObject({ status: rpcStatus.resourceExhausted })
  })

  it('leaves the event loop to others while two sides answer each other without a pause', async () => {
    const { rpc, clock } = setUp(
      streaming(chat, (stream) => {
        stream.onMessage((message) => stream.write(message))
      }),
    )
    const stream = rpc.stream(address, chat)
    let roundCount = 0
    stream.onEnd(() => {})
    stream.onMessage((message) => {
      roundCount++
      stream.write(message)
    })
    stream.write({})
    await settled()
    const first = roundCount
    expect(first).toBeGreaterThan(100)
    await clock.advance(1)
    expect(roundCount).toBeGreaterThan(first)
    stream.cancel()
    clock.assertIdle()
  })
})
