import type { Item } from './batch-items.ts'

/** The format once more, as plainly as it can be said: the twin that the writer and the reader are compared with. */

export function naiveBatch(items: readonly Item[], signature = 0): Uint8Array {
  const entries = items.flatMap((item) => (item.type === 'entries' ? item.payloads : [])).flatMap((bytes) => [...bytes])
  const block = entries.length === 0 ? [] : [...entries, ...littleEndian(crc32(entries))]
  let end = 0
  const kept = items.filter((item) => item.type !== 'entries' || item.payloads.length > 0)
  const body = [
    ...varint(BigInt(kept.length)),
    ...kept.flatMap((item) => {
      const region = varint(BigInt(item.regionId))
      switch (item.type) {
        case 'entries': {
          const ends = item.payloads.map((payload) => {
            end += payload.length
            return varint(BigInt(end))
          })
          const count = varint(BigInt(item.payloads.length))
          return [...region, 1, ...count, ...varint(BigInt(item.firstIndex)), ...ends.flat()]
        }
        case 'clean':
          return [...region, 2, 1]
        case 'compact':
          return [...region, 2, 2, ...varint(BigInt(item.index))]
        case 'put':
          return [...region, 3, 1, ...lengthPrefixed(item.key), ...lengthPrefixed(item.value)]
        case 'delete':
          return [...region, 3, 2, ...lengthPrefixed(item.key)]
        default:
          throw new Error('no such item')
      }
    }),
  ]
  const footer = [...body, ...littleEndian((crc32(body) ^ signature) >>> 0)]
  const total = 16 + block.length + footer.length
  return Uint8Array.from([
    ...bigEndian(BigInt(total) << 8n),
    ...bigEndian(BigInt(16 + block.length)),
    ...block,
    ...footer,
  ])
}

export function varint(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]
}

/** Bit by bit, as the polynomial says. */
export function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

export function littleEndian(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
}

function bigEndian(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(56 - 8 * at)) & 255n))
}

function lengthPrefixed(bytes: Uint8Array): number[] {
  return [...varint(BigInt(bytes.length)), ...bytes]
}
