import {
  assert,
  type LogIndex,
  type RaftLogChange,
  RaftLogCompactedError,
  RaftLogGapError,
  type RegionId,
} from '@stratakv/core'

/** The indexes of a region's entries, or undefined while it has none. `next` is the one behind the last. */
export interface LogRange {
  readonly firstIndex: LogIndex
  readonly nextIndex: LogIndex
}

/**
 * Where the logs will end when the writes ahead have been done: what a write is checked against before any of its
 * bytes go to the disk. Holds only regions that those writes change.
 */
export class LogEnds {
  readonly #current: (regionId: RegionId) => LogRange | undefined
  readonly #ahead = new Map<RegionId, LogRange | undefined>()

  /** `current` is how it is on the disk. */
  constructor(current: (regionId: RegionId) => LogRange | undefined) {
    this.#current = current
  }

  /** Takes a write's changes into account, or none of them. @throws RaftLogGapError, RaftLogCompactedError */
  advance(changes: readonly RaftLogChange[]): void {
    // Nearly every write is of few changes, and fits.
    const undo: (readonly [RegionId, boolean, LogRange | undefined])[] = []
    const set = (regionId: RegionId, range: LogRange | undefined): void => {
      undo.push([regionId, this.#ahead.has(regionId), this.#ahead.get(regionId)])
      this.#ahead.set(regionId, range)
    }
    try {
      for (const change of changes) {
        assert(isWhole(change.regionId), 'a region id is a safe integer, not negative')
        switch (change.type) {
          case 'append': {
            if (change.entries.length > 0) set(change.regionId, appended(this.range(change.regionId), change))
            break
          }
          case 'compact': {
            assert(isWhole(change.index), 'an index is a safe integer, not negative')
            const range = this.range(change.regionId)
            if (range === undefined || change.index <= range.firstIndex) break
            set(change.regionId, change.index < range.nextIndex ? { ...range, firstIndex: change.index } : undefined)
            break
          }
          case 'clean':
            set(change.regionId, undefined)
            break
          case 'put':
          case 'delete':
            assert(change.key.length > 0, 'a key is not empty')
        }
      }
    } catch (error) {
      for (const [regionId, wasThere, range] of undo.reverse()) {
        if (wasThere) this.#ahead.set(regionId, range)
        else this.#ahead.delete(regionId)
      }
      throw error
    }
  }

  range(regionId: RegionId): LogRange | undefined {
    return this.#ahead.has(regionId) ? this.#ahead.get(regionId) : this.#current(regionId)
  }
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function appended(
  range: LogRange | undefined,
  { regionId, firstIndex, entries }: Extract<RaftLogChange, { type: 'append' }>,
): LogRange {
  const nextIndex = firstIndex + entries.length
  assert(isWhole(firstIndex) && isWhole(nextIndex), 'an index is a safe integer, not negative')
  if (range === undefined) return { firstIndex, nextIndex }
  if (firstIndex < range.firstIndex) throw new RaftLogCompactedError(regionId, firstIndex, range.firstIndex)
  if (firstIndex > range.nextIndex) throw new RaftLogGapError(regionId, firstIndex, range.nextIndex)
  return { firstIndex: range.firstIndex, nextIndex }
}
