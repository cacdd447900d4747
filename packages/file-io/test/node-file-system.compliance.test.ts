import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileSystemCompliance } from '@stratakv/core/compliance'
import { createNodeFileSystem } from '@stratakv/file-io'
import { describe, expect, it } from 'vitest'

fileSystemCompliance(
  { describe, it, expect },
  {
    async create() {
      const root = await mkdtemp(join(tmpdir(), 'stratakv-file-io-'))
      return { fs: createNodeFileSystem(), root, dispose: () => rm(root, { recursive: true, force: true }) }
    },
  },
)
