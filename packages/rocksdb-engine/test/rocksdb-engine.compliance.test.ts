import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KiB } from '@stratakv/core'
import { type KvEngineComplianceOptions, kvEngineCompliance } from '@stratakv/core/compliance'
import { openRocksdbEngine, type RocksdbEngineOptions } from '@stratakv/rocksdb-engine'
import { describe, expect, it } from 'vitest'

function on(options: Omit<RocksdbEngineOptions, 'path'>): KvEngineComplianceOptions {
  return {
    async create() {
      const path = await mkdtemp(join(tmpdir(), 'rocksdb-engine-'))
      let engine = await openRocksdbEngine({ path, ...options })
      return {
        engine,
        async reopen() {
          engine = await openRocksdbEngine({ path, ...options })
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

describe('rocksdb engine', () => {
  kvEngineCompliance({ describe, it, expect }, on({}))
})

// The smallest memtable RocksDB takes: logs switch and tables are written in the middle of everything.
describe('rocksdb engine, small memtables, no block cache', () => {
  kvEngineCompliance({ describe, it, expect }, on({ memtableBytes: KiB(64), memtableCountMax: 2, blockCache: false }))
})
