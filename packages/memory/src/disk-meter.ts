import { type DiskSpace, NoSpaceError } from '@stratakv/core'
import { pageBytes } from './paged-bytes.ts'

/** Counts the pages that files take of one disk. */
export class DiskMeter {
  readonly #capacityPages: number
  takenPages = 0

  constructor(capacityBytes: number) {
    this.#capacityPages = Math.floor(capacityBytes / pageBytes)
  }

  /** @throws NoSpaceError, which names `path`, unless `pages` more fit. */
  assertRoom(pages: number, path: string): void {
    if (pages > 0 && this.takenPages + pages > this.#capacityPages) throw new NoSpaceError(path)
  }

  get space(): DiskSpace {
    // After a power cut, files whose removal was lost are back and may exceed what fits.
    const freePages = Math.max(0, this.#capacityPages - this.takenPages)
    return { capacityBytes: this.#capacityPages * pageBytes, availableBytes: freePages * pageBytes }
  }
}
