import { dataBytes, encodeEntry, toHex } from './data.ts'
import type { ScriptChange } from './script.ts'

/** One region as a dump shows it. */
export interface RegionDump {
  readonly region: number
  readonly first: number | null
  readonly last: number | null
  /** Index and payload in hex, in order. */
  readonly entries: readonly (readonly [index: number, payload: string])[]
  /** Key and value in hex, in the order of the keys. */
  readonly pairs: readonly (readonly [key: string, value: string])[]
}

interface ModelRegion {
  first: number
  payloads: string[]
  pairs: Map<string, string>
}

/** What scripts should leave behind, kept in the simplest way: no files, no queues. */
export class LogModel {
  private readonly regions = new Map<number, ModelRegion>()

  /** What a dump says. */
  static from(dump: readonly RegionDump[]): LogModel {
    const model = new LogModel()
    for (const { region, first, entries, pairs } of dump) {
      model.regions.set(region, {
        first: first ?? 0,
        payloads: entries.map(([, payload]) => payload),
        pairs: new Map(pairs),
      })
    }
    return model
  }

  /** Index after the last entry; undefined when there is none. */
  nextIndex(region: number): number | undefined {
    const log = this.regions.get(region)
    return log === undefined || log.payloads.length === 0 ? undefined : log.first + log.payloads.length
  }

  /** Where a log that was compacted to nothing ended; 0 for one that never was. */
  floorIndex(region: number): number {
    return this.regions.get(region)?.first ?? 0
  }

  firstIndex(region: number): number | undefined {
    const log = this.regions.get(region)
    return log === undefined || log.payloads.length === 0 ? undefined : log.first
  }

  apply(change: ScriptChange): void {
    if (change.type === 'clean') {
      this.regions.delete(change.region)
      return
    }
    const log = this.regions.get(change.region) ?? { first: 0, payloads: [], pairs: new Map<string, string>() }
    this.regions.set(change.region, log)
    switch (change.type) {
      case 'append': {
        if (log.payloads.length === 0) log.first = change.firstIndex
        log.payloads.length = change.firstIndex - log.first
        for (const data of change.entries) {
          log.payloads.push(toHex(encodeEntry(change.term, log.first + log.payloads.length, dataBytes(data))))
        }
        break
      }
      case 'put':
        log.pairs.set(toHex(change.key), toHex(change.value))
        break
      case 'delete':
        log.pairs.delete(toHex(change.key))
        break
      case 'compact': {
        const dropped = Math.min(Math.max(change.index - log.first, 0), log.payloads.length)
        log.payloads.splice(0, dropped)
        log.first += dropped
        break
      }
    }
  }

  /** Regions that hold anything, in the order of their numbers. */
  dump(): readonly RegionDump[] {
    return [...this.regions]
      .sort(([left], [right]) => left - right)
      .map(([region, { first, payloads, pairs }]) => ({
        region,
        first: payloads.length === 0 ? null : first,
        last: payloads.length === 0 ? null : first + payloads.length - 1,
        entries: payloads.map((payload, at) => [first + at, payload] as const),
        pairs: [...pairs].sort(([left], [right]) => (left < right ? -1 : 1)),
      }))
      .filter(isNotEmpty)
  }
}

/** A region with nothing in it may be listed or not: the engines differ, and no caller can tell by more than its name. */
export function isNotEmpty({ entries, pairs }: RegionDump): boolean {
  return entries.length > 0 || pairs.length > 0
}

/** Where two dumps part, told shortly; undefined when they are equal. */
export function firstDifference(expected: readonly RegionDump[], got: readonly RegionDump[]): string | undefined {
  const wanted = new Map(expected.map((region) => [region.region, region]))
  for (const region of got) {
    const other = wanted.get(region.region)
    if (other === undefined) return `region ${region.region} should not be there: ${shape(region)}`
    wanted.delete(region.region)
    if (JSON.stringify(other) === JSON.stringify(region)) continue
    const part = other.entries.find(([, payload], at) => region.entries[at]?.[1] !== payload)
    const pair = other.pairs.find(
      ([key, value], at) => region.pairs[at]?.[0] !== key || region.pairs[at]?.[1] !== value,
    )
    return [
      `region ${region.region} is ${shape(region)}, should be ${shape(other)}`,
      part === undefined ? '' : `; entry ${part[0]} differs or is missing`,
      pair === undefined ? '' : `; key ${pair[0]} differs or is missing`,
    ].join('')
  }
  for (const region of wanted.values()) return `region ${region.region} is missing: ${shape(region)}`
  return undefined
}

/**
 * The same, for directories that were purged. A Compact and a Del live in the append queue only, so once their file is gone,
 * what had been copied before they were written is there again after a restart (raft-engine issue 141; Raft bears it). Nothing
 * else may be there that should not, and nothing may be missing.
 */
export function firstDifferenceAfterPurge(
  expected: readonly RegionDump[],
  got: readonly RegionDump[],
): string | undefined {
  const wanted = new Map(expected.map((region) => [region.region, region]))
  const trimmed = got.flatMap((region) => {
    const other = wanted.get(region.region)
    // Compacted to nothing, and then its keys deleted: all of it may be back.
    if (other === undefined) return []
    const keys = new Set(other.pairs.map(([key]) => key))
    const entries = region.entries.filter(([index]) => other.first === null || index >= other.first)
    return [
      {
        region: region.region,
        first: other.first === null ? null : (entries[0]?.[0] ?? null),
        last: other.first === null ? null : region.last,
        entries: other.first === null ? [] : entries,
        pairs: region.pairs.filter(([key]) => keys.has(key)),
      },
    ]
  })
  return firstDifference(expected, trimmed)
}

function shape({ first, last, pairs }: RegionDump): string {
  return `${first === null ? 'no entries' : `[${first}, ${last}]`} and ${pairs.length} keys`
}
