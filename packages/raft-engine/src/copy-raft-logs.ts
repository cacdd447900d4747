import {
  type ByteCount,
  type LogIndex,
  MiB,
  type RaftLogChange,
  type RaftLogEngine,
  type RegionId,
  StrataError,
} from '@stratakv/core'

/** No region has it: placement drivers never give out the id 0. While a copy is under way the target has a value there. */
const copyRegionId: RegionId = 0
const copyKey: Uint8Array = new TextEncoder().encode('copy')
const copyUnderWay: Uint8Array = new TextEncoder().encode('under way')

/** Entries of one read: those of no bytes would not come to any number of bytes. */
const readCountMax = 4096

/** How far a copy has come. */
export interface RaftLogCopyProgress {
  readonly regionsDone: number
  readonly regionsTotal: number
  readonly entriesDone: number
  readonly entriesTotal: number
  /** Payloads and values. */
  readonly bytesDone: number
}

export interface RaftLogCopyOptions {
  /** Called behind every batch. */
  readonly onProgress?: (progress: RaftLogCopyProgress) => void
  /** A batch holds as much and at most an entry or a value more; two are in memory. Default 4 MiB. */
  readonly bytesPerBatch?: ByteCount
  /** Stops between two batches, with the signal's reason. The target is then as after a crash. */
  readonly signal?: AbortSignal
}

/** The target holds regions that no copy put there. Nothing was changed. */
export class RaftLogNotEmptyError extends StrataError {
  readonly code = 'RAFT_LOG_NOT_EMPTY'
  readonly regionCount: number
  constructor(regionCount: number) {
    super(`the target of a copy must be empty, and it holds ${regionCount} regions`)
    this.regionCount = regionCount
  }
}

/** The source is itself the target of a copy that was not finished. */
export class RaftLogUnfinishedCopyError extends StrataError {
  readonly code = 'RAFT_LOG_UNFINISHED_COPY'
  constructor() {
    super('the source is what an unfinished copy left behind: copy again from where that came from')
  }
}

/** The source did not stay as it was, so the copy is of no one moment. The target is as after a crash. */
export class RaftLogSourceChangedError extends StrataError {
  readonly code = 'RAFT_LOG_SOURCE_CHANGED'
  readonly regionId: RegionId
  constructor(regionId: RegionId) {
    super(`region ${regionId} changed while it was copied: nothing may write to the source meanwhile`)
    this.regionId = regionId
  }
}

/**
 * Whether `engine` is what a copy left behind that crashed, failed or was stopped. No node may be started on it; a further copy begins
 * anew.
 */
export async function isUnfinishedCopy(engine: RaftLogEngine): Promise<boolean> {
  return (await engine.get(copyRegionId, copyKey)) !== undefined
}

/**
 * Copies every region, entries and values, from one store into another of any kind, which must be empty or what an unfinished copy
 * left. Nothing else may write to either meanwhile. When it resolves, all of it is durable (if the target can be that).
 *
 * All or none: a mark is durable in the target before anything else, and goes once all the rest is durable; {@link isUnfinishedCopy}
 * reads it. A copy that was cut short is begun anew, not resumed: the source may have gone on since, and what it cut from the end of a
 * log could not be told from what was copied.
 *
 * @throws RaftLogNotEmptyError, RaftLogUnfinishedCopyError, RaftLogSourceChangedError, and what reading one and writing the other throw
 */
export async function copyRaftLogs(
  source: RaftLogEngine,
  target: RaftLogEngine,
  options: RaftLogCopyOptions = {},
): Promise<RaftLogCopyProgress> {
  if (await isUnfinishedCopy(source)) throw new RaftLogUnfinishedCopyError()
  await empty(target)
  const regions = regionsOf(source)
  const copy = new CopyRun(target, regions, options)
  await target.write([{ type: 'put', regionId: copyRegionId, key: copyKey, value: copyUnderWay }], { sync: true })
  for (const region of regions) {
    await copyRegion(source, region, copy)
    copy.regionDone()
  }
  await copy.flush()
  await copy.settled()
  checkUnchanged(source, regions)
  await target.sync()
  await target.write([{ type: 'clean', regionId: copyRegionId }], { sync: true })
  return copy.progress
}

/** A region of the source as it was when the copy began; without entries, `endIndex` is `firstIndex`. */
interface SourceRegion {
  readonly regionId: RegionId
  readonly firstIndex: LogIndex
  readonly endIndex: LogIndex
}

function regionsOf(source: RaftLogEngine): SourceRegion[] {
  return source.regions().map((regionId) => {
    const firstIndex = source.firstIndex(regionId)
    if (firstIndex === undefined) return { regionId, firstIndex: 0, endIndex: 0 }
    return { regionId, firstIndex, endIndex: source.lastIndex(regionId)! + 1 }
  })
}

async function empty(target: RaftLogEngine): Promise<void> {
  const found = target.regions()
  if (found.length === 0) return
  // One without entries and values may be there and may be gone: it counts for nothing.
  const counts = await Promise.all(found.map(async (regionId) => (await target.values(regionId)).length))
  const full = found.filter((regionId, at) => counts[at]! > 0 || target.firstIndex(regionId) !== undefined)
  if (full.length > 0 && !(await isUnfinishedCopy(target))) throw new RaftLogNotEmptyError(full.length)
  // The mark goes last: what a crash in between leaves is still an unfinished copy.
  for (const regionId of found.filter((id) => id !== copyRegionId)) {
    await target.write([{ type: 'clean', regionId }], { sync: false })
  }
}

async function copyRegion(source: RaftLogEngine, region: SourceRegion, copy: CopyRun): Promise<void> {
  const { regionId, firstIndex, endIndex } = region
  for (let at = firstIndex; at < endIndex; ) {
    const to = Math.min(at + readCountMax, endIndex)
    const entries = await read(region, () => source.entries(regionId, at, to, { bytesMax: copy.leftBytes }))
    await copy.add({ type: 'append', regionId, firstIndex: at, entries }, byteCountOf(entries))
    at += entries.length
  }
  for (const [key, value] of await source.values(regionId)) {
    await copy.add({ type: 'put', regionId, key, value }, key.length + value.length)
  }
}

/** What was there when the copy began and is not now was dropped by somebody. */
async function read<T>({ regionId }: SourceRegion, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code !== 'RAFT_LOG_COMPACTED' && code !== 'RAFT_LOG_UNAVAILABLE') throw error
    throw new RaftLogSourceChangedError(regionId)
  }
}

/** By the ends of the logs: cheap, and enough to catch a node that still runs. */
function checkUnchanged(source: RaftLogEngine, before: readonly SourceRegion[]): void {
  const after = regionsOf(source)
  const changed = after.find(({ regionId, firstIndex, endIndex }, at) => {
    const was = before[at]
    return was?.regionId !== regionId || was.firstIndex !== firstIndex || was.endIndex !== endIndex
  })
  if (changed !== undefined) throw new RaftLogSourceChangedError(changed.regionId)
  if (after.length < before.length) throw new RaftLogSourceChangedError(before[after.length]!.regionId)
}

function byteCountOf(entries: readonly Uint8Array[]): number {
  let byteCount = 0
  for (const entry of entries) byteCount += entry.length
  return byteCount
}

/** One batch is filled while the one before it is written. */
class CopyRun {
  readonly #target: RaftLogEngine
  readonly #options: RaftLogCopyOptions
  readonly #bytesPerBatch: number
  readonly #regionsTotal: number
  readonly #entriesTotal: number
  #batch: RaftLogChange[] = []
  #batchBytes = 0
  #writing: Promise<unknown> = Promise.resolve()
  #regionsDone = 0
  #entriesDone = 0
  #bytesDone = 0

  constructor(target: RaftLogEngine, regions: readonly SourceRegion[], options: RaftLogCopyOptions) {
    this.#target = target
    this.#options = options
    this.#bytesPerBatch = options.bytesPerBatch ?? MiB(4)
    this.#regionsTotal = regions.length
    this.#entriesTotal = regions.reduce((sum, { firstIndex, endIndex }) => sum + endIndex - firstIndex, 0)
  }

  get progress(): RaftLogCopyProgress {
    return {
      regionsDone: this.#regionsDone,
      regionsTotal: this.#regionsTotal,
      entriesDone: this.#entriesDone,
      entriesTotal: this.#entriesTotal,
      bytesDone: this.#bytesDone,
    }
  }

  /** What the batch has room for. */
  get leftBytes(): number {
    return this.#bytesPerBatch - this.#batchBytes
  }

  async add(change: RaftLogChange, byteCount: number): Promise<void> {
    this.#batch.push(change)
    // A change takes something even when it is empty: as many as make a batch are bounded too.
    this.#batchBytes += byteCount + 1
    this.#bytesDone += byteCount
    if (change.type === 'append') this.#entriesDone += change.entries.length
    if (this.#batchBytes >= this.#bytesPerBatch) await this.flush()
  }

  regionDone(): void {
    this.#regionsDone++
  }

  async flush(): Promise<void> {
    await this.#writing
    this.#options.signal?.throwIfAborted()
    const batch = this.#batch
    this.#batch = []
    this.#batchBytes = 0
    if (batch.length === 0) return
    this.#writing = this.#target.write(batch, { sync: false })
    // Whoever waits for it next is told; until then nobody is.
    this.#writing.catch(() => {})
    this.#options.onProgress?.(this.progress)
  }

  /** @throws what the last write threw */
  async settled(): Promise<void> {
    await this.#writing
  }
}
