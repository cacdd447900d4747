/** Data by a rule instead of by value: `raft-engine-rs/src/data.rs` computes the same bytes. */
export type Data =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'incompressible' | 'json'; readonly seed: number; readonly length: number }

export function dataBytes(data: Data): Uint8Array {
  if (data.kind === 'bytes') return data.bytes
  return data.kind === 'json' ? json(data.seed, data.length) : incompressible(data.seed, data.length)
}

/** As scripts spell it. */
export function dataText(data: Data): string {
  return data.kind === 'bytes' ? `x:${toHex(data.bytes)}` : `${data.kind}:${data.seed}:${data.length}`
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** `eraftpb.Entry` with the fields that a node writes: 2 term, 3 index, 4 data; zero values are left out. */
export function encodeEntry(term: number, index: number, data: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(fieldBytes(term) + fieldBytes(index) + fieldBytes(data.length) + data.length)
  writeEntry(bytes, 0, term, index, data)
  return bytes
}

/** What the fields take besides the data, at most. */
export const entryHeadBytesMax = 3 * (1 + 8)

/** The same into `bytes` at `start`. Returns where it ends. */
export function writeEntry(bytes: Uint8Array, start: number, term: number, index: number, data: Uint8Array): number {
  let at = writeField(bytes, start, 0x10, term)
  at = writeField(bytes, at, 0x18, index)
  at = writeField(bytes, at, 0x22, data.length)
  bytes.set(data, at)
  return at + data.length
}

/** Of a tag and a varint. */
function fieldBytes(value: number): number {
  if (value === 0) return 0
  let count = 2
  for (let left = value; left >= 0x80; left = Math.floor(left / 0x80)) count++
  return count
}

function writeField(bytes: Uint8Array, start: number, tag: number, value: number): number {
  if (value === 0) return start
  let at = start
  bytes[at++] = tag
  let left = value
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes[at++] = (left % 0x80) | 0x80
  bytes[at++] = left
  return at
}

/** Splitmix with 32 bits: a counter in steps of the golden ratio, mixed by multiply and shift. */
export function splitmix32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** Each draw as four bytes, least significant first, cut to `length`. */
function incompressible(seed: number, length: number): Uint8Array {
  const next = splitmix32(seed)
  const bytes = Buffer.alloc(length + 3)
  for (let at = 0; at < length; at += 4) if (at + 4 <= bytes.length) bytes.writeUInt32LE(next(), at)
  return new Uint8Array(bytes.subarray(0, length))
}

const words = ['pending', 'active', 'suspended', 'closed']

/** Records of three draws each, cut to `length`: identifier, word by the two low bits, balance below 100,000. */
function json(seed: number, length: number): Uint8Array {
  const next = splitmix32(seed)
  let text = ''
  while (text.length < length) {
    const [id, word, balance] = [next(), next(), next()]
    text += `{"id":${id},"state":"${words[word & 3]}","balance":${balance % 100_000}},`
  }
  return new TextEncoder().encode(text.slice(0, length))
}
