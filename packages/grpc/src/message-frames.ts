import { RpcStatusError, rpcStatus } from '@stratakv/core'

/** A flag for compression and the length, before each message (gRPC over HTTP/2, "Length-Prefixed-Message"). */
const prefixBytes = 5
/** Up to here copying a message behind its prefix is cheaper than a second write. */
const copyBytesMax = 64 * 1024

/** One message as it travels; larger ones in two parts, of which the second is the message itself. */
export function frameMessage(message: Uint8Array): readonly Buffer[] {
  const isCopied = message.length <= copyBytesMax
  const head = Buffer.allocUnsafe(isCopied ? prefixBytes + message.length : prefixBytes)
  head[0] = 0
  head.writeUInt32BE(message.length, 1)
  if (!isCopied) return [head, Buffer.from(message.buffer, message.byteOffset, message.byteLength)]
  head.set(message, prefixBytes)
  return [head]
}

/** Cuts a byte stream into messages. */
export class FrameReader {
  readonly #messageBytesMax: number
  #parts: Uint8Array[] = []
  #byteCount = 0
  /** Of the message that is being received, with its prefix; `undefined` until the prefix is here. */
  #wanted: number | undefined

  constructor(messageBytesMax: number) {
    this.#messageBytesMax = messageBytesMax
  }

  /** True when bytes of an unfinished message are held. */
  get isInMessage(): boolean {
    return this.#byteCount > 0
  }

  push(chunk: Uint8Array): void {
    this.#parts.push(chunk)
    this.#byteCount += chunk.length
  }

  /**
   * The next whole message: a view of what was pushed where it came in one piece.
   * @throws RpcStatusError RESOURCE_EXHAUSTED before a message over the limit is received, INTERNAL for one that is compressed
   */
  next(): Uint8Array | undefined {
    if (this.#wanted === undefined) {
      if (this.#byteCount < prefixBytes) return undefined
      const prefix = this.#joined()
      const view = new DataView(prefix.buffer, prefix.byteOffset)
      if (prefix[0] !== 0)
        throw new RpcStatusError(rpcStatus.internal, 'a compressed message came, and none was asked for')
      const messageBytes = view.getUint32(1)
      if (messageBytes > this.#messageBytesMax) {
        throw new RpcStatusError(
          rpcStatus.resourceExhausted,
          `a message of ${messageBytes} bytes came, and ${this.#messageBytesMax} are allowed`,
        )
      }
      this.#wanted = prefixBytes + messageBytes
    }
    if (this.#byteCount < this.#wanted) return undefined
    const bytes = this.#joined()
    const message = bytes.subarray(prefixBytes, this.#wanted)
    const rest = bytes.subarray(this.#wanted)
    this.#parts = rest.length > 0 ? [rest] : []
    this.#byteCount = rest.length
    this.#wanted = undefined
    return message
  }

  /** Joined once a message is complete, not with every chunk: a large one comes in thousands. */
  #joined(): Uint8Array {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts, this.#byteCount)]
    return this.#parts[0]!
  }
}
