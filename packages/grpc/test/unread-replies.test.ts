import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import { KiB, type MethodDefinition, MiB, streaming, systemClock, unary } from '@stratakv/core'
import { type RpcServer, startRpcServer } from '@stratakv/grpc'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { UnreadReplies } from '../src/unread-replies.ts'

describe('unread replies', () => {
  it('count for all and for each connection, and let a waiting stream on when there is room', () => {
    const unread = new UnreadReplies({ totalBytesMax: 100, connectionBytesMax: 40 })
    unread.sent('a:1', 30)
    expect(unread.isOver('a:1')).toBe(false)
    unread.sent('a:1', 30)
    expect([unread.isOver('a:1'), unread.isOver('b:1')]).toEqual([true, false])
    let roomCount = 0
    unread.whenUnder('a:1', () => roomCount++)
    unread.gone('a:1', 10)
    expect(roomCount).toBe(0)
    unread.gone('a:1', 20)
    expect(roomCount).toBe(1)
    unread.gone('a:1', 30)
    expect([roomCount, unread.totalBytes]).toEqual([1, 0])
  })

  it('stop everybody when all connections together are over', () => {
    const unread = new UnreadReplies({ totalBytesMax: 100, connectionBytesMax: 40 })
    for (const connection of ['a:1', 'b:1', 'c:1']) unread.sent(connection, 35)
    expect(unread.isOver('d:1')).toBe(true)
    const stop = unread.whenUnder('d:1', () => expect.unreachable('it gave up waiting'))
    stop()
    unread.gone('a:1', 35)
    expect(unread.isOver('d:1')).toBe(false)
  })
})

const replyBytes = KiB(512)
const connectionBytesMax = MiB(4)
const blob = {
  encode: (length: number) => new Uint8Array(length),
  decode: (bytes: Uint8Array) => bytes.length,
}
const method = (name: string, kind: MethodDefinition<number, number>['kind']): MethodDefinition<number, number> => ({
  path: `/test.Blob/${name}`,
  kind,
  request: blob,
  response: blob,
})

/** What the stream handler has been allowed to write. */
let writtenCount = 0
const methods = [
  unary(method('Get', 'unary'), () => replyBytes),
  streaming(method('Pour', 'server-stream'), (stream) => {
    const pour = () => {
      while (writtenCount < 200) {
        writtenCount++
        if (!stream.write(replyBytes)) return
      }
      stream.end()
    }
    stream.onMessage(pour)
    stream.onDrain(pour)
  }),
]

const open: { server: RpcServer; session: ClientHttp2Session }[] = []
afterEach(async () => {
  for (const { server, session } of open.splice(0)) {
    session.destroy()
    await server.close(0)
  }
})

async function start() {
  writtenCount = 0
  const server = await startRpcServer(
    { clock: systemClock(), methods, onUnexpectedError: (_, error) => expect.unreachable(String(error)) },
    {
      host: '127.0.0.1',
      port: 0,
      receiveBytesMax: MiB(1),
      concurrentStreamsMax: 1000,
      unreadReplies: { totalBytesMax: MiB(16), connectionBytesMax },
    },
  )
  const session = connect(`http://127.0.0.1:${server.port}`)
  open.push({ server, session })
  return { server, session }
}

/** A call whose answer is not read unless somebody listens. */
function call(session: ClientHttp2Session, path: string): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  stream.end(Buffer.from([0, 0, 0, 0, 1, 7]))
  return stream
}

/** The gRPC status, from the trailers or, for a call that was refused at once, from the headers. */
function statusOf(stream: ClientHttp2Stream): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (headers: object) => {
      const found = (headers as Record<string, unknown>)['grpc-status']
      if (found !== undefined) resolve(String(found))
    }
    stream.on('response', look)
    stream.on('trailers', look)
    stream.on('error', reject)
    stream.on('close', () => resolve('none'))
  })
}

describe('a client that asks much and reads nothing', () => {
  it('is refused further calls, while others are served; what it had is dropped when it goes', async () => {
    const { server, session } = await start()
    const calls = Array.from({ length: 100 }, () => call(session, '/test.Blob/Get'))
    const refused = await Promise.race([
      Promise.any(calls.map(async (each) => expect(await statusOf(each)).toBe('14'))).then(() => 'refused'),
      new Promise((resolve) => session.once('close', () => resolve('closed'))),
    ])
    expect(refused).toBe('refused')
    await vi.waitFor(() => expect(server.unreadReplyBytes).toBeGreaterThanOrEqual(connectionBytesMax))
    expect(server.unreadReplyBytes).toBeLessThan(connectionBytesMax + replyBytes)

    const other = connect(`http://127.0.0.1:${server.port}`)
    const served = call(other, '/test.Blob/Get')
    let receivedBytes = 0
    served.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length
    })
    expect(await statusOf(served)).toBe('0')
    expect(receivedBytes).toBe(replyBytes + 5)
    other.destroy()

    session.destroy()
    await vi.waitFor(() => expect(server.unreadReplyBytes).toBe(0))
  })

  it('is served again once it reads', async () => {
    const { server, session } = await start()
    const calls = Array.from({ length: 20 }, () => call(session, '/test.Blob/Get'))
    await vi.waitFor(() => expect(server.unreadReplyBytes).toBeGreaterThanOrEqual(connectionBytesMax))
    for (const each of calls) each.resume()
    await vi.waitFor(() => expect(server.unreadReplyBytes).toBe(0))
    const again = call(session, '/test.Blob/Get').resume()
    expect(await statusOf(again)).toBe('0')
  })

  it('stops a stream, which goes on once it reads', async () => {
    const { server, session } = await start()
    const stream = call(session, '/test.Blob/Pour')
    await vi.waitFor(() => expect(server.unreadReplyBytes).toBeGreaterThanOrEqual(connectionBytesMax))
    expect(server.unreadReplyBytes).toBeLessThan(connectionBytesMax + replyBytes)
    expect(writtenCount).toBeLessThan(20)
    const ended = statusOf(stream)
    stream.resume()
    expect(await ended).toBe('0')
    expect(writtenCount).toBe(200)
    expect(server.unreadReplyBytes).toBe(0)
  })
})
