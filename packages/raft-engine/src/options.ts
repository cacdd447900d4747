import { GiB, KiB, MiB, StrataError } from '@stratakv/core'
import type { FormatVersion } from './format/file-header.ts'

/**
 * What to do about a file that does not hold what it should, when the engine is opened.
 *
 * - `absolute-consistency`: nothing is tolerated, not even the preallocated tail that a crash leaves.
 * - `tolerate-tail-corruption`: what a crash can leave behind, in the last file of each queue, is cut off.
 * - `tolerate-any-corruption`: each file is cut at its first fault, wherever that is. Log in the middle may be lost.
 */
export type RecoveryMode = 'absolute-consistency' | 'tolerate-tail-corruption' | 'tolerate-any-corruption'

/** TiKV's `[raft-engine]` section, in camel case. Sizes are bytes. */
export interface RaftEngineOptions {
  /** The log's folder; made when it is not there, in a folder that is. */
  readonly directory: string
  /** A second folder, for files that the first has no room for. */
  readonly spillDirectory?: string
  /** Default `tolerate-tail-corruption`. */
  readonly recoveryMode?: RecoveryMode
  /** What one read of a recovery takes at least; it grows where files are read through. Default 16 KiB, at least 512 B. */
  readonly recoveryReadBlockSize?: number
  /** How many files are read at a time when the engine is opened. Default 4, at least 1. */
  readonly recoveryThreads?: number
  /** Entries of one batch are compressed from this many bytes on; 0 turns compression off. Default 8 KiB. */
  readonly batchCompressionThreshold?: number
  /** LZ4 acceleration, 1 to 65537: higher is faster and compresses less. Default 1. */
  readonly compressionLevel?: number
  /**
   * The log is synced when this many unsynced bytes have been written, whoever asked. 0: only when asked. Default 4 MiB, as
   * TiKV 6.1: without it, unsynced writes pile up for one sync to pay.
   */
  readonly bytesPerSync?: number
  /** Of new files. 1 is what TiKV 6.1 reads and writes. Default 2. */
  readonly formatVersion?: FormatVersion
  /** A file this long gets no further batch. Default 128 MiB, at most 2 GiB. */
  readonly targetFileSize?: number
  /** Old files are purged when all of the append queue takes more than this. Default 10 GiB; at least `targetFileSize`. */
  readonly purgeThreshold?: number
  /** The same of the rewrite queue. Default a tenth of `purgeThreshold`, at least `targetFileSize`. */
  readonly purgeRewriteThreshold?: number
  /** The rewrite queue is copied when this part of it is dead. Default 0.6. */
  readonly purgeRewriteGarbageRatio?: number
  /**
   * Index and values may take this much before `purge` names the regions with the longest logs, however old their files are.
   * Default: no limit. (TiKV's engine moves the index to disk instead, in a build that TiKV does not ship.)
   */
  readonly memoryLimit?: number
  /** Purged files are used again rather than removed. Needs format version 2. Default true with version 2, false with 1. */
  readonly enableLogRecycle?: boolean
  /** Files to use are made when the engine is opened, and kept when it is closed. Needs `enableLogRecycle`. Default false. */
  readonly prefillForRecycle?: boolean
  /** What these may take. Default `purgeThreshold`. */
  readonly prefillLimit?: number
  /** Blocks that reads brought into memory. Default 8 MiB. Ours, not TiKV's, whose engine keeps one block a thread. */
  readonly readCacheSize?: number
}

export type SanitizedOptions = Required<Omit<RaftEngineOptions, 'spillDirectory' | 'memoryLimit'>> &
  Pick<RaftEngineOptions, 'spillDirectory' | 'memoryLimit'>

/** An option that cannot be. The process should not start with it. */
export class RaftEngineOptionError extends StrataError {
  readonly code = 'RAFT_ENGINE_OPTION'
  /** As in TiKV's file: `raft-engine.purge-threshold`. */
  readonly key: string
  readonly value: unknown
  constructor(key: string, value: unknown, takes: string) {
    super(`raft-engine.${key} is ${String(value)}; it takes ${takes}`)
    this.key = `raft-engine.${key}`
    this.value = value
  }
}

/** The most that a block's place in its file, a 32-bit number, leaves room for behind a file's target size. */
const targetFileSizeMax = GiB(2)

/** Fills in the defaults. @throws RaftEngineOptionError */
export function sanitizeOptions(options: RaftEngineOptions): SanitizedOptions {
  const check = (ok: boolean, key: string, value: unknown, takes: string): void => {
    if (!ok) throw new RaftEngineOptionError(key, value, takes)
  }
  const size = (
    key: string,
    value: number,
    min: number,
    takes: string,
    max: number = Number.MAX_SAFE_INTEGER,
  ): number => {
    check(Number.isSafeInteger(value) && value >= min && value <= max, key, value, takes)
    return value
  }
  const { directory, spillDirectory, memoryLimit } = options
  check(directory !== '', 'dir', directory, 'the name of a folder')
  check(spillDirectory !== directory, 'spill-dir', spillDirectory, 'a folder other than raft-engine.dir')
  const recoveryMode = options.recoveryMode ?? 'tolerate-tail-corruption'
  check(
    ['absolute-consistency', 'tolerate-tail-corruption', 'tolerate-any-corruption'].includes(recoveryMode),
    'recovery-mode',
    recoveryMode,
    'absolute-consistency, tolerate-tail-corruption or tolerate-any-corruption',
  )
  const formatVersion = options.formatVersion ?? 2
  check(formatVersion === 1 || formatVersion === 2, 'format-version', formatVersion, '1 or 2')
  const targetFileSize = size(
    'target-file-size',
    options.targetFileSize ?? MiB(128),
    1,
    '1 B to 2 GiB',
    targetFileSizeMax,
  )
  const purgeThreshold = size(
    'purge-threshold',
    options.purgeThreshold ?? GiB(10),
    targetFileSize,
    `at least raft-engine.target-file-size (${targetFileSize})`,
  )
  const garbageRatio = options.purgeRewriteGarbageRatio ?? 0.6
  check(garbageRatio >= 0 && garbageRatio <= 1, 'purge-rewrite-garbage-ratio', garbageRatio, '0 to 1')
  const enableLogRecycle = options.enableLogRecycle ?? formatVersion === 2
  check(
    !(enableLogRecycle && formatVersion === 1),
    'enable-log-recycle',
    enableLogRecycle,
    'false while raft-engine.format-version is 1: its batches do not tell a file used again from the one before',
  )
  const prefillForRecycle = options.prefillForRecycle ?? false
  check(
    enableLogRecycle || !prefillForRecycle,
    'prefill-for-recycle',
    prefillForRecycle,
    'false while raft-engine.enable-log-recycle is',
  )
  return {
    directory,
    ...(spillDirectory !== undefined && { spillDirectory }),
    ...(memoryLimit !== undefined && { memoryLimit: size('memory-limit', memoryLimit, 0, 'a number of bytes') }),
    recoveryMode,
    recoveryReadBlockSize: size(
      'recovery-read-block-size',
      options.recoveryReadBlockSize ?? KiB(16),
      512,
      'at least 512 B',
    ),
    recoveryThreads: size('recovery-threads', options.recoveryThreads ?? 4, 1, 'at least 1'),
    batchCompressionThreshold: size(
      'batch-compression-threshold',
      options.batchCompressionThreshold ?? KiB(8),
      0,
      'a number of bytes, 0 for none',
    ),
    compressionLevel: size('compression-level', options.compressionLevel ?? 1, 1, '1 to 65537', 65537),
    bytesPerSync: size('bytes-per-sync', options.bytesPerSync ?? MiB(4), 0, 'a number of bytes, 0 for never'),
    formatVersion,
    targetFileSize,
    purgeThreshold,
    purgeRewriteThreshold: size(
      'purge-rewrite-threshold',
      options.purgeRewriteThreshold ?? Math.max(Math.floor(purgeThreshold / 10), targetFileSize),
      0,
      'a number of bytes',
    ),
    purgeRewriteGarbageRatio: garbageRatio,
    enableLogRecycle,
    prefillForRecycle,
    prefillLimit: size('prefill-limit', options.prefillLimit ?? purgeThreshold, 0, 'a number of bytes'),
    readCacheSize: size('read-cache-size', options.readCacheSize ?? MiB(8), 0, 'a number of bytes'),
  }
}
