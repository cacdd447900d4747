import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KiB } from '@stratakv/core'
import { type KvEngineComplianceOptions, kvEngineCompliance } from '@stratakv/core/compliance'
import { type LevelEngineOptions, openLevelEngine } from '@stratakv/level-engine'
import { describe, expect, it } from 'vitest'

function on(options: Omit<LevelEngineOptions, 'path'>): KvEngineComplianceOptions {
  return {
    async create() {
      const path = await mkdtemp(join(tmpdir(), 'level-engine-'))
      let engine = await openLevelEngine({ path, ...options })
      return {
        engine,
        async reopen() {
          engine = await openLevelEngine({ path, ...options })
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

describe('level engine, inline reads', () => {
  kvEngineCompliance({ describe, it, expect }, on({}))
})

describe('level engine, threaded reads', () => {
  kvEngineCompliance({ describe, it, expect }, on({ reads: 'threaded' }))
})

// The smallest memtable LevelDB takes: logs switch and tables are written in the middle of everything.
describe('level engine, small memtables, no block cache to speak of', () => {
  kvEngineCompliance(
    { describe, it, expect },
    on({ memtableBytes: KiB(64), blockCacheBytes: KiB(8), compression: false }),
  )
})
