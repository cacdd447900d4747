import { assert } from './assert.ts'
import type { Clock, Timer } from './clock.ts'
import { ClosedError, StrataError } from './errors.ts'
import {
  CallSignal,
  cancelledByCaller,
  deadlineExceeded,
  InProcessStream,
  metadataOf,
  type StreamHost,
  statusOf,
} from './in-process-stream.ts'
import { isPromise, type MaybePromise } from './maybe-promise.ts'
import type { Rpc, RpcCallOptions, RpcCallStream, RpcSupports } from './rpc.ts'
import { type MethodBinding, type MethodDefinition, type RpcCall, RpcStatusError, rpcStatus } from './rpc-service.ts'

/** Something serves under this address in this process already. */
export class InProcessAddressInUseError extends StrataError {
  readonly code = 'CORE_IN_PROCESS_ADDRESS_IN_USE'
  readonly address: string
  constructor(address: string) {
    super(`${address} is served in this process already`)
    this.address = address
  }
}

/** A call that can be ended from outside. */
interface RunningCall {
  endNow(error: RpcStatusError): void
}

/** One set of methods under one address. */
export interface InProcessServer {
  readonly address: string
  /** Calls that came in and have no outcome yet. */
  readonly runningCount: number
  /** Nobody is at the address from now on; running calls end with UNAVAILABLE. Idempotent. */
  close(): void
}

class Server implements InProcessServer {
  readonly address: string
  readonly bindings: ReadonlyMap<string, MethodBinding>
  /** Each with the caller's side that made it. */
  readonly calls = new Map<RunningCall, Rpc>()
  readonly #leave: (server: Server) => void
  isClosed = false

  constructor(address: string, methods: readonly MethodBinding[], leave: (server: Server) => void) {
    const bindings = new Map<string, MethodBinding>()
    for (const binding of methods) {
      assert(!bindings.has(binding.method.path), `${binding.method.path} is bound twice`)
      bindings.set(binding.method.path, binding)
    }
    this.address = address
    this.bindings = bindings
    this.#leave = leave
  }

  get runningCount(): number {
    return this.calls.size
  }

  close(): void {
    this.isClosed = true
    this.#leave(this)
    this.endCalls(() => serverClosed(this.address))
  }

  endCalls(error: () => RpcStatusError, of?: Rpc): void {
    for (const [call, rpc] of [...this.calls]) if (of === undefined || rpc === of) call.endNow(error())
  }
}

/** Who serves what in this process, by `host:port`. Nothing listens on those addresses; they are names. */
export class InProcessServers {
  readonly #servers = new Map<string, Server>()

  /** Calls to `address` are answered by `methods` from now on. @throws InProcessAddressInUseError */
  serve(address: string, methods: readonly MethodBinding[]): InProcessServer {
    if (this.#servers.has(address)) throw new InProcessAddressInUseError(address)
    const server = new Server(address, methods, (leaving) => {
      if (this.#servers.get(address) === leaving) this.#servers.delete(address)
    })
    this.#servers.set(address, server)
    return server
  }

  /** @internal */
  at(address: string): Server | undefined {
    return this.#servers.get(address)
  }

  /** @internal */
  all(): Iterable<Server> {
    return this.#servers.values()
  }
}

export interface InProcessRpcDeps {
  /** Deadlines run on it. */
  readonly clock: Clock
}

/**
 * Calls the handlers of this process directly: nothing is encoded, an answer that is there at once is returned at once, and
 * a signal, a timer or a promise is made only for a call that needs one. A handler that answers at once has no deadline.
 */
export function inProcessRpc(deps: InProcessRpcDeps, servers: InProcessServers): Rpc {
  return new InProcessRpc(deps.clock, servers)
}

class InProcessRpc implements Rpc {
  readonly supports: RpcSupports = { batchingPays: false }
  readonly #clock: Clock
  readonly #servers: InProcessServers
  #isClosed = false

  constructor(clock: Clock, servers: InProcessServers) {
    this.#clock = clock
    this.#servers = servers
  }

  unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options?: RpcCallOptions,
  ): MaybePromise<Res> {
    if (this.#isClosed) throw new ClosedError('in-process rpc')
    if (options !== undefined) refuseIfOver(options)
    const server = this.#servers.at(address)
    if (server === undefined) throw nobodyAt(address)
    const binding = server.bindings.get(method.path)
    if (binding === undefined) throw unimplemented(method.path)
    assert(binding.style === 'unary', 'a method with a stream is called by stream()')
    const call = new UnaryCall(options)
    let answer: MaybePromise<unknown>
    try {
      answer = binding.handle(request, call)
    } catch (error) {
      throw statusOf(error)
    }
    return (isPromise(answer) ? call.outcome(answer, this.#clock, server, this) : answer) as MaybePromise<Res>
  }

  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res> {
    if (this.#isClosed) throw new ClosedError('in-process rpc')
    const server = this.#servers.at(address)
    const host: StreamHost = { clock: this.#clock, left: (call) => server?.calls.delete(call) }
    const stream = new InProcessStream(host, options)
    const binding = server?.bindings.get(method.path)
    if (server === undefined) stream.endNow(nobodyAt(address))
    else if (binding === undefined) stream.endNow(unimplemented(method.path))
    else {
      assert(binding.style === 'stream', 'a method without a stream is called by unary()')
      // Before the handler runs: it may end the call, or close the server.
      if (!stream.isOver) server.calls.set(stream, this)
      stream.run(binding, options)
    }
    return stream as RpcCallStream<Req, Res>
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const server of [...this.#servers.all()]) {
      server.endCalls(() => new RpcStatusError(rpcStatus.cancelled, 'the caller was closed'), this)
    }
  }
}

/** The calling side and the handler's view of one unary call. */
class UnaryCall extends CallSignal implements RpcCall, RunningCall {
  readonly #options: RpcCallOptions | undefined
  #reject: ((error: RpcStatusError) => void) | undefined

  constructor(options: RpcCallOptions | undefined) {
    super()
    this.#options = options
  }

  get peer(): string {
    return 'in-process'
  }

  metadata(name: string): string | undefined {
    return metadataOf(this.#options, name)
  }

  outcome(answer: Promise<unknown>, clock: Clock, server: Server, rpc: Rpc): Promise<unknown> {
    const { signal, timeoutMs } = this.#options ?? {}
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined
      const onAbort = () => this.endNow(cancelledByCaller(signal?.reason))
      const leave = () => {
        this.#reject = undefined
        server.calls.delete(this)
        timer?.cancel()
        signal?.removeEventListener('abort', onAbort)
      }
      this.#reject = (error) => {
        leave()
        reject(error)
      }
      server.calls.set(this, rpc)
      if (timeoutMs !== undefined) timer = clock.after(timeoutMs, () => this.endNow(deadlineExceeded(timeoutMs)))
      signal?.addEventListener('abort', onAbort)
      answer.then(
        (message) => {
          if (this.#reject === undefined) return
          leave()
          resolve(message)
        },
        (error) => this.#reject?.(statusOf(error)),
      )
      // The handler may have aborted the call, or closed the server, before it gave its promise.
      if (signal?.aborted) onAbort()
      else if (server.isClosed) this.endNow(serverClosed(server.address))
    })
  }

  endNow(error: RpcStatusError): void {
    const reject = this.#reject
    if (reject === undefined) return
    reject(error)
    this.abort()
  }
}

function refuseIfOver({ signal, timeoutMs }: RpcCallOptions): void {
  if (signal?.aborted) throw cancelledByCaller(signal.reason)
  if (timeoutMs !== undefined && timeoutMs <= 0) throw deadlineExceeded(timeoutMs)
}

function serverClosed(address: string): RpcStatusError {
  return new RpcStatusError(rpcStatus.unavailable, `${address} was closed`)
}

function nobodyAt(address: string): RpcStatusError {
  return new RpcStatusError(rpcStatus.unavailable, `nobody serves ${address} in this process`)
}

function unimplemented(path: string): RpcStatusError {
  return new RpcStatusError(rpcStatus.unimplemented, `${path} is not served`)
}
