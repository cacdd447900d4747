import {
  ClosedError,
  InProcessServers,
  inProcessRpc,
  type MethodBinding,
  type MethodDefinition,
  type Rpc,
  type RpcCallOptions,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
  sleep,
} from '@stratakv/core'
import type { Host, Network } from './network.ts'
import type { ProcessClock } from './process-clock.ts'

/** After which a caller takes a silent connection for broken, unless its deadline is sooner. */
const silenceMs = 1000

/** A process that serves calls. */
interface Served {
  readonly host: Host
  readonly process: ProcessClock
}

/** Who serves what on a {@link Network}, by `host:port`. */
export class SimulatedServers {
  readonly #network: Network
  readonly #servers = new InProcessServers()
  readonly #served = new Map<string, Served>()

  constructor(network: Network) {
    this.#network = network
  }

  /** Calls to the address are answered by `methods`, while the process runs, until the answer is called. */
  serve(address: string, served: Served, methods: readonly MethodBinding[]): () => void {
    const server = this.#servers.serve(
      address,
      methods.map((method) => whileRunning(method, served.process)),
    )
    this.#served.set(address, served)
    return () => {
      if (this.#served.get(address) === served) this.#served.delete(address)
      server.close()
    }
  }

  /** The calls of one process. */
  from(host: Host, process: ProcessClock): Rpc {
    const inner = inProcessRpc({ clock: process }, this.#servers)
    return new SimulatedRpc({
      host,
      process,
      network: this.#network,
      inner,
      at: (address) => this.#served.get(address),
    })
  }
}

function whileRunning(binding: MethodBinding, process: ProcessClock): MethodBinding {
  if (binding.style === 'stream') return binding
  const { handle } = binding
  return {
    ...binding,
    async handle(request, call) {
      await process.running()
      const answer = await handle(request, call)
      await process.running()
      return answer
    },
  }
}

interface SimulatedRpcDeps extends Served {
  readonly network: Network
  readonly inner: Rpc
  readonly at: (address: string) => Served | undefined
}

class SimulatedRpc implements Rpc {
  // What is called on an address goes as one message, whatever a wire would batch.
  readonly supports = { batchingPays: false }
  readonly #deps: SimulatedRpcDeps
  #isClosed = false

  constructor(deps: SimulatedRpcDeps) {
    this.#deps = deps
  }

  async unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    { timeoutMs, ...options }: RpcCallOptions = {},
  ): Promise<Res> {
    if (this.#isClosed) throw new ClosedError('simulated rpc')
    const { process } = this.#deps
    const { signal } = options
    if (signal?.aborted) throw cancelled()
    return new Promise<Res>((resolve, reject) => {
      const timer =
        timeoutMs === undefined ? undefined : process.after(timeoutMs, () => end(() => reject(late(timeoutMs))))
      const onAbort = () => end(() => reject(cancelled()))
      const end = (settle: () => void) => {
        timer?.cancel()
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      signal?.addEventListener('abort', onAbort)
      this.#deliver(address, method, request, options).then(
        (answer) => end(() => resolve(answer)),
        (error) => end(() => reject(error)),
      )
    })
  }

  async #deliver<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options: RpcCallOptions,
  ): Promise<Res> {
    const { network, host, process, inner, at } = this.#deps
    const target = at(address)
    if (target === undefined) {
      await sleep(process, network.delayMs())
      throw broken(`nobody is at ${address}`)
    }
    await this.#travel(host, target.host)
    // Both sides may have changed meanwhile.
    const answer = await Promise.resolve(inner.unary(address, method, request, options)).catch(
      async (error: unknown) => {
        await sleep(network.clock, network.delayMs())
        await process.running()
        throw error
      },
    )
    await this.#travel(target.host, host)
    await process.running()
    return answer
  }

  async #travel(from: Host, to: Host): Promise<void> {
    const { network, process } = this.#deps
    const [delayMs] = network.fate(from, to)
    if (delayMs !== undefined) return sleep(network.clock, delayMs)
    await sleep(process, silenceMs)
    throw broken(`the connection between ${from} and ${to} is silent`)
  }

  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res> {
    if (this.#isClosed) throw new ClosedError('simulated rpc')
    const { inner, at } = this.#deps
    const stream = inner.stream(address, method, options)
    const target = at(address)
    return target === undefined ? stream : new SimulatedStream(stream, this.#deps, target)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#deps.inner.close()
  }
}

/** Both directions keep their order, and a message that is lost breaks the stream, as TCP has it. */
class SimulatedStream<Req, Res> implements RpcCallStream<Req, Res> {
  readonly #inner: RpcCallStream<Req, Res>
  readonly #near: SimulatedRpcDeps
  readonly #far: Served
  #arrivals = { near: 0, far: 0 }
  #isOver = false
  #ended: ((error: RpcStatusError | undefined) => void) | undefined

  constructor(inner: RpcCallStream<Req, Res>, near: SimulatedRpcDeps, far: Served) {
    this.#inner = inner
    this.#near = near
    this.#far = far
  }

  write(message: Req): boolean {
    this.#carry('far', () => this.#inner.write(message))
    return true
  }

  onDrain(): void {}

  onMessage(receive: (message: Res) => void): void {
    this.#inner.onMessage((message) => this.#carry('near', () => receive(message)))
  }

  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#ended = notify
    this.#inner.onEnd((error) => this.#carry('near', () => this.#end(error)))
  }

  pause(): void {
    this.#inner.pause()
  }

  resume(): void {
    this.#inner.resume()
  }

  halfClose(): void {
    this.#carry('far', () => this.#inner.halfClose())
  }

  cancel(): void {
    this.#inner.cancel()
  }

  #carry(to: 'near' | 'far', deliver: () => void): void {
    if (this.#isOver) return
    const { network, host } = this.#near
    const [source, target] = to === 'far' ? [host, this.#far.host] : [this.#far.host, host]
    const process = to === 'far' ? this.#far.process : this.#near.process
    const [delayMs] = network.fate(source, target)
    const now = network.clock.now()
    if (delayMs === undefined) {
      this.#near.process.after(silenceMs, () => this.#break())
      return
    }
    const arrival = Math.max(this.#arrivals[to], now + delayMs)
    this.#arrivals[to] = arrival
    network.clock.after(arrival - now, () =>
      process.after(0, () => {
        if (!this.#isOver) deliver()
      }),
    )
  }

  #break(): void {
    if (this.#isOver) return
    this.#end(broken('the stream broke'))
    this.#inner.cancel()
  }

  #end(error: RpcStatusError | undefined): void {
    this.#isOver = true
    this.#ended?.(error)
  }
}

function broken(why: string): RpcStatusError {
  return new RpcStatusError(rpcStatus.unavailable, why)
}

function late(timeoutMs: number): RpcStatusError {
  return new RpcStatusError(rpcStatus.deadlineExceeded, `no answer within ${timeoutMs} ms`)
}

function cancelled(): RpcStatusError {
  return new RpcStatusError(rpcStatus.cancelled, 'the call was cancelled by its caller')
}
