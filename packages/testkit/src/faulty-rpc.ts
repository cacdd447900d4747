import {
  type Clock,
  isPromise,
  type MaybePromise,
  type MethodDefinition,
  type Rpc,
  type RpcCallOptions,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
  type Timer,
} from '@stratakv/core'

/** A call as the dice see it. */
export interface RpcCallSeen {
  readonly address: string
  /** `/tikvpb.Tikv/KvGet`. */
  readonly path: string
  /** Of a unary call; `undefined` for a stream. */
  readonly request: unknown
}

/** What goes wrong with one unary call; no duration but `clock`'s. */
export type RpcFault =
  /** UNAVAILABLE; the server never hears of it. */
  | { readonly type: 'lose-request' }
  /** The server does it, then UNAVAILABLE in place of its answer. */
  | { readonly type: 'lose-answer' }
  /** UNAVAILABLE now; the request reaches the server later. */
  | { readonly type: 'arrive-late'; readonly delayMs: number }
  /** The request takes that long to the server, the answer to come back. */
  | { readonly type: 'delay'; readonly requestMs: number; readonly answerMs: number }
  /** This answer in place of the server's; the server never hears of the request. A fresh message each time. */
  | { readonly type: 'answer'; readonly response: unknown }

export interface FaultyRpcOptions {
  /** Asked about each unary call before it is made; `undefined`: all goes well. */
  fault(call: RpcCallSeen): RpcFault | undefined
  /** Asked about each stream; a number: it breaks with UNAVAILABLE after that many messages have come in. */
  breakStreamAfter?(call: RpcCallSeen): number | undefined
}

export interface FaultyRpc extends Rpc {
  /** Late requests that have not reached their server yet. */
  readonly lateCount: number
}

/** An {@link Rpc} on which calls go wrong when the dice say so. Without a fault it is the one it wraps. */
export function faultyRpc(inner: Rpc, deps: { readonly clock: Clock }, options: FaultyRpcOptions): FaultyRpc {
  return new Faulty(inner, deps.clock, options)
}

class Faulty implements FaultyRpc {
  readonly #inner: Rpc
  readonly #clock: Clock
  readonly #options: FaultyRpcOptions
  readonly #late = new Set<Timer>()

  constructor(inner: Rpc, clock: Clock, options: FaultyRpcOptions) {
    this.#inner = inner
    this.#clock = clock
    this.#options = options
  }

  get supports(): Rpc['supports'] {
    return this.#inner.supports
  }

  get lateCount(): number {
    return this.#late.size
  }

  unary<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    request: Req,
    options: RpcCallOptions = {},
  ): MaybePromise<Res> {
    const fault = this.#options.fault({ address, path: method.path, request })
    switch (fault?.type) {
      case undefined:
        return this.#inner.unary(address, method, request, options)
      case 'lose-request':
        return Promise.reject(lost())
      case 'lose-answer':
        return this.#loseAnswer(() => this.#inner.unary(address, method, request, options))
      case 'arrive-late':
        this.#sendLate(fault.delayMs, () => this.#inner.unary(address, method, request))
        return Promise.reject(lost())
      case 'answer':
        return Promise.resolve(fault.response as Res)
      case 'delay':
        return this.#delay(fault, options, (left) => this.#inner.unary(address, method, request, left))
    }
  }

  stream<Req, Res>(
    address: string,
    method: MethodDefinition<Req, Res>,
    options?: RpcCallOptions,
  ): RpcCallStream<Req, Res> {
    const stream = this.#inner.stream(address, method, options)
    const afterCount = this.#options.breakStreamAfter?.({ address, path: method.path, request: undefined })
    return afterCount === undefined ? stream : new BreakingStream(stream, afterCount)
  }

  /** Late requests that have not left yet never will. */
  async close(): Promise<void> {
    for (const timer of this.#late) timer.cancel()
    this.#late.clear()
    await this.#inner.close()
  }

  async #loseAnswer(call: () => MaybePromise<unknown>): Promise<never> {
    await call()
    throw lost()
  }

  #sendLate(delayMs: number, call: () => MaybePromise<unknown>): void {
    const timer = this.#clock.after(delayMs, () => {
      this.#late.delete(timer)
      // Nobody waits for the answer, whatever it is.
      void (async () => call())().catch(() => {})
    })
    this.#late.add(timer)
  }

  /** Signal and deadline hold on the way, too. */
  async #delay<Res>(
    fault: RpcFault & { type: 'delay' },
    options: RpcCallOptions,
    call: (options: RpcCallOptions) => MaybePromise<Res>,
  ): Promise<Res> {
    const { timeoutMs, ...rest } = options
    const deadline = timeoutMs === undefined ? undefined : this.#clock.now() + timeoutMs
    const left = () => (deadline === undefined ? rest : { ...rest, timeoutMs: deadline - this.#clock.now() })
    await this.#wait(fault.requestMs, left())
    const answer = call(left())
    const response = isPromise(answer) ? await answer : answer
    await this.#wait(fault.answerMs, left())
    return response
  }

  #wait(delayMs: number, { signal, timeoutMs }: RpcCallOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const isTooLong = timeoutMs !== undefined && timeoutMs < delayMs
      const end = (error?: RpcStatusError) => {
        timer.cancel()
        signal?.removeEventListener('abort', onAbort)
        if (error === undefined) resolve()
        else reject(error)
      }
      const onAbort = () => end(new RpcStatusError(rpcStatus.cancelled, 'the call was cancelled on its way'))
      const timer = this.#clock.after(isTooLong ? timeoutMs : delayMs, () =>
        end(isTooLong ? new RpcStatusError(rpcStatus.deadlineExceeded, 'the deadline passed on the way') : undefined),
      )
      signal?.addEventListener('abort', onAbort)
      if (signal?.aborted) onAbort()
    })
  }
}

/** A stream whose connection breaks after some messages. */
class BreakingStream<Req, Res> implements RpcCallStream<Req, Res> {
  readonly #inner: RpcCallStream<Req, Res>
  #leftCount: number
  #receive: ((message: Res) => void) | undefined
  #isBroken = false

  constructor(inner: RpcCallStream<Req, Res>, afterCount: number) {
    this.#inner = inner
    this.#leftCount = afterCount
    inner.onMessage((message) => this.#onMessage(message))
  }

  write(message: Req): boolean {
    return this.#isBroken ? true : this.#inner.write(message)
  }

  onDrain(notify: () => void): void {
    this.#inner.onDrain(notify)
  }

  onMessage(receive: (message: Res) => void): void {
    this.#receive = receive
  }

  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#inner.onEnd((error) => notify(this.#isBroken ? lost() : error))
  }

  pause(): void {
    this.#inner.pause()
  }

  resume(): void {
    this.#inner.resume()
  }

  halfClose(): void {
    this.#inner.halfClose()
  }

  cancel(): void {
    this.#inner.cancel()
  }

  #onMessage(message: Res): void {
    if (this.#isBroken) return
    if (this.#leftCount-- > 0) {
      this.#receive?.(message)
      return
    }
    this.#isBroken = true
    this.#inner.cancel()
  }
}

function lost(): RpcStatusError {
  return new RpcStatusError(rpcStatus.unavailable, 'the connection broke (injected)')
}
