import { Client, type ClientDuplexStream, credentials, type ServiceError, type StatusObject } from '@grpc/grpc-js'
import type { MethodDefinition } from '@stratakv/core'
import { pdMethods, tikvMethods } from '@stratakv/proto'
import {
  BatchCommandsRequest,
  type BatchCommandsRequest_Request,
  type BatchCommandsResponse,
  type BatchCommandsResponse_Response,
} from '@stratakv/proto/tikvpb'

/** How a call ended that did not end with OK. */
export interface FailedCall {
  readonly code: number
  readonly details: string
}

/** A connection to one address, calling the methods of `@stratakv/proto`'s tables. */
export class RpcClient implements Disposable {
  readonly address: string
  readonly #client: Client

  constructor(address: string) {
    this.address = address
    this.#client = new Client(address, credentials.createInsecure(), {
      'grpc.max_send_message_length': -1,
      'grpc.max_receive_message_length': -1,
      // Each client its own connection: grpc-js would share those to one address, and tests close servers.
      'grpc.use_local_subchannel_pool': 1,
    })
  }

  /** Rejects with grpc-js's ServiceError, which has `code` and `details`. */
  call<Req, Res>(method: MethodDefinition<Req, Res>, request: Req): Promise<Res> {
    return this.send(method, bufferOf(method.request.encode(request)))
  }

  /** A unary call with any bytes as the request. */
  send<Res>(method: MethodDefinition<never, Res> | MethodDefinition<unknown, Res>, request: Uint8Array): Promise<Res>
  send<Req, Res>(method: MethodDefinition<Req, Res>, request: Uint8Array): Promise<Res>
  send<Res>(method: MethodDefinition<unknown, Res>, request: Uint8Array): Promise<Res> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        method.path,
        bufferOf,
        (bytes) => method.response.decode(bytes),
        request,
        (error: ServiceError | null, answer?: Res) => (error === null ? resolve(answer!) : reject(error)),
      )
    })
  }

  /** How a unary call fails. @throws when it does not */
  async failure<Req, Res>(method: MethodDefinition<Req, Res>, request: Uint8Array): Promise<FailedCall> {
    const outcome = await this.send(method, request).catch((error: ServiceError) => error)
    if (!(outcome instanceof Error)) throw new Error(`${method.path} succeeded`)
    return { code: outcome.code, details: outcome.details }
  }

  /** A bidirectional stream, with any bytes as messages of the client. */
  stream<Req, Res>(method: MethodDefinition<Req, Res>): ClientDuplexStream<Uint8Array, Res> {
    const call = this.#client.makeBidiStreamRequest(method.path, bufferOf, (bytes: Buffer) =>
      method.response.decode(bytes),
    )
    // Every test looks at the status instead; without a listener an error would end the process.
    call.on('error', () => {})
    return call
  }

  /** Sends the messages on one stream, half-closes, and gives all answers and the status. */
  async converse<Req, Res>(
    method: MethodDefinition<Req, Res>,
    messages: readonly Uint8Array[],
  ): Promise<{ answers: Res[]; status: FailedCall }> {
    const call = this.stream(method)
    const answers: Res[] = []
    call.on('data', (answer: Res) => answers.push(answer))
    const status = new Promise<StatusObject>((resolve) => call.once('status', resolve))
    for (const message of messages) call.write(message)
    call.end()
    const { code, details } = await status
    return { answers, status: { code, details } }
  }

  /** One BatchCommands message, its answers in the order of the requests. */
  async batch(requests: readonly BatchCommandsRequest_Request[]): Promise<BatchCommandsResponse_Response[]> {
    const requestIds = requests.map((_, index) => index * 3 + 7)
    const message = BatchCommandsRequest.encode(BatchCommandsRequest.create({ requests: [...requests], requestIds }))
    const { answers, status } = await this.converse(tikvMethods.batchCommands, [message])
    if (status.code !== 0) throw new Error(`BatchCommands ended with ${status.code}: ${status.details}`)
    const byId = new Map<number, BatchCommandsResponse_Response>()
    for (const answer of answers as BatchCommandsResponse[]) {
      for (const [index, response] of answer.responses.entries()) byId.set(answer.requestIds[index]!, response)
    }
    return requestIds.map((id) => byId.get(id)!)
  }

  [Symbol.dispose](): void {
    this.#client.close()
  }
}

/** The same bytes as grpc-js wants to see them. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Bytes that are no message of any type: a field with wire type 7. */
export const malformed: Uint8Array = Uint8Array.of(0x0f, 0xff)

export { pdMethods, tikvMethods }
