import { fileSystemCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk } from '@stratakv/memory'
import { countingFileSystem, type FaultRule, faultyFileSystem, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const t = { describe, it, expect }

async function memoryDisk() {
  const fs = createMemoryDisk({ random: seededRandom(1) })
  await fs.createDirectory('/data')
  return fs
}

const fixture = { root: '/data', dispose: async () => {} }

describe('a faulty file system without rules', () => {
  fileSystemCompliance(t, {
    create: async () => ({ fs: faultyFileSystem(await memoryDisk(), { random: seededRandom(2) }), ...fixture }),
    ownDisk: true,
  })
})

describe('a faulty file system whose rules match nothing', () => {
  const rule: FaultRule = { on: ['read', 'write', 'sync'], path: /elsewhere/, fault: { type: 'error', errno: 'EIO' } }
  fileSystemCompliance(t, {
    create: async () => ({
      fs: faultyFileSystem(await memoryDisk(), { random: seededRandom(2), rules: [rule] }),
      ...fixture,
    }),
    ownDisk: true,
  })
})

describe('a counting file system', () => {
  fileSystemCompliance(t, {
    create: async () => ({ fs: countingFileSystem(await memoryDisk()), ...fixture }),
    ownDisk: true,
  })
})
