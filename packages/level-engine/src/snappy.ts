/** What does not unpack. */
export class SnappyFault extends Error {}

const expansionMax = 64

/**
 * Unpacks a Snappy block (format description of google/snappy): what LevelDB packs its blocks with. Only a check of files needs
 * it here; LevelDB brings its own.
 *
 * @param lengthMax more than this is refused, whatever the block says
 * @throws SnappyFault
 */
export function unpackSnappy(packed: Uint8Array, lengthMax: number): Uint8Array {
  let at = 0
  const byte = (): number => {
    const value = packed[at++]
    if (value === undefined) throw new SnappyFault('cut short')
    return value
  }
  const littleEndian = (byteCount: number): number => {
    let value = 0
    for (let index = 0; index < byteCount; index++) value += byte() * 2 ** (8 * index)
    return value
  }
  let length = 0
  for (let scale = 1, more = true; more; scale *= 128) {
    const part = byte()
    length += (part & 0x7f) * scale
    more = part >= 0x80
    // A copy makes at most 64 bytes of two: what claims more is not given the room.
    if (length > lengthMax || length > packed.length * expansionMax) throw new SnappyFault('longer than it can be')
  }
  const plain = new Uint8Array(length)
  let end = 0
  while (at < packed.length) {
    const tag = byte()
    const kind = tag & 3
    if (kind === 0) {
      const code = tag >>> 2
      const count = code < 60 ? code + 1 : littleEndian(code - 59) + 1
      if (at + count > packed.length || end + count > length) throw new SnappyFault('a literal passes the end')
      plain.set(packed.subarray(at, at + count), end)
      at += count
      end += count
    } else {
      const count = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1
      const offset = kind === 1 ? (tag >>> 5) * 256 + byte() : littleEndian(kind === 2 ? 2 : 4)
      if (offset === 0 || offset > end || end + count > length) throw new SnappyFault('a copy from nowhere')
      // Byte by byte: a copy may overlap what it writes.
      for (let index = 0; index < count; index++, end++) plain[end] = plain[end - offset]!
    }
  }
  if (end !== length) throw new SnappyFault(`${end} bytes, not ${length}`)
  return plain
}
