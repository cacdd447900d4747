import { type ClientHttp2Session, connect } from 'node:http2'

/** `grpc-status` of a method that the server does not have. */
export const unimplementedStatus = '12'

/** What one call gave: its status, or `streaming` when the server sent a message and keeps the call open. */
export interface ProbeAnswer {
  readonly status: string | 'streaming'
  readonly messages: readonly Buffer[]
}

/**
 * gRPC calls by path and bytes, without a client library and without knowing the method: what a node answers is asked of
 * its socket, not of its source.
 */
export class GrpcProbe implements Disposable {
  readonly #session: ClientHttp2Session

  constructor(address: string) {
    this.#session = connect(`http://${address}`)
  }

  /** Sends one message, half-closes, and takes the answer. A call that streams on after its first message is cancelled. */
  call(path: string, message: Uint8Array = new Uint8Array(0)): Promise<ProbeAnswer> {
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      let status: string | undefined
      let received = Buffer.alloc(0)
      const takeStatus = (headers: Record<string, unknown>) => {
        const value = headers['grpc-status']
        if (value !== undefined) status = String(value)
      }
      stream.on('response', takeStatus)
      stream.on('trailers', takeStatus)
      stream.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        if (path.endsWith('/Watch') && framesIn(received).length > 0) {
          resolve({ status: 'streaming', messages: framesIn(received) })
          stream.close()
        }
      })
      stream.on('error', reject)
      stream.on('end', () => {
        if (status === undefined) reject(new Error(`${path} ended without a grpc-status`))
        else resolve({ status, messages: framesIn(received) })
      })
      stream.end(frame(message))
    })
  }

  [Symbol.dispose](): void {
    this.#session.destroy()
  }
}

/** gRPC's framing: a byte for compression, four for the length, the message. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}

function framesIn(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = []
  let at = 0
  while (bytes.length >= at + 5 && bytes.length >= at + 5 + bytes.readUInt32BE(at + 1)) {
    const end = at + 5 + bytes.readUInt32BE(at + 1)
    messages.push(bytes.subarray(at + 5, end))
    at = end
  }
  return messages
}
