import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kvEngineCompliance } from '@stratakv/core/compliance'
import { createNodeFileSystem } from '@stratakv/file-io'
import { describe, expect, it } from 'vitest'
import { openSqliteEngine } from '../src/sqlite-engine.ts'

kvEngineCompliance(
  { describe, it, expect },
  {
    async create() {
      const directory = await mkdtemp(join(tmpdir(), 'sqlite-engine-'))
      const deps = { fs: createNodeFileSystem() }
      let engine = await openSqliteEngine(deps, directory)
      return {
        engine,
        async reopen() {
          engine = await openSqliteEngine(deps, directory)
          return engine
        },
        async dispose() {
          await engine.close()
          await rm(directory, { recursive: true })
        },
      }
    },
  },
)
