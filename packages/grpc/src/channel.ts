/**
 * A client's calls over gRPC. Nothing of the server is loaded.
 *
 * @packageDocumentation
 * @example
 * const rpc = grpcRpc({ clock: systemClock(), random: systemRandom() })
 * const answer = await rpc.unary('127.0.0.1:20160', tikvMethods.rawGet, request, { timeoutMs: 1000 })
 * await rpc.close()
 */
import {
  type Clock,
  ClosedError,
  type MaybePromise,
  type MethodDefinition,
  type Random,
  type Rpc,
  type RpcCallOptions,
  type RpcCallStream,
  RpcStatusError,
  type RpcSupports,
  rpcStatus,
} from '@stratakv/core'
import type { ChannelCall, ChannelContext } from './channel-call.ts'
import { ChannelConnection, type ConnectionDeps } from './channel-connection.ts'
import { type ChannelSecurityOptions, channelSecurity } from './channel-security.ts'
import { ChannelStream } from './channel-stream.ts'
import { ChannelUnary } from './channel-unary.ts'

export type { ChannelSecurityOptions } from './channel-security.ts'

export interface GrpcRpcDeps {
  readonly clock: Clock
  readonly random: Random
}

export interface GrpcRpcOptions {
  /** Connections to each address, used in turn. 1: one event loop is busy before one connection is. */
  readonly connectionsPerAddress?: number
  /** A longer answer ends its call with RESOURCE_EXHAUSTED. 256 MiB: PD's lists of regions are long. */
  readonly messageBytesMax?: number
  /** Longest wait for a connection, with the handshake. 5 s. */
  readonly connectMs?: number
  /** A connection that has been silent for so long is asked whether it lives. 10 s, as client-go does. */
  readonly keepaliveMs?: number
  /** And so long it may take to answer; after that the connection is broken, and its calls end with UNAVAILABLE. 3 s. */
  readonly keepaliveTimeoutMs?: number
  /** Wait before the second attempt to connect, growing by 1.6 from attempt to attempt. Calls made meanwhile fail at once. 100 ms. */
  readonly reconnectMsMin?: number
  /** The longest such wait. 3 s: a store that restarts is back within seconds. */
  readonly reconnectMsMax?: number
  /** Encrypts all connections. Absent: cleartext. */
  readonly security?: ChannelSecurityOptions
}

const defaults = {
  connectionsPerAddress: 1,
  messageBytesMax: 256 * 1024 ** 2,
  connectMs: 5000,
  keepaliveMs: 10_000,
  keepaliveTimeoutMs: 3000,
  reconnectMsMin: 100,
  reconnectMsMax: 3000,
} as const satisfies Required<Omit<GrpcRpcOptions, 'security'>>

/** Calls over gRPC. Connections are made when first needed and kept until `close`. */
export function grpcRpc(deps: GrpcRpcDeps, options: GrpcRpcOptions = {}): Rpc {
  return new GrpcRpc(deps, { ...defaults, ...options })
}

/** The connections to one address. */
interface Connections {
  readonly list: readonly ChannelConnection[]
  next: number
}

class GrpcRpc implements Rpc {
  readonly supports: RpcSupports = { batchingPays: true }
  readonly #deps: ConnectionDeps
  readonly #options: Required<Omit<GrpcRpcOptions, 'security'>>
  readonly #connections = new Map<string, Connections>()
  readonly #context: ChannelContext
  #isClosed = false

  constructor(deps: GrpcRpcDeps, options: Required<Omit<GrpcRpcOptions, 'security'>> & GrpcRpcOptions) {
    this.#deps = { ...deps, security: options.security && channelSecurity(options.security) }
    this.#options = options
    this.#context = {
      clock: deps.clock,
      messageBytesMax: options.messageBytesMax,
      running: new Set<ChannelCall<never, unknown>>(),
    }
  }

  unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options?: RpcCallOptions,
  ): MaybePromise<Res> {
    const connection = this.#connectionTo(address)
    return new Promise((resolve, reject) => {
      const call = new ChannelUnary(method, this.#context, options, request, resolve, reject)
      if (call.begin()) connection.ask(call)
    })
  }

  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res> {
    const connection = this.#connectionTo(address)
    const call = new ChannelStream(method, this.#context, options)
    if (call.begin()) connection.ask(call)
    return call
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const call of [...this.#context.running]) {
      call.giveUp(new RpcStatusError(rpcStatus.cancelled, 'the channel was closed'))
    }
    for (const { list } of this.#connections.values()) for (const connection of list) connection.close()
    this.#connections.clear()
  }

  #connectionTo(address: string): ChannelConnection {
    if (this.#isClosed) throw new ClosedError('gRPC channel')
    let connections = this.#connections.get(address)
    if (connections === undefined) {
      const open = () => new ChannelConnection(this.#deps, this.#options, address)
      connections = { list: Array.from({ length: this.#options.connectionsPerAddress }, open), next: 0 }
      this.#connections.set(address, connections)
    }
    connections.next = (connections.next + 1) % connections.list.length
    return connections.list[connections.next]!
  }
}
