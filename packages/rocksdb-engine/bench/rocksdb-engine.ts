import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type EngineReader, emptyBytes, type KeyChange, type KvEngine, systemClock } from '@stratakv/core'
import { openRocksdbEngine, type RocksdbEngineOptions } from '@stratakv/rocksdb-engine'

// npm run bench -w @stratakv/rocksdb-engine [-- --quick] [-- --dir FOLDER]: operations a second, on the sources.

const { values: args } = parseArgs({ options: { quick: { type: 'boolean' }, dir: { type: 'string' } } })
const scale = args.quick === true ? 0.02 : 1
const clock = systemClock()
const folder = await mkdtemp(join(args.dir ?? tmpdir(), 'rocksdb-bench-'))

const keyCount = Math.ceil(200_000 * scale)
const keyBytes = 24
const valueBytes = 256
const value = new Uint8Array(valueBytes).fill(7)
const largeValue = new Uint8Array(1024).fill(7)

/** Keys in an order that visits all of them and no neighbours in a row: 7919 is prime. */
function key(index: number): Uint8Array {
  const bytes = new Uint8Array(keyBytes).fill(0x30)
  for (let rest = (index * 7919) % keyCount, at = keyBytes - 1; rest > 0; rest = Math.floor(rest / 10))
    bytes[at--] = 0x30 + (rest % 10)
  return bytes
}

const put = (index: number, of: Uint8Array): KeyChange => ({ type: 'put', cf: 'default', key: key(index), value: of })

async function report(name: string, count: number, run: () => unknown): Promise<void> {
  const start = clock.now()
  await run()
  const seconds = (clock.now() - start) / 1000
  console.log(
    `${name.padEnd(64)}${Math.round(count / seconds)
      .toString()
      .padStart(10)} /s`,
  )
}

/** `callerCount` loops, each of which waits for its own operation before it starts the next. */
async function concurrently(callerCount: number, total: number, operation: (index: number) => unknown): Promise<void> {
  let next = 0
  const caller = async () => {
    while (next < total) await operation(next++)
  }
  await Promise.all(Array.from({ length: callerCount }, caller))
}

async function withEngine(
  name: string,
  options: Omit<RocksdbEngineOptions, 'path'>,
  body: (engine: KvEngine) => Promise<void>,
) {
  const path = join(folder, name)
  const engine = await openRocksdbEngine({ path, ...options })
  await body(engine)
  await engine.close()
}

async function writes(engine: KvEngine): Promise<void> {
  for (const callers of [1, 16, 64, 256, 1000]) {
    const total = Math.ceil((callers === 1 ? 4000 : 40_000) * scale)
    await report(`put of 1 KiB, synced, ${callers} callers`, total, () =>
      concurrently(callers, total, (index) => engine.write([put(index, largeValue)], { sync: true })),
    )
  }
  const total = Math.ceil(20_000 * scale)
  await report('put of 1 KiB, unsynced, 1 caller', total, () =>
    concurrently(1, total, (index) => engine.write([put(index, largeValue)], { sync: false })),
  )
  await report('put of 1 KiB, every 10th synced, 64 callers', total, () =>
    concurrently(64, total, (index) => engine.write([put(index, largeValue)], { sync: index % 10 === 0 })),
  )
}

async function load(engine: KvEngine): Promise<void> {
  const batchCount = Math.ceil(keyCount / 64)
  await report('put of 256 B in batches of 64, unsynced, 1 caller', batchCount * 64, () =>
    concurrently(1, batchCount, (batch) =>
      engine.write(
        Array.from({ length: 64 }, (_, index) => put(batch * 64 + index, value)),
        { sync: false },
      ),
    ),
  )
}

async function reads(engine: KvEngine): Promise<void> {
  const total = Math.ceil(60_000 * scale)
  const get = (reader: EngineReader) => (index: number) => reader.get('default', key(index))
  for (const callers of [1, 32, 256])
    await report(`get, ${callers} callers`, total, () => concurrently(callers, total, get(engine)))
  await report(`getMany of 32, keys`, total, () =>
    concurrently(1, total / 32, (index) =>
      engine.getMany(
        'default',
        Array.from({ length: 32 }, (_, at) => key(index * 32 + at)),
      ),
    ),
  )
  await report(`snapshot, get, release`, total, () =>
    concurrently(1, total, async (index) => {
      const snapshot = engine.snapshot()
      await snapshot.get('default', key(index))
      snapshot.release()
    }),
  )
  await report(`snapshot, release`, total, () => {
    for (let index = 0; index < total; index++) engine.snapshot().release()
  })
  const seeks = Math.ceil(total / 4)
  for (const callers of [1, 32]) {
    await report(`iterate, seek to 1 entry, close, ${callers} callers`, seeks, () =>
      concurrently(callers, seeks, async (index) => {
        const iterator = engine.iterate('default', { expectedCount: 1 })
        await iterator.seek(key(index))
        iterator.close()
      }),
    )
  }
  const reused = engine.iterate('default', { expectedCount: 1 })
  await report(`seek to 1 entry, same iterator`, seeks, () =>
    concurrently(1, seeks, (index) => reused.seek(key(index))),
  )
  reused.close()
  const shortScans = Math.ceil(total / 20)
  await report(`seek and 20 entries, entries`, shortScans * 20, () =>
    concurrently(1, shortScans, async (index) => {
      const iterator = engine.iterate('default', { expectedCount: 20 })
      await iterator.seek(key(index))
      for (let at = 1; at < 20 && iterator.valid; at++) await iterator.next()
      iterator.close()
    }),
  )
  await report(`scan forward, entries`, keyCount, () => scan(engine, 'forward', {}))
  await report(`scan backward, entries`, keyCount, () => scan(engine, 'backward', {}))
  await report(`scan forward, keys only, entries`, keyCount, () => scan(engine, 'forward', { keysOnly: true }))
}

async function scan(
  engine: KvEngine,
  direction: 'forward' | 'backward',
  options: { keysOnly?: boolean },
): Promise<void> {
  const iterator = engine.iterate('default', options)
  let found = await (direction === 'forward' ? iterator.seekToFirst() : iterator.seekToLast())
  let bytes = 0
  while (found) {
    bytes += iterator.key.length + iterator.value.length
    const next = direction === 'forward' ? iterator.next() : iterator.prev()
    found = typeof next === 'boolean' ? next : await next
  }
  iterator.close()
  if (bytes === 0) throw new Error('the scan found nothing')
}

console.log(
  `${cpus()[0]?.model}, ${cpus().length} CPUs, Node ${process.version}, ${keyCount} keys of ${keyBytes} B, values of ${valueBytes} B`,
)
try {
  await withEngine('writes', {}, writes)
  await withEngine('reads', {}, load)
  await withEngine('reads', {}, async (engine) => {
    await reads(engine)
    await report('deleteRange of everything, keys', keyCount, () =>
      engine.deleteRange('default', emptyBytes, emptyBytes, { sync: true }),
    )
  })
} finally {
  await rm(folder, { recursive: true })
}
