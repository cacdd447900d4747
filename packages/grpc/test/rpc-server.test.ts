import { connect as connectHttp2 } from 'node:http2'
import { connect, Server as NetServer } from 'node:net'
import { Client, credentials, Metadata, status } from '@grpc/grpc-js'
import {
  type Clock,
  type MethodDefinition,
  RpcStatusError,
  rpcStatus,
  streaming,
  systemClock,
  unary,
} from '@stratakv/core'
import { AddressInUseError, ListenError, type RpcServer, startRpcServer } from '@stratakv/grpc'
import { simulatedClock } from '@stratakv/testkit'
import { afterEach, describe, expect, it, vi } from 'vitest'

const text = {
  encode: (message: string) => new TextEncoder().encode(message),
  decode: (bytes: Uint8Array) => {
    if (bytes[0] === 0xff) throw new RangeError('not text, at byte 0')
    return new TextDecoder().decode(bytes)
  },
}
const method = (name: string, kind: MethodDefinition<string, string>['kind']): MethodDefinition<string, string> => ({
  path: `/test.Echo/${name}`,
  kind,
  request: text,
  response: text,
})
const unexpected: { path: string; error: unknown }[] = []
const methods = [
  unary(method('Upper', 'unary'), (request, call) => request.toUpperCase() + (call.metadata('suffix') ?? '')),
  unary(method('Later', 'unary'), async (request) => request),
  unary(method('Refuse', 'unary'), () => {
    throw new RpcStatusError(rpcStatus.failedPrecondition, 'mismatch cluster id, need 1 but got 2')
  }),
  unary(method('Bug', 'unary'), () => {
    throw new TypeError('boom')
  }),
  streaming(method('Chat', 'bidi'), (stream) => {
    stream.onMessage((message) => {
      if (message === 'fail') stream.fail(new RpcStatusError(rpcStatus.unavailable, 'not leader'))
      else stream.write(`<${message}>`)
    })
    stream.onHalfClose(() => stream.end())
  }),
  streaming(method('Count', 'server-stream'), (stream) => {
    stream.onMessage((message) => {
      for (let index = 0; index < Number(message); index++) stream.write(String(index))
      stream.end()
    })
  }),
  streaming(method('Join', 'client-stream'), (stream) => {
    const parts: string[] = []
    stream.onMessage((part) => parts.push(part))
    stream.onHalfClose(() => stream.write(parts.join('+')))
  }),
]

const open: { server: RpcServer; client: Client }[] = []
async function start(clock: Clock = systemClock()) {
  const server = await startRpcServer(
    {
      clock,
      methods,
      http1: (request, response) => response.end(`http1 ${request.url}`),
      onUnexpectedError: (path, error) => unexpected.push({ path, error }),
    },
    { host: '127.0.0.1', port: 0, receiveBytesMax: 1024, concurrentStreamsMax: 100 },
  )
  const client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure())
  open.push({ server, client })
  return { server, client }
}
afterEach(async () => {
  unexpected.length = 0
  for (const { server, client } of open.splice(0)) {
    client.close()
    await server.close(0)
    expect(server.connectionCount).toBe(0)
  }
})

const encode = (message: string) => Buffer.from(message)
const decode = (bytes: Buffer) => bytes.toString()
function ask(client: Client, name: string, request: string, metadata = new Metadata()): Promise<string> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(`/test.Echo/${name}`, encode, decode, request, metadata, (error, answer) =>
      error ? reject(error) : resolve(answer ?? ''),
    )
  })
}

describe('startRpcServer', () => {
  it('answers unary calls, at once or later, and hands over metadata', async () => {
    const { client } = await start()
    const metadata = new Metadata()
    metadata.set('suffix', '!')
    expect(await ask(client, 'Upper', 'abc', metadata)).toBe('ABC!')
    expect(await ask(client, 'Later', 'abc')).toBe('abc')
  })

  it('turns a status error into the status with its text, and anything else into INTERNAL with a report', async () => {
    const { client } = await start()
    await expect(ask(client, 'Refuse', 'x')).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: 'mismatch cluster id, need 1 but got 2',
    })
    expect(unexpected).toEqual([])
    await expect(ask(client, 'Bug', 'x')).rejects.toMatchObject({ code: status.INTERNAL })
    expect(unexpected.map((report) => report.path)).toEqual(['/test.Echo/Bug'])
    await expect(ask(client, 'Missing', 'x')).rejects.toMatchObject({ code: status.UNIMPLEMENTED })
  })

  it('refuses a request over the limit and malformed bytes without calling the handler', async () => {
    const { client } = await start()
    await expect(ask(client, 'Upper', 'x'.repeat(2000))).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED })
    const raw = () => Buffer.from([0xff])
    const reasons = await Promise.all([
      new Promise((resolve) =>
        client.makeUnaryRequest('/test.Echo/Upper', raw, decode, '', (error) => resolve(error?.details)),
      ),
      ...[
        client.makeBidiStreamRequest('/test.Echo/Chat', raw, decode),
        client.makeServerStreamRequest('/test.Echo/Count', raw, decode, ''),
        client.makeClientStreamRequest('/test.Echo/Join', raw, decode, () => {}),
      ].map((call) => {
        call.on('error', () => {})
        call.on('data', () => {})
        if ('write' in call) call.write('')
        return new Promise((resolve) => call.on('status', (outcome) => resolve(outcome.details)))
      }),
    ])
    expect(reasons).toEqual(Array(4).fill('malformed request: not text, at byte 0'))
    expect(unexpected).toEqual([])
    expect(await ask(client, 'Upper', 'still here')).toBe('STILL HERE')
  })

  it('serves bidirectional streams: messages, half-close, failure', async () => {
    const { client } = await start()
    const talk = (messages: string[]) =>
      new Promise<{ got: string[]; code: number }>((resolve) => {
        const call = client.makeBidiStreamRequest('/test.Echo/Chat', encode, decode)
        const got: string[] = []
        call.on('data', (message: string) => got.push(message))
        call.on('error', () => {})
        call.on('status', (outcome) => resolve({ got, code: outcome.code }))
        for (const message of messages) call.write(message)
        call.end()
      })
    expect(await talk(['a', 'b'])).toEqual({ got: ['<a>', '<b>'], code: status.OK })
    expect(await talk(['fail'])).toEqual({ got: [], code: status.UNAVAILABLE })
  })

  it('serves server streams and client streams', async () => {
    const { client } = await start()
    const counted = await new Promise<string[]>((resolve) => {
      const call = client.makeServerStreamRequest('/test.Echo/Count', encode, decode, '3')
      const got: string[] = []
      call.on('data', (message: string) => got.push(message))
      call.on('end', () => resolve(got))
    })
    expect(counted).toEqual(['0', '1', '2'])
    const joined = await new Promise<string>((resolve, reject) => {
      const call = client.makeClientStreamRequest('/test.Echo/Join', encode, decode, (error, answer) =>
        error ? reject(error) : resolve(answer ?? ''),
      )
      for (const part of ['a', 'b', 'c']) call.write(part)
      call.end()
    })
    expect(joined).toBe('a+b+c')
  })

  it('serves HTTP/1.1 on the same port, also when the first bytes trickle in', async () => {
    const { server, client } = await start()
    expect(await (await fetch(`http://127.0.0.1:${server.port}/pd/api/v1/version`)).text()).toBe(
      'http1 /pd/api/v1/version',
    )
    expect(await ask(client, 'Upper', 'abc')).toBe('ABC')
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.setNoDelay(true)
        // `P` alone could still become the HTTP/2 preface; `POST` cannot.
        socket.write('P', () =>
          socket.write('OST /x HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
        )
      })
      let got = ''
      socket.on('data', (chunk) => {
        got += chunk
      })
      socket.on('close', () => resolve(got))
    })
    expect(answer).toContain('http1 /x')
  })

  it('gives an HTTP/1.1 connection that stops in the middle of a request a limited time', async () => {
    const timeouts: (number | undefined)[] = []
    const server = await startRpcServer(
      {
        clock: systemClock(),
        methods,
        http1: (request, response) => {
          timeouts.push(request.socket.timeout)
          response.end()
        },
        onUnexpectedError: () => {},
      },
      { host: '127.0.0.1', port: 0, receiveBytesMax: 1024, concurrentStreamsMax: 100 },
    )
    await fetch(`http://127.0.0.1:${server.port}/`)
    await server.close(0)
    expect(timeouts).toEqual([60_000])
  })

  it('goes on serving others while the first byte of a connection does not tell its protocol', async () => {
    const { server, client } = await start()
    const socket = connect(server.port, '127.0.0.1')
    await new Promise<void>((resolve) => socket.write('P', () => resolve()))
    await vi.waitUntil(() => server.connectionCount === 1)
    expect(await ask(client, 'Upper', 'abc')).toBe('ABC')
    socket.destroy()
  })

  it('survives a connection that cannot be accepted', async () => {
    const listen = vi.spyOn(NetServer.prototype, 'listen')
    const { client } = await start()
    const listening = listen.mock.contexts.at(-1) as NetServer
    listen.mockRestore()
    // As node:net does when accept(2) fails; without a listener it would end the process.
    for (const code of ['EMFILE', 'ENOMEM'])
      listening.emit('error', Object.assign(new Error(`accept ${code}`), { code }))
    expect(await ask(client, 'Upper', 'abc')).toBe('ABC')
  })

  it('names the address when it is taken or impossible', async () => {
    const { server } = await start()
    const options = { host: '127.0.0.1', port: server.port, receiveBytesMax: 1024, concurrentStreamsMax: 100 }
    const taken = startRpcServer({ clock: systemClock(), methods, onUnexpectedError: () => {} }, options)
    await expect(taken).rejects.toBeInstanceOf(AddressInUseError)
    await expect(taken).rejects.toMatchObject({ address: `127.0.0.1:${server.port}` })
    await expect(
      startRpcServer(
        { clock: systemClock(), methods, onUnexpectedError: () => {} },
        { ...options, host: '203.0.113.7', port: 0 },
      ),
    ).rejects.toBeInstanceOf(ListenError)
  })

  it('closes although a stream is open that nobody ends', async () => {
    const { server, client } = await start()
    const call = client.makeBidiStreamRequest('/test.Echo/Chat', encode, decode)
    call.on('error', () => {})
    const answered = new Promise((resolve) => call.once('data', resolve))
    const ended = new Promise((resolve) => call.once('status', resolve))
    call.write('hello')
    await answered
    await server.close(1)
    await ended
    expect(server.connectionCount).toBe(0)
  })

  it('closes although clients leave at that very moment', async () => {
    // grpc-js waits for ever for a session that was destroyed just before; which of them are is up to the event loop.
    const { server } = await start(simulatedClock())
    const sessions = Array.from({ length: 20 }, () => connectHttp2(`http://127.0.0.1:${server.port}`))
    await Promise.all(sessions.map((session) => new Promise((resolve) => session.once('remoteSettings', resolve))))
    for (const session of sessions) {
      session.on('error', () => {})
      session.destroy()
    }
    await server.close(1000)
    expect(server.connectionCount).toBe(0)
  })

  it('closes a connection that does not say which protocol it speaks', async () => {
    const clock = simulatedClock()
    const { server } = await start(clock)
    const socket = connect(server.port, '127.0.0.1')
    const ended = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    await vi.waitUntil(() => server.connectionCount === 1)
    await clock.advance(10_000)
    await ended
    expect(server.connectionCount).toBe(0)
  })
})
