import { EnginePoisonedError, FileIoError, type KeyChange, NoSpaceError } from '@stratakv/core'
import { createMemoryEngine } from '@stratakv/memory'
import { describe, expect, it } from 'vitest'
import type { DiskFault } from '../../src/faults/fault-rule.ts'
import { FaultyEngine } from '../../src/faults/faulty-engine.ts'

const [key, value] = [Uint8Array.of(1), Uint8Array.of(2)]
const put: KeyChange = { type: 'put', cf: 'default', key, value }
const sync = { sync: true }

function faultyEngine() {
  const next: { read?: DiskFault | undefined; write?: DiskFault | undefined } = {}
  return { next, engine: new FaultyEngine(createMemoryEngine(), (operation) => next[operation]) }
}

describe('an engine on a disk that fails', () => {
  for (const [fault, error] of [
    ['EIO', FileIoError],
    ['ENOSPC', NoSpaceError],
  ] as const) {
    it(`fails a write with ${fault}, takes no more writes, and goes on reading`, async () => {
      const { engine, next } = faultyEngine()
      await engine.write([put], sync)
      next.write = fault
      await expect(engine.write([{ ...put, value: key }], sync)).rejects.toBeInstanceOf(error)
      next.write = undefined
      await expect(engine.write([put], sync)).rejects.toBeInstanceOf(EnginePoisonedError)
      await expect(engine.deleteRange('default', key, value, sync)).rejects.toBeInstanceOf(EnginePoisonedError)
      expect(engine.get('default', key)).toEqual(value)
      engine.heal()
      await engine.deleteRange('default', key, value, sync)
      expect(engine.get('default', key)).toBeUndefined()
    })
  }

  it('fails every kind of read, and writes on', async () => {
    const { engine, next } = faultyEngine()
    const snapshot = engine.snapshot()
    const iterator = engine.iterate('default')
    next.read = 'EIO'
    const reads = [
      ...[engine, snapshot].flatMap((reader) => [
        () => reader.get('default', key),
        () => reader.getMany('default', [key]),
        () => reader.iterate('default').seekToFirst(),
      ]),
      () => iterator.seek(key),
      () => iterator.seekForPrev(key),
      () => iterator.seekToLast(),
    ]
    for (const read of reads) expect(read).toThrow(FileIoError)
    await engine.write([put], sync)
    next.read = undefined
    expect(await engine.get('default', key)).toEqual(value)
  })
})
