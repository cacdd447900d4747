import { assert, isPromise, type MaybePromise, RaftLogCorruptionError } from '@stratakv/core'
import type { BlockReader } from './block-reader.ts'
import type { BlockPlace } from './entry-rows.ts'
import type { FileTable } from './log-file.ts'
import type { RegionLog } from './region-log.ts'

/** Entries of one block, next to each other in the answer. */
interface BlockRun {
  readonly place: BlockPlace
  /** Begin and length in the block, of each entry in turn. */
  readonly spans: number[]
}

/** Reads the entries of regions. */
export class EntryReader {
  readonly #files: FileTable
  readonly #blocks: BlockReader

  constructor(files: FileTable, blocks: BlockReader) {
    this.#files = files
    this.#blocks = blocks
  }

  /**
   * The payloads of `count` entries from row `row` on, or fewer where they would pass `bytesMax`; at least one. Where they
   * lie is looked up now: what is written, moved or purged while blocks are read changes nothing of the answer.
   */
  read(region: RegionLog, row: number, count: number, bytesMax: number): MaybePromise<Uint8Array[]> {
    const runs = runsOf(region, row, count, bytesMax)
    const entries: Uint8Array[] = []
    for (let at = 0; at < runs.length; at++) {
      const run = runs[at]!
      const block = this.#blocks.read(run.place)
      if (isPromise(block)) return this.#readRest(runs, at, block, entries)
      this.#cut(run, block, entries)
    }
    return entries
  }

  async #readRest(
    runs: readonly BlockRun[],
    from: number,
    first: Promise<Uint8Array>,
    entries: Uint8Array[],
  ): Promise<Uint8Array[]> {
    // The files of what is still to be read must keep their bytes: a purge waits for us.
    const files = runs.slice(from).map(({ place }) => this.#files.at(place.slot))
    for (const file of files) file.acquire()
    try {
      let pending: MaybePromise<Uint8Array> = first
      for (let at = from; at < runs.length; at++) {
        if (at > from) pending = this.#blocks.read(runs[at]!.place)
        this.#cut(runs[at]!, await pending, entries)
      }
      return entries
    } finally {
      for (const file of files) file.release()
    }
  }

  #cut({ place, spans }: BlockRun, block: Uint8Array, entries: Uint8Array[]): void {
    for (let at = 0; at < spans.length; at += 2) {
      const begin = spans[at]!
      const end = begin + spans[at + 1]!
      if (end > block.length) {
        throw new RaftLogCorruptionError(
          this.#pathOf(place),
          place.offset,
          `an entry ends at ${end} of ${block.length}`,
        )
      }
      entries.push(block.subarray(begin, end))
    }
  }

  #pathOf(place: BlockPlace): string {
    return this.#files.at(place.slot).path
  }
}

function runsOf(region: RegionLog, row: number, count: number, bytesMax: number): BlockRun[] {
  const { rows } = region
  assert(row >= 0 && row + count <= rows.count, 'the rows are there')
  const runs: BlockRun[] = []
  let takenBytes = 0
  for (let at = row; at < row + count; at++) {
    const entryBytes = rows.entryBytes(at)
    takenBytes += entryBytes
    if (at > row && takenBytes > bytesMax) break
    const offset = rows.blockOffset(at)
    const slot = rows.slot(at)
    let run = runs.at(-1)
    if (run === undefined || run.place.slot !== slot || run.place.offset !== offset) {
      run = {
        place: { slot, offset, storedBytes: rows.storedBytes(at), isCompressed: rows.isCompressed(at) },
        spans: [],
      }
      runs.push(run)
    }
    run.spans.push(rows.entryOffset(at), entryBytes)
  }
  return runs
}
