import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './process.ts'
import type { ServerUnderTest } from './servers.ts'

const driverFolder = fileURLToPath(new URL('../../go-kv', import.meta.url))

export type Operation = 'load' | 'raw-get' | 'raw-put' | 'raw-batch-get' | 'txn-load' | 'txn-rmw' | 'txn-two'

/** One run of the driver. */
export interface Drive {
  readonly operation: Operation
  /** Each keeps one operation in flight. */
  readonly callerCount: number
  readonly durationMs: number
  /** Driven so long before anything is counted; absent: not. */
  readonly warmupMs?: number
  /** Operations a second that are offered; latencies then count from when each should have started. Absent: as many as the callers manage. */
  readonly ratePerSecond?: number
  readonly recordCount: number
  readonly valueBytes: number
  readonly seed: number
}

/** What the driver printed. */
export interface DriveResult {
  readonly opsPerSecond: number
  readonly operations: number
  readonly retries: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Requests in one message to the server. */
  readonly meanBatchSize: number
  /** What the driver's process used, on all its threads. */
  readonly cpuSeconds: number
}

export interface Driver {
  drive(server: ServerUnderTest, drive: Drive): Promise<DriveResult>
}

/** Builds the Go program into `folder`. */
export async function buildDriver(folder: string): Promise<Driver> {
  const program = join(folder, 'go-kv')
  await runProgram('go', ['build', '-o', program, '.'], driverFolder)
  return {
    async drive(server, drive) {
      const output = await runProgram(
        program,
        [
          ...['-target', server.target, '-address', server.address, '-operation', drive.operation],
          ...[
            '-callers',
            `${drive.callerCount}`,
            '-duration',
            `${drive.durationMs}ms`,
            '-warmup',
            `${drive.warmupMs ?? 0}ms`,
          ],
          ...['-rate', `${drive.ratePerSecond ?? 0}`],
          ...['-records', `${drive.recordCount}`, '-value-size', `${drive.valueBytes}`, '-seed', `${drive.seed}`],
        ],
        folder,
      )
      return JSON.parse(output) as DriveResult
    },
  }
}
