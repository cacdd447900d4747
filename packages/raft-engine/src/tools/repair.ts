import { assert, type FileLock, type FileSystem, type LogIndex } from '@stratakv/core'
import { encodeFileHeader } from '../format/file-header.ts'
import { BatchRewriter } from './batch-rewriter.ts'
import { ItemList, type LogItem } from './item-list.ts'
import { rawOrThrow } from './log-digest.ts'
import { LogFileOutput } from './log-file-output.ts'
import { LogFileScan, type ScannedBatch } from './log-file-scan.ts'
import { folderOf } from './log-folder.ts'
import type { FileRepair, RepairAction, RepairPlan } from './repair-plan.ts'
import { type LogToolDeps, type LogToolOptions, type LogToolParts, partsOf } from './tool-deps.ts'
import { RaftLogChangedError, RaftLogRepairUnresolvedError } from './tool-errors.ts'
import { ToolProgress } from './tool-progress.ts'

/** Compacting to it empties a region's log; no entry has an index past it. */
const lastIndexOfAll: LogIndex = Number.MAX_SAFE_INTEGER

export interface RepairReport {
  /** The files that changed or are set aside, and where each is as it was. */
  readonly changed: readonly { readonly path: string; readonly backup: string }[]
}

/**
 * Does what a plan says, with the engine's lock on the log's folders.
 *
 * First every changed file is written anew beside the old one, and made durable. Then, in the order of recovery, each old file gets a second name that ends
 * in `.bak`, and the new one takes its place in one step: a file of the log is there at every moment, old or new. Whatever fails before the end puts the old
 * ones back. A crash leaves some files new and some old: what is left to do is what the next plan says.
 *
 * @throws RaftLogRepairUnresolvedError, RaftLogChangedError, FileLockedError, FileIoError, NoSpaceError
 */
export async function applyRepair(
  deps: LogToolDeps,
  plan: RepairPlan,
  options: Pick<LogToolOptions, 'onProgress' | 'signal'> = {},
): Promise<RepairReport> {
  const [hole] = plan.unresolved
  if (hole !== undefined) {
    const text = `region ${hole.regionId} goes on at ${hole.nextIndex} behind ${hole.lastGoodIndex}`
    throw new RaftLogRepairUnresolvedError(plan.unresolved.length, text)
  }
  const parts = partsOf(deps)
  const { fs } = parts
  const touched = [...plan.files.map(({ file }) => file), ...plan.setAside]
  const folders = [...new Set(touched.map(({ path }) => folderOf(path)))]
  const locks: FileLock[] = []
  try {
    for (const folder of folders) locks.push(await fs.lock(`${folder}/LOCK`))
    for (const file of touched) {
      const status = await fs.stat(file.path)
      if (status?.sizeBytes !== file.sizeBytes) throw new RaftLogChangedError(file.path)
    }
    try {
      await writeRepaired(parts, plan, options)
      for (const folder of folders) await fs.syncDirectory(folder)
      return { changed: await exchange(fs, plan) }
    } catch (error) {
      await removeDrafts(fs, plan.files)
      throw error
    }
  } finally {
    for (const lock of locks) await lock.release()
  }
}

/** The new file, until it takes the old one's place. One that a crash left behind is written over. */
function draftOf(path: string): string {
  return `${path}.repair`
}

async function writeRepaired(
  deps: LogToolParts,
  { files }: RepairPlan,
  options: Pick<LogToolOptions, 'onProgress' | 'signal'>,
): Promise<void> {
  const progress = new ToolProgress(
    options,
    files.reduce((sum, { file }) => sum + file.sizeBytes, 0),
  )
  const rewriter = new BatchRewriter(deps)
  for (const repair of files) {
    await writeDraft(deps, rewriter, repair, progress)
    progress.fileDone('write', repair.file.sizeBytes)
  }
}

async function removeDrafts(fs: FileSystem, files: readonly FileRepair[]): Promise<void> {
  for (const { file } of files) {
    const draft = draftOf(file.path)
    if ((await fs.stat(draft)) !== undefined) await fs.remove(draft)
  }
}

async function writeDraft(
  deps: LogToolParts,
  rewriter: BatchRewriter,
  { file, version, actions }: FileRepair,
  progress: ToolProgress,
): Promise<void> {
  const output = await LogFileOutput.create(deps.fs, draftOf(file.path))
  try {
    await output.write(encodeFileHeader(version))
    if (actions[0]?.kind !== 'empty') {
      const scan = await LogFileScan.open(deps, file)
      try {
        await writeBatches(scan, rewriter, actions, output, progress)
      } finally {
        await scan.close()
      }
    }
    await output.finish()
  } catch (error) {
    await output.abandon()
    throw error
  }
}

async function writeBatches(
  scan: LogFileScan,
  rewriter: BatchRewriter,
  actions: readonly RepairAction[],
  output: LogFileOutput,
  progress: ToolProgress,
): Promise<void> {
  const list = new ItemList()
  let next = 0
  for (;;) {
    const batch = await scan.next(list)
    const items = list.take()
    const from = next
    const offset = batch === undefined ? scan.offset : batch.offset
    while (next < actions.length && actions[next]!.offset === offset) next++
    const here = actions.slice(from, next)
    if (batch === undefined) {
      const [action] = here
      if (action?.kind !== 'skip') break
      scan.resumeAt(action.offset + action.lengthBytes)
      continue
    }
    const bytes = here.length === 0 ? batch.bytes : repaired(scan, rewriter, batch, items, here)
    if (bytes !== undefined) await output.write(bytes)
    progress.at('write', scan.offset)
  }
  if (next < actions.length) throw new RaftLogChangedError(scan.file.path)
}

function repaired(
  scan: LogFileScan,
  rewriter: BatchRewriter,
  batch: ScannedBatch,
  items: readonly LogItem[],
  actions: readonly RepairAction[],
): Uint8Array | undefined {
  if (actions[0]!.kind === 'drop-batch') return undefined
  const kept = items.flatMap((item, place): LogItem[] => {
    const own = actions.filter((action) => 'item' in action && action.item === place)
    if (own.some(({ kind }) => kind === 'drop-item')) return []
    const drop: LogItem = { type: 'compact', regionId: item.regionId, index: lastIndexOfAll }
    return own.length === 0 ? [item] : [drop, item]
  })
  const raw = rawOrThrow(scan.entriesOf(batch), scan.file.path, batch.offset)
  return rewriter.assembled(kept, raw, batch.header.compression, scan.header.version, scan.file.seq)
}

/** Puts the drafts in the places of the files, and sets aside what is to be. All of them, or, if that fails, none. */
async function exchange(fs: FileSystem, { files, setAside }: RepairPlan): Promise<RepairReport['changed']> {
  const changed: { path: string; backup: string }[] = []
  try {
    for (const { file } of files) {
      const { path } = file
      const backup = await freeName(fs, `${path}.bak`)
      await keep(fs, path, backup)
      await fs.syncDirectory(folderOf(path))
      await fs.rename(draftOf(path), path)
      changed.push({ path, backup })
      await fs.syncDirectory(folderOf(path))
    }
    for (const { path } of setAside) {
      const backup = await freeName(fs, `${path}.bak`)
      await fs.rename(path, backup)
      changed.push({ path, backup })
      await fs.syncDirectory(folderOf(path))
    }
    return changed
  } catch (error) {
    for (const { path, backup } of changed.toReversed()) {
      await fs.rename(backup, path)
      await fs.syncDirectory(folderOf(path))
    }
    throw error
  }
}

/** A second name for a file, or where there is no such thing, a durable copy. */
async function keep(fs: FileSystem, path: string, backup: string): Promise<void> {
  if (fs.supports.link) return fs.link(path, backup)
  const source = await fs.open(path, 'read')
  try {
    const output = await LogFileOutput.create(fs, backup)
    try {
      for (let at = 0; ; ) {
        const chunk = new Uint8Array(1024 * 1024)
        const length = await source.readAt(chunk, at)
        if (length === 0) break
        await output.write(chunk.subarray(0, length))
        at += length
      }
      await output.finish()
    } catch (error) {
      await output.abandon()
      throw error
    }
  } finally {
    await source.close()
  }
}

/** Copies of earlier repairs stay. */
async function freeName(fs: FileSystem, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    assert(number < 10_000, 'there are fewer than ten thousand copies of a file')
    const name = number === 1 ? wanted : `${wanted}.${number}`
    if ((await fs.stat(name)) === undefined) return name
  }
}
