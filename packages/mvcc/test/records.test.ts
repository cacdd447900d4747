import { maxTimestamp, toHex } from '@stratakv/core'
import { type SeededRandom, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  createLock,
  createRollback,
  createWrite,
  decodeLock,
  decodeWrite,
  encodeLock,
  encodeWrite,
  isFenced,
  isProtectedRollback,
  type Lock,
  MvccCorruptionError,
  type Write,
  withOverlappedRollback,
  writeKindOf,
} from '../src/index.ts'
import { bytes } from './support/percolator-store.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const plain = createLock({ kind: 'put', primary: bytes('pk'), startTs: 5n, ttlMs: 10 })

/** Worked out by hand from the grammar in FORMAT.md. */
const goldenLocks: readonly [name: string, lock: Lock, hex: string][] = [
  ['put', plain, '50 04706B 05 0A'],
  ['delete', { ...plain, kind: 'delete' }, '44 04706B 05 0A'],
  ['lock', { ...plain, kind: 'lock' }, '4C 04706B 05 0A'],
  ['pessimistic', { ...plain, kind: 'pessimistic', forUpdateTs: 8n }, '53 04706B 05 0A 66 0000000000000008'],
  ['short value', { ...plain, shortValue: bytes('val') }, '50 04706B 05 0A 76 03 76616C'],
  ['empty short value', { ...plain, shortValue: bytes('') }, '50 04706B 05 0A 76 00'],
  ['transaction size', { ...plain, txnSize: 258 }, '50 04706B 05 0A 74 0000000000000102'],
  ['min commit ts', { ...plain, minCommitTs: 6n }, '50 04706B 05 0A 63 0000000000000006'],
  ['async commit, no secondaries', { ...plain, useAsyncCommit: true }, '50 04706B 05 0A 61 00'],
  [
    'async commit',
    { ...plain, useAsyncCommit: true, secondaries: [bytes('a'), bytes('bcd')] },
    '50 04706B 05 0A 61 02 0261 06626364',
  ],
  ['rollbacks', { ...plain, rollbackTs: [7n, 9n] }, '50 04706B 05 0A 72 02 0000000000000007 0000000000000009'],
  [
    'everything, wide numbers',
    createLock({
      kind: 'put',
      primary: bytes('p'.repeat(64)),
      startTs: 434_000_000_000_000_001n,
      ttlMs: 20_000,
      shortValue: bytes('v'),
      forUpdateTs: maxTimestamp,
      txnSize: 1,
      minCommitTs: 434_000_000_000_000_002n,
      useAsyncCommit: true,
      secondaries: [bytes('s')],
      rollbackTs: [1n],
    }),
    `50 8001${'70'.repeat(64)} 818094C4B596F88206 A09C01 76 01 76 66 FFFFFFFFFFFFFFFF 74 0000000000000001 63 0605E0B358850002 61 01 0273 72 01 0000000000000001`,
  ],
]

const goldenWrites: readonly [name: string, write: Write, hex: string][] = [
  ['put', createWrite('put', 5n), '50 05'],
  ['put with short value', createWrite('put', 300n, bytes('val')), '50 AC02 76 03 76616C'],
  ['delete', createWrite('delete', 5n), '44 05'],
  ['lock', createWrite('lock', 5n), '4C 05'],
  ['rollback', createRollback(5n, false), '52 05'],
  ['protected rollback', createRollback(5n, true), '52 05 76 01 70'],
  ['overlapped rollback', withOverlappedRollback(createWrite('put', 5n), undefined), '50 05 52'],
  ['gc fence', withOverlappedRollback(createWrite('put', 5n), 9n), '50 05 52 46 0000000000000009'],
  ['gc fence of nothing newer', withOverlappedRollback(createWrite('delete', 5n), 0n), '44 05 52 46 0000000000000000'],
  ['widest start', createWrite('put', maxTimestamp), '50 FFFFFFFFFFFFFFFFFF01'],
]

describe('lock records', () => {
  it.each(goldenLocks)('%s', (_name, lock, golden) => {
    expect(toHex(encodeLock(lock))).toBe(golden.replaceAll(' ', ''))
    expect(decodeLock(hex(golden))).toEqual(lock)
  })

  it('may end after the start timestamp', () => {
    expect(decodeLock(hex('50 04706B 05'))).toEqual({ ...plain, ttlMs: 0 })
  })

  it('end at a tag that a newer writer put there', () => {
    expect(decodeLock(hex('50 04706B 05 0A 7A 76 03 FF'))).toEqual(plain)
  })

  it('come back whole', () => {
    const random = seededRandom(11)
    for (let round = 0; round < 2000; round++) {
      const lock = randomLock(random)
      expect(decodeLock(encodeLock(lock))).toEqual(lock)
    }
  })

  it('hold a time to live without end', () => {
    expect(decodeLock(hex('50 04706B 05 FFFFFFFFFFFFFFFFFF01')).ttlMs).toBe(Number.MAX_SAFE_INTEGER)
  })

  it.each([
    ['nothing', ''],
    ['unknown type', '51 04706B 05 0A'],
    ['primary cut short', '50 06706B'],
    ['negative length', '50 01'],
    ['length beyond memory', '50 FEFFFFFFFFFFFFFFFF01'],
    ['start cut short', '50 04706B 85'],
    ['varint of eleven bytes', '50 04706B 8080808080808080808001'],
    ['varint beyond 64 bits', '50 04706B 80808080808080808002'],
    ['short value cut short', '50 04706B 05 0A 76 03 7661'],
    ['short value without length', '50 04706B 05 0A 76'],
    ['number cut short', '50 04706B 05 0A 66 00000000000000'],
    ['more secondaries than bytes', '50 04706B 05 0A 61 FFFFFFFFFFFFFFFFFF01 0261'],
    ['more rollbacks than bytes', '50 04706B 05 0A 72 FFFFFFFFFFFFFFFFFF01 0000000000000001'],
  ])('%s is corruption', (_name, malformed) => {
    expect(() => decodeLock(hex(malformed))).toThrow(MvccCorruptionError)
  })

  it('made of noise either parse or are corruption', () => {
    fuzz(21, goldenLocks, decodeLock, (random) => encodeLock(randomLock(random)))
  })
})

describe('write records', () => {
  it.each(goldenWrites)('%s', (_name, write, golden) => {
    expect(toHex(encodeWrite(write))).toBe(golden.replaceAll(' ', ''))
    expect(decodeWrite(hex(golden))).toEqual(write)
  })

  it('end at a tag that a newer writer put there', () => {
    expect(decodeWrite(hex('50 05 76 01 78 6C 52'))).toEqual(createWrite('put', 5n, bytes('x')))
  })

  it('come back whole', () => {
    const random = seededRandom(12)
    for (let round = 0; round < 2000; round++) {
      const write = randomWrite(random)
      expect(decodeWrite(encodeWrite(write))).toEqual(write)
    }
  })

  it.each([
    ['nothing', ''],
    ['unknown type', '53 05'],
    ['no start', '50'],
    ['short value cut short', '50 05 76 02 78'],
    ['fence cut short', '50 05 52 46 00'],
  ])('%s is corruption', (_name, malformed) => {
    expect(() => decodeWrite(hex(malformed))).toThrow(MvccCorruptionError)
  })

  it('made of noise either parse or are corruption', () => {
    fuzz(22, goldenWrites, decodeWrite, (random) => encodeWrite(randomWrite(random)))
  })

  it('know a protected rollback by its mark', () => {
    expect(isProtectedRollback(createRollback(5n, true))).toBe(true)
    expect(isProtectedRollback(createRollback(5n, false))).toBe(false)
    expect(isProtectedRollback(createWrite('put', 5n, bytes('p')))).toBe(false)
  })

  it('are fenced from the fence on, and never by a fence of 0', () => {
    const fenced = withOverlappedRollback(createWrite('put', 5n), 9n)
    expect([isFenced(fenced, 8n), isFenced(fenced, 9n)]).toEqual([false, true])
    expect(isFenced(withOverlappedRollback(createWrite('put', 5n), 0n), maxTimestamp)).toBe(false)
    expect(isFenced(createWrite('put', 5n), maxTimestamp)).toBe(false)
  })

  it('come from locks, a pessimistic one as a lock', () => {
    expect((['put', 'delete', 'lock', 'pessimistic'] as const).map(writeKindOf)).toEqual([
      'put',
      'delete',
      'lock',
      'lock',
    ])
  })
})

function pick<T>(random: SeededRandom, choices: readonly T[]): T {
  return choices[random.uint32() % choices.length]!
}

function randomBytes(random: SeededRandom, lengthMax: number): Uint8Array {
  return Uint8Array.from({ length: random.uint32() % (lengthMax + 1) }, () => random.uint32() & 0xff)
}

/** Of every width, the widest included. */
function randomTimestamp(random: SeededRandom): bigint {
  return ((BigInt(random.uint32()) << 32n) | BigInt(random.uint32())) >> BigInt(random.uint32() % 64)
}

function randomLock(random: SeededRandom): Lock {
  const maybe = <T>(value: T, otherwise: T): T => (random.uint32() % 2 === 0 ? value : otherwise)
  const useAsyncCommit = random.uint32() % 2 === 0
  return createLock({
    kind: pick(random, ['put', 'delete', 'lock', 'pessimistic']),
    primary: randomBytes(random, 80),
    startTs: randomTimestamp(random),
    ttlMs: Number(randomTimestamp(random) >> 11n),
    shortValue: maybe<Uint8Array | undefined>(randomBytes(random, 255), undefined),
    forUpdateTs: maybe(randomTimestamp(random), 0n),
    txnSize: maybe(random.uint32(), 0),
    minCommitTs: maybe(randomTimestamp(random), 0n),
    useAsyncCommit,
    secondaries: useAsyncCommit ? Array.from({ length: random.uint32() % 4 }, () => randomBytes(random, 200)) : [],
    rollbackTs: Array.from({ length: random.uint32() % 4 }, () => randomTimestamp(random)),
  })
}

function randomWrite(random: SeededRandom): Write {
  return {
    kind: pick(random, ['put', 'delete', 'lock', 'rollback']),
    startTs: randomTimestamp(random),
    shortValue: random.uint32() % 2 === 0 ? randomBytes(random, 255) : undefined,
    hasOverlappedRollback: random.uint32() % 2 === 0,
    gcFence: random.uint32() % 2 === 0 ? randomTimestamp(random) : undefined,
  }
}

/**
 * Cuts, flips and inserts, in a buffer that is part of a larger one: a reader that looks beyond its record would find the
 * neighbour's bytes there, and not the same answer with another neighbour.
 */
function fuzz(
  seed: number,
  golden: readonly (readonly [string, unknown, string])[],
  decode: (record: Uint8Array) => unknown,
  sample: (random: SeededRandom) => Uint8Array,
): void {
  const random = seededRandom(seed)
  for (let round = 0; round < 5000; round++) {
    let record = round % 2 === 0 ? hex(pick(random, golden)[2]) : sample(random)
    for (let mutation = random.uint32() % 4; mutation >= 0; mutation--) {
      if (record.length === 0) break
      const at = random.uint32() % record.length
      if (random.uint32() % 3 === 0) record = record.slice(0, at)
      else record[at] = random.uint32() & 0xff
    }
    expect(attempt(decode, record, 0xff), `seed ${seed} round ${round}: ${toHex(record)}`).toEqual(
      attempt(decode, record, 0x00),
    )
  }
}

function attempt(decode: (record: Uint8Array) => unknown, record: Uint8Array, neighbour: number): unknown {
  const surrounded = new Uint8Array(record.length + 32).fill(neighbour)
  surrounded.set(record, 16)
  try {
    return decode(surrounded.subarray(16, 16 + record.length))
  } catch (error) {
    if (!(error instanceof MvccCorruptionError)) throw error
    return 'corrupted'
  }
}
