import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js'
import type { UnreadReplies } from './unread-replies.ts'

type NextCall = ConstructorParameters<typeof ServerInterceptingCall>[0]
type FullListener = Parameters<ServerInterceptingCall['start']>[0]

/**
 * Counts the replies of unary calls until the client has taken them, and refuses calls of a connection that has too many.
 * Streams count for themselves: a handler of a stream can hold back.
 */
export function unaryReplyMeter(unread: UnreadReplies): ServerInterceptor {
  return (method, call) =>
    method.requestStream || method.responseStream ? new ServerInterceptingCall(call) : new MeteredCall(call, unread)
}

/** Clients wait and ask again. Not RESOURCE_EXHAUSTED: that also says "your message is too large", which no retry cures. */
const overLimit = {
  code: status.UNAVAILABLE,
  details: 'replies to this connection wait to be read; the call was not executed',
}

class MeteredCall extends ServerInterceptingCall {
  readonly #unread: UnreadReplies
  readonly #connection: string
  #heldBytes = 0

  constructor(call: NextCall, unread: UnreadReplies) {
    super(call)
    const { remoteAddress, remotePort } = call.getConnectionInfo()
    this.#unread = unread
    this.#connection = `${remoteAddress}:${remotePort}`
  }

  override start(listener: FullListener): void {
    super.start({
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      // The handler runs now. Earlier would be too early: of calls that arrive together, all headers come before any is run.
      onReceiveHalfClose: () => {
        if (this.#unread.isOver(this.#connection)) this.sendStatus(overLimit)
        else listener.onReceiveHalfClose()
      },
      onCancel: () => {
        this.#release()
        listener.onCancel()
      },
    })
  }

  override sendMessage(message: Buffer, callback: () => void): void {
    this.#heldBytes = message.length
    this.#unread.sent(this.#connection, message.length)
    super.sendMessage(message, () => {
      this.#release()
      callback()
    })
  }

  #release(): void {
    const heldBytes = this.#heldBytes
    this.#heldBytes = 0
    if (heldBytes > 0) this.#unread.gone(this.#connection, heldBytes)
  }
}
