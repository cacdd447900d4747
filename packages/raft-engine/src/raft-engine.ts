import {
  type Clock,
  ClosedError,
  type FileLock,
  type FileSystem,
  type LogIndex,
  type MaybePromise,
  noTelemetry,
  type RaftLogChange,
  RaftLogCompactedError,
  type RaftLogEngine,
  type RaftLogReadOptions,
  RaftLogUnavailableError,
  type RaftLogValue,
  type RaftLogValueRange,
  type RaftLogWriteOptions,
  type RegionId,
  type Telemetry,
} from '@stratakv/core'
import { createChecksum, createCompressor, createKernels, findNativeChecksum } from '@stratakv/wasm'
import { BlockCache } from './block-cache.ts'
import { BlockReader } from './block-reader.ts'
import { EntryReader } from './entry-reader.ts'
import { BatchReader } from './format/batch-reader.ts'
import { LogBatchWriter } from './format/batch-writer.ts'
import type { RaftEngineListener } from './listener.ts'
import { LiveCounts } from './live-counts.ts'
import { listLogFiles, lockDirectories } from './log-directory.ts'
import { FileTable } from './log-file.ts'
import { LogPipe, type LogPipeDeps } from './log-pipe.ts'
import { RaftEngineMetrics } from './metrics.ts'
import { type RaftEngineOptions, sanitizeOptions } from './options.ts'
import { Poison } from './poison.ts'
import { Purger } from './purger.ts'
import { recoverQueue } from './recovery.ts'
import { RecycledFiles, removeDurably } from './recycled-files.ts'
import { RegionLogs } from './region-logs.ts'
import { Replay } from './replay.ts'
import { Rewriter } from './rewriter.ts'
import { WriteQueue } from './write-queue.ts'

/** What others supply. */
export interface RaftEngineDeps {
  /** The disk. The engine does not close it. */
  readonly fileSystem: FileSystem
  /** For durations in metrics, and nothing else. */
  readonly clock: Clock
  readonly telemetry?: Telemetry
  readonly listeners?: readonly RaftEngineListener[]
}

/** What a Raft Engine says beyond the seam. */
export interface RaftEngine extends RaftLogEngine {
  readonly stats: RaftEngineStats
}

export interface RaftEngineStats {
  readonly appendFileCount: number
  readonly rewriteFileCount: number
  readonly recycledFileCount: number
  /** Sequences of the first and the active file. */
  readonly appendSpan: readonly [firstSeq: number, activeSeq: number]
  readonly rewriteSpan: readonly [firstSeq: number, activeSeq: number]
  /** Entries and values that live in each queue. */
  readonly appendLiveCount: number
  readonly rewriteLiveCount: number
  /** The part of the rewrite queue that is dead. */
  readonly rewriteGarbageRatio: number
  /** Of the index, the values, and blocks that reads brought in. */
  readonly memoryBytes: number
}

/**
 * Opens the log in `options.directory`, which no other engine may have open, and reads it back.
 * @throws RaftEngineOptionError, RaftLogCorruptionError, FileLockedError, NoSpaceError, FileIoError
 */
export async function openRaftEngine(deps: RaftEngineDeps, options: RaftEngineOptions): Promise<RaftEngine> {
  const sanitized = sanitizeOptions(options)
  const { fileSystem, clock, listeners = [] } = deps
  const kernels = createKernels()
  const checksum = createChecksum({ kernels, native: findNativeChecksum() })
  const compressor = createCompressor()
  const cache = new BlockCache(sanitized.readCacheSize)
  const files = new FileTable(({ slot }) => cache.dropFile(slot))
  const counts = new LiveCounts(files)
  const regions = new RegionLogs(counts)
  const metrics = new RaftEngineMetrics(deps.telemetry ?? noTelemetry())
  const poison = new Poison()
  const locks = await lockDirectories(fileSystem, sanitized)
  const pipes: LogPipe[] = []
  try {
    const contents = await listLogFiles(fileSystem, sanitized)
    const replay = new Replay(regions, new RegionLogs(counts), new BatchReader(checksum))
    const recovery = { fileSystem, checksum, files, replay }
    const recycled = sanitized.enableLogRecycle ? new RecycledFiles(fileSystem, sanitized, metrics) : undefined
    const pipeDeps: LogPipeDeps = { fileSystem, clock, files, metrics, listeners, poison, recycled }
    const open = async (queue: 'append' | 'rewrite'): Promise<LogPipe> => {
      const recovered = await recoverQueue(queue, contents[queue], recovery, sanitized)
      const pipe = new LogPipe(queue, pipeDeps, sanitized, recovered)
      pipes.push(pipe)
      return pipe
    }
    const rewrite = await open('rewrite')
    const append = await open('append')
    replay.finish()
    if (recycled !== undefined) await recycled.prefill(contents.reserved, append.fileCount)
    else for (const file of contents.reserved) await removeDurably(fileSystem, file)
    for (const pipe of pipes) await pipe.start()

    const blocks = new BlockReader({ files, checksum, compressor, cache })
    const newWriter = () =>
      new LogBatchWriter(
        { createKernels: () => createKernels({ memoryBytesMax: arenaBytesMax }), checksum },
        {
          compressionThresholdBytes: sanitized.batchCompressionThreshold,
          compressionAcceleration: sanitized.compressionLevel,
        },
      )
    const writes = new WriteQueue({
      clock,
      pipe: append,
      regions,
      newWriter,
      metrics,
      listeners,
      poison,
      hasOtherRoom: () => sanitized.spillDirectory !== undefined || (recycled?.count ?? 0) > 0,
    })
    const syncAppended = async (): Promise<void> => {
      if (!append.isSynced) await writes.write([], true)
    }
    const rewriter = new Rewriter({
      clock,
      files,
      regions,
      blocks,
      pipe: rewrite,
      writer: newWriter(),
      metrics,
      syncAppended,
    })
    const purger = new Purger(
      { clock, files, counts, regions, append, rewrite, rewriter, metrics, poison, syncAppended },
      sanitized,
    )
    return new OpenRaftEngine({
      clock,
      files,
      counts,
      regions,
      cache,
      metrics,
      append,
      rewrite,
      recycled,
      writes,
      purger,
      entries: new EntryReader(files, blocks),
      poison,
      locks,
    })
  } catch (error) {
    for (const pipe of pipes) await pipe.close().catch(() => {})
    for (const lock of locks) await lock.release()
    throw error
  }
}

/** Of one writer's linear memory: room for the longest write and for what it compresses to. */
const arenaBytesMax = 2 ** 32 - 65536

interface Parts {
  readonly clock: Clock
  readonly files: FileTable
  readonly counts: LiveCounts
  readonly regions: RegionLogs
  readonly cache: BlockCache
  readonly metrics: RaftEngineMetrics
  readonly append: LogPipe
  readonly rewrite: LogPipe
  readonly recycled: RecycledFiles | undefined
  readonly writes: WriteQueue
  readonly purger: Purger
  readonly entries: EntryReader
  readonly poison: Poison
  readonly locks: readonly FileLock[]
}

class OpenRaftEngine implements RaftEngine {
  readonly supports = { durable: true }
  readonly #parts: Parts
  #closing: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  write(changes: readonly RaftLogChange[], { sync }: RaftLogWriteOptions): Promise<number> {
    if (this.#closing !== undefined) return Promise.reject(closed())
    return this.#parts.writes.write(changes, sync)
  }

  async sync(): Promise<void> {
    this.#checkOpen()
    await this.#parts.writes.write([], true)
  }

  get(regionId: RegionId, key: Uint8Array): Uint8Array | undefined {
    this.#checkOpen()
    const { clock, metrics, regions } = this.#parts
    const started = clock.now()
    const value = regions.get(regionId)?.get(key)?.value
    metrics.valueRead(clock.now() - started)
    return value
  }

  values(regionId: RegionId, range: RaftLogValueRange = {}): readonly RaftLogValue[] {
    this.#checkOpen()
    return this.#parts.regions.get(regionId)?.values(range) ?? []
  }

  entry(regionId: RegionId, index: LogIndex): MaybePromise<Uint8Array | undefined> {
    this.#checkOpen()
    const region = this.#parts.regions.get(regionId)
    const firstIndex = region?.firstIndex
    if (region === undefined || firstIndex === undefined) return undefined
    if (index < firstIndex || index > region.lastIndex!) return undefined
    const read = this.#parts.entries.read(region, region.rowOf(index), 1, 0)
    return read instanceof Promise ? read.then(([entry]) => entry) : read[0]
  }

  entries(
    regionId: RegionId,
    from: LogIndex,
    to: LogIndex,
    { bytesMax = Number.POSITIVE_INFINITY }: RaftLogReadOptions = {},
  ): MaybePromise<readonly Uint8Array[]> {
    this.#checkOpen()
    if (from >= to) return []
    const region = this.#parts.regions.get(regionId)
    const firstIndex = region?.firstIndex
    if (region === undefined || firstIndex === undefined) throw new RaftLogUnavailableError(regionId, from, undefined)
    if (from < firstIndex) throw new RaftLogCompactedError(regionId, from, firstIndex)
    const lastIndex = region.lastIndex!
    if (to > lastIndex + 1) throw new RaftLogUnavailableError(regionId, Math.max(from, lastIndex + 1), lastIndex)
    const { clock, metrics } = this.#parts
    const started = clock.now()
    const read = this.#parts.entries.read(region, region.rowOf(from), to - from, bytesMax)
    if (!(read instanceof Promise)) {
      metrics.entriesRead(clock.now() - started, read.length)
      return read
    }
    return read.then((entries) => {
      metrics.entriesRead(clock.now() - started, entries.length)
      return entries
    })
  }

  firstIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    return this.#parts.regions.get(regionId)?.firstIndex
  }

  lastIndex(regionId: RegionId): LogIndex | undefined {
    this.#checkOpen()
    return this.#parts.regions.get(regionId)?.lastIndex
  }

  regions(): RegionId[] {
    this.#checkOpen()
    return this.#parts.regions.ids()
  }

  purge(): Promise<RegionId[]> {
    if (this.#closing !== undefined) return Promise.reject(closed())
    return this.#parts.purger.purge()
  }

  usedBytes(): number {
    this.#checkOpen()
    return this.#parts.append.usedBytes + this.#parts.rewrite.usedBytes
  }

  get stats(): RaftEngineStats {
    this.#checkOpen()
    const { append, rewrite, recycled, counts, regions, cache } = this.#parts
    return {
      appendFileCount: append.fileCount,
      rewriteFileCount: rewrite.fileCount,
      recycledFileCount: recycled?.count ?? 0,
      appendSpan: [append.firstSeq, append.active.seq],
      rewriteSpan: [rewrite.firstSeq, rewrite.active.seq],
      appendLiveCount: counts.live('append'),
      rewriteLiveCount: counts.live('rewrite'),
      rewriteGarbageRatio: counts.garbageRatio,
      memoryBytes: regions.memoryBytes + cache.heldBytes,
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const { writes, purger, append, rewrite, recycled, cache, poison, locks } = this.#parts
    await writes.idle()
    await purger.idle()
    try {
      await append.close()
      await rewrite.close()
      if (!poison.isSet) await recycled?.close()
    } finally {
      cache.clear()
      for (const lock of locks) await lock.release()
    }
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw closed()
  }
}

function closed(): ClosedError {
  return new ClosedError('Raft engine')
}
