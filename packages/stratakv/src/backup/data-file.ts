import { createHash } from 'node:crypto'
import { type Checksum, compareBytes, emptyBytes, type File, type FileSystem, KiB } from '@stratakv/core'
import {
  blockHeaderBytes,
  checkFileHeader,
  decodeBlock,
  decodeBlockHeader,
  encodeBlock,
  encodeEnd,
  encodeFileHeader,
  fileHeaderBytes,
  pairBytes,
} from './data-file-format.ts'
import { BackupDamagedError, ScanOrderError } from './errors.ts'
import { type DataFileEntry, dataFileName, isDataFileName } from './manifest.ts'
import { equalSums, type Pair, PairSummer } from './pair-sum.ts'

/** Small enough to be read in one go, large enough that compression finds something. Before compression. */
const blockBytesTarget = KiB(256)

export interface DataFileDeps {
  readonly fs: FileSystem
  readonly checksum: Checksum
}

/** Writes one data file. Calls must not overlap. */
export class DataFileWriter {
  readonly #deps: DataFileDeps
  readonly #file: File
  readonly #name: string
  readonly #compress: boolean
  readonly #hash = createHash('sha256')
  readonly #summer: PairSummer
  #block: Pair[] = []
  #blockBytes = 0
  #blockCount = 0
  #sizeBytes = 0
  #firstKey: Uint8Array | undefined
  #lastKey: Uint8Array | undefined

  private constructor(deps: DataFileDeps, file: File, name: string, compress: boolean) {
    this.#deps = deps
    this.#file = file
    this.#name = name
    this.#compress = compress
    this.#summer = new PairSummer(deps.checksum)
  }

  /** @param fileNumber from 1 */
  static async create(
    deps: DataFileDeps,
    directory: string,
    fileNumber: number,
    options: { readonly compress: boolean },
  ): Promise<DataFileWriter> {
    const name = dataFileName(fileNumber)
    const file = await deps.fs.open(`${directory}/${name}`, 'create-new')
    const writer = new DataFileWriter(deps, file, name, options.compress)
    await writer.#append([encodeFileHeader(deps.checksum, fileNumber)])
    return writer
  }

  /** What is in the file, and in the block that is not yet. */
  get sizeBytes(): number {
    return this.#sizeBytes + this.#blockBytes
  }

  /** Keys must ascend. The pair is the writer's until {@link finish}. @throws ScanOrderError */
  async add(pair: Pair): Promise<void> {
    if (this.#lastKey !== undefined && compareBytes(pair.key, this.#lastKey) <= 0) {
      throw new ScanOrderError(this.#lastKey, pair.key)
    }
    this.#firstKey ??= pair.key
    this.#lastKey = pair.key
    this.#summer.add(pair)
    this.#block.push(pair)
    this.#blockBytes += pairBytes(pair)
    if (this.#blockBytes >= blockBytesTarget) await this.#flush()
  }

  /** Durable on return, but for the name: the caller syncs the folder. */
  async finish(): Promise<DataFileEntry> {
    await this.#flush()
    await this.#append(encodeEnd(this.#deps.checksum, this.#blockCount))
    await this.#file.sync('all')
    await this.#file.close()
    return {
      name: this.#name,
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest('hex'),
      firstKey: this.#firstKey ?? emptyBytes,
      lastKey: this.#lastKey ?? emptyBytes,
      sum: this.#summer.sum,
    }
  }

  /** Leaves a file that no reader takes for whole. */
  close(): Promise<void> {
    return this.#file.close()
  }

  async #flush(): Promise<void> {
    if (this.#block.length === 0) return
    await this.#append(await encodeBlock(this.#deps.checksum, this.#block, { compress: this.#compress }))
    this.#blockCount++
    this.#block = []
    this.#blockBytes = 0
  }

  async #append(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) {
      this.#hash.update(chunk)
      this.#sizeBytes += chunk.length
    }
    await this.#file.append(chunks)
  }
}

/**
 * The pairs of one file, a block at a time, each checked before it is given out; the file as a whole (length, hash, sum, first and
 * last key) when the last has been taken.
 *
 * @throws BackupDamagedError, BackupTooNewError
 */
export async function* readDataFile(
  { fs, checksum }: DataFileDeps,
  directory: string,
  entry: DataFileEntry,
  fileNumber: number,
): AsyncGenerator<readonly Pair[], void, void> {
  const path = `${directory}/${entry.name}`
  if (!isDataFileName(entry.name)) throw new BackupDamagedError(path, 0, 'it has no name of a data file')
  if ((await fs.stat(path)) === undefined) throw new BackupDamagedError(path, 0, 'it is missing')
  const file = await fs.open(path, 'read')
  try {
    const sizeBytes = await file.sizeBytes()
    if (sizeBytes !== entry.sizeBytes) {
      throw new BackupDamagedError(path, 0, `it has ${sizeBytes} bytes, not ${entry.sizeBytes}`)
    }
    const hash = createHash('sha256')
    const summer = new PairSummer(checksum)
    let offset = 0
    const take = async (length: number): Promise<Uint8Array> => {
      const target = new Uint8Array(Math.min(length, Math.max(0, sizeBytes - offset)))
      const bytes = target.subarray(0, await file.readAt(target, offset))
      hash.update(bytes)
      offset += bytes.length
      return bytes
    }
    checkFileHeader(checksum, path, await take(fileHeaderBytes), fileNumber)
    let firstKey: Uint8Array | undefined
    let lastKey: Uint8Array | undefined
    for (let blockCount = 0; ; blockCount++) {
      const at = { path, offset }
      const header = await take(blockHeaderBytes)
      const frame = decodeBlockHeader(path, at.offset, header)
      const pairs = await decodeBlock(checksum, at, header, await take(frame.storedBytes))
      if (frame.isEnd) {
        if (frame.count !== blockCount) throw new BackupDamagedError(path, at.offset, 'blocks are missing')
        break
      }
      for (const pair of pairs) {
        if (lastKey !== undefined && compareBytes(pair.key, lastKey) <= 0) {
          throw new BackupDamagedError(path, at.offset, 'its keys do not ascend')
        }
        firstKey ??= pair.key
        lastKey = pair.key
        summer.add(pair)
      }
      yield pairs
    }
    if (offset !== sizeBytes) throw new BackupDamagedError(path, offset, 'something stands behind its end')
    if (hash.digest('hex') !== entry.sha256) throw new BackupDamagedError(path, 0, 'it does not match its hash')
    const isSame =
      equalSums(summer.sum, entry.sum) &&
      compareBytes(firstKey ?? emptyBytes, entry.firstKey) === 0 &&
      compareBytes(lastKey ?? emptyBytes, entry.lastKey) === 0
    if (!isSame) throw new BackupDamagedError(path, 0, 'it holds other pairs than the list says')
  } finally {
    await file.close()
  }
}
