import { mkdirSync } from 'node:fs'
import type { Clock, FileSystem, KvEngine, RaftLogEngine } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { findNativeFileSystem, type NativeBackend, openNativeFileSystem } from '@stratakv/file-io-native'
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

/**
 * How ours reaches files: natively where that is built, as a node does, or as `STRATA_BENCH_IO` says (`node`, `native`,
 * `native-direct`, `native-uring`).
 */
export function openFiles(): {
  readonly fileSystem: FileSystem
  readonly backend: string
  close(): Promise<void>
} {
  const asked = process.env.STRATA_BENCH_IO
  const native =
    asked === undefined
      ? findNativeFileSystem()
      : asked === 'node'
        ? undefined
        : openNativeFileSystem({ backend: asked as NativeBackend })
  if (native === undefined) return { fileSystem: createNodeFileSystem(), backend: 'node', close: async () => {} }
  return { fileSystem: native, backend: native.backend, close: () => native.close() }
}

/** Opens an engine in `folder`, with the defaults of its package but for the sizes at which ours purges. */
export async function openSide(name: SideName, clock: Clock, options: SideOptions): Promise<RaftLogEngine> {
  const { folder, targetFileSize, purgeThreshold, compressionThreshold } = options
  mkdirSync(folder, { recursive: true })
  switch (name) {
    case 'raft-engine':
      return openRaftEngine(
        { fileSystem: openFiles().fileSystem, clock },
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
