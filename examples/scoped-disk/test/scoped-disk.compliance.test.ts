import { systemRandom } from '@stratakv/core'
import { fileSystemCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { scopedDisk } from '../src/scoped-disk.ts'

fileSystemCompliance(
  { describe, it, expect },
  {
    async create() {
      const disk = createMemoryDisk({ random: systemRandom() })
      await disk.createDirectory('/tenants/a/data')
      return { fs: scopedDisk(disk, '/tenants/a'), root: '/data', dispose: async () => {} }
    },
    ownDisk: true,
  },
)
