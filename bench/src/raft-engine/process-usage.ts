import { readFileSync } from 'node:fs'

/** The kernel's books about this process, all its threads included. */
export interface ProcessUsage {
  /** User and system time. */
  readonly cpuSeconds: number
  /** What it made the kernel send to storage. */
  readonly writtenBytes: number
}

export function processUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage()
  const written = /^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]
  return { cpuSeconds: (user + system) / 1e6, writtenBytes: Number(written) }
}
