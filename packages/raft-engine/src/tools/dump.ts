import type { LogIndex, RegionId } from '@stratakv/core'
import type { BatchCompression } from '../format/batch-header.ts'
import type { FormatVersion } from '../format/file-header.ts'
import type { LogQueue } from '../format/file-name.ts'
import type { GroupPart } from '../group-marks.ts'
import { groupPartOfItem, ItemList, type LogItem, payloadsOf } from './item-list.ts'
import { LogFileScan, type ScannedBatch } from './log-file-scan.ts'
import { type LogFile, listLog } from './log-folder.ts'
import { type LogToolDeps, type LogToolOptions, type LogToolParts, partsOf } from './tool-deps.ts'
import { ToolProgress } from './tool-progress.ts'

/** Where something stands. */
export interface DumpPlace {
  readonly path: string
  /** Of the batch, or of what is damaged, in the file. */
  readonly offset: number
}

/** One thing that a log holds, in the order in which recovery meets it. Bytes are the caller's. */
export type DumpRecord =
  | (DumpPlace & {
      readonly type: 'file'
      readonly queue: LogQueue
      readonly seq: number
      readonly version: FormatVersion
      readonly sizeBytes: number
    })
  | (DumpPlace & {
      readonly type: 'entries'
      readonly regionId: RegionId
      readonly firstIndex: LogIndex
      readonly count: number
      /** Of all payloads. */
      readonly bytes: number
      readonly compression: BatchCompression
      /** If asked for, and not damaged. */
      readonly payloads?: readonly Uint8Array[]
    })
  | (DumpPlace & { readonly type: 'clean'; readonly regionId: RegionId })
  | (DumpPlace & { readonly type: 'compact'; readonly regionId: RegionId; readonly index: LogIndex })
  | (DumpPlace & {
      readonly type: 'put'
      readonly regionId: RegionId
      readonly key: Uint8Array
      readonly value: Uint8Array
    })
  | (DumpPlace & { readonly type: 'delete'; readonly regionId: RegionId; readonly key: Uint8Array })
  /** The batch is part of a rewrite that counts only as a whole. `groupId` is not a region. */
  | (DumpPlace & { readonly type: 'atomic-group'; readonly groupId: number; readonly part: GroupPart })
  /** What is no header, no batch, or not its entries. After the first two the file is left. */
  | (DumpPlace & { readonly type: 'fault'; readonly fault: string; readonly detail: string })

export interface DumpOptions extends LogToolOptions {
  /** Only what concerns these regions. Default: all. */
  readonly regions?: readonly RegionId[]
  /** With the payloads of the entries, which are then checked. */
  readonly payloads?: boolean
}

/**
 * What is in a log, rewrite files first, which is the order of recovery. Nothing is changed. Of two places that contradict each other the later
 * one counts.
 *
 * @throws RaftLogNotFoundError, FileNotFoundError, FileIoError
 */
export async function* dumpLog(deps: LogToolDeps, options: DumpOptions): AsyncGenerator<DumpRecord> {
  const parts = partsOf(deps)
  const { files, totalBytes } = await listLog(parts.fs, options.paths)
  const progress = new ToolProgress(options, totalBytes)
  const regions = options.regions === undefined ? undefined : new Set(options.regions)
  for (const file of files) {
    yield* dumpFile(parts, file, regions, options.payloads ?? false, progress)
    progress.fileDone('read', file.sizeBytes)
  }
}

async function* dumpFile(
  deps: LogToolParts,
  file: LogFile,
  regions: ReadonlySet<RegionId> | undefined,
  payloads: boolean,
  progress: ToolProgress,
): AsyncGenerator<DumpRecord> {
  const { path, queue, seq } = file
  const scan = await LogFileScan.open(deps, file)
  try {
    if (scan.stop === undefined) {
      yield { type: 'file', path, offset: 0, queue, seq, version: scan.header.version, sizeBytes: scan.sizeBytes }
    }
    const list = new ItemList()
    for (;;) {
      const batch = await scan.next(list)
      if (batch === undefined) break
      const items = list.take().filter(({ regionId }) => regions === undefined || regions.has(regionId))
      const raw = payloads && items.some(({ type }) => type === 'entries') ? scan.entriesOf(batch) : undefined
      if (raw !== undefined && 'fault' in raw) {
        yield { type: 'fault', path, offset: batch.offset, fault: raw.fault, detail: raw.detail }
      }
      for (const item of items) yield recordOf(item, path, batch, raw instanceof Uint8Array ? raw : undefined)
      progress.at('read', scan.offset)
    }
    const stop = scan.stop!
    if (stop.kind !== 'end') {
      yield { type: 'fault', path, offset: stop.offset, fault: stop.fault.fault, detail: stop.fault.detail }
    }
  } finally {
    await scan.close()
  }
}

function recordOf(item: LogItem, path: string, batch: ScannedBatch, raw: Uint8Array | undefined): DumpRecord {
  const place = { path, offset: batch.offset }
  const part = groupPartOfItem(item)
  if (part !== undefined) return { ...place, type: 'atomic-group', groupId: item.regionId, part }
  switch (item.type) {
    case 'entries': {
      const { regionId, firstIndex, count, begin, ends } = item
      const { compression } = batch.header
      return {
        ...place,
        type: 'entries',
        regionId,
        firstIndex,
        count,
        bytes: ends.at(-1)! - begin,
        compression,
        ...(raw === undefined ? {} : { payloads: payloadsOf(item, raw).map((payload) => payload.slice()) }),
      }
    }
    case 'put':
      return { ...place, type: 'put', regionId: item.regionId, key: item.key.slice(), value: item.value.slice() }
    case 'delete':
      return { ...place, type: 'delete', regionId: item.regionId, key: item.key.slice() }
    case 'compact':
      return { ...place, type: 'compact', regionId: item.regionId, index: item.index }
    default:
      return { ...place, type: 'clean', regionId: item.regionId }
  }
}
