/**
 * A client's calls over gRPC. Nothing of the server is loaded.
 *
 * @packageDocumentation
 * @example
 * const rpc = grpcRpc({ clock: systemClock() })
 * const answer = await rpc.unary('127.0.0.1:20160', tikvMethods.rawGet, request, { timeoutMs: 1000 })
 * await rpc.close()
 */
import { type ChannelOptions, Client, credentials } from '@grpc/grpc-js'
import {
  type Clock,
  ClosedError,
  type MaybePromise,
  type MethodDefinition,
  type Rpc,
  type RpcCallOptions,
  type RpcCallStream,
  type RpcSupports,
} from '@stratakv/core'
import { ChannelCall, type RunningCall } from './channel-call.ts'
import { ChannelStream } from './channel-stream.ts'

export interface GrpcRpcDeps {
  /** Deadlines count from its wall clock. */
  readonly clock: Clock
}

export interface GrpcRpcOptions {
  /** Connections to each address, used in turn. 1: one event loop is busy before one connection is. */
  readonly connectionsPerAddress?: number
  /** A longer answer ends its call with RESOURCE_EXHAUSTED; also the longest request. 256 MiB: PD's lists of regions are long. */
  readonly messageBytesMax?: number
  /** A connection that has been silent for so long is asked whether it lives. 10 s, as client-go does. */
  readonly keepaliveMs?: number
  /** And so long it may take to answer; after that the connection is broken, and its calls end with UNAVAILABLE. 3 s. */
  readonly keepaliveTimeoutMs?: number
  /** Wait before the second attempt to connect, growing by 1.6 from attempt to attempt. Calls made meanwhile fail at once. 100 ms. */
  readonly reconnectMsMin?: number
  /** The longest such wait. 3 s: a store that restarts is back within seconds. */
  readonly reconnectMsMax?: number
}

const defaults = {
  connectionsPerAddress: 1,
  messageBytesMax: 256 * 1024 ** 2,
  keepaliveMs: 10_000,
  keepaliveTimeoutMs: 3000,
  reconnectMsMin: 100,
  reconnectMsMax: 3000,
} as const satisfies Required<GrpcRpcOptions>

/** Calls over gRPC. Connections are cleartext, made when first needed, and dropped after half an hour without calls. */
export function grpcRpc(deps: GrpcRpcDeps, options: GrpcRpcOptions = {}): Rpc {
  return new GrpcRpc(deps.clock, { ...defaults, ...options })
}

/** The connections to one address. */
interface Connections {
  readonly clients: readonly Client[]
  next: number
}

class GrpcRpc implements Rpc {
  readonly supports: RpcSupports = { batchingPays: true }
  readonly #clock: Clock
  readonly #connectionsPerAddress: number
  readonly #channelOptions: ChannelOptions
  readonly #connections = new Map<string, Connections>()
  readonly #running = new Set<RunningCall>()
  #isClosed = false

  constructor(clock: Clock, options: Required<GrpcRpcOptions>) {
    this.#clock = clock
    this.#connectionsPerAddress = options.connectionsPerAddress
    this.#channelOptions = {
      'grpc.max_receive_message_length': options.messageBytesMax,
      'grpc.max_send_message_length': options.messageBytesMax,
      'grpc.keepalive_time_ms': options.keepaliveMs,
      'grpc.keepalive_timeout_ms': options.keepaliveTimeoutMs,
      'grpc.initial_reconnect_backoff_ms': options.reconnectMsMin,
      'grpc.max_reconnect_backoff_ms': options.reconnectMsMax,
      // Who calls knows what may be sent twice, and when: nothing is repeated or kept for it here.
      'grpc.enable_retries': 0,
      // Connections of our own, which close with us, and which are as many as was asked for.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.service_config_disable_resolution': 1,
      'grpc.enable_channelz': 0,
      // Stores are reached directly, as TiKV's clients do.
      'grpc.enable_http_proxy': 0,
      // Windows of HTTP/2's default 64 KiB make a sender of large answers wait for a round trip each.
      'grpc-node.flow_control_window': flowControlBytes,
    }
  }

  unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options?: RpcCallOptions,
  ): MaybePromise<Res> {
    const client = this.#clientOf(address)
    return new Promise((resolve, reject) => {
      new ChannelCall<Req, Res>(this.#running, options, this.#clock, resolve, reject).start(client, method, request)
    })
  }

  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res> {
    return new ChannelStream(this.#clientOf(address), method, this.#running, options, this.#clock)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const call of [...this.#running]) call.cancel()
    for (const { clients } of this.#connections.values()) for (const client of clients) client.close()
    this.#connections.clear()
  }

  #clientOf(address: string): Client {
    if (this.#isClosed) throw new ClosedError('gRPC channel')
    let connections = this.#connections.get(address)
    if (connections === undefined) {
      const open = () => new Client(address, credentials.createInsecure(), this.#channelOptions)
      connections = { clients: Array.from({ length: this.#connectionsPerAddress }, open), next: 0 }
      this.#connections.set(address, connections)
    }
    connections.next = (connections.next + 1) % connections.clients.length
    return connections.clients[connections.next]!
  }
}

const flowControlBytes = 1024 ** 2
