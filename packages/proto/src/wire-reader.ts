import { type DecodeFault, nestingMax, ProtoDecodeError } from './errors.ts'
import { cachedStringBytesMax, StringCache } from './string-cache.ts'

/** The default of every `bytes` field. */
export const emptyBytes = new Uint8Array(0)
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// One 64-bit cell seen two ways: the cheapest road from two 32-bit halves to a bigint.
const cell64 = new BigUint64Array(1)
const cellSigned64 = new BigInt64Array(cell64.buffer)
const cell32 = new Uint32Array(cell64.buffer)
const lowHalf = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1
const highHalf = 1 - lowHalf

const two32 = 2 ** 32

const shortStrings = new StringCache()

/** Reads protobuf primitives from one buffer. `bytes` fields come out as views of that buffer, always plain `Uint8Array`. */
export class WireReader {
  pos = 0
  readonly #bytes: Uint8Array
  readonly #messageType: string
  #high = 0
  #depth = 0

  constructor(messageType: string, bytes: Uint8Array) {
    this.#messageType = messageType
    this.#bytes = bytes
  }

  fail(fault: DecodeFault): never {
    throw new ProtoDecodeError(this.#messageType, fault, this.pos)
  }

  /** Called when a message's fields are read: they must end exactly where the message does. */
  close(end: number): void {
    if (this.pos !== end) this.fail('truncated')
  }

  /** Field number and wire type. */
  tag(): number {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first
    }
    const tag = this.#low32()
    if (this.#high !== 0) this.fail('bad-varint')
    return tag
  }

  uint32(): number {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first
    }
    return this.#low32()
  }

  int32(): number {
    return this.uint32() | 0
  }

  sint32(): number {
    const raw = this.uint32()
    return (raw >>> 1) ^ -(raw & 1)
  }

  bool(): boolean {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first !== 0
    }
    return (this.#low32() | this.#high) !== 0
  }

  uint64Number(): number {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first
    }
    const low = this.#low32()
    const value = this.#high * two32 + low
    if (value > Number.MAX_SAFE_INTEGER) this.fail('unsafe-integer')
    return value
  }

  int64Number(): number {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first
    }
    const low = this.#low32()
    const value = (this.#high | 0) * two32 + low
    if (!Number.isSafeInteger(value)) this.fail('unsafe-integer')
    return value
  }

  uint64(): bigint {
    cell32[lowHalf] = this.#low32()
    cell32[highHalf] = this.#high
    return cell64[0]!
  }

  int64(): bigint {
    cell32[lowHalf] = this.#low32()
    cell32[highHalf] = this.#high
    return cellSigned64[0]!
  }

  fixed32(): number {
    const bytes = this.#bytes
    const pos = this.#take(4)
    return (bytes[pos]! | (bytes[pos + 1]! << 8) | (bytes[pos + 2]! << 16) | (bytes[pos + 3]! << 24)) >>> 0
  }

  fixed64(): bigint {
    cell32[lowHalf] = this.fixed32()
    cell32[highHalf] = this.fixed32()
    return cell64[0]!
  }

  double(): number {
    const pos = this.#take(8)
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + pos, 8).getFloat64(0, true)
  }

  float(): number {
    const pos = this.#take(4)
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + pos, 4).getFloat32(0, true)
  }

  bytes(): Uint8Array {
    const length = this.#length()
    if (length === 0) return emptyBytes
    const pos = this.#take(length)
    // Not subarray: that of a Buffer is a Buffer again, whose slice() does not copy.
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + pos, length)
  }

  string(): string {
    const length = this.#length()
    if (length === 0) return ''
    const bytes = this.#bytes
    const pos = this.#take(length)
    if (length <= cachedStringBytesMax) {
      const text = shortStrings.get(bytes, pos, this.pos)
      if (text !== undefined) return text
    }
    try {
      return utf8.decode(bytes.subarray(pos, this.pos))
    } catch {
      return this.fail('bad-utf8')
    }
  }

  /** Reads a length; the end of the nested message or packed list that follows. */
  end(): number {
    const length = this.#length()
    const end = this.pos + length
    if (end > this.#bytes.length) this.fail('truncated')
    return end
  }

  /** Brackets a message that can contain itself. */
  enter(): void {
    if (++this.#depth > nestingMax) this.fail('too-deep')
  }

  leave(): void {
    this.#depth--
  }

  /** Steps over a field this definition does not know; `known` are the numbers it does know, which cannot get here rightly. */
  skip(tag: number, known: readonly number[]): void {
    const field = tag >>> 3
    if (field === 0) this.fail('bad-tag')
    if (known.includes(field)) this.fail('wrong-wire-type')
    switch (tag & 7) {
      case 0:
        this.#low32()
        return
      case 1:
        this.#take(8)
        return
      case 2:
        this.#take(this.#length())
        return
      case 5:
        this.#take(4)
        return
      default:
        this.fail((tag & 7) <= 4 ? 'group' : 'bad-tag')
    }
  }

  #length(): number {
    const first = this.#bytes[this.pos]!
    if (first < 0x80) {
      this.pos++
      return first
    }
    const length = this.#low32()
    if (this.#high !== 0) this.fail('truncated')
    return length
  }

  #take(length: number): number {
    const pos = this.pos
    if (pos + length > this.#bytes.length) this.fail('truncated')
    this.pos = pos + length
    return pos
  }

  /** A varint's low 32 bits; its high 32 bits are left in #high. */
  #low32(): number {
    const bytes = this.#bytes
    let pos = this.pos
    let low = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[pos++]
      if (byte === undefined) this.fail('truncated')
      low |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        this.pos = pos
        this.#high = 0
        return low
      }
    }
    let byte = bytes[pos++]
    if (byte === undefined) this.fail('truncated')
    low |= (byte & 0x7f) << 28
    let high = (byte & 0x7f) >>> 4
    for (let shift = 3; byte >= 0x80; shift += 7) {
      if (shift > 31) this.fail('bad-varint')
      byte = bytes[pos++]
      if (byte === undefined) this.fail('truncated')
      high |= (byte & 0x7f) << shift
    }
    this.pos = pos
    this.#high = high >>> 0
    return low >>> 0
  }
}
