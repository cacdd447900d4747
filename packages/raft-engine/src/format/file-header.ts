/** 1 is what TiKV 6.1 wrote; 2 signs each batch with its file's sequence, so that files can be recycled. */
export type FormatVersion = 1 | 2

export interface FileHeader {
  readonly version: FormatVersion
  /** Where the first batch begins. */
  readonly lengthBytes: number
  /** Batches may be padded with zeros to a multiple of this offset; 0 when they are not. Always 0 in version 1. */
  readonly alignmentBytes: number
}

/** Why a file's first bytes are no header. What follows from that is for recovery to decide. */
export interface HeaderFault {
  /**
   * `short`: fewer bytes than a header of that version has, every one of them as it should be. `magic`: not a log
   * file. `version`: of a version we do not know. `alignment`: past 2^53 - 1.
   */
  readonly fault: 'short' | 'magic' | 'version' | 'alignment'
  /** For people. */
  readonly detail: string
}

const magic = new TextEncoder().encode('RAFT-LOG-FILE-HEADER-9986AB3E47F320B394C8E84916EB0ED5')
const lengthBytes = { 1: magic.length + 8, 2: magic.length + 16 } as const

/** The longest header there is, in bytes: reading so many from a file's start is always enough. */
export const fileHeaderBytesMax = lengthBytes[2]

export function fileHeaderBytes(version: FormatVersion): number {
  return lengthBytes[version]
}

export function encodeFileHeader(version: FormatVersion): Uint8Array {
  const header = new Uint8Array(lengthBytes[version])
  header.set(magic)
  // Big-endian, unlike the checksums; an alignment of 0 follows in version 2.
  header[magic.length + 7] = version
  return header
}

/** `bytes` are a file's first, {@link fileHeaderBytesMax} of them or all there are; what follows the header is ignored. */
export function decodeFileHeader(bytes: Uint8Array): FileHeader | HeaderFault {
  for (let at = 0; at < Math.min(bytes.length, magic.length); at++) {
    if (bytes[at] !== magic[at]) return { fault: 'magic', detail: `byte ${at} differs from a log file's` }
  }
  if (bytes.length < lengthBytes[1]) return short(bytes, lengthBytes[1])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const version = view.getBigUint64(magic.length)
  if (version !== 1n && version !== 2n) return { fault: 'version', detail: `format version ${version}` }
  if (version === 1n) return { version: 1, lengthBytes: lengthBytes[1], alignmentBytes: 0 }
  if (bytes.length < lengthBytes[2]) return short(bytes, lengthBytes[2])
  const alignment = view.getBigUint64(magic.length + 8)
  if (alignment > Number.MAX_SAFE_INTEGER) return { fault: 'alignment', detail: `alignment ${alignment}` }
  return { version: 2, lengthBytes: lengthBytes[2], alignmentBytes: Number(alignment) }
}

function short(bytes: Uint8Array, needed: number): HeaderFault {
  return { fault: 'short', detail: `${bytes.length} bytes of a header of ${needed}` }
}
