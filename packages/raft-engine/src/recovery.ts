import { type Checksum, type File, type FileSystem, RaftLogCorruptionError } from '@stratakv/core'
import { type BatchScan, scanBatches } from './batch-scan.ts'
import { decodeFileHeader, encodeFileHeader, type FileHeader, fileHeaderBytesMax } from './format/file-header.ts'
import type { LogQueue } from './format/file-name.ts'
import type { NamedFile } from './log-directory.ts'
import type { FileTable, LogFile } from './log-file.ts'
import type { SanitizedOptions } from './options.ts'
import type { Replay } from './replay.ts'

export interface RecoveryDeps {
  readonly fileSystem: FileSystem
  readonly checksum: Checksum
  readonly files: FileTable
  readonly replay: Replay
}

/** A file whose batches are being looked for, ahead of their turn. */
interface OpenedFile {
  readonly handle: File
  readonly header: FileHeader
  /** Nothing is scanned of a file that was begun anew. */
  readonly scan: BatchScan | undefined
}

/**
 * Reads one queue back, oldest file first, and repairs what its mode allows. Files are read a few at a time, ahead of the
 * one whose batches are being replayed.
 */
export async function recoverQueue(
  queue: LogQueue,
  names: readonly NamedFile[],
  deps: RecoveryDeps,
  options: SanitizedOptions,
): Promise<LogFile[]> {
  const recovered: LogFile[] = []
  const ahead: Promise<OpenedFile>[] = []
  let nextAt = 0
  const readAhead = (): void => {
    while (nextAt < names.length && ahead.length < options.recoveryThreads) {
      const opened = openFile(names[nextAt]!, nextAt === names.length - 1, deps, options)
      // Its error is thrown when its turn comes; it may never come.
      opened.catch(() => {})
      ahead.push(opened)
      nextAt++
    }
  }
  try {
    for (const [at, name] of names.entries()) {
      readAhead()
      const opened = await ahead.shift()!
      readAhead()
      recovered.push(await recoverFile(queue, name, opened, at === names.length - 1, deps, options))
    }
    return recovered
  } catch (error) {
    for (const { handle } of recovered) await handle.close()
    for (const opened of await Promise.allSettled(ahead)) {
      if (opened.status === 'fulfilled') await opened.value.handle.close()
    }
    throw error
  }
}

async function openFile(
  { path }: NamedFile,
  isLast: boolean,
  { fileSystem, checksum }: RecoveryDeps,
  options: SanitizedOptions,
): Promise<OpenedFile> {
  const mode = options.recoveryMode
  const handle = await fileSystem.open(path, isLast || mode === 'tolerate-any-corruption' ? 'write' : 'read')
  try {
    const sizeBytes = await handle.sizeBytes()
    const start = new Uint8Array(Math.min(sizeBytes, fileHeaderBytesMax))
    const header = decodeFileHeader(start.subarray(0, await handle.readAt(start, 0)))
    if ('fault' in header) {
      // A file that a crash caught at its beginning is not longer than a header. A longer one held data: it is damaged, or of
      // a newer engine, or encrypted, and cutting it off would finish it. (TiKV 6.1 refuses it, later engines do cut.)
      const mayBeNew = sizeBytes <= fileHeaderBytesMax && header.fault !== 'version'
      if (!mayBeNew || mode === 'absolute-consistency' || (!isLast && mode !== 'tolerate-any-corruption')) {
        throw new RaftLogCorruptionError(path, 0, header.detail)
      }
      return { handle, header: await beginAnew(handle, options), scan: undefined }
    }
    const scan = await scanBatches(handle, header, {
      readBytesMin: options.recoveryReadBlockSize,
      // A file that is not the last was synced whole before the next one began. In the last, a crash may have torn any
      // write since the last sync, not the last one alone.
      checkBlocks: isLast ? checksum : undefined,
    })
    return { handle, header, scan }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function beginAnew(handle: File, { formatVersion }: SanitizedOptions): Promise<FileHeader> {
  const bytes = encodeFileHeader(formatVersion)
  await handle.truncate(0)
  await handle.writeAt([bytes], 0)
  await handle.sync('all')
  return decodeFileHeader(bytes) as FileHeader
}

async function recoverFile(
  queue: LogQueue,
  { seq, directory, path }: NamedFile,
  { handle, header, scan }: OpenedFile,
  isLast: boolean,
  { files, replay }: RecoveryDeps,
  { recoveryMode }: SanitizedOptions,
): Promise<LogFile> {
  const file = files.add({ queue, seq, directory, path, handle, header, endOffset: header.lengthBytes })
  try {
    let fault = scan?.fault
    for (const batch of scan?.batches ?? []) {
      const detail = batch.isBlockBad ? 'a block of entries does not have its checksum' : replay.batch(file, batch)
      if (detail !== undefined) {
        fault = { offset: file.endOffset, detail }
        break
      }
      file.endOffset = batch.offset + batch.header.totalBytes
    }
    if (fault === undefined) return file
    const isTolerated =
      recoveryMode === 'tolerate-any-corruption' || (isLast && recoveryMode === 'tolerate-tail-corruption')
    if (!isTolerated) throw new RaftLogCorruptionError(path, fault.offset, fault.detail)
    await handle.truncate(file.endOffset)
    await handle.sync('all')
    return file
  } catch (error) {
    await handle.close()
    throw error
  }
}
