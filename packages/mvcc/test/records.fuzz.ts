import { deepStrictEqual } from 'node:assert/strict'
import type { Random } from '@stratakv/core'
import { below } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { MemcomparableError } from '@stratakv/wasm'
import { MvccCorruptionError } from '../src/errors.ts'
import { appendTs, decodeKey, encodeKey, splitTs } from '../src/key.ts'
import { createLock, decodeLock, encodeLock, type Lock } from '../src/lock-record.ts'
import {
  createRollback,
  createWrite,
  decodeWrite,
  encodeWrite,
  type Write,
  withOverlappedRollback,
} from '../src/write-record.ts'

const some = (random: Random, lengthMax: number) =>
  Uint8Array.from({ length: below(random, lengthMax) }, () => below(random, 256))
const timestamp = (random: Random) => (BigInt(random.uint32()) << 32n) | BigInt(random.uint32())

export const lockTarget: FuzzTarget<Lock> = {
  name: 'mvcc/lock',
  refusals: [MvccCorruptionError],
  seeds: (random) =>
    (['put', 'delete', 'lock', 'pessimistic'] as const).flatMap((kind) => [
      encodeLock(createLock({ kind, primary: some(random, 20), startTs: timestamp(random), ttlMs: 3000 })),
      encodeLock(
        createLock({
          kind,
          primary: some(random, 20),
          startTs: timestamp(random),
          ttlMs: 3000,
          shortValue: some(random, 255),
          forUpdateTs: timestamp(random),
          txnSize: 12,
          minCommitTs: timestamp(random),
          useAsyncCommit: true,
          secondaries: [some(random, 9), some(random, 9)],
          rollbackTs: [timestamp(random), timestamp(random)],
        }),
      ),
    ]),
  decode: decodeLock,
  check: (lock) => deepStrictEqual(decodeLock(encodeLock(lock)), lock),
}

export const writeTarget: FuzzTarget<Write> = {
  name: 'mvcc/write',
  refusals: [MvccCorruptionError],
  seeds: (random) => [
    ...(['put', 'delete', 'lock', 'rollback'] as const).map((kind) =>
      encodeWrite(createWrite(kind, timestamp(random), some(random, 255))),
    ),
    encodeWrite(createRollback(timestamp(random), true)),
    encodeWrite(withOverlappedRollback(createWrite('put', 5n), timestamp(random))),
  ],
  decode: decodeWrite,
  check: (write) => deepStrictEqual(decodeWrite(encodeWrite(write)), write),
}

export const keyTarget: FuzzTarget<{ readonly key: Uint8Array; readonly timestamp: bigint; readonly raw: Uint8Array }> =
  {
    name: 'mvcc/versioned-key',
    refusals: [MvccCorruptionError, MemcomparableError],
    seeds: (random) =>
      [0, 3, 8, 9, 40].map((length) => appendTs(encodeKey(some(random, length + 1)), timestamp(random))),
    decode(input) {
      const { key, timestamp } = splitTs(input)
      return { key, timestamp, raw: decodeKey(key) }
    },
    check: ({ raw, timestamp }, input) => deepStrictEqual(appendTs(encodeKey(raw), timestamp), Uint8Array.from(input)),
  }
