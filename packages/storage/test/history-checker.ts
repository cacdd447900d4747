import type { Timestamp } from '@stratakv/core'
import { expect } from 'vitest'
import type { Storage } from '../src/storage.ts'
import { bytes, text } from './memory-kv.ts'
import { context, type TxnTrace } from './percolator-client.ts'

/** One committed version of a key. */
interface Version {
  readonly startTs: Timestamp
  readonly commitTs: Timestamp
  readonly value: string | undefined
}

/**
 * Compares what clients were told with what is stored: each read is of the newest version at its timestamp, each
 * transaction is there as a whole or not at all, nobody commits over what was committed after it began, and a
 * transaction that begins after another's answer sees it.
 */
export async function checkHistories(
  storage: Storage,
  keys: readonly string[],
  traces: readonly TxnTrace[],
): Promise<void> {
  const histories = new Map<string, readonly Version[]>()
  for (const key of keys) {
    const { lock, writes, values } = await storage.mvccGetByKey({ context, key: bytes(key) })
    expect(lock, `lock on ${key}`).toBeUndefined()
    const versions = writes
      .filter(({ write }) => write.kind === 'put' || write.kind === 'delete')
      .map(({ commitTs, write }) => {
        const long = values.find(({ startTs }) => startTs === write.startTs)?.value
        return { commitTs, startTs: write.startTs, value: text(write.shortValue ?? long) }
      })
    for (const [index, { startTs }] of versions.entries()) {
      // Newest first: nobody commits over what was committed after it began.
      expect(versions[index + 1]?.commitTs ?? 0n).toBeLessThanOrEqual(startTs)
    }
    histories.set(key, versions)
  }
  for (const trace of traces) checkTrace(trace, histories, traces)
}

function checkTrace(trace: TxnTrace, histories: Map<string, readonly Version[]>, traces: readonly TxnTrace[]): void {
  const { startTs, mode, outcome } = trace
  for (const [key, seen] of trace.reads) {
    const version = histories.get(key)!.find(({ commitTs }) => commitTs <= startTs)
    expect(seen, `${key} read at ${startTs}`).toBe(version?.value)
  }
  const stored = [...trace.writes].map(([key, value]) => {
    const version = histories.get(key)!.find((candidate) => candidate.startTs === startTs)
    if (version !== undefined) expect(version.value).toBe(value)
    return version?.commitTs
  })
  // All of it at one timestamp, or nothing.
  expect(new Set(stored).size, `${mode} at ${startTs}: ${stored}`).toBeLessThanOrEqual(1)
  if (outcome.type === 'aborted') expect(stored[0]).toBeUndefined()
  if (outcome.type !== 'committed') return
  expect(stored[0], `${mode} at ${startTs}`).toBe(outcome.commitTs)
  for (const later of traces) {
    if (later.startTs > outcome.endedAt) expect(later.startTs).toBeGreaterThanOrEqual(outcome.commitTs)
  }
}
