import { readdirSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { emptyBytes, type KeyChange, KiB, MiB } from '@stratakv/core'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'

/**
 * Started by durability.test.ts, under strace or to be killed. Writes, and says so on the standard output by the system call that
 * strace shows among the others: `ACK` where everything so far was promised durable, `WROTE` where nothing was.
 */
const [scenario, path] = process.argv.slice(2) as ['engine' | 'rocksdb alone' | 'until killed', string]
const memtableBytes = MiB(1)

function say(word: 'ACK' | 'WROTE', what: string): void {
  writeSync(1, `${word} ${what}\n`)
}

const put = (index: number, valueBytes: number): KeyChange => ({
  type: 'put',
  cf: 'default',
  key: new TextEncoder().encode(`key ${String(index).padStart(6, '0')}`),
  value: new Uint8Array(valueBytes).fill(index),
})

/** Half as much again as a memtable holds: the write that follows it finds the memtable full, and so a new log. */
const aboveOneMemtable = Array.from({ length: 96 }, (_, index) => put(index, KiB(16)))

if (scenario === 'engine') {
  const engine = await openRocksdbEngine({ path, memtableBytes })
  for (let index = 0; index < 10; index++) {
    await engine.write([put(index, 100)], { sync: true })
    say('ACK', `synced write ${index}`)
  }
  await engine.write([put(20, 100)], { sync: false })
  say('WROTE', 'unsynced write')
  await engine.syncWal()
  say('ACK', 'syncWal in one log')
  await engine.write(aboveOneMemtable, { sync: false })
  await engine.write([put(21, 100)], { sync: false })
  say('WROTE', 'unsynced writes in two logs')
  await engine.syncWal()
  say('ACK', 'syncWal after a switch')
  await engine.write(aboveOneMemtable, { sync: false })
  await engine.write([put(22, 100)], { sync: true })
  say('ACK', 'synced write that switched')
  await Promise.all(Array.from({ length: 50 }, (_, index) => engine.write([put(index, 10)], { sync: index === 0 })))
  say('ACK', 'group')
  await engine.write(aboveOneMemtable, { sync: false })
  await engine.deleteRange('default', emptyBytes, emptyBytes, { sync: true })
  say('ACK', 'synced delete range')
  await engine.close()
} else if (scenario === 'until killed') {
  const engine = await openRocksdbEngine({ path, memtableBytes })
  for (let index = 0; ; index++) {
    await Promise.all([
      engine.write([put(2 * index, KiB(1))], { sync: index % 8 === 0 }),
      engine.write([put(2 * index + 1, KiB(1))], { sync: false }),
    ])
    say('WROTE', String(2 * index + 1))
  }
} else {
  const Database = createRequire(import.meta.url)('rocksdb-native') as new (
    path: string,
  ) => { ready(): Promise<void>; put(key: Uint8Array, value: Uint8Array): Promise<void>; close(): Promise<void> }
  const db = new Database(path)
  await db.ready()
  await db.put(Uint8Array.of(1), Uint8Array.of(1))
  say('WROTE', `one put, in ${readdirSync(path).find((name) => name.endsWith('.log'))}`)
  await db.close()
}
