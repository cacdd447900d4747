import { type EngineReader, type KeyChange, maxTimestamp } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  appendTs,
  batchGet,
  createLock,
  createRollback,
  createWrite,
  encodeLock,
  encodeWrite,
  MvccError,
  openScanner,
  pointGet,
  type ReadView,
  type ScanEntry,
  scanLocks,
  type Write,
  withOverlappedRollback,
} from '../src/index.ts'
import { type NaiveKey, naiveRead } from './support/naive-reader.ts'
import { bytes, key, late, text } from './support/percolator-store.ts'

const seeds = Array.from({ length: 40 }, (_, index) => 1000 + index)

describe.each(seeds)('readers against the naive one, seed %i', (seed) => {
  const random = seededRandom(seed)
  const data = randomData(random.fork('data'))
  const views = Array.from({ length: 12 }, () => randomView(random))

  it('read single keys', async () => {
    const source = await stored(data)
    for (const view of views) {
      for (const each of data) {
        const expected = naiveRead(each, view)
        expect(
          named(() => pointGet(source, key(each.name), view)),
          describeRead(each.name, view),
        ).toBe(expected)
        expect(await namedLater(() => pointGet(late(source), key(each.name), view))).toBe(expected)
      }
    }
  })

  it('read many keys at once, duplicates and unknown ones too', async () => {
    const source = await stored(data)
    for (const view of views) {
      const asked = Array.from({ length: 20 }, () =>
        random.uint32() % 5 === 0 ? `missing${random.uint32() % 9}` : data[random.uint32() % data.length]!.name,
      )
      const expected = asked.map((name) => {
        const known = data.find((each) => each.name === name)
        return known && naiveRead(known, view)
      })
      for (const reader of [source, late(source)]) {
        const outcomes = await batchGet(reader, asked.map(key), view)
        const got = outcomes.map((outcome) => (outcome instanceof MvccError ? outcome.variant : text(outcome)))
        expect(got, describeRead(asked.join(), view)).toEqual(expected)
      }
    }
  })

  it('scan both ways, whole and in parts', async () => {
    const source = await stored(data)
    for (const view of views) {
      for (const order of ['ascending', 'descending'] as const) {
        const [from, to] = [randomBound(random), randomBound(random)].sort() as [string, string]
        const upper = to === from ? '' : to
        const inRange = data.filter(({ name }) => name >= from && (upper === '' || name < upper))
        const expected = naiveScan(order === 'ascending' ? inRange : inRange.toReversed(), view)
        const limitCount = 1 + (random.uint32() % 12)
        for (const reader of [source, late(source)]) {
          const options = {
            ...view,
            order,
            lowerBound: from === '' ? bytes('') : key(from),
            upperBound: upper === '' ? bytes('') : key(upper),
          }
          const what = `${describeRead(`${order} [${from}, ${upper})`, view)} limit ${limitCount}`
          expect(await scanAll(reader, options, limitCount), what).toEqual(expected)
        }
      }
    }
  })

  it('scan for locks', async () => {
    const source = await stored(data)
    const all = data.filter(({ lock }) => lock !== undefined)
    const maxTs = 20n
    const matching = all.filter(({ lock }) => lock!.startTs <= maxTs).map(({ name }) => name)
    const page = await scanLocks(late(source), { start: bytes(''), end: bytes(''), maxTs, limitCount: 0 })
    expect(page.locks.map(({ lock }) => lock)).toEqual(
      all.filter(({ name }) => matching.includes(name)).map(({ lock }) => lock),
    )
    expect(page.hasMore).toBe(false)
  })
})

async function stored(data: readonly NaiveKey[]): Promise<EngineReader> {
  const engine = createMemoryEngine()
  const changes: KeyChange[] = []
  for (const { name, lock, writes, values } of data) {
    if (lock !== undefined) changes.push({ type: 'put', cf: 'lock', key: key(name), value: encodeLock(lock) })
    for (const { commitTs, write } of writes) {
      changes.push({ type: 'put', cf: 'write', key: appendTs(key(name), commitTs), value: encodeWrite(write) })
    }
    for (const [startTs, value] of values) {
      changes.push({ type: 'put', cf: 'default', key: appendTs(key(name), startTs), value: bytes(value) })
    }
  }
  await engine.write(changes, { sync: false })
  return engine
}

/** What no history need lead to, but every reader must agree on: fences anywhere, long runs of rollbacks, missing values. */
function randomData(random: SeededRandom): NaiveKey[] {
  const data: NaiveKey[] = []
  for (let index = 0; index < 25; index++) {
    const name = `k${String(index).padStart(2, '0')}${'x'.repeat(random.uint32() % 12)}`
    const values = new Map<bigint, string>()
    const writes: { commitTs: bigint; write: Write }[] = []
    const isHot = random.uint32() % 6 === 0
    for (let commitTs = 1n; commitTs <= 40n; commitTs += BigInt(1 + (random.uint32() % (isHot ? 1 : 12)))) {
      writes.push({ commitTs, write: randomWrite(random, commitTs, name, values) })
    }
    data.push({ name, lock: random.uint32() % 3 === 0 ? randomLock(random, name, values) : undefined, writes, values })
  }
  return data
}

function randomWrite(random: SeededRandom, commitTs: bigint, name: string, values: Map<bigint, string>): Write {
  const dice = random.uint32() % 10
  if (dice < 3) return createRollback(commitTs, random.uint32() % 2 === 0)
  const startTs = commitTs - 1n
  if (dice === 3) return createWrite('lock', startTs)
  if (dice === 4) return createWrite('delete', startTs)
  const isShort = random.uint32() % 2 === 0
  if (!isShort && random.uint32() % 10 !== 0) values.set(startTs, `long ${name} ${startTs}`)
  const write = createWrite('put', startTs, isShort ? bytes(`${name}@${startTs}`) : undefined)
  return random.uint32() % 8 === 0 ? withOverlappedRollback(write, BigInt(random.uint32() % 40)) : write
}

function randomLock(random: SeededRandom, name: string, values: Map<bigint, string>) {
  const startTs = BigInt(1 + (random.uint32() % 50))
  const kind = (['put', 'put', 'delete', 'lock', 'pessimistic'] as const)[random.uint32() % 5]!
  const isShort = kind !== 'put' || random.uint32() % 2 === 0
  if (!isShort) values.set(startTs, `locked ${name}`)
  return createLock({
    kind,
    primary: bytes(random.uint32() % 2 === 0 ? name : 'elsewhere'),
    startTs,
    ttlMs: 1000,
    shortValue: isShort && kind === 'put' ? bytes(`lock ${startTs}`) : undefined,
    minCommitTs: random.uint32() % 3 === 0 ? startTs + BigInt(random.uint32() % 20) : 0n,
    useAsyncCommit: random.uint32() % 4 === 0,
  })
}

function randomView(random: SeededRandom): ReadView {
  const isolation = (['si', 'si', 'rc', 'rc-check-ts'] as const)[random.uint32() % 4]!
  const readTs = random.uint32() % 6 === 0 ? maxTimestamp : BigInt(random.uint32() % 45)
  const some = () => new Set(Array.from({ length: random.uint32() % 15 }, () => BigInt(1 + (random.uint32() % 50))))
  return { readTs, isolation, resolvedLocks: some(), committedLocks: some() }
}

function randomBound(random: SeededRandom): string {
  return random.uint32() % 4 === 0 ? '' : `k${String(random.uint32() % 25).padStart(2, '0')}`
}

/** `key=value`, `key!error`; ends with the error that ends a scan. */
function naiveScan(data: readonly NaiveKey[], view: ReadView): string[] {
  const lines: string[] = []
  for (const each of data) {
    const answer = naiveRead(each, view)
    if (answer === undefined) continue
    if (answer === 'WriteConflict' || answer === 'DefaultNotFound') return [`thrown ${answer}`]
    lines.push(answer === 'KeyIsLocked' ? `${each.name}!${answer}` : `${each.name}=${answer}`)
  }
  return lines
}

async function scanAll(
  source: EngineReader,
  options: Parameters<typeof openScanner>[1],
  limitCount: number,
): Promise<string[]> {
  const scanner = openScanner(source, options)
  const lines: string[] = []
  try {
    for (;;) {
      const part = await scanner.scan({ limitCount })
      lines.push(...part.map(line))
      if (part.length < limitCount) return lines
    }
  } catch (error) {
    if (!(error instanceof MvccError)) throw error
    return [`thrown ${error.variant}`]
  } finally {
    scanner.close()
  }
}

function line(entry: ScanEntry): string {
  return entry.error === undefined
    ? `${text(entry.key)}=${text(entry.value)}`
    : `${text(entry.key)}!${entry.error.variant}`
}

function named(read: () => unknown): string | undefined {
  try {
    return text(read() as Uint8Array | undefined)
  } catch (error) {
    if (error instanceof MvccError) return error.variant
    throw error
  }
}

async function namedLater(read: () => unknown): Promise<string | undefined> {
  try {
    return text((await read()) as Uint8Array | undefined)
  } catch (error) {
    if (error instanceof MvccError) return error.variant
    throw error
  }
}

function describeRead(what: string, view: ReadView): string {
  const list = (set: ReadonlySet<bigint> | undefined) => [...(set ?? [])].join(' ')
  return `${what} at ${view.readTs} ${view.isolation}, resolved ${list(view.resolvedLocks)}, committed ${list(view.committedLocks)}`
}
