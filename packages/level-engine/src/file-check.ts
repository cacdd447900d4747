import type { Checksum } from '@stratakv/core'
import { SnappyFault, unpackSnappy } from './snappy.ts'

/**
 * Checks of LevelDB's files by their own checksums, without LevelDB, which would repair, compact and remove on opening
 * (formats: google/leveldb doc/table_format.md and doc/log_format.md).
 */
export interface FileFault {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly detail: string
  /** Nothing sound stands behind it: a crash while the file was written leaves that too. */
  readonly isTail: boolean
}

const footerBytes = 48
const trailerBytes = 5
/** The last eight bytes of a table, as two little-endian halves. */
const tableMagic = [0x8b80fb57, 0xdb477524] as const
const codecNone = 0
const codecSnappy = 1
/** A block unpacked: LevelDB's are 4 KiB, one with a large value as long as that value. */
const blockBytesMax = 1024 * 1024 * 1024

const logBlockBytes = 32 * 1024
const logHeaderBytes = 7
const logTypeMax = 4

interface BlockHandle {
  readonly offset: number
  readonly size: number
}

/** Every block of a table, by the index that names it. The first fault. */
export function checkTable(checksum: Checksum, file: Uint8Array): FileFault | undefined {
  const [first] = walkTable(checksum, file)
  return first === undefined ? undefined : { offset: first.offset, detail: first.message, isTail: false }
}

/** What a block's codec byte is set to when the block is to be passed over: no codec has this number. */
const unusableCodec = 0x7f

/**
 * A copy of the table in which LevelDB finds out by itself which blocks are damaged, for it does not look at checksums, neither when it
 * reads nor when it repairs. `undefined`: there is none, or too little is whole to tell.
 */
export function markDamagedBlocks(checksum: Checksum, file: Uint8Array): Uint8Array | undefined {
  const blocks = walkTable(checksum, file).map(({ block }) => block)
  if (blocks.length === 0 || blocks.includes(undefined)) return undefined
  // Not `slice`: of a Buffer that is a view.
  const marked = new Uint8Array(file)
  for (const { offset, size } of blocks as BlockHandle[]) marked[offset + size] = unusableCodec
  return marked
}

function walkTable(checksum: Checksum, file: Uint8Array): BlockFault[] {
  if (file.length < footerBytes) return [new BlockFault(0, `it has ${file.length} bytes, less than a table's footer`)]
  const footerStart = file.length - footerBytes
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const magic = [view.getUint32(file.length - 8, true), view.getUint32(file.length - 4, true)]
  if (magic[0] !== tableMagic[0] || magic[1] !== tableMagic[1]) {
    return [new BlockFault(file.length - 8, 'it does not end as a table')]
  }
  const faults: BlockFault[] = []
  const guarded = (run: () => void) => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof BlockFault)) throw error
      faults.push(error)
    }
  }
  guarded(() => {
    const footer = new Cursor(file.subarray(footerStart, file.length - 8), footerStart)
    for (const root of [footer.handle(), footer.handle()]) {
      for (const handle of handlesIn(readBlock(checksum, file, root), root)) {
        guarded(() => void readBlock(checksum, file, handle, { isData: true }))
      }
    }
  })
  return faults
}

class BlockFault extends Error {
  readonly offset: number
  /** The block that is damaged, if the rest can do without it. */
  readonly block: BlockHandle | undefined
  constructor(offset: number, detail: string, block?: BlockHandle) {
    super(detail)
    this.offset = offset
    this.block = block
  }
}

/** @throws BlockFault */
function readBlock(
  checksum: Checksum,
  file: Uint8Array,
  handle: BlockHandle,
  { isData }: { readonly isData: boolean } = { isData: false },
): Uint8Array {
  const { offset, size } = handle
  const fault = (detail: string) => new BlockFault(offset, detail, isData ? handle : undefined)
  const end = offset + size
  if (end + trailerBytes > file.length) throw new BlockFault(offset, 'a block lies outside of the file')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (unmask(view.getUint32(end + 1, true)) !== checksum.crc32c(file.subarray(offset, end + 1))) {
    throw fault('a block does not match its checksum')
  }
  const stored = file.subarray(offset, end)
  const codec = file[end]
  if (codec === codecNone) return stored
  if (codec !== codecSnappy) throw fault(`a block of unknown codec ${codec}`)
  try {
    return unpackSnappy(stored, blockBytesMax)
  } catch (error) {
    if (!(error instanceof SnappyFault)) throw error
    throw fault(`a block does not unpack: ${error.message}`)
  }
}

/** The values of an index block (or the block of metadata): handles. @throws BlockFault */
function handlesIn(block: Uint8Array, { offset }: BlockHandle): BlockHandle[] {
  if (block.length < 4) throw new BlockFault(offset, 'an index block without its end')
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const restartsStart = block.length - 4 - 4 * view.getUint32(block.length - 4, true)
  if (restartsStart < 0) throw new BlockFault(offset, 'an index block with too many restarts')
  const cursor = new Cursor(block.subarray(0, restartsStart), offset)
  const handles: BlockHandle[] = []
  while (!cursor.isAtEnd) {
    cursor.varint()
    const keyBytes = cursor.varint()
    const valueBytes = cursor.varint()
    cursor.skip(keyBytes)
    const valueEnd = cursor.at + valueBytes
    handles.push(cursor.handle())
    cursor.skip(valueEnd - cursor.at)
  }
  return handles
}

/** Every record of a log (the write-ahead log, or a manifest). Stops at the first fault. */
export function checkLog(checksum: Checksum, file: Uint8Array): FileFault | undefined {
  const fault = (offset: number, detail: string): FileFault => ({
    offset,
    detail,
    isTail: !hasSoundRecord(checksum, file, nextBlock(offset)),
  })
  let at = 0
  while (at < file.length) {
    const left = logBlockBytes - (at % logBlockBytes)
    if (left < logHeaderBytes) {
      at += left
      continue
    }
    // LevelDB itself reads a record that the end of the file cuts off as the mark of a crash.
    if (at + logHeaderBytes > file.length) return undefined
    const view = new DataView(file.buffer, file.byteOffset + at, logHeaderBytes)
    const length = view.getUint16(4, true)
    const type = view.getUint8(6)
    // Room that was reserved and not written.
    if (type === 0 && length === 0) {
      at += left
      continue
    }
    if (length > left - logHeaderBytes) return fault(at, 'a record passes the end of its block')
    if (at + logHeaderBytes + length > file.length) return undefined
    if (type > logTypeMax) return fault(at, `a record of unknown type ${type}`)
    if (unmask(view.getUint32(0, true)) !== checksum.crc32c(file.subarray(at + 6, at + logHeaderBytes + length))) {
      return { ...fault(at, 'a record does not match its checksum'), isTail: !isFollowed(checksum, file, at, length) }
    }
    at += logHeaderBytes + length
  }
  return undefined
}

/** After a record whose length may be right: what comes right behind it, or in a later block. */
function isFollowed(checksum: Checksum, file: Uint8Array, at: number, length: number): boolean {
  return isSoundAt(checksum, file, at + logHeaderBytes + length) || hasSoundRecord(checksum, file, nextBlock(at))
}

/** Records begin anew in each block, so a later one can be read whatever happened before. */
function hasSoundRecord(checksum: Checksum, file: Uint8Array, from: number): boolean {
  for (let at = from; at < file.length; at += logBlockBytes) if (isSoundAt(checksum, file, at)) return true
  return false
}

function isSoundAt(checksum: Checksum, file: Uint8Array, at: number): boolean {
  if (at + logHeaderBytes > file.length) return false
  const view = new DataView(file.buffer, file.byteOffset + at, logHeaderBytes)
  const end = at + logHeaderBytes + view.getUint16(4, true)
  const type = view.getUint8(6)
  if (type === 0 || type > logTypeMax || end > file.length) return false
  return unmask(view.getUint32(0, true)) === checksum.crc32c(file.subarray(at + 6, end))
}

function nextBlock(at: number): number {
  return (Math.floor(at / logBlockBytes) + 1) * logBlockBytes
}

/** LevelDB stores checksums rotated and shifted, so that one of data that holds checksums is not of a special kind. */
function unmask(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0
  return ((rotated >>> 17) | (rotated << 15)) >>> 0
}

/** @throws BlockFault at its own place in the file */
class Cursor {
  at = 0
  readonly #bytes: Uint8Array
  readonly #offset: number

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes
    this.#offset = offset
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length
  }

  varint(): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) break
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw new BlockFault(this.#offset, 'an index entry is cut off')
  }

  handle(): BlockHandle {
    return { offset: this.varint(), size: this.varint() }
  }

  skip(byteCount: number): void {
    if (byteCount < 0 || this.at + byteCount > this.#bytes.length) {
      throw new BlockFault(this.#offset, 'an index entry is cut off')
    }
    this.at += byteCount
  }
}
