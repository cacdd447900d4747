import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type KeyChange, systemClock } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import {
  appendTs,
  batchGet,
  commitKey,
  createLock,
  createWrite,
  decodeLock,
  decodeWrite,
  encodeKey,
  encodeLock,
  encodeWrite,
  MvccTxn,
  openScanner,
  pointGet,
  prewriteKey,
  type ReadView,
  withReader,
} from '@stratakv/mvcc'

// npm run bench -w @stratakv/mvcc [-- --quick]: operations a second over the memory engine, on the sources.

const { values: args } = parseArgs({ options: { quick: { type: 'boolean' } } })
const scale = args.quick === true ? 0.02 : 1
const clock = systemClock()
const keyCount = Math.ceil(100_000 * scale)
const versionCount = 3
const physical = 430_000_000_000_000_000n
const value = new Uint8Array(64).fill(7)
const keys = Array.from({ length: keyCount }, (_, index) =>
  encodeKey(new TextEncoder().encode(`user${String(index).padStart(16, '0')}`)),
)
const newest: ReadView = { readTs: physical + 1000n, isolation: 'si' }

/** Best of three: this machine is shared. */
async function report(name: string, count: number, run: () => unknown): Promise<void> {
  let best = 0
  for (let round = 0; round < 3; round++) {
    const start = clock.now()
    await run()
    best = Math.max(best, (count * 1000) / (clock.now() - start))
  }
  console.log(`${name.padEnd(56)}${Math.round(best).toString().padStart(10)} /s`)
}

const engine = createMemoryEngine()
for (const key of keys) {
  const batch: KeyChange[] = []
  for (let version = 1; version <= versionCount; version++) {
    const startTs = physical + BigInt(version * 10)
    const record = encodeWrite(createWrite('put', startTs, value))
    batch.push({ type: 'put', cf: 'write', key: appendTs(key, startTs + 1n), value: record })
  }
  await engine.write(batch, { sync: false })
}
console.log(
  `${cpus()[0]?.model}, node ${process.version}, ${keyCount} keys of 20 bytes, ${versionCount} versions of ${value.length} bytes`,
)

const order = keys.map((_, index) => keys[(index * 7919) % keyCount]!)
await report('point get', keyCount, () => {
  for (const key of order) pointGet(engine, key, newest)
})
await report('point get of a key that does not exist', keyCount, () => {
  for (const key of order) pointGet(engine, key.subarray(0, 9), newest)
})
await report('batch get of 20, keys', keyCount, () => {
  for (let at = 0; at + 20 <= keyCount; at += 20) batchGet(engine, order.slice(at, at + 20), newest)
})
for (const direction of ['ascending', 'descending'] as const) {
  for (const keysOnly of [false, true]) {
    await report(`scan ${direction}${keysOnly ? ', keys only' : ''}, entries`, keyCount, () => {
      const scanner = openScanner(engine, { ...newest, order: direction, keysOnly })
      scanner.scan({ limitCount: keyCount })
      scanner.close()
    })
  }
}

const lock = createLock({
  kind: 'put',
  primary: new Uint8Array(20),
  startTs: physical,
  ttlMs: 3000,
  shortValue: value,
  txnSize: 1,
})
const lockBytes = encodeLock(lock)
const write = createWrite('put', physical, value)
const writeBytes = encodeWrite(write)
const recordCount = Math.ceil(500_000 * scale)
const repeat = (body: () => unknown) => () => {
  for (let count = 0; count < recordCount; count++) body()
}
await report(
  'encode a lock',
  recordCount,
  repeat(() => encodeLock(lock)),
)
await report(
  'decode a lock',
  recordCount,
  repeat(() => decodeLock(lockBytes)),
)
await report(
  'encode a write record',
  recordCount,
  repeat(() => encodeWrite(write)),
)
await report(
  'decode a write record',
  recordCount,
  repeat(() => decodeWrite(writeBytes)),
)
await report(
  'append a timestamp',
  recordCount,
  repeat(() => appendTs(keys[0]!, physical)),
)

let startTs = physical + 2000n
const timestamps = { maxTs: () => 0n, updateMaxTs() {}, guard() {} }
const properties = {
  primary: new Uint8Array(20),
  lockTtlMs: 3000,
  txnSize: 1,
  minCommitTs: 0n,
  mode: { type: 'optimistic', skipsConstraintCheck: false },
  assertionLevel: 'off',
  commitKind: { type: 'two-phase' },
} as const
const txnCount = Math.ceil(30_000 * scale)
await report('prewrite and commit of one key', txnCount, async () => {
  for (let count = 0; count < txnCount; count++) {
    const key = order[count % keyCount]!
    startTs += 10n
    const mutation = { kind: 'put', key, value, assertion: 'none', isPessimisticLock: false } as const
    const prewrite = new MvccTxn(startTs)
    await withReader(engine, undefined, (reader) =>
      prewriteKey(reader, prewrite, { ...properties, startTs }, timestamps, mutation, undefined),
    )
    await engine.write(prewrite.changes, { sync: false })
    const commit = new MvccTxn(startTs)
    await withReader(engine, undefined, (reader) => commitKey(reader, commit, key, startTs + 1n))
    await engine.write(commit.changes, { sync: false })
  }
})
