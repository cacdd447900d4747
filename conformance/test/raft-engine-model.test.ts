import { describe, expect, it } from 'vitest'
import { firstDifference, firstDifferenceAfterPurge, LogModel, type RegionDump } from '../src/raft-engine/log-model.ts'
import type { ScriptChange } from '../src/raft-engine/script.ts'

const key = Uint8Array.of(0x52)
const data = (byte: number) => ({ kind: 'bytes', bytes: Uint8Array.of(byte) }) as const

function after(...changes: readonly ScriptChange[]): readonly RegionDump[] {
  const model = new LogModel()
  for (const change of changes) model.apply(change)
  return model.dump()
}

const append = (firstIndex: number, ...bytes: readonly number[]): ScriptChange => ({
  type: 'append',
  region: 3,
  firstIndex,
  term: 1,
  entries: bytes.map(data),
})

describe('the model', () => {
  it('replaces the end of a log from an append on', () => {
    const [region] = after(append(5, 1, 2, 3), append(6, 9))
    expect(region).toMatchObject({ first: 5, last: 6 })
    expect(region?.entries[1]).toEqual([6, '1001180622' + '0109'])
  })

  it('drops what is compacted, and shows no region that holds nothing', () => {
    expect(after(append(5, 1, 2), { type: 'compact', region: 3, index: 6 })[0]).toMatchObject({ first: 6, last: 6 })
    expect(after(append(5, 1, 2), { type: 'compact', region: 3, index: 100 })).toEqual([])
    expect(after({ type: 'put', region: 3, key, value: key }, { type: 'clean', region: 3 })).toEqual([])
  })

  it('begins anew from a dump', () => {
    const dump = after(append(5, 1, 2), { type: 'put', region: 3, key, value: key })
    expect(LogModel.from(dump).dump()).toEqual(dump)
    expect(LogModel.from(dump).nextIndex(3)).toBe(7)
  })
})

describe('a comparison', () => {
  const dump = after(append(5, 1, 2), { type: 'put', region: 3, key, value: key })

  it('finds every difference', () => {
    expect(firstDifference(dump, dump)).toBeUndefined()
    expect(firstDifference(dump, [])).toContain('region 3 is missing')
    expect(firstDifference([], dump)).toContain('should not be there')
    expect(firstDifference(dump, after(append(5, 1, 3), { type: 'put', region: 3, key, value: key }))).toContain(
      'entry 6',
    )
    expect(firstDifference(dump, after(append(5, 1, 2)))).toContain('key 52')
  })

  it('lets come back after a purge what was compacted or deleted, and nothing else', () => {
    const more = after(
      append(4, 7, 1, 2),
      { type: 'put', region: 3, key, value: key },
      {
        type: 'put',
        region: 3,
        key: Uint8Array.of(1),
        value: key,
      },
    )
    expect(
      firstDifferenceAfterPurge(dump, [{ ...more[0]!, entries: [[4, 'old'], ...dump[0]!.entries] }]),
    ).toBeUndefined()
    expect(firstDifferenceAfterPurge(dump, [])).toContain('missing')
    expect(firstDifferenceAfterPurge(dump, after(append(5, 1, 2, 3)))).toBeDefined()
    expect(firstDifferenceAfterPurge(dump, after(append(5, 1)))).toBeDefined()
  })
})
