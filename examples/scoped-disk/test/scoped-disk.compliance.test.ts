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
      for (const folder of ['/', '/tenants', '/tenants/a']) await disk.syncDirectory(folder)
      return {
        fs: scopedDisk(disk, '/tenants/a'),
        root: '/data',
        dispose: async () => {},
        powerCut: async () => scopedDisk(disk.clonePowerCut(), '/tenants/a'),
      }
    },
    ownDisk: true,
    powerCuts: true,
  },
)
