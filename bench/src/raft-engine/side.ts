import { mkdirSync } from 'node:fs'
import type { Clock, KvEngine, RaftLogEngine } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { openRaftEngine } from '@stratakv/raft-engine'
import { openKvRaftLog } from '@stratakv/raft-engine/kv-engine'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'

/** Engines that run in a Node process. `raft-engine` is ours; the others are what it is there to replace. */
export type SideName = 'raft-engine' | 'leveldb' | 'rocksdb'

export interface SideOptions {
  readonly folder: string
  readonly targetFileSize: number
  readonly purgeThreshold: number
  /** 0 compresses nothing; absent: the default. */
  readonly compressionThreshold?: number
}

/** Entries of a region that RocksDB drops one by one at most: where a range is the cheaper way, by its page. */
const rocksdbInlineDropCountMax = 100

/** Opens an engine in `folder`, with the defaults of its package but for the sizes at which ours purges. */
export async function openSide(name: SideName, clock: Clock, options: SideOptions): Promise<RaftLogEngine> {
  const { folder, targetFileSize, purgeThreshold, compressionThreshold } = options
  mkdirSync(folder, { recursive: true })
  switch (name) {
    case 'raft-engine':
      return openRaftEngine(
        { fileSystem: createNodeFileSystem(), clock },
        {
          directory: folder,
          targetFileSize,
          purgeThreshold,
          ...(compressionThreshold === undefined ? {} : { batchCompressionThreshold: compressionThreshold }),
        },
      )
    case 'leveldb':
      return overKv(await openLevelEngine({ path: folder }))
    case 'rocksdb':
      return overKv(await openRocksdbEngine({ path: folder }), rocksdbInlineDropCountMax)
  }
}

function overKv(engine: KvEngine, inlineDropCountMax?: number): Promise<RaftLogEngine> {
  return openKvRaftLog({ engine }, inlineDropCountMax === undefined ? {} : { inlineDropCountMax })
}
