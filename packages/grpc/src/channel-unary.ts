import type { ClientHttp2Stream } from 'node:http2'
import { type MethodDefinition, type RpcCallOptions, RpcStatusError, rpcStatus } from '@stratakv/core'
import type { Outcome } from './call-status.ts'
import { ChannelCall, type ChannelContext } from './channel-call.ts'
import { frameMessage } from './message-frames.ts'

/** One request, one answer. */
export class ChannelUnary<Req, Res> extends ChannelCall<Req, Res> {
  readonly #request: Req
  readonly #resolve: (answer: Res) => void
  readonly #reject: (error: RpcStatusError) => void
  #answer: { readonly message: Res } | undefined

  constructor(
    method: MethodDefinition<Req, Res>,
    context: ChannelContext,
    options: RpcCallOptions | undefined,
    request: Req,
    resolve: (answer: Res) => void,
    reject: (error: RpcStatusError) => void,
  ) {
    super(method, context, options)
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
  }

  protected opened(stream: ClientHttp2Stream): void {
    const [head, body] = frameMessage(this.method.request.encode(this.#request))
    if (body !== undefined) stream.write(head!)
    stream.end(body ?? head)
  }

  protected received(): void {
    const bytes = this.reader.next()
    if (bytes === undefined) return
    if (this.#answer !== undefined) throw new RpcStatusError(rpcStatus.internal, 'more than one answer came')
    this.#answer = { message: this.method.response.decode(bytes) }
  }

  protected ended(outcome: Outcome): void {
    const isMissing = outcome === 'ok' && this.#answer === undefined
    this.over(isMissing ? new RpcStatusError(rpcStatus.internal, 'the call ended without an answer') : outcome)
  }

  protected tell(outcome: Outcome): void {
    if (outcome === 'ok') this.#resolve(this.#answer!.message)
    else this.#reject(outcome)
  }
}
