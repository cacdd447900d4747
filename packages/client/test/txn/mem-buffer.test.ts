import { below, compareBytes } from '@stratakv/core'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { EntryTooLargeError, KeyExistsError, TransactionTooLargeError } from '../../src/txn/errors.ts'
import { MemBuffer } from '../../src/txn/mem-buffer.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const limits = { entryCountMax: 100, entryBytesMax: 100, transactionBytesMax: 10_000 }
const key = bytes('k')
const none = new Uint8Array(0)

describe('a buffer of mutations', () => {
  it.each([
    ['put', 'put', 'value'],
    ['put, delete', 'delete', 'deleted'],
    ['delete, put', 'put', 'value'],
    ['delete, insert', 'put', 'value'],
    ['insert', 'insert', 'value'],
    ['insert, put', 'insert', 'value'],
    ['insert, delete', 'check-not-exists', 'deleted'],
    ['insert, delete, put', 'insert', 'value'],
    ['insert, delete, insert', 'insert', 'value'],
    ['lock', 'lock', 'nothing'],
    ['lock, put', 'put', 'value'],
    ['put, lock', 'put', 'value'],
    ['lock, insert', 'insert', 'value'],
  ])('makes of %s: %s, in which a read sees %s', (steps, kind, seen) => {
    const buffer = new MemBuffer(limits)
    for (const step of steps.split(', ')) {
      if (step === 'put' || step === 'insert') buffer[step](key, none)
      else if (step === 'delete' || step === 'lock') buffer[step](key)
    }
    expect(buffer.mutations().map((mutation) => mutation.kind)).toEqual([kind])
    expect(buffer.read(key)).toEqual({ value: none, deleted: 'deleted', nothing: undefined }[seen])
  })

  it('refuses to insert what it holds', () => {
    const buffer = new MemBuffer(limits)
    buffer.put(key, none)
    expect(() => buffer.insert(key, none)).toThrow(KeyExistsError)
  })

  it('refuses what passes a limit, and is as before', () => {
    const buffer = new MemBuffer({ entryCountMax: 2, entryBytesMax: 5, transactionBytesMax: 8 })
    expect(() => buffer.put(key, bytes('12345'))).toThrow(EntryTooLargeError)
    buffer.put(key, bytes('1234'))
    expect(() => buffer.put(bytes('l'), bytes('123'))).toThrow(TransactionTooLargeError)
    buffer.put(bytes('l'), bytes('12'))
    buffer.put(key, bytes('12'))
    expect(() => buffer.delete(bytes('m'))).toThrow(TransactionTooLargeError)
    expect([buffer.entryCount, buffer.bytes]).toEqual([2, 6])
  })

  it('is what a sorted list of key and value is', async () => {
    await forSeeds(50, (_, random) => {
      const buffer = new MemBuffer(limits)
      const twin: { key: Uint8Array; value: Uint8Array | undefined }[] = []
      const anyKey = () => Uint8Array.from({ length: below(random, 3) }, () => [0, 1, 127, 128, 255][below(random, 5)]!)
      for (let step = 0; step < 60; step++) {
        const written = anyKey()
        const value = below(random, 3) === 0 ? undefined : Uint8Array.of(step)
        if (value === undefined) buffer.delete(written)
        else buffer.put(written, value)
        const at = twin.findIndex((entry) => compareBytes(entry.key, written) === 0)
        if (at >= 0) twin.splice(at, 1)
        twin.push({ key: written, value })
        const [start, end] = [anyKey(), anyKey()]
        const expected = twin
          .filter(
            (entry) => compareBytes(entry.key, start) >= 0 && (end.length === 0 || compareBytes(entry.key, end) < 0),
          )
          .sort((left, right) => compareBytes(left.key, right.key))
        const found = buffer.range(start, end)
        expect(found.map((entry) => [...entry.key])).toEqual(expected.map((entry) => [...entry.key]))
        expect(found.map((entry) => buffer.read(entry.key))).toEqual(expected.map((entry) => entry.value ?? 'deleted'))
      }
      expect(buffer.bytes).toBe(twin.reduce((sum, entry) => sum + entry.key.length + (entry.value?.length ?? 0), 0))
    })
  })
})
