import { StrataError, systemClock } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import type { LogToolDeps, LogToolOptions, LogToolProgress } from '@stratakv/raft-engine/tools'
import type { Command } from 'commander'
import { ProgressLine } from '../progress-line.ts'

/** What every command on a log takes. */
export interface LogFlags {
  readonly spillDir?: string
  readonly json?: boolean
}

/** What programs may rely on. `findings`: something is wrong, or there is something to do. */
export const logExitCodes = { fine: 0, findings: 1, failed: 2, interrupted: 130 } as const

export function withLogFlags(command: Command): Command {
  return command
    .argument('<path>', 'the folder of the log, or one of its files')
    .option('--spill-dir <folder>', 'the second folder of the log, if it has one')
}

/**
 * Runs a command on a log and ends with the exit code that it answers, or 2 with one line that says why not. The first Ctrl-C (or SIGTERM)
 * asks for an orderly end.
 */
export async function runOnLog(
  path: string,
  flags: LogFlags,
  work: (deps: LogToolDeps, options: LogToolOptions) => Promise<number>,
): Promise<void> {
  const line = new ProgressLine(process.stderr, systemClock())
  const abort = new AbortController()
  const interrupt = () => abort.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, interrupt)
  try {
    process.exitCode = await work(
      { fileSystem: createNodeFileSystem() },
      {
        paths: flags.spillDir === undefined ? [path] : [path, flags.spillDir],
        onProgress: (progress) => line.show(progressText(progress)),
        signal: abort.signal,
      },
    )
    line.end()
  } catch (error) {
    line.end()
    process.exitCode = abort.signal.aborted ? logExitCodes.interrupted : logExitCodes.failed
    tellFailure(path, flags, abort.signal.aborted ? 'interrupted' : error)
  } finally {
    for (const name of signals) process.off(name, interrupt)
  }
}

function tellFailure(path: string, flags: LogFlags, error: unknown): void {
  const text = error instanceof StrataError ? error.message : error instanceof Error ? error.stack : String(error)
  if (flags.json) {
    const code = error instanceof StrataError ? error.code : error === 'interrupted' ? 'INTERRUPTED' : 'UNEXPECTED'
    process.stdout.write(`${JSON.stringify({ path, error: { code, message: text } })}\n`)
  }
  process.stderr.write(`error: ${text}\n`)
}

/** `read: 12.3 MiB of 45.6 MiB (26%)`. */
export function progressText({ phase, doneBytes, totalBytes }: LogToolProgress): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes)
  return `${phase}: ${mebibytes(doneBytes)} of ${mebibytes(totalBytes)} (${percent}%)`
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

/** Bytes as hex, in JSON and in text. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}

/** One of something, more of something else. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`
}
