import { ProtoEncodeError } from './errors.ts'

const cell64 = new BigUint64Array(1)
const cellSigned64 = new BigInt64Array(cell64.buffer)
const cell32 = new Uint32Array(cell64.buffer)
const lowHalf = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1
const highHalf = 1 - lowHalf

const two32 = 2 ** 32
const utf8 = new TextEncoder()

/** What the scratch buffer starts with. */
const scratchBytesStart = 64 * 1024
/** A scratch buffer that grew over this is given back after its message, so one huge snapshot reply does not stay for ever. */
const scratchBytesKept = 1024 * 1024
/** Up to this length V8 keeps a typed array's bytes on its own heap, which is as cheap as any object. */
const engineHeapBytesMax = 64
/** Longer results up to this share slabs: an ArrayBuffer of their own would cost six times the encoding of a small reply. */
const slabShareBytesMax = 2 * 1024
/** A result that is kept keeps its slab, so this is what hoarding one small message can cost. The size of Node's own Buffer pool. */
const slabBytes = 8 * 1024
/** Room that every primitive may take without asking: a tag and a varint are at most 5 + 10 bytes. */
const slackBytes = 16
/** Byte strings this short are copied by hand: below it TypedArray.set's call costs more than the loop. */
const shortBytesMax = 24

/**
 * Writes protobuf back to front. A nested message's length stands before its body but is known only after it; going backwards
 * the body is already there, so there is no sizing pass, no list of chunks to join and no body to shift.
 * Callers therefore write fields from last to first, and a tag after its value.
 */
export class WireWriter {
  #bytes = new Uint8Array(scratchBytesStart)
  /** First byte in use. */
  #pos = scratchBytesStart
  #slab = new ArrayBuffer(slabBytes)
  #slabUsed = 0

  /** Forgets what was written, e.g. by an encode that threw half way. */
  reset(): void {
    this.#pos = this.#bytes.length
  }

  /** The bytes written since reset, exact and never written again. */
  finish(): Uint8Array {
    const bytes = this.#bytes
    const length = bytes.length - this.#pos
    if (length > engineHeapBytesMax && length <= slabShareBytesMax) {
      const start = this.#slabUsed + length <= slabBytes ? this.#slabUsed : 0
      if (start === 0) this.#slab = new ArrayBuffer(slabBytes)
      this.#slabUsed = start + length
      const result = new Uint8Array(this.#slab, start, length)
      result.set(bytes.subarray(this.#pos))
      return result
    }
    if (bytes.length > scratchBytesKept) this.#bytes = new Uint8Array(scratchBytesStart)
    return bytes.slice(this.#pos)
  }

  /** Bytes written so far: a mark for {@link length}. */
  get size(): number {
    return this.#bytes.length - this.#pos
  }

  /** Prepends the length of everything written since `mark`. */
  length(mark: number): void {
    this.uint32(this.#bytes.length - this.#pos - mark)
  }

  /** A tag below 128 (fields 1 to 15). */
  tag1(tag: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    this.#bytes[--this.#pos] = tag
  }

  tag(tag: number): void {
    this.uint32(tag)
  }

  uint32(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    if (value >= 0 && value < 0x80 && value === (value | 0)) this.#bytes[--this.#pos] = value
    else if (value !== value >>> 0) throw new ProtoEncodeError('uint32', value)
    else this.#varint(value, 0)
  }

  int32(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    if (value !== (value | 0)) throw new ProtoEncodeError('int32', value)
    if (value >= 0 && value < 0x80) this.#bytes[--this.#pos] = value
    else this.#varint(value >>> 0, value < 0 ? 0xffffffff : 0)
  }

  sint32(value: number): void {
    if (value !== (value | 0)) throw new ProtoEncodeError('sint32', value)
    this.uint32(((value << 1) ^ (value >> 31)) >>> 0)
  }

  bool(value: boolean): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    this.#bytes[--this.#pos] = value ? 1 : 0
  }

  uint64Number(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    if (value >= 0 && value < 0x80 && value === (value | 0)) this.#bytes[--this.#pos] = value
    else if (value >= 0 && Number.isSafeInteger(value)) this.#varint(value >>> 0, Math.floor(value / two32))
    else throw new ProtoEncodeError('uint64 below 2^53', value)
  }

  int64Number(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    if (value >= 0 && value < 0x80 && value === (value | 0)) this.#bytes[--this.#pos] = value
    else if (Number.isSafeInteger(value)) this.#varint(value >>> 0, Math.floor(value / two32) >>> 0)
    else throw new ProtoEncodeError('int64 between -2^53 and 2^53', value)
  }

  uint64(value: bigint): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    cell64[0] = value
    if (cell64[0] !== value) throw new ProtoEncodeError('uint64', value)
    this.#varint(cell32[lowHalf]!, cell32[highHalf]!)
  }

  int64(value: bigint): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    cellSigned64[0] = value
    if (cellSigned64[0] !== value) throw new ProtoEncodeError('int64', value)
    this.#varint(cell32[lowHalf]!, cell32[highHalf]!)
  }

  fixed32(value: number): void {
    if (value !== value >>> 0) throw new ProtoEncodeError('fixed32', value)
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    const bytes = this.#bytes
    const pos = this.#pos - 4
    bytes[pos] = value & 0xff
    bytes[pos + 1] = (value >>> 8) & 0xff
    bytes[pos + 2] = (value >>> 16) & 0xff
    bytes[pos + 3] = value >>> 24
    this.#pos = pos
  }

  fixed64(value: bigint): void {
    cell64[0] = value
    if (cell64[0] !== value) throw new ProtoEncodeError('fixed64', value)
    const low = cell32[lowHalf]!
    this.fixed32(cell32[highHalf]!)
    this.fixed32(low)
  }

  double(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    this.#pos -= 8
    new DataView(this.#bytes.buffer, this.#pos, 8).setFloat64(0, value, true)
  }

  float(value: number): void {
    if (this.#pos < slackBytes) this.#grow(slackBytes)
    this.#pos -= 4
    new DataView(this.#bytes.buffer, this.#pos, 4).setFloat32(0, value, true)
  }

  /** Length and contents. */
  bytes(value: Uint8Array): void {
    const length = value.length
    if (this.#pos < slackBytes + length) this.#grow(slackBytes + length)
    const pos = this.#pos - length
    const bytes = this.#bytes
    if (length <= shortBytesMax) for (let at = 0; at < length; at++) bytes[pos + at] = value[at]!
    else bytes.set(value, pos)
    this.#pos = pos
    this.uint32(length)
  }

  /** Length and UTF-8 of `value`. */
  string(value: string): void {
    // A UTF-16 unit is at most three bytes of UTF-8.
    const lengthMax = value.length * 3
    if (this.#pos < slackBytes + lengthMax) this.#grow(slackBytes + lengthMax)
    const bytes = this.#bytes
    const pos = this.#pos - value.length
    let at = value.length - 1
    for (; at >= 0; at--) {
      const unit = value.charCodeAt(at)
      if (unit >= 0x80) break
      bytes[pos + at] = unit
    }
    if (at < 0) {
      this.#pos = pos
      this.uint32(value.length)
      return
    }
    // Not ASCII: written where there is surely room, then moved up against what follows.
    const start = this.#pos - lengthMax
    const { written } = utf8.encodeInto(value, bytes.subarray(start, this.#pos))
    bytes.copyWithin(this.#pos - written, start, start + written)
    this.#pos -= written
    this.uint32(written)
  }

  #varint(low: number, high: number): void {
    const bytes = this.#bytes
    if (high === 0) {
      let pos = this.#pos - (low < 0x80 ? 1 : low < 0x4000 ? 2 : low < 0x200000 ? 3 : low < 0x10000000 ? 4 : 5)
      this.#pos = pos
      while (low >= 0x80) {
        bytes[pos++] = (low & 0x7f) | 0x80
        low >>>= 7
      }
      bytes[pos] = low
      return
    }
    // 28 bits from the low half, four shared, the rest from the high half.
    const rest = high >>> 3
    const restBytes =
      rest === 0 ? 0 : rest < 0x80 ? 1 : rest < 0x4000 ? 2 : rest < 0x200000 ? 3 : rest < 0x10000000 ? 4 : 5
    let pos = this.#pos - 5 - restBytes
    this.#pos = pos
    bytes[pos++] = (low & 0x7f) | 0x80
    bytes[pos++] = ((low >>> 7) & 0x7f) | 0x80
    bytes[pos++] = ((low >>> 14) & 0x7f) | 0x80
    bytes[pos++] = ((low >>> 21) & 0x7f) | 0x80
    const shared = (low >>> 28) | ((high & 7) << 4)
    if (restBytes === 0) {
      bytes[pos] = shared
      return
    }
    bytes[pos++] = shared | 0x80
    let left = rest
    while (left >= 0x80) {
      bytes[pos++] = (left & 0x7f) | 0x80
      left >>>= 7
    }
    bytes[pos] = left
  }

  #grow(room: number): void {
    const used = this.#bytes.length - this.#pos
    let length = this.#bytes.length * 2
    while (length < used + room) length *= 2
    const bytes = new Uint8Array(length)
    bytes.set(this.#bytes.subarray(this.#pos), length - used)
    this.#bytes = bytes
    this.#pos = length - used
  }
}
