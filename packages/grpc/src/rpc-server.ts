import { createServer as createHttpServer, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { assert, type Clock, type MethodBinding, MiB } from '@stratakv/core'
import {
  type CallServing,
  MalformedRequest,
  type ReportUnexpected,
  serveBidi,
  serveClientStream,
  serveServerStream,
  serveUnary,
} from './server-calls.ts'
import type { ServerSecurity } from './server-security.ts'
import { listenShared } from './shared-port.ts'
import { unaryReplyMeter } from './unary-reply-meter.ts'
import { UnreadReplies, type UnreadRepliesOptions } from './unread-replies.ts'

export interface RpcServerDeps {
  readonly clock: Clock
  readonly methods: readonly MethodBinding[]
  /** Serves HTTP/1.1 on the same port; absent: such connections are closed at once. */
  readonly http1?: RequestListener
  /** Encrypts the port, both protocols. Absent: cleartext. */
  readonly security?: ServerSecurity | undefined
  /** Told about errors that a handler threw and did not mean as an answer. The caller has got INTERNAL. */
  readonly onUnexpectedError: ReportUnexpected
}

export interface RpcServerOptions {
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** A larger request is refused with RESOURCE_EXHAUSTED before it is decoded. */
  readonly receiveBytesMax: number
  /** Calls in flight on one connection; more wait in the client (HTTP/2 SETTINGS_MAX_CONCURRENT_STREAMS). */
  readonly concurrentStreamsMax: number
  /**
   * Replies that clients ask for and do not read. Over a limit, unary calls of the connection are refused with UNAVAILABLE and
   * its streams are told to hold back. Absent: 256 MiB, and 64 MiB of one connection.
   */
  readonly unreadReplies?: UnreadRepliesOptions
}

export interface RpcServer {
  readonly port: number
  readonly connectionCount: number
  /** Of replies that clients have not read yet. */
  readonly unreadReplyBytes: number
  /**
   * Stops accepting, tells clients to go away, lets running calls finish for `graceMs`, then breaks what is left: streams
   * such as BatchCommands and Tso never end by themselves. Resolves when the last connection is gone. Idempotent.
   */
  close(graceMs: number): Promise<void>
}

const unreadRepliesDefault: UnreadRepliesOptions = { totalBytesMax: MiB(256), connectionBytesMax: MiB(64) }

/** An HTTP/1.1 connection that is in the middle of a request or an answer and carries nothing for so long is closed. */
const http1IdleMs = 60_000

/** Any time that is surely longer than breaking connections takes. */
const drainLagMs = 60_000

/**
 * Serves the methods over gRPC, and HTTP/1.1 beside them, on one port.
 *
 * @throws AddressInUseError, ListenError
 */
export async function startRpcServer(deps: RpcServerDeps, options: RpcServerOptions): Promise<RpcServer> {
  const unread = new UnreadReplies(options.unreadReplies ?? unreadRepliesDefault)
  const server = new Server({
    'grpc.max_receive_message_length': options.receiveBytesMax,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': options.concurrentStreamsMax,
    // Go clients ping every 10 s, with or without calls.
    'grpc.keepalive_permit_without_calls': 1,
    interceptors: [unaryReplyMeter(unread)],
  })
  const { definition, implementation } = describeMethods(deps, unread)
  // A port for HTTP alone; grpc-js takes no empty service.
  if (deps.methods.length > 0) server.addService(definition, implementation)
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  const http1 = createHttpServer(deps.http1)
  // A server that does not listen itself never looks for requests that are overdue: only a timeout of the socket ends them.
  http1.timeout = http1IdleMs
  const port = await listenShared(deps, options.host, options.port, {
    http2: (socket) => injector.injectConnection(socket),
    ...(deps.http1 && { http1: (socket: Socket) => void http1.emit('connection', socket) }),
  })
  let closing: Promise<void> | undefined
  const close = async (graceMs: number) => {
    await port.stopListening()
    http1.closeIdleConnections()
    // Sends GOAWAY. Whether the sessions are gone is asked of the sockets, not of grpc-js: its tryShutdown waits for ever
    // for a session that was destroyed just before (@grpc/grpc-js 1.14.7 on Node 20: Http2Session.close never calls back).
    // Its own end of the grace would say CANCELLED to callers who cancelled nothing: ours comes first.
    if (graceMs > 0) injector.drain(graceMs + drainLagMs)
    await atMost(deps.clock, graceMs, port.allGone())
    // Connections first: callers then see that the server has gone (UNAVAILABLE), not that somebody cancelled their calls.
    await port.destroyConnections()
    server.forceShutdown()
    injector.destroy()
    http1.close()
  }
  return {
    port: port.port,
    get connectionCount() {
      return port.connectionCount
    },
    get unreadReplyBytes() {
      return unread.totalBytes
    },
    close(graceMs) {
      closing ??= close(graceMs)
      return closing
    },
  }
}

/** Resolves with `work`, or when `limitMs` have passed. */
function atMost(clock: Clock, limitMs: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(limitMs, resolve)
    work.then(() => {
      timer.cancel()
      resolve()
    })
  })
}

function describeMethods(
  deps: RpcServerDeps,
  unread: UnreadReplies,
): {
  definition: ServiceDefinition
  implementation: UntypedServiceImplementation
} {
  const definition: Record<string, ServiceDefinition[string]> = {}
  const implementation: UntypedServiceImplementation = {}
  for (const binding of deps.methods) {
    const { method } = binding
    assert(!(method.path in definition), `${method.path} is bound twice`)
    definition[method.path] = {
      path: method.path,
      requestStream: method.kind === 'client-stream' || method.kind === 'bidi',
      responseStream: method.kind === 'server-stream' || method.kind === 'bidi',
      requestSerialize: asBuffer(method.request.encode),
      requestDeserialize: decodeOrKeep(method.request.decode),
      // Replies are encoded when they are given, where their size counts.
      responseSerialize: (encoded: Buffer) => encoded,
      responseDeserialize: method.response.decode,
    }
    const encode = asBuffer(method.response.encode)
    implementation[method.path] = implement(binding, { report: deps.onUnexpectedError, unread, encode })
  }
  return { definition, implementation }
}

function implement(binding: MethodBinding, serving: CallServing): UntypedServiceImplementation[string] {
  const { path, kind } = binding.method
  if (binding.style === 'unary') {
    assert(kind === 'unary', `${path} is a ${kind} method, bound as unary`)
    return serveUnary(path, binding.handle, serving)
  }
  assert(kind !== 'unary', `${path} is a unary method, bound as a stream`)
  if (kind === 'bidi') return serveBidi(path, binding.handle, serving)
  if (kind === 'server-stream') return serveServerStream(path, binding.handle, serving)
  return serveClientStream(path, binding.handle, serving)
}

/** grpc-js swallows what a decoder throws and says only that it failed: the reason goes on as if it were the message. */
function decodeOrKeep(decode: (bytes: Uint8Array) => unknown): (bytes: Uint8Array) => unknown {
  return (bytes) => {
    try {
      return decode(bytes)
    } catch (cause) {
      return new MalformedRequest(cause)
    }
  }
}

/** grpc-js insists on Buffer; the same bytes are looked at through one. */
function asBuffer(encode: (message: unknown) => Uint8Array): (message: unknown) => Buffer {
  return (message) => {
    const encoded = encode(message)
    return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  }
}
