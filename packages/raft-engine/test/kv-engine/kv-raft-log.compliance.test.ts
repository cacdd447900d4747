import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KiB, type KvEngine } from '@stratakv/core'
import { type RaftLogEngineComplianceOptions, raftLogEngineCompliance } from '@stratakv/core/compliance'
import { openLevelEngine } from '@stratakv/level-engine'
import { createMemoryEngine } from '@stratakv/memory'
import { openKvRaftLog } from '@stratakv/raft-engine/kv-engine'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { describe, expect, it } from 'vitest'

function onDisk(open: (path: string) => Promise<KvEngine>): RaftLogEngineComplianceOptions {
  return {
    async create() {
      const path = await mkdtemp(join(tmpdir(), 'kv-raft-log-'))
      let engine = await openKvRaftLog({ engine: await open(path) })
      return {
        engine,
        async reopen() {
          engine = await openKvRaftLog({ engine: await open(path) })
          return engine
        },
        async dispose() {
          await engine.close()
          await rm(path, { recursive: true })
        },
      }
    },
  }
}

describe('Raft log on the memory engine', () => {
  raftLogEngineCompliance(
    { describe, it, expect },
    {
      async create() {
        const engine = await openKvRaftLog({ engine: createMemoryEngine() })
        return { engine, dispose: () => engine.close() }
      },
    },
  )
})

describe('Raft log on LevelDB', () => {
  raftLogEngineCompliance(
    { describe, it, expect },
    onDisk((path) => openLevelEngine({ path })),
  )
})

describe('Raft log on LevelDB, threaded reads, small memtables', () => {
  raftLogEngineCompliance(
    { describe, it, expect },
    onDisk((path) => openLevelEngine({ path, reads: 'threaded', memtableBytes: KiB(64) })),
  )
})

describe('Raft log on RocksDB', () => {
  raftLogEngineCompliance(
    { describe, it, expect },
    onDisk((path) => openRocksdbEngine({ path })),
  )
})
