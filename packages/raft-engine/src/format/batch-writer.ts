import {
  assert,
  type Checksum,
  compressorRawBytesMax,
  type LogIndex,
  RaftLogBatchTooLargeError,
  type RegionId,
} from '@stratakv/core'
import { KernelMemoryError, type Kernels, lz4CompressBound } from '@stratakv/wasm'
import {
  type BatchCompression,
  batchChecksumBytes,
  batchEntriesBytesMax,
  batchHeaderBytes,
  compressionTypes,
} from './batch-header.ts'
import { BatchItems } from './batch-items.ts'
import type { FormatVersion } from './file-header.ts'
import { putVarint, varintBytesMax } from './varint.ts'

/** Linear memory grows in steps of this, so that a growing batch does not detach its views all the time. */
const growthBytes = 1024 * 1024
/** Memory past this is given back by `reset`. */
const memoryBytesKept = 8 * 1024 * 1024
/** From here on a native checksum may win over the kernel, which needs no copy of bytes that lie in its memory. */
const nativeChecksumBytesMin = 512
/** Bytes of the raw length before an LZ4 block. */
const rawLengthBytes = 4

export interface LogBatchWriterDeps {
  /** Makes an instance that is the writer's alone. It is asked again after a reset that gives memory back. */
  readonly createKernels: () => Kernels
  readonly checksum: Checksum
}

export interface LogBatchWriterOptions {
  /** Batches with so many bytes of raw entries or more are compressed, if that makes them shorter; 0 turns it off. */
  readonly compressionThresholdBytes: number
  /** 1 to 65537, as of LZ4: the greater, the faster, and the longer the result. */
  readonly compressionAcceleration: number
}

/** A finished batch in its writer's memory: good until the writer is reset. */
export interface SealedBatch {
  /** Where it begins in the writer's memory. The next batch begins where it ends. */
  readonly offset: number
  readonly totalBytes: number
  /** From the start of the batch. */
  readonly footerOffset: number
  /** What the footer's checksum is before it is signed; see `sign`. */
  readonly unsignedCrc: number
  readonly compression: BatchCompression
  /** The stored entries with their checksum, from 16 bytes behind the start of the batch on; 0 if there are none. */
  readonly entriesBlockBytes: number
  /** Of the raw entries. */
  readonly entriesBytes: number
  readonly itemCount: number
}

/**
 * Assembles log batches in WASM memory, where they are compressed and checksummed too; a file is written from there, and
 * nothing is copied back. Batches sealed one after another are contiguous: a group of them is one range to write.
 *
 * A batch is begin (add)+ seal; an add that throws has changed nothing. A view of the memory is detached by an add to a later
 * batch that makes it grow, so while a file is being written from it nothing may be added.
 */
export class LogBatchWriter {
  readonly #deps: LogBatchWriterDeps
  readonly #options: LogBatchWriterOptions
  readonly #items = new BatchItems()
  #kernels: Kernels
  /** Where the batch that is being assembled begins. */
  #begin: number
  #entriesBytes = 0
  #isOpen = false

  constructor(deps: LogBatchWriterDeps, options: LogBatchWriterOptions) {
    this.#deps = deps
    this.#options = options
    this.#kernels = deps.createKernels()
    this.#begin = this.#kernels.arenaStart
  }

  /** Raw, of the batch that is being assembled. */
  get entriesBytes(): number {
    return this.#entriesBytes
  }

  get itemCount(): number {
    return this.#items.count
  }

  /** Of all sealed batches, in bytes. */
  get sealedBytes(): number {
    return this.#begin - this.#kernels.arenaStart
  }

  /** What the writer holds, in bytes. */
  get memoryBytes(): number {
    return this.#kernels.view().length
  }

  /** Begins a batch; one that was begun and not sealed is forgotten. */
  begin(): void {
    this.#items.clear()
    this.#entriesBytes = 0
    this.#isOpen = true
  }

  /**
   * Adds entries of consecutive indexes; none at all are no item. Copies the payloads.
   *
   * @throws RaftLogBatchTooLargeError past 2^31 - 1 bytes of entries, or what the arena may grow to with everything in it
   */
  addEntries(regionId: RegionId, firstIndex: LogIndex, payloads: readonly Uint8Array[]): void {
    this.#assertOpen(regionId)
    if (payloads.length === 0) return
    assert(isIndex(firstIndex) && isIndex(firstIndex + (payloads.length - 1)), 'indexes are safe integers')
    let bytes = 0
    for (const payload of payloads) bytes += payload.length
    const entriesBytes = this.#entriesBytes + bytes
    if (entriesBytes > batchEntriesBytesMax) {
      throw new RaftLogBatchTooLargeError(entriesBytes, batchEntriesBytesMax)
    }
    const memory = this.#reserve(entriesBytes, BatchItems.entriesBytesMax(payloads.length))
    this.#items.addEntries(regionId, firstIndex, payloads, this.#entriesBytes)
    let at = this.#begin + batchHeaderBytes + this.#entriesBytes
    for (const payload of payloads) {
      memory.set(payload, at)
      at += payload.length
    }
    this.#entriesBytes = entriesBytes
  }

  /** Copies both. @throws RaftLogBatchTooLargeError */
  addPut(regionId: RegionId, key: Uint8Array, value: Uint8Array): void {
    this.#addKeyValue(regionId, key, value)
  }

  /** Copies the key. @throws RaftLogBatchTooLargeError */
  addDelete(regionId: RegionId, key: Uint8Array): void {
    this.#addKeyValue(regionId, key, undefined)
  }

  /** Entries below `index` are gone. @throws RaftLogBatchTooLargeError */
  addCompact(regionId: RegionId, index: LogIndex): void {
    this.#assertOpen(regionId)
    assert(isIndex(index), 'indexes are safe integers')
    this.#reserve(this.#entriesBytes, BatchItems.entriesBytesMax(0))
    this.#items.addCompact(regionId, index)
  }

  /** The region is gone, its entries and its keys. @throws RaftLogBatchTooLargeError */
  addClean(regionId: RegionId): void {
    this.#assertOpen(regionId)
    this.#reserve(this.#entriesBytes, BatchItems.entriesBytesMax(0))
    this.#items.addClean(regionId)
  }

  /**
   * Ends the batch, which has an item at least: compresses, checksums, and puts the items behind the entries. Its footer is
   * unsigned, which is how version 1 has it. Does not fail.
   */
  seal(): SealedBatch {
    assert(this.#isOpen, 'a batch is begun before it is sealed')
    assert(this.#items.count > 0, 'a batch holds an item at least')
    this.#isOpen = false
    const offset = this.#begin
    const itemCount = this.#items.count
    const entriesBytes = this.#entriesBytes
    const compressedBytes = this.#compress(offset + batchHeaderBytes, entriesBytes)
    const compression = compressedBytes === 0 ? 'none' : 'lz4'
    const storedBytes = compressedBytes === 0 ? entriesBytes : compressedBytes
    const entriesBlockBytes = storedBytes === 0 ? 0 : storedBytes + batchChecksumBytes
    const footerOffset = batchHeaderBytes + entriesBlockBytes
    const memory = this.#kernels.view()
    let at = offset + batchHeaderBytes + storedBytes
    if (storedBytes > 0) {
      putU32(memory, at, this.#crc32(offset + batchHeaderBytes, storedBytes))
      at += batchChecksumBytes
    }
    at = putVarint(memory, at, itemCount)
    this.#items.copyTo(memory, at)
    at += this.#items.lengthBytes
    const unsignedCrc = this.#crc32(offset + footerOffset, at - offset - footerOffset)
    putU32(memory, at, unsignedCrc)
    at += batchChecksumBytes
    const totalBytes = at - offset
    putHeader(memory, offset, totalBytes, compressionTypes[compression], footerOffset)
    this.#begin = at
    this.#items.clear()
    this.#entriesBytes = 0
    return {
      offset,
      totalBytes,
      footerOffset,
      unsignedCrc,
      compression,
      entriesBlockBytes,
      entriesBytes,
      itemCount,
    }
  }

  /** Makes a sealed batch one of the file of that version and sequence, whatever file it was signed for before. */
  sign(batch: SealedBatch, version: FormatVersion, seq: number): void {
    assert(Number.isSafeInteger(seq) && seq > 0, 'a file sequence is a safe integer from 1 on')
    putU32(
      this.#kernels.view(),
      batch.offset + batch.totalBytes - batchChecksumBytes,
      batch.unsignedCrc ^ batchSignature(version, seq),
    )
  }

  /** Sealed batches that lie there, to be written to a file; detached when a later add makes the memory grow. */
  bytes(offset: number, lengthBytes: number): Uint8Array {
    assert(offset >= this.#kernels.arenaStart && offset + lengthBytes <= this.#begin, 'sealed batches lie there')
    return this.#kernels.view().subarray(offset, offset + lengthBytes)
  }

  /** Forgets all batches, sealed or not. Memory beyond 8 MiB is given back. Nothing may use a view of it any more. */
  reset(): void {
    // Linear memory never shrinks, so the instance goes.
    if (this.memoryBytes > memoryBytesKept) this.#kernels = this.#deps.createKernels()
    this.#begin = this.#kernels.arenaStart
    this.#items.clear()
    this.#entriesBytes = 0
    this.#isOpen = false
  }

  #addKeyValue(regionId: RegionId, key: Uint8Array, value: Uint8Array | undefined): void {
    this.#assertOpen(regionId)
    this.#reserve(this.#entriesBytes, BatchItems.keyValueBytesMax(key, value))
    this.#items.addKeyValue(regionId, key, value)
  }

  #assertOpen(regionId: RegionId): void {
    assert(this.#isOpen, 'a batch is begun before something is added to it')
    assert(Number.isSafeInteger(regionId) && regionId >= 0, 'a region id is a safe integer')
  }

  /** Makes room for the batch as it will be, so that sealing it needs no more: with so many raw entries, and so many bytes of items added. */
  #reserve(entriesBytes: number, itemBytes: number): Uint8Array {
    const items = varintBytesMax + this.#items.lengthBytes + itemBytes
    const end = this.#begin + batchHeaderBytes + entriesBytes + items + 2 * batchChecksumBytes
    const memory = this.#kernels.view()
    if (end <= memory.length) return memory
    try {
      this.#grow(end)
    } catch (error) {
      if (!(error instanceof KernelMemoryError)) throw error
      throw new RaftLogBatchTooLargeError(error.memoryBytes, error.memoryBytesMax)
    }
    return this.#kernels.view()
  }

  /** Up to `end` at least. @throws KernelMemoryError */
  #grow(end: number): void {
    const { arenaStart } = this.#kernels
    const arenaBytes = end - arenaStart
    try {
      this.#kernels.reserveArena(Math.ceil(arenaBytes / growthBytes) * growthBytes)
    } catch (error) {
      if (!(error instanceof KernelMemoryError)) throw error
      this.#kernels.reserveArena(arenaBytes)
    }
  }

  /**
   * Compresses the entries in place, to a length and an LZ4 block, and returns how long that is. 0, and they are as they were,
   * if they are not to be compressed, would not get shorter, or there is no memory to try.
   */
  #compress(source: number, lengthBytes: number): number {
    const { compressionThresholdBytes, compressionAcceleration } = this.#options
    if (compressionThresholdBytes === 0 || lengthBytes < compressionThresholdBytes) return 0
    if (lengthBytes > compressorRawBytesMax) return 0
    const target = source + lengthBytes
    try {
      this.#grow(target + lz4CompressBound(lengthBytes))
    } catch (error) {
      if (!(error instanceof KernelMemoryError)) throw error
      return 0
    }
    const blockBytes = this.#kernels.lz4CompressAt(source, lengthBytes, target, compressionAcceleration)
    if (rawLengthBytes + blockBytes >= lengthBytes) return 0
    const memory = this.#kernels.view()
    putU32(memory, source, lengthBytes)
    memory.copyWithin(source + rawLengthBytes, target, target + blockBytes)
    return rawLengthBytes + blockBytes
  }

  #crc32(pointer: number, lengthBytes: number): number {
    if (lengthBytes < nativeChecksumBytesMin) return this.#kernels.crc32At(pointer, lengthBytes)
    return this.#deps.checksum.crc32(this.#kernels.view().subarray(pointer, pointer + lengthBytes))
  }
}

/** What footers are signed with in a file, by XOR: batches of its former use in version 2 do not pass for its own. */
export function batchSignature(version: FormatVersion, seq: number): number {
  // To 32 bits, also from a double past them.
  return version === 1 ? 0 : seq >>> 0
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function putU32(target: Uint8Array, at: number, value: number): void {
  target[at] = value
  target[at + 1] = value >>> 8
  target[at + 2] = value >>> 16
  target[at + 3] = value >>> 24
}

/** Lengths in a writer's memory are below 2^32: the bytes above stay zero. */
function putHeader(target: Uint8Array, at: number, totalBytes: number, type: number, footerOffset: number): void {
  target.fill(0, at, at + batchHeaderBytes)
  target[at + 3] = totalBytes >>> 24
  target[at + 4] = totalBytes >>> 16
  target[at + 5] = totalBytes >>> 8
  target[at + 6] = totalBytes
  target[at + 7] = type
  target[at + 12] = footerOffset >>> 24
  target[at + 13] = footerOffset >>> 16
  target[at + 14] = footerOffset >>> 8
  target[at + 15] = footerOffset
}
