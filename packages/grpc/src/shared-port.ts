import { createServer, type Server as NetServer, type Socket } from 'node:net'
import type { Clock } from '@stratakv/core'
import { AddressInUseError, ListenError } from './errors.ts'
import { securePort } from './secure-port.ts'
import type { ServerSecurity } from './server-security.ts'

/** The first bytes of every HTTP/2 connection (RFC 9113, section 3.4). Its first 3 bytes occur in no HTTP/1.1 method. */
const http2Preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')
const sniffBytes = 3
/** A connection that has said too little by then to tell its protocol is closed: every client speaks first, and at once. */
const firstBytesTimeoutMs = 10_000

export interface SharedPortHandlers {
  /** Takes over a connection that speaks HTTP/2. Nothing has been consumed from it. */
  http2(socket: Socket): void
  /** Takes over any other connection. Absent: such connections are closed at once. */
  http1?: (socket: Socket) => void
}

export interface SharedPort {
  /** The port in use, which matters when 0 was asked for. */
  readonly port: number
  /** Connections that are open now, of either kind. */
  readonly connectionCount: number
  /** Stops accepting. Open connections stay. */
  stopListening(): Promise<void>
  /** Resolves when no connection is open. */
  allGone(): Promise<void>
  /** Breaks every connection that is still open; resolves when they are gone. */
  destroyConnections(): Promise<void>
}

export interface SharedPortDeps {
  readonly clock: Clock
  /** Every connection is encrypted. Absent: none is. */
  readonly security?: ServerSecurity | undefined
}

/**
 * One listening port for HTTP/1.1 and gRPC: clients derive both from the same `host:port`. The protocol is told apart by the
 * connection's first bytes, which are then put back; within TLS too, where a client may leave out saying what it speaks (ALPN).
 *
 * @throws AddressInUseError, ListenError
 */
export async function listenShared(
  { clock, security }: SharedPortDeps,
  host: string,
  port: number,
  handlers: SharedPortHandlers,
): Promise<SharedPort> {
  const sockets = new Set<Socket>()
  const sniffed = (socket: Socket) => {
    // A peer may vanish at any moment; the protocol handlers report what matters, and without a listener here the
    // process would end before they are attached.
    socket.on('error', () => socket.destroy())
    sniff(clock, socket, handlers)
  }
  const secure = security && securePort(security, { servesHttp1: handlers.http1 !== undefined }, sniffed)
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (secure === undefined) sniffed(socket)
    else {
      socket.on('error', () => socket.destroy())
      secure.accept(socket)
    }
  })
  await listen(server, host, port)
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    port: boundPort,
    get connectionCount() {
      return sockets.size
    },
    stopListening: () =>
      new Promise((resolve) => {
        // The callback waits for open connections, which may outlive the listening: it is not awaited.
        server.close()
        resolve()
      }),
    async allGone() {
      await Promise.all([...sockets].map(closed))
    },
    async destroyConnections() {
      const gone = [...sockets].map(closed)
      for (const socket of sockets) socket.destroy()
      await Promise.all(gone)
    },
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

function sniff(clock: Clock, socket: Socket, handlers: SharedPortHandlers): void {
  const timer = clock.after(firstBytesTimeoutMs, () => socket.destroy())
  socket.once('close', () => timer.cancel())
  let head: Buffer = Buffer.alloc(0)
  const decide = () => {
    const chunk: Buffer | null = socket.read()
    if (chunk !== null) head = Buffer.concat([head, chunk])
    if (head.length < sniffBytes && http2Preface.subarray(0, head.length).equals(head)) {
      // Too few bytes to tell, and none of them speaks against HTTP/2: wait for more. They are kept here meanwhile: put
      // back, they would make the socket readable at once, again and again, and nothing else would ever run.
      socket.once('readable', decide)
      return
    }
    socket.unshift(head)
    timer.cancel()
    const isHttp2 = head.subarray(0, sniffBytes).equals(http2Preface.subarray(0, sniffBytes))
    if (isHttp2) handlers.http2(socket)
    else if (handlers.http1 !== undefined) handlers.http1(socket)
    else socket.destroy()
  }
  socket.once('readable', decide)
}

function listen(server: NetServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      const address = `${host}:${port}`
      reject(
        cause.code === 'EADDRINUSE'
          ? new AddressInUseError(address, { cause })
          : new ListenError(address, cause.message, { cause }),
      )
    }
    server.once('error', fail)
    server.listen({ host, port }, () => {
      server.removeListener('error', fail)
      // A connection that cannot be accepted, for want of file descriptors or memory, is that client's loss: it asks again.
      server.on('error', () => {})
      resolve()
    })
  })
}
