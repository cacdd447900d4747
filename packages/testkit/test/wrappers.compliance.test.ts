import type { FileSystem } from '@stratakv/core'
import { fileSystemCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk } from '@stratakv/memory'
import { countingFileSystem, type FaultRule, faultyFileSystem, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const t = { describe, it, expect }

async function memoryDisk() {
  const fs = createMemoryDisk({ random: seededRandom(1) })
  await fs.createDirectory('/data')
  await fs.syncDirectory('/')
  return fs
}

/** A wrapper around a disk whose power can be cut: what stays is the disk's affair, whoever wraps it. */
async function wrapped(wrap: (disk: FileSystem) => FileSystem) {
  const disk = await memoryDisk()
  return { fs: wrap(disk), root: '/data', dispose: async () => {}, powerCut: async () => disk.clonePowerCut() }
}

describe('a faulty file system without rules', () => {
  fileSystemCompliance(t, {
    create: () => wrapped((disk) => faultyFileSystem(disk, { random: seededRandom(2) })),
    ownDisk: true,
    powerCuts: true,
  })
})

describe('a faulty file system whose rules match nothing', () => {
  const rule: FaultRule = { on: ['read', 'write', 'sync'], path: /elsewhere/, fault: { type: 'error', errno: 'EIO' } }
  fileSystemCompliance(t, {
    create: () => wrapped((disk) => faultyFileSystem(disk, { random: seededRandom(2), rules: [rule] })),
    ownDisk: true,
    powerCuts: true,
  })
})

describe('a counting file system', () => {
  fileSystemCompliance(t, {
    create: () => wrapped(countingFileSystem),
    ownDisk: true,
    powerCuts: true,
  })
})
