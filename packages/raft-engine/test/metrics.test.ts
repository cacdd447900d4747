import { below, KiB, type Random, seededRandom, type Telemetry } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { openRaftEngine, type RaftEngineListener } from '../src/index.ts'
import { clock } from './crash/log-workload.ts'

/** What was told of each metric, with its labels. */
function recording(): { telemetry: Telemetry; told: Map<string, number[]>; declared: Set<string> } {
  const told = new Map<string, number[]>()
  const declared = new Set<string>()
  const tell = (name: string, value: number, labels: readonly string[]): void => {
    const key = [name, ...labels].join(' ')
    told.set(key, [...(told.get(key) ?? []), value])
  }
  const metric = ({ name }: { readonly name: string }) => {
    declared.add(name)
    return {
      add: (amount: number, ...labels: readonly string[]) => tell(name, amount, labels),
      set: (value: number, ...labels: readonly string[]) => tell(name, value, labels),
      observe: (value: number, ...labels: readonly string[]) => tell(name, value, labels),
    }
  }
  return {
    telemetry: { counter: metric, gauge: metric, histogram: metric, span: () => ({ end() {} }) },
    told,
    declared,
  }
}

/** TiKV's, less those of its swap files. */
const names = [
  'allocate_log_duration_seconds',
  'background_rewrite_bytes',
  'log_entry_count',
  'log_file_count',
  'memory_usage',
  'purge_duration_seconds',
  'read_entry_count',
  'read_entry_duration_seconds',
  'read_message_duration_seconds',
  'recycled_file_count',
  'rewrite_append_duration_seconds',
  'rewrite_rewrite_duration_seconds',
  'rotate_log_duration_seconds',
  'sync_log_duration_seconds',
  'write_apply_duration_seconds',
  'write_compression_ratio',
  'write_duration_seconds',
  'write_leader_duration_seconds',
  'write_preprocess_duration_seconds',
  'write_size',
].map((name) => `raft_engine_${name}`)

/** Compresses to about a half. */
function halfRandom(random: Random): Uint8Array {
  return new Uint8Array(600).map((_, at) => (at < 300 ? below(random, 256) : 0))
}

describe('what the engine tells', () => {
  it("goes to metrics of TiKV's names, every one of which is told something by a log that is written, read and purged", async () => {
    const { telemetry, told, declared } = recording()
    const disk = createMemoryDisk({ random: seededRandom(1) })
    const engine = await openRaftEngine(
      { fileSystem: disk, clock, telemetry },
      {
        directory: '/log',
        targetFileSize: KiB(8),
        purgeThreshold: KiB(24),
        purgeRewriteThreshold: KiB(8),
        purgeRewriteGarbageRatio: 0.1,
        batchCompressionThreshold: 256,
      },
    )
    const key = Uint8Array.of(82)
    const random = seededRandom(7)
    for (let index = 1; index <= 600; index++) {
      await engine.write(
        [
          {
            type: 'append',
            regionId: 1 + (index % 2),
            firstIndex: Math.ceil(index / 2),
            entries: [halfRandom(random)],
          },
          { type: 'append', regionId: 10 + index, firstIndex: 1, entries: [Uint8Array.of(index)] },
          { type: 'put', regionId: 1, key, value: key },
          { type: 'compact', regionId: 1 + (index % 2), index: Math.max(0, Math.ceil(index / 2) - 3) },
          { type: 'clean', regionId: index - 40 },
        ].filter(({ regionId }) => regionId > 0) as Parameters<typeof engine.write>[0],
        { sync: index % 3 === 0 },
      )
      if (index % 10 === 0) await engine.purge()
    }
    await engine.entries(1, engine.firstIndex(1)!, engine.lastIndex(1)! + 1)
    engine.get(1, key)
    await engine.close()
    expect([...declared].sort()).toEqual(names)
    const silent = names.filter((name) => ![...told.keys()].some((told) => told.split(' ')[0] === name))
    expect(silent).toEqual([])
    expect(Math.max(...told.get('raft_engine_log_file_count append')!)).toBeGreaterThan(1)
    expect(told.get('raft_engine_write_size')!.length).toBe(600)
    expect(told.get('raft_engine_write_compression_ratio')!.every((ratio) => ratio > 0 && ratio < 1)).toBe(true)
  })

  it('comes to listeners in its order: the file, then bytes in it, then what they did', async () => {
    const events: string[] = []
    const listener: RaftEngineListener = {
      onFileOpened: (queue, seq) => events.push(`open ${queue} ${seq}`),
      onAppended: (queue, seq, bytes) => events.push(`write ${queue} ${seq} ${bytes > 0}`),
      onApplied: (queue, seq) => events.push(`apply ${queue} ${seq} ${engine.lastIndex(1)}`),
    }
    const disk = createMemoryDisk({ random: seededRandom(1) })
    const engine = await openRaftEngine({ fileSystem: disk, clock, listeners: [listener] }, { directory: '/log' })
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [Uint8Array.of(1)] }], { sync: true })
    await engine.close()
    expect(events).toEqual(['open rewrite 1', 'open append 1', 'write append 1 true', 'apply append 1 1'])
  })
})
