import { groupPartOfItem, ItemList, type LogItem } from './item-list.ts'
import { LogFileScan } from './log-file-scan.ts'
import type { LogFile } from './log-folder.ts'
import type { LogToolParts } from './tool-deps.ts'

/** Where a batch is. */
export function batchPlace(file: LogFile, offset: number): string {
  return `${file.queue} ${file.seq} ${offset}`
}

/** The mark that makes a batch part of an atomic group, if it has one. */
export function groupMarkOf(items: readonly LogItem[]) {
  for (const item of items) {
    const part = groupPartOfItem(item)
    if (part !== undefined) return { groupId: item.regionId, part }
  }
  return undefined
}

/**
 * The places of batches that belong to atomic groups of which parts are missing: recovery passes over them. A begin makes parts
 * of the same group before it obsolete; a middle or an end without a begin is part of nothing.
 */
export async function incompleteGroupBatches(
  deps: LogToolParts,
  files: readonly LogFile[],
): Promise<ReadonlySet<string>> {
  const incomplete = new Set<string>()
  const open = new Map<number, string[]>()
  const list = new ItemList()
  for (const file of files.filter(({ queue }) => queue === 'rewrite')) {
    const scan = await LogFileScan.open(deps, file)
    try {
      for (;;) {
        const batch = await scan.next(list)
        const mark = groupMarkOf(list.take())
        if (batch === undefined) break
        if (mark === undefined) continue
        const place = batchPlace(file, batch.offset)
        const parts = open.get(mark.groupId)
        if (mark.part === 'begin') {
          for (const part of parts ?? []) incomplete.add(part)
          open.set(mark.groupId, [place])
        } else if (parts === undefined) {
          incomplete.add(place)
        } else if (mark.part === 'middle') {
          parts.push(place)
        } else {
          open.delete(mark.groupId)
        }
      }
    } finally {
      await scan.close()
    }
  }
  for (const parts of open.values()) for (const part of parts) incomplete.add(part)
  return incomplete
}
