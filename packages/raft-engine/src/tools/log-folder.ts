import type { FileSystem } from '@stratakv/core'
import { type LogQueue, parseFileName } from '../format/file-name.ts'
import { RaftLogNotFoundError } from './tool-errors.ts'

/** A file of a log, as its name tells. */
export interface LogFile {
  readonly path: string
  readonly queue: LogQueue
  readonly seq: number
  readonly sizeBytes: number
}

export interface LogFolder {
  /** What recovery reads: of each queue the last run of sequences without a gap. Rewrite files first, in order. */
  readonly files: readonly LogFile[]
  /**
   * Before a gap, or before a sequence that is there twice. The Rust engine passes over them, ours refuses the log unless it is to tolerate anything.
   * Recycling and a crash leave such files behind, and so does a file that is lost.
   */
  readonly passedOver: readonly LogFile[]
  /** The bytes of `files`. */
  readonly totalBytes: number
}

/** @throws RaftLogNotFoundError, FileNotFoundError */
export async function listLog(fs: FileSystem, paths: readonly string[]): Promise<LogFolder> {
  const found = (await Promise.all(paths.map((path) => logFilesAt(fs, path)))).flat()
  if (found.length === 0) throw new RaftLogNotFoundError(paths)
  const queues = (['rewrite', 'append'] as const).map((queue) =>
    lastRun(found.filter((file) => file.queue === queue).toSorted((left, right) => left.seq - right.seq)),
  )
  const files = queues.flatMap(({ run }) => run)
  return {
    files,
    passedOver: queues.flatMap(({ before }) => before),
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

async function logFilesAt(fs: FileSystem, path: string): Promise<LogFile[]> {
  const status = await fs.stat(path)
  const names = status?.kind === 'file' ? [nameOf(path)] : (await fs.list(path)).map(({ name }) => name)
  const files: LogFile[] = []
  for (const name of names) {
    const parsed = parseFileName(name)
    if (parsed === undefined || parsed.kind === 'reserved') continue
    const filePath = status?.kind === 'file' ? path : `${path}/${name}`
    const fileStatus = await fs.stat(filePath)
    if (fileStatus?.kind !== 'file') continue
    files.push({ path: filePath, queue: parsed.kind, seq: parsed.seq, sizeBytes: fileStatus.sizeBytes })
  }
  return files
}

/** The name of a file without its folder. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folder that holds a file. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/')
  return end < 0 ? '.' : path.slice(0, Math.max(end, 1))
}

/** Of files in the order of their sequences. Of a sequence that is there twice, the one from the path named last counts. */
function lastRun(files: readonly LogFile[]): { run: readonly LogFile[]; before: readonly LogFile[] } {
  let start = Math.max(files.length - 1, 0)
  while (start > 0 && files[start - 1]!.seq + 1 === files[start]!.seq) start--
  return { run: files.slice(start), before: files.slice(0, start) }
}
