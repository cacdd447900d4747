import { describe, expect, it } from 'vitest'
import { DuplicateStoreAddressError, InvalidStoreError, StoreTombstoneError } from '../src/errors.ts'
import { compareVersions, formatVersion, mayJoin, parseVersion } from '../src/semantic-version.ts'
import { disconnectedAfterMs, downAfterMs, mergeLabels, StoreBook, storeStateName } from '../src/stores.ts'
import { storeMeta } from './sample-driver.ts'

const version = (text: string) => parseVersion(text)!

describe('store book', () => {
  function book(): StoreBook {
    const stores = new StoreBook()
    stores.put(storeMeta(1))
    stores.put(storeMeta(2, { state: 'offline' }))
    stores.put(storeMeta(3, { state: 'tombstone' }))
    return stores
  }

  it('refuses what no store can be', () => {
    expect(() => book().planPut(storeMeta(0), undefined)).toThrow(InvalidStoreError)
    expect(() => book().planPut(storeMeta(9, { version: 'six' }), undefined)).toThrow(InvalidStoreError)
    expect(() => book().planPut(storeMeta(3), undefined)).toThrow(StoreTombstoneError)
  })

  it('refuses the address of another store, unless that one is buried', () => {
    for (const address of ['store1:20160', 'store2:20160']) {
      expect(() => book().planPut(storeMeta(9, { address }), undefined)).toThrow(DuplicateStoreAddressError)
    }
    expect(book().planPut(storeMeta(9, { address: 'store3:20160' }), undefined).id).toBe(9)
    expect(book().planPut(storeMeta(1, { address: 'store1:20160' }), undefined).id).toBe(1)
  })

  it('keeps the state of a store that announces itself again', () => {
    expect(book().planPut(storeMeta(2, { state: 'up' }), undefined).state).toBe('offline')
  })

  it('lets a store join at the cluster version or above, and below it within the minor version', () => {
    const cluster = version('6.1.2')
    for (const joining of ['6.1.2', '6.1.0', '6.1.3-alpha', '6.2.0', '7.0.0']) {
      expect(book().planPut(storeMeta(9, { version: joining }), cluster).version).toBe(joining)
    }
    for (const joining of ['6.0.9', '5.4.0', '']) {
      expect(() => book().planPut(storeMeta(9, { version: joining }), cluster)).toThrow(InvalidStoreError)
    }
  })

  it('takes the lowest version of the living', () => {
    const stores = book()
    stores.put(storeMeta(2, { version: '6.0.0' }))
    stores.put(storeMeta(3, { version: '4.0.0', state: 'tombstone' }))
    const lowest = (changed: string) => formatVersion(stores.lowestVersion(storeMeta(1, { version: changed }))!)
    expect(lowest('6.5.0')).toBe('6.0.0')
    expect(lowest('5.0.0')).toBe('5.0.0')
    expect(lowest('')).toBe('1.0.0')
  })

  it('counts the silence of a store from the moment somebody listened', () => {
    const record = (lastHeartbeatMs: number, state: 'up' | 'offline' | 'tombstone' = 'up') => ({
      meta: storeMeta(1, { state }),
      report: undefined,
      lastHeartbeatMs,
    })
    const since = 1_000_000
    expect(storeStateName(record(0), since + disconnectedAfterMs, since, downAfterMs)).toBe('Up')
    expect(storeStateName(record(0), since + disconnectedAfterMs + 1, since, downAfterMs)).toBe('Disconnected')
    expect(storeStateName(record(0), since + downAfterMs + 1, since, downAfterMs)).toBe('Down')
    expect(storeStateName(record(since + downAfterMs), since + downAfterMs + 1, since, downAfterMs)).toBe('Up')
    expect(storeStateName(record(0, 'offline'), since + downAfterMs + 1, since, downAfterMs)).toBe('Offline')
    expect(storeStateName(record(0, 'tombstone'), since, since, downAfterMs)).toBe('Tombstone')
  })
})

describe('labels', () => {
  it('are merged without regard to case, and deleted by an empty value', () => {
    const known = [
      { key: 'zone', value: 'z1' },
      { key: 'host', value: 'h1' },
    ]
    expect(mergeLabels(known, [{ key: 'Zone', value: 'z2' }])).toEqual([
      { key: 'Zone', value: 'z2' },
      { key: 'host', value: 'h1' },
    ])
    expect(mergeLabels(known, [{ key: 'HOST', value: '' }])).toEqual([{ key: 'zone', value: 'z1' }])
    expect(mergeLabels(known, [])).toEqual(known)
    expect(mergeLabels([], [{ key: 'disk', value: '' }])).toEqual([])
  })
})

describe('semantic versions', () => {
  it('are ordered as semver.org has it', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.10.0',
      '2.0.0',
    ]
    for (const [index, left] of ordered.entries()) {
      for (const [other, right] of ordered.entries()) {
        expect(Math.sign(compareVersions(version(left), version(right))), `${left} ${right}`).toBe(
          Math.sign(index - other),
        )
      }
    }
  })

  it('are read as stores write them', () => {
    expect(formatVersion(version('v6.1.0'))).toBe('6.1.0')
    expect(formatVersion(version('6.1.0-alpha+abc'))).toBe('6.1.0-alpha')
    expect(formatVersion(version(''))).toBe('1.0.0')
    for (const text of ['6', '6.1', 'a.b.c', '6.1.0.0', ' 6.1.0']) expect(parseVersion(text)).toBe(undefined)
    expect(mayJoin(version('6.1.0'), version('6.1.0-alpha'))).toBe(true)
    expect(mayJoin(version('6.1.0'), version('6.0.0'))).toBe(false)
  })
})
