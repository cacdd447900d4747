import { writeSync } from 'node:fs'
import { emptyBytes, type KeyChange, KiB, MiB } from '@stratakv/core'
import { openLevelEngine } from '@stratakv/level-engine'
import { ClassicLevel } from 'classic-level'

/**
 * Started under strace by durability.test.ts. Writes, and says so on the standard output by the system call that
 * strace shows among the others: `ACK` where everything so far was promised durable, `WROTE` where nothing was.
 */
const [scenario, path] = process.argv.slice(2) as ['engine' | 'leveldb alone', string]
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
  const engine = await openLevelEngine({ path, memtableBytes })
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
  say('WROTE', 'group')
  await engine.syncWal()
  say('ACK', 'group')
  await engine.write(aboveOneMemtable, { sync: false })
  await engine.deleteRange('default', emptyBytes, emptyBytes, { sync: true })
  say('ACK', 'synced delete range')
  await engine.close()
} else {
  const db = new ClassicLevel<Uint8Array, Uint8Array>(path, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    writeBufferSize: memtableBytes,
  })
  await db.open()
  await db.batch(aboveOneMemtable.map((change) => ({ type: 'put', key: change.key, value: new Uint8Array(KiB(16)) })))
  await db.put(Uint8Array.of(1), Uint8Array.of(1), { sync: true })
  say('WROTE', 'unsynced batch, then a synced put in the next log')
  await db.close()
}
