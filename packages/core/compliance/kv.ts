import { concatBytes } from '../src/byte-order.ts'
import type { Kv, KvContext, Modify, WriteStage } from '../src/kv.ts'
import { type ColumnFamily, columnFamilies } from '../src/kv-engine.ts'
import type { Region } from '../src/region.ts'
import {
  EpochNotMatchError,
  PeerMismatchError,
  RaftEntryTooLargeError,
  RegionNotFoundError,
  StoreNotMatchError,
} from '../src/region-errors.ts'
import type { TestApi } from './test-api.ts'

export interface KvFixture {
  readonly kv: Kv
  /** A region that this Kv serves, empty of data, and whose range holds every key the suite uses: lower-case letters. */
  readonly region: Region
  /** Writes larger than this are refused. */
  readonly entryMaxBytes: number
  dispose(): Promise<void>
}

export interface KvComplianceOptions {
  /** Called once a test. */
  create(): Promise<KvFixture>
}

const text = (string: string): Uint8Array => Uint8Array.from(string, (character) => character.charCodeAt(0))
const readable = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : String.fromCharCode(...bytes)
const put = (key: string, value: string, cf: ColumnFamily = 'default'): Modify => ({
  type: 'put',
  cf,
  key: text(key),
  value: text(value),
})

/** What every {@link Kv} must do towards the transactions that stand on it. */
export function kvCompliance(t: TestApi, options: KvComplianceOptions): void {
  const { describe, it, expect } = t

  const test = (name: string, body: (fixture: KvFixture, context: KvContext) => Promise<void>): void =>
    it(name, async () => {
      const fixture = await options.create()
      const peer = fixture.region.peers[0]!
      try {
        await body(fixture, {
          regionId: fixture.region.id,
          epoch: fixture.region.epoch,
          peer: { id: peer.id, storeId: peer.storeId },
        })
      } finally {
        await fixture.dispose()
      }
    })

  const contents = async (kv: Kv, context: KvContext, cf: ColumnFamily = 'default'): Promise<string[]> => {
    const snapshot = await kv.snapshot(context)
    const cursor = snapshot.iterate(cf)
    const found: string[] = []
    try {
      for (let more = await cursor.seekToFirst(); more; more = await cursor.next()) {
        found.push(`${readable(cursor.key)}=${readable(cursor.value)}`)
      }
    } finally {
      cursor.close()
      snapshot.release()
    }
    return found
  }

  /** The error of a call that must fail, whether it throws or rejects. */
  const failure = async (call: () => unknown): Promise<unknown> => {
    try {
      await call()
    } catch (error) {
      return error
    }
    return undefined
  }

  describe('Kv', () => {
    test('shows an acknowledged write to the next snapshot, in every column family', async ({ kv }, context) => {
      await kv.write(
        context,
        columnFamilies.map((cf) => put('a', `in ${cf}`, cf)),
      )
      for (const cf of columnFamilies) expect(await contents(kv, context, cf)).toEqual([`a=in ${cf}`])
    })

    test('keeps a snapshot as it was', async ({ kv }, context) => {
      await kv.write(context, [put('a', '1'), put('b', '1')])
      const before = await kv.snapshot(context)
      await kv.write(context, [put('a', '2'), { type: 'delete', cf: 'default', key: text('b') }, put('c', '2')])
      expect(readable(await before.get('default', text('a')))).toBe('1')
      const many = await before.getMany('default', [text('c'), text('b'), text('a')])
      expect(many.map(readable)).toEqual([undefined, '1', '1'])
      before.release()
      expect(await contents(kv, context)).toEqual(['a=2', 'c=2'])
    })

    test('applies the changes of one write in their order, range deletes among them', async ({ kv }, context) => {
      await kv.write(context, [put('a', '0'), put('b', '0'), put('c', '0')])
      await kv.write(context, [
        put('b', '1'),
        { type: 'delete-range', cf: 'default', start: text('a'), end: text('c') },
        put('a', '2'),
      ])
      expect(await contents(kv, context)).toEqual(['a=2', 'c=0'])
    })

    test('reads logical keys within bounds, both ways', async ({ kv }, context) => {
      await kv.write(context, [put('a', '1'), put('b', '2'), put('c', '3'), put('d', '4')])
      const snapshot = await kv.snapshot(context)
      const cursor = snapshot.iterate('default', { lowerBound: text('b'), upperBound: text('d') })
      expect(await cursor.seek(text('a'))).toBe(true)
      expect(readable(cursor.key)).toBe('b')
      expect(await cursor.seekForPrev(text('z'))).toBe(true)
      expect(readable(cursor.key)).toBe('c')
      expect(await cursor.prev()).toBe(true)
      expect(await cursor.prev()).toBe(false)
      cursor.close()
      snapshot.release()
    })

    test('tells region, term and memory locks with the snapshot', async ({ kv, region }, context) => {
      const snapshot = await kv.snapshot(context)
      expect(snapshot.region).toEqual(region)
      expect(snapshot.term).toBeGreaterThan(0)
      expect(snapshot.locks.get(text('a'))).toBeUndefined()
      snapshot.release()
    })

    test('reports stages at most once and in order, committed before the outcome and applied before a snapshot', async ({
      kv,
    }, context) => {
      const seen: (WriteStage | 'done' | 'seen')[] = []
      await kv.write(context, [put('a', '1')], (stage) => seen.push(stage))
      seen.push('done')
      const snapshot = await kv.snapshot(context)
      seen.push('seen')
      snapshot.release()
      const stages: readonly (WriteStage | 'done' | 'seen')[] = ['proposed', 'committed', 'applied']
      expect(seen.filter((stage) => stages.includes(stage))).toEqual(stages.filter((stage) => seen.includes(stage)))
      expect(seen.indexOf('done')).toBeGreaterThan(seen.indexOf('committed'))
      expect(seen.indexOf('applied')).toBeGreaterThan(-1)
      expect(seen.indexOf('seen')).toBeGreaterThan(seen.indexOf('applied'))
    })

    test('gives concurrent writes one order that snapshots agree on', async ({ kv }, context) => {
      const writers = Array.from({ length: 50 }, (_, writer) =>
        kv.write(context, [put('a', `${writer}`), put('b', `${writer}`)]),
      )
      await Promise.all(writers)
      const snapshot = await kv.snapshot(context)
      const [a, b] = await snapshot.getMany('default', [text('a'), text('b')])
      snapshot.release()
      expect(readable(a)).toBe(readable(b))
    })

    test('turns requests away that were made for another place or shape, and writes nothing', async ({
      kv,
      region,
    }, context) => {
      const peer = region.peers[0]!
      const wrong: readonly (readonly [KvContext, abstract new (...args: never) => Error])[] = [
        [{ ...context, peer: { id: peer.id, storeId: peer.storeId + 1000 } }, StoreNotMatchError],
        [{ ...context, peer: { id: peer.id + 1000, storeId: peer.storeId } }, PeerMismatchError],
        [{ ...context, regionId: region.id + 1000 }, RegionNotFoundError],
        [{ ...context, epoch: { ...region.epoch, version: region.epoch.version + 1 } }, EpochNotMatchError],
        [{ ...context, epoch: { ...region.epoch, version: region.epoch.version - 1 } }, EpochNotMatchError],
      ]
      for (const [bad, kind] of wrong) {
        expect(await failure(() => kv.snapshot(bad))).toBeInstanceOf(kind)
        expect(await failure(() => kv.write(bad, [put('a', '1')]))).toBeInstanceOf(kind)
      }
      const mismatch = await failure(() => kv.snapshot(wrong[3]![0]))
      expect((mismatch as EpochNotMatchError).currentRegions[0]).toEqual(region)
      expect(await contents(kv, context)).toEqual([])
    })

    test('looks at the version alone of the epoch: membership changes do not move data', async ({
      kv,
      region,
    }, context) => {
      const snapshot = await kv.snapshot({ ...context, epoch: { ...region.epoch, confVer: region.epoch.confVer + 5 } })
      snapshot.release()
    })

    test('refuses a write over the entry limit whole', async ({ kv, entryMaxBytes }, context) => {
      const large: Modify = { type: 'put', cf: 'default', key: text('a'), value: new Uint8Array(entryMaxBytes + 1) }
      expect(await failure(() => kv.write(context, [put('b', '1'), large]))).toBeInstanceOf(RaftEntryTooLargeError)
      expect(await contents(kv, context)).toEqual([])
    })

    test('keeps keys of any bytes apart', async ({ kv }, context) => {
      const keys = [text('k'), concatBytes(text('k'), Uint8Array.of(0)), concatBytes(text('k'), Uint8Array.of(255))]
      await kv.write(
        context,
        keys.map((key, index) => ({ type: 'put', cf: 'default', key, value: Uint8Array.of(index) })),
      )
      const snapshot = await kv.snapshot(context)
      expect((await snapshot.getMany('default', keys)).map((value) => value?.[0])).toEqual([0, 1, 2])
      snapshot.release()
    })
  })
}
