import {
  below,
  type Clock,
  type KeyChange,
  type KvEngine,
  type RaftLogChange,
  type RaftLogEngine,
  type SeededRandom,
} from '@stratakv/core'
import { createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { SlowDisk } from './slow-disk.ts'

type EngineWork = (engine: KvEngine) => Promise<void>

/** A store's two engines on one slow disk each; `crash` gives what the next process finds. */
export interface CrashableEngines {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
  readonly logDisk: SlowDisk
  readonly kvDisk: SlowDisk
  /** The engines answer nothing any more. */
  crash(): Promise<StoredEngines>
}

/** What a power cut leaves. */
export interface StoredEngines {
  readonly engine: KvEngine
  readonly logEngine: RaftLogEngine
}

export function newStoredEngines(): StoredEngines {
  return { engine: createMemoryEngine(), logEngine: createMemoryRaftLog() }
}

/** Runs on copies of `stored`, which it makes durable as time passes. */
export async function crashableEngines(
  clock: Clock,
  random: SeededRandom,
  stored: StoredEngines,
  latencyMs: number,
): Promise<CrashableEngines> {
  const logDisk = new SlowDisk(clock, random.fork('log'), latencyMs)
  const kvDisk = new SlowDisk(clock, random.fork('kv'), latencyMs)
  const liveLog = await copyOfLog(stored.logEngine)
  const live = await copyOf(stored.engine)
  /** Done in the live engine, not durable yet. */
  const unsynced: EngineWork[] = []

  const logEngine = overriding(liveLog, {
    write: (changes: readonly RaftLogChange[]) => {
      let bytes = 0
      const run = async () => {
        await stored.logEngine.write(changes, { sync: true })
        bytes = await liveLog.write(changes, { sync: true })
      }
      return logDisk.do(run).then(() => bytes)
    },
  })
  const makeDurable = (count: number) => async () => {
    for (const work of unsynced.splice(0, count)) await work(stored.engine)
  }
  const write = async (work: EngineWork, sync: boolean): Promise<void> => {
    unsynced.push(work)
    const count = unsynced.length
    if (sync) await kvDisk.do(() => makeDurable(Math.min(count, unsynced.length))())
    await work(live)
  }
  const engine = overriding(live, {
    write: (batch: readonly KeyChange[], { sync }: { sync: boolean }) =>
      write((target) => target.write(batch, { sync: false }), sync),
    deleteRange: (cf, start, end, { sync }: { sync: boolean }) =>
      write((target) => target.deleteRange(cf, start, end, { sync: false }), sync),
    syncWal: () => kvDisk.do(() => makeDurable(unsynced.length)()),
  } satisfies Partial<KvEngine>)
  return {
    engine,
    logEngine,
    logDisk,
    kvDisk,
    async crash() {
      await logDisk.cut()
      await kvDisk.cut()
      // The system writes back what it likes, in order.
      await makeDurable(below(random, unsynced.length + 1))()
      return stored
    },
  }
}

function overriding<T extends object>(target: T, members: Partial<T>): T {
  return new Proxy(target, {
    get(inner, name) {
      if (name in members) return members[name as keyof T]
      const member = Reflect.get(inner, name) as unknown
      return typeof member === 'function' ? member.bind(inner) : member
    },
  })
}

async function copyOf(engine: KvEngine): Promise<KvEngine> {
  const copy = createMemoryEngine()
  for (const cf of ['default', 'lock', 'write', 'raft'] as const) {
    const cursor = engine.iterate(cf)
    for (let found = await cursor.seekToFirst(); found; found = await cursor.next()) {
      await copy.write([{ type: 'put', cf, key: cursor.key, value: cursor.value }], { sync: false })
    }
    cursor.close()
  }
  return copy
}

async function copyOfLog(log: RaftLogEngine): Promise<RaftLogEngine> {
  const copy = createMemoryRaftLog()
  for (const regionId of log.regions()) {
    const firstIndex = log.firstIndex(regionId)
    const changes: RaftLogChange[] = []
    if (firstIndex !== undefined) {
      const entries = await log.entries(regionId, firstIndex, log.lastIndex(regionId)! + 1)
      changes.push({ type: 'append', regionId, firstIndex, entries })
    }
    for (const [key, value] of await log.values(regionId)) changes.push({ type: 'put', regionId, key, value })
    if (changes.length > 0) await copy.write(changes, { sync: true })
  }
  return copy
}
