import { compareBytes, type Region } from '@stratakv/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RegionTree } from '../src/region-tree.ts'
import { key, region } from './sample-driver.ts'

interface Entry {
  readonly region: Region
}

/** The same thing, the slow way: an array, looked through from the front. */
class NaiveRegions {
  entries: Entry[] = []

  overlaps({ region: { startKey, endKey } }: Entry): Entry[] {
    return this.scan(startKey, endKey)
  }

  scan(start: Uint8Array, end: Uint8Array): Entry[] {
    return this.entries.filter(
      ({ region: { startKey, endKey } }) =>
        (end.length === 0 || compareBytes(startKey, end) < 0) &&
        (endKey.length === 0 || compareBytes(endKey, start) > 0),
    )
  }

  replace(entry: Entry): Entry[] {
    const replaced = this.overlaps(entry)
    this.entries = [...this.entries.filter((old) => !replaced.includes(old)), entry].sort((left, right) =>
      compareBytes(left.region.startKey, right.region.startKey),
    )
    return replaced
  }

  previous(at: Uint8Array): Entry | undefined {
    const index = this.entries.findIndex((entry) => this.holds(entry, at))
    const before = this.entries[index - 1]
    return before && compareBytes(before.region.endKey, this.entries[index]!.region.startKey) === 0 ? before : undefined
  }

  find(at: Uint8Array): Entry | undefined {
    return this.entries.find((entry) => this.holds(entry, at))
  }

  holds({ region: { startKey, endKey } }: Entry, at: Uint8Array): boolean {
    return compareBytes(startKey, at) <= 0 && (endKey.length === 0 || compareBytes(at, endKey) < 0)
  }
}

const point = fc.integer({ min: 0, max: 60 })
const pointKey = (at: number) => (at === 0 ? new Uint8Array(0) : Uint8Array.of(at))
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      from: point,
      length: fc.integer({ min: 1, max: 6 }),
      unbounded: fc.nat(30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), from: point }) },
)

describe('region tree', () => {
  it('agrees with an array that is searched from the front', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
        const tree = new RegionTree<Entry>()
        const naive = new NaiveRegions()
        for (const [index, each] of commands.entries()) {
          if (each.kind === 'replace') {
            const startKey = pointKey(each.from)
            const endKey = each.unbounded === 0 ? new Uint8Array(0) : pointKey(each.from + each.length)
            const entry: Entry = { region: { ...region(index + 1, ['', '']), startKey, endKey } }
            expect(tree.replace(entry)).toEqual(naive.replace(entry))
          } else {
            const old = naive.find(pointKey(each.from))
            if (old === undefined) continue
            expect(tree.remove(old)).toBe(true)
            naive.entries = naive.entries.filter((entry) => entry !== old)
          }
          expect(tree.count).toBe(naive.entries.length)
        }
        for (let at = 0; at <= 62; at++) {
          const start = pointKey(at)
          expect(tree.find(start)).toBe(naive.find(start))
          expect(tree.findPrevious(start)).toBe(naive.previous(start))
          for (const length of [0, 1, 7]) {
            const end = length === 0 ? new Uint8Array(0) : pointKey(at + length)
            expect(tree.scan(start, end, 0)).toEqual(naive.scan(start, end))
            expect(tree.scan(start, end, 2)).toEqual(naive.scan(start, end).slice(0, 2))
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('stays right over many leaves, whatever the order of arrival', () => {
    const text = (index: number) => index.toString().padStart(5, '0')
    const orders: ((index: number) => number)[] = [
      (index) => index,
      (index) => 2999 - index,
      (index) => (index * 1777) % 3000,
    ]
    for (const order of orders) {
      const tree = new RegionTree<Entry>()
      for (let index = 0; index < 3000; index++) {
        const at = order(index)
        tree.replace({ region: region(at + 1, [text(at), text(at + 1)]) })
      }
      expect(tree.count).toBe(3000)
      expect(tree.scan(key(''), key(''), 0).map((entry) => entry.region.id)).toEqual(
        Array.from({ length: 3000 }, (_, index) => index + 1),
      )
      expect(tree.find(key('01234x'))?.region.id).toBe(1235)
      expect(tree.findPrevious(key('01234x'))?.region.id).toBe(1234)
      const merged = { region: region(9999, [text(100), text(2900)]) }
      expect(tree.replace(merged).length).toBe(2800)
      expect(tree.count).toBe(201)
    }
  })

  it('has no neighbour across a gap', () => {
    const tree = new RegionTree<Entry>()
    tree.replace({ region: region(1, ['a', 'b']) })
    tree.replace({ region: region(2, ['c', 'd']) })
    tree.replace({ region: region(3, ['d', 'e']) })
    expect(tree.findPrevious(key('c'))).toBe(undefined)
    expect(tree.findPrevious(key('b'))).toBe(undefined)
    expect(tree.findPrevious(key('a'))).toBe(undefined)
    expect(tree.findPrevious(key('d'))?.region.id).toBe(2)
  })
})
