import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClosedError, type KeyChange } from '@stratakv/core'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { expect, it } from 'vitest'

it('closes under reads in flight: each is answered, or told that it is closed', async () => {
  const path = await mkdtemp(join(tmpdir(), 'rocksdb-closing-'))
  try {
    const engine = await openRocksdbEngine({ path })
    const key = (index: number): Uint8Array => new TextEncoder().encode(`key ${index}`)
    await engine.write(
      Array.from(
        { length: 500 },
        (_, index): KeyChange => ({ type: 'put', cf: 'default', key: key(index), value: key(index) }),
      ),
      { sync: false },
    )
    const snapshot = engine.snapshot()
    const outcomes: Promise<string>[] = []
    for (let index = 0; index < 100; index++) {
      const reader = index % 2 === 0 ? engine : snapshot
      const iterator = reader.iterate('default')
      const calls = [
        () => iterator.seek(key(index)),
        () => reader.get('default', key(index)),
        () => reader.getMany('default', [key(index)]),
      ]
      for (const call of calls) {
        outcomes.push(
          (async () => call())().then(
            (answer) => (answer === undefined || answer === false ? 'wrong' : 'answered'),
            (error: unknown) => (error instanceof ClosedError ? 'closed' : String(error)),
          ),
        )
      }
      void engine.write([{ type: 'put', cf: 'default', key: key(1000 + index), value: key(index) }], { sync: false })
    }
    await engine.close()
    const seen = new Set(await Promise.all(outcomes))
    seen.delete('answered')
    seen.delete('closed')
    expect([...seen]).toEqual([])
    const again = await openRocksdbEngine({ path })
    expect(await again.get('default', key(1099))).toBeDefined()
    await again.close()
  } finally {
    await rm(path, { recursive: true })
  }
})
