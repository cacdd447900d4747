import { emptyBytes, type Region } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { TakenSnapshots } from '../src/snapshot/taken-snapshots.ts'

const region = (id: number, start = '', end = ''): Region => ({
  id,
  startKey: new TextEncoder().encode(start),
  endKey: new TextEncoder().encode(end),
  epoch: { confVer: 1, version: 1 },
  peers: [],
})
const name = (index: number, regionId = 2) => ({ regionId, index, term: 8 })

describe('a snapshot that was taken', () => {
  it('is needed until it is applied, though a newer one has come and the older one ends', () => {
    const taken = new TakenSnapshots()
    taken.add(name(2417), region(2))
    taken.begin(name(2417))
    expect(taken.add(name(2535), region(2))).toEqual([])
    // Either may come again meanwhile, and its file has to stay.
    expect([taken.has(name(2417)), taken.has(name(2535))]).toEqual([true, true])
    taken.end(name(2417))
    expect([taken.has(name(2417)), taken.has(name(2535))]).toEqual([false, true])
    taken.begin(name(2535))
    taken.end(name(2535))
    expect(taken.has(name(2535))).toBe(false)
  })

  it('gives way to a newer one before it is begun', () => {
    const taken = new TakenSnapshots()
    taken.add(name(10), region(2))
    expect(taken.add(name(10), region(2))).toEqual([])
    expect(taken.add(name(12), region(2))).toMatchObject([name(10)])
    expect([taken.has(name(10)), taken.has(name(12))]).toEqual([false, true])
  })

  it('has its range for itself, until its peer is gone', () => {
    const taken = new TakenSnapshots()
    taken.add(name(10), region(2, 'b', 'd'))
    expect(taken.meets(region(2, 'a', 'z'))).toBe(false)
    expect(taken.meets(region(3, 'c', 'f'))).toBe(true)
    expect(taken.meets(region(3, 'd', 'f'))).toBe(false)
    taken.forget(2)
    expect(taken.meets({ ...region(3), startKey: emptyBytes })).toBe(false)
  })
})
