import { fileSystemCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { dice } from './dice.ts'

const t = { describe, it, expect }

describe('a memory disk', () => {
  fileSystemCompliance(t, {
    create: async () => mounted(createMemoryDisk({ random: dice(1) })),
    ownDisk: true,
    powerCuts: true,
  })
})

describe('a memory disk after a power cut', () => {
  fileSystemCompliance(t, {
    create: async () => mounted(createMemoryDisk({ random: dice(2) }).clonePowerCut()),
    ownDisk: true,
    powerCuts: true,
  })
})

async function mounted(fs: MemoryDisk) {
  await fs.createDirectory('/data')
  await fs.syncDirectory('/')
  return { fs, root: '/data', dispose: async () => {}, powerCut: async () => fs.clonePowerCut() }
}
