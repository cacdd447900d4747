import { KiB, seededRandom, systemClock } from '@stratakv/core'
import { raftLogEngineCompliance } from '@stratakv/core/compliance'
import { createMemoryDisk } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import { openRaftEngine, type RaftEngineOptions } from '../src/index.ts'

const profiles: readonly (readonly [string, Omit<RaftEngineOptions, 'directory'>])[] = [
  ['as it comes', {}],
  [
    'small files, purged and used again',
    { targetFileSize: KiB(4), purgeThreshold: KiB(12), purgeRewriteThreshold: KiB(4), batchCompressionThreshold: 64 },
  ],
  [
    'version 1, no compression, small files',
    {
      formatVersion: 1,
      targetFileSize: KiB(2),
      purgeThreshold: KiB(6),
      purgeRewriteThreshold: KiB(2),
      purgeRewriteGarbageRatio: 0,
      batchCompressionThreshold: 0,
      readCacheSize: 0,
    },
  ],
]

for (const [name, options] of profiles) {
  describe(`Raft engine on the memory disk, ${name}`, () => {
    raftLogEngineCompliance(
      { describe, it, expect },
      {
        async create() {
          const fileSystem = createMemoryDisk({ random: seededRandom(1) })
          const open = () => openRaftEngine({ fileSystem, clock: systemClock() }, { directory: '/log', ...options })
          let engine = await open()
          return {
            engine,
            reopen: async () => {
              engine = await open()
              return engine
            },
            dispose: () => engine.close(),
          }
        },
      },
    )
  })
}
