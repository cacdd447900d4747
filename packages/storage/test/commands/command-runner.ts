import type { KvContext, Region, Timestamp } from '@stratakv/core'
import {
  appendTs,
  createLock,
  decodeWrite,
  encodeKey,
  encodeLock,
  encodeWrite,
  type Lock,
  MvccReader,
  pointGet,
  tsOf,
  type Write,
} from '@stratakv/mvcc'
import { simulatedClock } from '@stratakv/testkit'
import type { WriteCommand } from '../../src/command.ts'
import type { Mutation, PrewriteRequest } from '../../src/commands/prewrite.ts'
import { type ConcurrencyManager, createConcurrencyManager } from '../../src/concurrency-manager.ts'
import type { RequestContext } from '../../src/request.ts'
import { bytes, type MemoryKv, memoryKv, text } from '../memory-kv.ts'

export const kv: KvContext = { regionId: 1 }
export const context: RequestContext = { kv }
export const key = (name: string): Uint8Array => encodeKey(bytes(name))
/** The timestamp at this physical millisecond. */
export const at = (ms: number): Timestamp => BigInt(ms) << 18n

/** Runs one command at a time to its end: snapshot, decision, write, and again while there is more. */
export class CommandRunner {
  readonly kv: MemoryKv
  readonly concurrency: ConcurrencyManager = createConcurrencyManager()
  maxKeyBytes = 8192
  /** Of the last command: the keys latched in each round, and the bytes written. */
  rounds: { latched: number; writeBytes: number; guards: number }[] = []

  constructor(regions?: readonly Region[]) {
    this.kv = memoryKv(regions)
    this.concurrency.setMaxTsSynced(kv.regionId, true)
  }

  async run<R>(command: WriteCommand<R>): Promise<R> {
    this.rounds = []
    const env = { clock: simulatedClock(), concurrency: this.concurrency, maxKeyBytes: this.maxKeyBytes }
    for (;;) {
      const latched = command.latchKeys.length
      const snapshot = await this.kv.snapshot(command.kv)
      try {
        const result = await command.process(snapshot, env)
        await this.kv.write(command.kv, result.changes)
        const guards = result.keyGuards ?? []
        const writeBytes = result.changes.reduce(
          (sum, change) => sum + ('value' in change ? change.value.length : 0),
          0,
        )
        this.rounds.push({ latched, writeBytes, guards: guards.length })
        for (const guard of guards) guard.release()
        if (!result.continue) return result.response
      } finally {
        snapshot.release()
      }
    }
  }

  async placeLock(name: string, fields: Partial<Lock> & { startTs: Timestamp }): Promise<Lock> {
    const lock = createLock({ kind: 'put', primary: bytes(name), ttlMs: 3000, shortValue: bytes('v'), ...fields })
    await this.kv.engine.write([{ type: 'put', cf: 'lock', key: key(name), value: encodeLock(lock) }], { sync: false })
    return lock
  }

  async placeWrite(name: string, commitTs: Timestamp, write: Write): Promise<void> {
    const change = { type: 'put', cf: 'write', key: appendTs(key(name), commitTs), value: encodeWrite(write) } as const
    await this.kv.engine.write([change], { sync: false })
  }

  lock(name: string): Lock | undefined {
    return new MvccReader(this.kv.engine).loadLock(key(name)) as Lock | undefined
  }

  async lockedNames(): Promise<string[]> {
    const names: string[] = []
    const cursor = this.kv.engine.iterate('lock')
    for (let valid = await cursor.seekToFirst(); valid; valid = await cursor.next()) {
      names.push(text(cursor.key.subarray(0, 8))!.replaceAll('\0', ''))
    }
    return names
  }

  /** Records of a key, newest first: `put@7<5` was committed at 7 and started at 5. */
  async history(name: string): Promise<string[]> {
    const records: string[] = []
    const cursor = this.kv.engine.iterate('write', { lowerBound: key(name), upperBound: appendTs(key(name), 0n) })
    for (let valid = await cursor.seekToFirst(); valid; valid = await cursor.next()) {
      const write = decodeWrite(cursor.value)
      const mark = write.kind === 'rollback' && write.shortValue !== undefined ? ' protected' : ''
      records.push(`${write.kind}@${tsOf(cursor.key)}<${write.startTs}${mark}`)
    }
    return records
  }

  async read(name: string, readTs: Timestamp): Promise<string | undefined> {
    return text(await pointGet(this.kv.engine, key(name), { readTs, isolation: 'si' }))
  }
}

export function put(name: string, value = `value of ${name}`): Mutation {
  return { kind: 'put', key: bytes(name), value: bytes(value) }
}

export function prewriteRequest(
  startTs: Timestamp,
  mutations: readonly Mutation[],
  overrides: Partial<PrewriteRequest> = {},
): PrewriteRequest {
  return { context, mutations, primary: mutations[0]?.key ?? bytes('a'), startTs, lockTtlMs: 3000, ...overrides }
}
