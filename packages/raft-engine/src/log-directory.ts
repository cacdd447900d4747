import { type FileLock, type FileSystem, parentDirectory, RaftLogCorruptionError } from '@stratakv/core'
import { type LogQueue, parseFileName } from './format/file-name.ts'
import type { RecoveryMode, SanitizedOptions } from './options.ts'

/** A log file by its name. */
export interface NamedFile {
  readonly seq: number
  readonly directory: string
  readonly path: string
}

/** What lies in the log's folders. */
export interface LogDirectoryContents {
  /** Oldest first, without a gap. */
  readonly append: readonly NamedFile[]
  readonly rewrite: readonly NamedFile[]
  readonly reserved: readonly NamedFile[]
}

/** Makes the folders durable where they are missing, and keeps every other engine out of them. */
export async function lockDirectories(fileSystem: FileSystem, options: SanitizedOptions): Promise<FileLock[]> {
  const locks: FileLock[] = []
  try {
    for (const directory of directoriesOf(options)) {
      if ((await fileSystem.stat(directory)) === undefined) {
        await fileSystem.createDirectory(directory)
        await fileSystem.syncDirectory(parentDirectory(directory))
      }
      locks.push(await fileSystem.lock(`${directory}/LOCK`))
    }
    return locks
  } catch (error) {
    for (const lock of locks) await lock.release()
    throw error
  }
}

/** @throws RaftLogCorruptionError for a file that is missing or there twice */
export async function listLogFiles(fileSystem: FileSystem, options: SanitizedOptions): Promise<LogDirectoryContents> {
  const found: Record<LogQueue | 'reserved', NamedFile[]> = { append: [], rewrite: [], reserved: [] }
  for (const directory of directoriesOf(options)) {
    for (const { name, kind } of await fileSystem.list(directory)) {
      const parsed = kind === 'file' ? parseFileName(name) : undefined
      if (parsed !== undefined) found[parsed.kind].push({ seq: parsed.seq, directory, path: `${directory}/${name}` })
    }
  }
  for (const files of Object.values(found)) files.sort((left, right) => left.seq - right.seq)
  return {
    append: lastRun(found.append, options.recoveryMode),
    rewrite: lastRun(found.rewrite, options.recoveryMode),
    reserved: found.reserved,
  }
}

function directoriesOf({ directory, spillDirectory }: SanitizedOptions): string[] {
  return spillDirectory === undefined ? [directory] : [directory, spillDirectory]
}

/**
 * The files from the last gap on. A purge removes files one by one, oldest first, each durably, so a gap is no trace of a
 * crash: somebody has removed a file whose entries are still named by others, or brought in an old one. (The Rust engine
 * leaves out what lies before a gap without a word; so does the mode that tolerates anything.)
 */
function lastRun(files: readonly NamedFile[], mode: RecoveryMode): readonly NamedFile[] {
  let start = files.length
  while (start > 0 && (start === files.length || files[start - 1]!.seq === files[start]!.seq - 1)) start--
  if (start === 0) return files
  const { seq, path } = files[start]!
  if (mode === 'tolerate-any-corruption') return files.slice(start)
  const isTwice = files[start - 1]!.seq === seq
  const detail = isTwice
    ? `the same file is there twice, also as ${files[start - 1]!.path}`
    : `the file before it is missing; the last that is there is ${files[start - 1]!.path}`
  throw new RaftLogCorruptionError(
    path,
    undefined,
    `${detail}. With raft-engine.recovery-mode = "tolerate-any-corruption" the log begins here`,
  )
}
