import { below } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { EntryRows } from '../src/entry-rows.ts'

type Row = readonly [slot: number, offset: number, stored: number, isCompressed: boolean, begin: number, length: number]

const rowsOf = (rows: EntryRows): Row[] =>
  Array.from({ length: rows.count }, (_, row) => [
    rows.slot(row),
    rows.blockOffset(row),
    rows.storedBytes(row),
    rows.isCompressed(row),
    rows.entryOffset(row),
    rows.entryBytes(row),
  ])

describe('rows of entries', () => {
  it('are an array to which rows are pushed, and from which both ends are cut', async () => {
    await forSeeds(50, (_seed, random) => {
      let rows = new EntryRows()
      let twin: Row[] = []
      const any = (): Row => [
        below(random, 100),
        below(random, 2 ** 32),
        below(random, 2 ** 32),
        below(random, 2) === 0,
        below(random, 2 ** 31),
        below(random, 2 ** 31),
      ]
      const push = (to: EntryRows, [slot, offset, storedBytes, isCompressed, begin, length]: Row) =>
        to.pushRun({ slot, offset, storedBytes, isCompressed }, begin, [begin + length], 1)
      for (let step = 0; step < 300; step++) {
        const die = below(random, 12)
        if (die < 8) {
          for (let count = 1 + below(random, 6); count > 0; count--) {
            const row = any()
            push(rows, row)
            twin.push(row)
          }
        } else if (die < 9) {
          const at = below(random, twin.length + 1)
          rows.truncate(at)
          twin = twin.slice(0, at)
        } else if (die < 11) {
          const count = below(random, twin.length + 1)
          rows.dropFirst(count)
          twin = twin.slice(count)
        } else {
          const next = new EntryRows()
          const behind = Array.from({ length: below(random, 30) }, any)
          for (const row of behind) push(next, row)
          rows = rows.joined(next)
          twin.push(...behind)
        }
        expect(rowsOf(rows)).toEqual(twin)
      }
    })
  })

  it('take 20 bytes each and at most as much again, also after they were many', () => {
    const rows = new EntryRows()
    const block = { slot: 1, offset: 2, storedBytes: 3, isCompressed: false }
    for (let count = 0; count < 100_000; count++) rows.pushRun(block, 0, [1], 1)
    expect(rows.memoryBytes).toBeLessThanOrEqual(100_000 * 40)
    rows.dropFirst(99_900)
    expect(rows.memoryBytes).toBeLessThan(100 * 20 * 16)
  })
})
