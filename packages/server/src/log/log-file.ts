import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { type Clock, StrataError } from '@stratakv/core'
import pino from 'pino'

export interface LogFileOptions {
  /** The file that is written to; its folder is made if missing. */
  readonly path: string
  /** The file is put aside before it would grow beyond this; a single longer line still goes in whole. Bytes; 0 = never. */
  readonly sizeBytesMax: number
  /** Files put aside longer ago than this are removed. Days; 0 = kept for good. */
  readonly daysMax: number
  /** More files put aside than this are removed, the oldest first. 0 = all are kept. */
  readonly backupCountMax: number
}

/** The log file cannot be opened. */
export class LogFileError extends StrataError {
  readonly code = 'SERVER_LOG_FILE'
  readonly path: string
  constructor(path: string, options: { readonly cause: unknown }) {
    const reason = options.cause instanceof Error ? options.cause.message : String(options.cause)
    super(`log.file.filename: ${path} cannot be written: ${reason}`, options)
    this.path = path
  }
}

/** Where log lines go. Neither method throws once the output is open: a log that cannot be written costs lines, not the process. */
export interface LogOutput {
  /** Written when the call returns, if the output takes it. */
  write(line: string): void
}

/** Log lines that could not be written wait for the next one, up to so many characters; what comes then is dropped. */
const unwrittenMax = 64 * 1024
const dayMs = 86_400_000

type Destination = ReturnType<typeof pino.destination>

/** Synchronous, so that nothing is lost when the process ends. */
function openDestination(
  target: { readonly fd: number } | { readonly dest: string; readonly mkdir: true },
): Destination {
  const destination = pino.destination({ ...target, sync: true, maxLength: unwrittenMax })
  destination.on('error', () => {})
  return destination
}

/** An open file descriptor, such as that of standard error. */
export function descriptorOutput(fd: number): LogOutput {
  return openDestination({ fd })
}

/**
 * A file that is put aside when it is full, as TiKV does it: `tikv.log` becomes `tikv-2026-11-25T22-28-14.123.log`, in UTC, and a
 * new `tikv.log` begins. Own code, since the well-kept libraries either write asynchronously, and so lose the
 * last lines before a crash, or give the file that is written to a number, so that `tail -F` has no name to follow.
 *
 * @throws LogFileError
 */
export function rotatingOutput({ clock }: { readonly clock: Clock }, options: LogFileOptions): LogOutput {
  const { path, sizeBytesMax } = options
  let destination: Destination
  let sizeBytes: number
  try {
    destination = openDestination({ dest: path, mkdir: true })
    sizeBytes = statSync(path).size
  } catch (cause) {
    throw new LogFileError(path, { cause })
  }
  /** Two files that are put aside within a millisecond must not get one name. */
  let lastRotationMs = 0

  const rotate = () => {
    lastRotationMs = Math.max(clock.unixMs(), lastRotationMs + 1)
    try {
      renameSync(path, backupPath(path, lastRotationMs))
      const next = openDestination({ dest: path, mkdir: true })
      destination.flushSync()
      destination.destroy()
      destination = next
      sizeBytes = 0
      removeOldBackups(options, clock.unixMs())
    } catch {
      // The old file goes on, under whichever name it has by now; after as much again it is tried once more.
      sizeBytes = 0
    }
  }

  return {
    write(line) {
      const lineBytes = Buffer.byteLength(line)
      if (sizeBytesMax > 0 && sizeBytes > 0 && sizeBytes + lineBytes > sizeBytesMax) rotate()
      sizeBytes += lineBytes
      destination.write(line)
    },
  }
}

/** `2026-11-25T22-28-14.123`: TiKV's form, free of the colons that some file systems refuse. */
function stampOf(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, -1).replaceAll(':', '-')
}

function timeOfStamp(stamp: string): number {
  return Date.parse(`${stamp.slice(0, 11)}${stamp.slice(11).replaceAll('-', ':')}Z`)
}

const stampPattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/

function backupPath(path: string, unixMs: number): string {
  const extension = extname(path)
  return join(dirname(path), `${basename(path, extension)}-${stampOf(unixMs)}${extension}`)
}

/** Names of `files` that are to go: those older than `daysMax`, and the oldest beyond `backupCountMax`. */
export function expiredBackups(
  files: readonly string[],
  { path, daysMax, backupCountMax }: LogFileOptions,
  unixMs: number,
): string[] {
  const extension = extname(path)
  const prefix = `${basename(path, extension)}-`
  const backups = files
    .filter((name) => name.startsWith(prefix) && name.endsWith(extension))
    .map((name) => ({ name, stamp: name.slice(prefix.length, name.length - extension.length) }))
    .filter(({ stamp }) => stampPattern.test(stamp))
    .sort((left, right) => (left.stamp < right.stamp ? 1 : -1))
  return backups
    .filter(
      ({ stamp }, age) =>
        (backupCountMax > 0 && age >= backupCountMax) || (daysMax > 0 && timeOfStamp(stamp) < unixMs - daysMax * dayMs),
    )
    .map(({ name }) => name)
}

function removeOldBackups(options: LogFileOptions, unixMs: number): void {
  const folder = dirname(options.path)
  for (const name of expiredBackups(readdirSync(folder), options, unixMs)) rmSync(join(folder, name), { force: true })
}
