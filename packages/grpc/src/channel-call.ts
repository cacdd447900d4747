import { type CallOptions, type Client, type ClientUnaryCall, Metadata, type ServiceError } from '@grpc/grpc-js'
import {
  type Clock,
  type MethodDefinition,
  type RpcCallOptions,
  type RpcStatusCode,
  RpcStatusError,
  rpcStatus,
} from '@stratakv/core'

/** A call that closing the channel has to end. */
export interface RunningCall {
  cancel(): void
}

/** One unary call. */
export class ChannelCall<Req, Res> implements RunningCall {
  readonly #running: Set<RunningCall>
  readonly #options: RpcCallOptions | undefined
  readonly #clock: Clock
  readonly #resolve: (answer: Res) => void
  readonly #reject: (error: RpcStatusError) => void
  #call: ClientUnaryCall | undefined

  constructor(
    running: Set<RunningCall>,
    options: RpcCallOptions | undefined,
    clock: Clock,
    resolve: (answer: Res) => void,
    reject: (error: RpcStatusError) => void,
  ) {
    this.#running = running
    this.#options = options
    this.#clock = clock
    this.#resolve = resolve
    this.#reject = reject
  }

  start(client: Client, method: MethodDefinition<Req, Res>, request: Req): void {
    const { signal } = this.#options ?? {}
    if (signal?.aborted) {
      this.#reject(cancelledByCaller(signal.reason))
      return
    }
    this.#running.add(this)
    signal?.addEventListener('abort', this.#onAbort)
    const encode = (message: Req) => bufferOver(method.request.encode(message))
    this.#call = client.makeUnaryRequest(
      method.path,
      encode,
      method.response.decode as (bytes: Buffer) => Res,
      request,
      metadataOf(this.#options),
      callOptionsOf(this.#options, this.#clock),
      (error, answer) => {
        this.#running.delete(this)
        signal?.removeEventListener('abort', this.#onAbort)
        if (error === null) this.#resolve(answer as Res)
        else this.#reject(statusErrorOf(error))
      },
    )
  }

  cancel(): void {
    this.#call?.cancel()
  }

  readonly #onAbort = (): void => this.cancel()
}

/** grpc-js insists on Buffer; the same bytes are looked at through one. */
export function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function metadataOf(options: RpcCallOptions | undefined): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(options?.metadata ?? {})) metadata.set(name, value)
  return metadata
}

export function callOptionsOf(options: RpcCallOptions | undefined, clock: Clock): CallOptions {
  return options?.timeoutMs === undefined ? {} : { deadline: clock.unixMs() + options.timeoutMs }
}

export function cancelledByCaller(cause: unknown): RpcStatusError {
  return new RpcStatusError(rpcStatus.cancelled, 'the caller gave the call up', { cause })
}

export function statusErrorOf(error: Pick<ServiceError, 'code' | 'details'>): RpcStatusError {
  return new RpcStatusError(error.code as RpcStatusCode, error.details, { cause: error })
}
