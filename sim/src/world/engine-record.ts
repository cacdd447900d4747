import { type Checksum, type ColumnFamily, columnFamilies, emptyBytes, type KeyChange } from '@stratakv/core'

/** One entry of the log of a simulated engine. */
export type EngineRecord =
  | { readonly type: 'write'; readonly batch: readonly KeyChange[] }
  | { readonly type: 'delete-range'; readonly cf: ColumnFamily; readonly start: Uint8Array; readonly end: Uint8Array }

/** Length and CRC32C of what follows, 4 bytes each. */
export const recordHeaderBytes = 8

const kinds = { put: 1, delete: 2, range: 3 } as const

/** Not for an empty batch. Header, then for each change: kind, column family, and two byte strings, each behind its length. */
export function encodeRecord(record: EngineRecord, checksum: Checksum): Uint8Array {
  const changes =
    record.type === 'write'
      ? record.batch.map((change) => ({
          kind: kinds[change.type],
          cf: change.cf,
          parts: [change.key, change.type === 'put' ? change.value : emptyBytes],
        }))
      : [{ kind: kinds.range, cf: record.cf, parts: [record.start, record.end] }]
  const sizeBytes = changes.reduce(
    (sum, { parts }) => sum + 2 + parts.reduce((all, part) => all + 4 + part.length, 0),
    0,
  )
  const bytes = new Uint8Array(recordHeaderBytes + sizeBytes)
  const view = new DataView(bytes.buffer)
  let at = recordHeaderBytes
  for (const { kind, cf, parts } of changes) {
    bytes[at++] = kind
    bytes[at++] = columnFamilies.indexOf(cf)
    for (const part of parts) {
      view.setUint32(at, part.length)
      bytes.set(part, at + 4)
      at += 4 + part.length
    }
  }
  view.setUint32(0, sizeBytes)
  view.setUint32(4, checksum.crc32c(bytes.subarray(recordHeaderBytes)))
  return bytes
}

/** `undefined`: no whole record stands there. */
export function decodeRecord(
  bytes: Uint8Array,
  offset: number,
  checksum: Checksum,
): { readonly record: EngineRecord; readonly end: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const start = offset + recordHeaderBytes
  const end = start + view.getUint32(offset)
  // Where an append was lost and a later one was not stand zeros, whose checksum is 0: no record is empty.
  if (end === start || end > bytes.length || checksum.crc32c(bytes.subarray(start, end)) !== view.getUint32(offset + 4))
    return undefined
  const batch: KeyChange[] = []
  let at = start
  const part = (): Uint8Array => {
    const from = at + 4
    at = from + view.getUint32(at)
    return bytes.subarray(from, at)
  }
  while (at < end) {
    const kind = bytes[at++]!
    const cf = columnFamilies[bytes[at++]!]!
    const [first, second] = [part(), part()]
    if (kind === kinds.range) return { record: { type: 'delete-range', cf, start: first, end: second }, end }
    batch.push(kind === kinds.put ? { type: 'put', cf, key: first, value: second } : { type: 'delete', cf, key: first })
  }
  return { record: { type: 'write', batch }, end }
}
