import { composeTimestamp, StrataError, type Timestamp } from '@stratakv/core'
import { parseDuration, parseSize } from '@stratakv/server'
import type { BackupProgress } from './backup/backup-progress.ts'
import type { KeyRange } from './backup/manifest.ts'
import { FlagValueError } from './playground-command.ts'

/** Where the placement driver of a node without configuration is. */
export const pdDefault = '127.0.0.1:2379'

/** @throws FlagValueError */
export function endpointsOf(text: string): string[] {
  const endpoints = text
    .split(',')
    .map((endpoint) => endpoint.trim())
    .filter((endpoint) => endpoint !== '')
  if (endpoints.length === 0) throw new FlagValueError('--pd', text, 'addresses such as 127.0.0.1:2379,127.0.0.2:2379')
  return endpoints
}

/** Hex on both sides; absent: unbounded. @throws FlagValueError */
export function rangeOf(start: string | undefined, end: string | undefined): KeyRange {
  return { start: hexOf('--start', start), end: hexOf('--end', end) }
}

function hexOf(flag: string, text = ''): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw new FlagValueError(flag, text, 'a key in hex such as 7573657231')
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** A timestamp as TiKV gives it out, or a time such as `2026-11-25T22:28:14Z`. @throws FlagValueError */
export function timestampOf(text: string): Timestamp {
  if (/^\d{10,20}$/.test(text)) return BigInt(text)
  const unixMs = Date.parse(text)
  if (Number.isNaN(unixMs)) {
    throw new FlagValueError('--at', text, 'a timestamp of the cluster, or a time such as 2026-11-25T22:28:14Z')
  }
  return composeTimestamp(unixMs, 0)
}

/** @throws FlagValueError */
export function sizeOf(flag: string, text: string, limits: { readonly min: number; readonly max: number }): number {
  const bytes = parseSize(text)
  if (bytes === undefined || bytes < limits.min || bytes > limits.max) {
    throw new FlagValueError(flag, text, `a size such as 64MiB, from ${limits.min} to ${limits.max} bytes`)
  }
  return bytes
}

/** Whole seconds. @throws FlagValueError */
export function secondsOf(flag: string, text: string): number {
  const durationMs = parseDuration(text)
  if (durationMs === undefined || durationMs < 1000) throw new FlagValueError(flag, text, 'a duration such as 1h')
  return Math.ceil(durationMs / 1000)
}

/** @throws FlagValueError */
export function countOf(flag: string, text: string, max: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > max) throw new FlagValueError(flag, text, `a whole number from 1 to ${max}`)
  return count
}

/** `restoring: 1234 pairs, 5.6 MiB of 9.1 MiB (61%)`. */
export function progressText({ phase, count, bytes, bytesTotal }: BackupProgress): string {
  const percent = bytesTotal === undefined || bytesTotal === 0 ? '' : ` (${Math.floor((100 * bytes) / bytesTotal)}%)`
  const total = bytesTotal === undefined ? '' : ` of ${mebibytes(bytesTotal)}${percent}`
  return `${phase}: ${count} pairs, ${mebibytes(bytes)}${total}`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

/** What a shell reports for a process that SIGINT ended. */
const interruptedExitCode = 130

/**
 * Runs a command; what an operator can mend is one line on standard error, and the exit code is 1. The first Ctrl-C (or SIGTERM) asks for an
 * orderly end: `signal` is aborted, and what was done so far is kept; a second one ends at once.
 */
export async function runInterruptibly(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController()
  const interrupt = () => abort.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, interrupt)
  try {
    await work(abort.signal)
  } catch (error) {
    const isInterrupted = abort.signal.aborted
    const text = error instanceof StrataError ? error.message : error instanceof Error ? error.stack : String(error)
    const told = isInterrupted ? 'interrupted: run the same command again' : text
    process.stderr.write(`error: ${told}\n`)
    process.exitCode = isInterrupted ? interruptedExitCode : 1
  } finally {
    for (const name of signals) process.off(name, interrupt)
  }
}
