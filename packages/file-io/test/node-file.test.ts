import type { FileHandle } from 'node:fs/promises'
import { concatBytes, FileIoError, NoSpaceError } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { NodeFile } from '../src/node-file.ts'

/** A handle over a plain array that takes or gives at most `stepBytes` a call, as a system may. */
function reluctantHandle(stepBytes: number, capacityBytes = Number.POSITIVE_INFINITY) {
  let content = new Uint8Array(0)
  const calls: { name: string; count: number; offset: number }[] = []
  const store = (data: Uint8Array, offset: number) => {
    const taken = data.subarray(0, Math.min(stepBytes, data.length, capacityBytes - offset))
    if (taken.length === 0 && capacityBytes <= offset) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    const next = new Uint8Array(Math.max(content.length, offset + taken.length))
    next.set(content)
    next.set(taken, offset)
    content = next
    return taken.length
  }
  const handle = {
    async write(data: Uint8Array, start: number, length: number, offset: number) {
      calls.push({ name: 'write', count: 1, offset })
      return { bytesWritten: store(data.subarray(start, start + length), offset) }
    },
    async writev(chunks: readonly Uint8Array[], offset: number) {
      calls.push({ name: 'writev', count: chunks.length, offset })
      return { bytesWritten: store(concatBytes(...chunks), offset) }
    },
    async read(target: Uint8Array, start: number, length: number, offset: number) {
      const given = content.subarray(offset, offset + Math.min(stepBytes, length))
      target.set(given, start)
      return { bytesRead: given.length }
    },
    stat: async () => ({ size: content.length }),
    datasync: async () => void calls.push({ name: 'datasync', count: 0, offset: 0 }),
    sync: async () => {
      throw Object.assign(new Error('broken'), { code: 'EIO' })
    },
    close: async () => {},
  }
  return { handle: handle as unknown as FileHandle, calls, content: () => content }
}

describe('a system that moves less than it is asked to', () => {
  it('is asked again for the rest of a write, whole chunks or parts of them', async () => {
    for (const stepBytes of [1, 2, 3, 5, 7, 100]) {
      const { handle, content } = reluctantHandle(stepBytes)
      const file = new NodeFile('a', handle, true)
      const chunks = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4), Uint8Array.of(5, 6, 7, 8)]
      await file.writeAt(chunks, 2)
      expect([...content()]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
      const found = new Uint8Array(20)
      expect(await file.readAt(found, 1)).toBe(9)
      expect([...found.subarray(0, 9)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    }
  })

  it('is given at most IOV_MAX buffers a call', async () => {
    const { handle, calls, content } = reluctantHandle(1_000_000)
    const file = new NodeFile('a', handle, true)
    await file.writeAt(
      Array.from({ length: 2_049 }, (_, index) => Uint8Array.of(index)),
      0,
    )
    expect(calls).toEqual([
      { name: 'writev', count: 1_024, offset: 0 },
      { name: 'writev', count: 1_024, offset: 1_024 },
      { name: 'write', count: 1, offset: 2_048 },
    ])
    expect(content().every((byte, index) => byte === (index & 0xff))).toBe(true)
  })

  it('fails when it takes nothing, instead of being asked for ever', async () => {
    const file = new NodeFile('a', reluctantHandle(0).handle, true)
    const error = await file.writeAt([Uint8Array.of(1)], 0).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(FileIoError)
    expect(error).toMatchObject({ operation: 'write', errno: 'EIO' })
  })

  it('fails by its own name half-way', async () => {
    const { handle, content } = reluctantHandle(2, 5)
    const file = new NodeFile('a', handle, true)
    const error = await file.append([new Uint8Array(9).fill(1)]).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(NoSpaceError)
    expect(content().length).toBe(5)
  })
})

describe('a synced write', () => {
  it('syncs once, when every byte is written', async () => {
    const { handle, calls } = reluctantHandle(2)
    await new NodeFile('a', handle, true).writeAt([Uint8Array.of(1, 2, 3, 4)], 0, 'data')
    expect(calls.map(({ name }) => name)).toEqual(['write', 'write', 'datasync'])
  })

  it('says which of its two steps failed, and syncs no half write', async () => {
    const broken = await new NodeFile('a', reluctantHandle(9).handle, true)
      .writeAt([Uint8Array.of(1)], 0, 'all')
      .catch((caught: unknown) => caught)
    expect(broken).toMatchObject({ operation: 'sync', errno: 'EIO' })
    const { handle, calls } = reluctantHandle(2, 3)
    const full = await new NodeFile('a', handle, true)
      .writeAt([Uint8Array.of(1, 2, 3, 4, 5)], 0, 'data')
      .catch((caught: unknown) => caught)
    expect(full).toBeInstanceOf(NoSpaceError)
    expect(calls.map(({ name }) => name)).not.toContain('datasync')
  })
})
