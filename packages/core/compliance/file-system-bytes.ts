import { concatBytes } from '../src/byte-order.ts'
import {
  bytesOf,
  type OnDisk,
  pattern,
  readAll,
  readFile,
  refusal,
  withFile,
  writeFile,
} from './file-system-fixture.ts'
import type { TestApi } from './test-api.ts'

/** Reading and writing open files. */
export function fileBytes({ expect }: TestApi, onDisk: OnDisk): void {
  onDisk('reads back what was written, through the same handle and a new one', async ({ fs, at }) => {
    const content = pattern(10_000)
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([content], 0)
      expect(await file.sizeBytes()).toBe(10_000)
      expect(await readAll(file)).toEqual(content)
    })
    expect(await readFile(fs, at('a'))).toEqual(content)
  })

  onDisk('keeps the path it was opened by', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      expect(file.path).toBe(at('a'))
    })
  })

  onDisk('reads less than asked for only at the end, and leaves the rest of the target alone', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([pattern(100)], 0)
      const target = new Uint8Array(50).fill(0xee)
      expect(await file.readAt(target, 70)).toBe(30)
      expect(target).toEqual(concatBytes(pattern(100).subarray(70), new Uint8Array(20).fill(0xee)))
      expect(await file.readAt(target, 100)).toBe(0)
      expect(await file.readAt(target, 5_000_000)).toBe(0)
      expect(await file.readAt(new Uint8Array(0), 0)).toBe(0)
      expect(await file.readAt(target, 50)).toBe(50)
      expect(target).toEqual(pattern(100).subarray(50))
    })
  })

  onDisk('fills only the view it is given, wherever that starts in its buffer', async ({ fs, at }) => {
    await writeFile(fs, at('a'), pattern(64))
    const file = await fs.open(at('a'), 'read')
    const surroundings = new Uint8Array(100).fill(0xee)
    expect(await file.readAt(surroundings.subarray(13, 13 + 40), 8)).toBe(40)
    await file.close()
    expect(surroundings.subarray(0, 13)).toEqual(new Uint8Array(13).fill(0xee))
    expect(surroundings.subarray(13, 53)).toEqual(pattern(64).subarray(8, 48))
    expect(surroundings.subarray(53)).toEqual(new Uint8Array(47).fill(0xee))
  })

  onDisk('overwrites in place', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([pattern(5_000)], 0)
      await file.writeAt([pattern(1_000, 9)], 4_000 - 500)
      const expected = pattern(5_000)
      expected.set(pattern(1_000, 9), 3_500)
      expect(await readAll(file)).toEqual(expected)
    })
  })

  onDisk('reads a gap as zeros', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([bytesOf(1, 2)], 0)
      await file.writeAt([bytesOf(3)], 20_000)
      const expected = new Uint8Array(20_001)
      expected.set([1, 2])
      expected[20_000] = 3
      expect(await readAll(file)).toEqual(expected)
    })
  })

  onDisk('writes beyond four gigabytes, where offsets pass 32 bits', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      const far = 2 ** 32 + 4_097
      // Removed again below; a sparse file takes no room where the disk knows holes, and a small disk may refuse.
      try {
        await file.writeAt([bytesOf(7, 8)], far)
      } catch (error) {
        expect((error as { code?: string }).code).toBe('FS_NO_SPACE')
        return
      }
      expect(await file.sizeBytes()).toBe(far + 2)
      const target = bytesOf(1, 1, 1, 1)
      expect(await file.readAt(target, far - 2)).toBe(4)
      expect(target).toEqual(bytesOf(0, 0, 7, 8))
      await file.truncate(0)
    })
  })

  onDisk('writes chunks one after another, empty ones included', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      const none = new Uint8Array(0)
      await file.writeAt([none, bytesOf(1), none, none, bytesOf(2, 3), none], 2)
      expect(await readAll(file)).toEqual(bytesOf(0, 0, 1, 2, 3))
      await file.writeAt([], 0)
      await file.writeAt([none, none], 0)
      await file.writeAt([none], 1_000)
      expect(await readAll(file)).toEqual(bytesOf(0, 0, 1, 2, 3))
    })
  })

  onDisk('writes more chunks at once than a vectored system call takes', async ({ fs, at }) => {
    const content = pattern(9_001)
    for (const chunkCount of [1_023, 1_024, 1_025, 3_000]) {
      const chunks: Uint8Array[] = []
      for (let index = 0; index < chunkCount; index++) chunks.push(content.subarray(index * 3, index * 3 + 3))
      const path = at(`chunks-${chunkCount}`)
      await withFile(fs, path, (file) => file.writeAt(chunks, 5))
      expect(await readFile(fs, path)).toEqual(concatBytes(new Uint8Array(5), content.subarray(0, chunkCount * 3)))
    }
  })

  onDisk('writes only the view it is given, and leaves it as it was', async ({ fs, at }) => {
    const surroundings = pattern(100)
    await withFile(fs, at('a'), (file) =>
      file.writeAt([surroundings.subarray(10, 20), surroundings.subarray(50, 55)], 0),
    )
    expect(await readFile(fs, at('a'))).toEqual(
      concatBytes(pattern(100).subarray(10, 20), pattern(100).subarray(50, 55)),
    )
    expect(surroundings).toEqual(pattern(100))
  })

  onDisk('does not change when the caller reuses a buffer after the write has resolved', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      const buffer = pattern(600)
      await file.writeAt([buffer], 0)
      buffer.fill(0)
      expect(await readAll(file)).toEqual(pattern(600))
      const target = new Uint8Array(600)
      await file.readAt(target, 0)
      target.fill(0)
      expect(await readAll(file)).toEqual(pattern(600))
    })
  })

  onDisk('appends at the end and says where', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      expect(await file.append([bytesOf(1, 2), bytesOf(3)])).toBe(0)
      expect(await file.append([bytesOf(4)])).toBe(3)
      await file.writeAt([bytesOf(9)], 9)
      expect(await file.append([bytesOf(10)])).toBe(10)
      await file.truncate(5)
      expect(await file.append([bytesOf(5)])).toBe(5)
      expect(await file.append([])).toBe(6)
      expect(await readAll(file)).toEqual(bytesOf(1, 2, 3, 4, 0, 5))
    })
    // A new handle starts at the end as well, and sees what another handle added.
    const [first, second] = [await fs.open(at('a'), 'write'), await fs.open(at('a'), 'write')]
    expect(await first.append([bytesOf(6)])).toBe(6)
    expect(await second.append([bytesOf(7)])).toBe(7)
    expect(await first.append([bytesOf(8)])).toBe(8)
    await first.close()
    await second.close()
    expect(await readFile(fs, at('a'))).toEqual(bytesOf(1, 2, 3, 4, 0, 5, 6, 7, 8))
  })

  onDisk('lets calls on different bytes overlap', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      const writes: Promise<void>[] = []
      for (let index = 0; index < 32; index++) {
        const order = (index * 7) % 32
        writes.push(file.writeAt([pattern(1_000, order), pattern(24, order + 100)], order * 1_024))
      }
      await Promise.all([...writes, file.sync('data')])
      const targets = Array.from({ length: 32 }, () => new Uint8Array(1_024))
      await Promise.all(targets.map((target, index) => file.readAt(target, index * 1_024)))
      for (const [index, target] of targets.entries()) {
        expect(target).toEqual(concatBytes(pattern(1_000, index), pattern(24, index + 100)))
      }
    })
  })

  onDisk('shares one file among its handles', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (writer) => {
      const reader = await fs.open(at('a'), 'read')
      await writer.writeAt([pattern(700)], 0)
      expect(await readAll(reader)).toEqual(pattern(700))
      await writer.truncate(10)
      expect(await reader.sizeBytes()).toBe(10)
      await reader.close()
      expect(await writer.sizeBytes()).toBe(10)
    })
  })

  onDisk('cuts and extends with zeros', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([pattern(9_000)], 0)
      await file.truncate(4_500)
      expect(await readAll(file)).toEqual(pattern(9_000).subarray(0, 4_500))
      // What was cut off must not come back.
      await file.truncate(9_000)
      expect(await readAll(file)).toEqual(concatBytes(pattern(9_000).subarray(0, 4_500), new Uint8Array(4_500)))
      await file.truncate(0)
      expect(await file.sizeBytes()).toBe(0)
      await file.writeAt([bytesOf(1)], 3)
      expect(await readAll(file)).toEqual(bytesOf(0, 0, 0, 1))
    })
  })

  onDisk('syncs in both ways, from any handle', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.sync('data')
      await file.writeAt([pattern(100)], 0)
      await file.sync('data')
      await file.truncate(50)
      await file.sync('all')
      await Promise.all([file.sync('data'), file.sync('all'), file.sync('data')])
      expect(await readAll(file)).toEqual(pattern(100).subarray(0, 50))
    })
  })

  onDisk('writes and syncs in one call, in both ways, also when there is nothing to write', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([pattern(700), pattern(300, 1)], 24, 'data')
      await file.writeAt([pattern(5_000, 2)], 1_024, 'all')
      await file.writeAt([], 0, 'data')
      await file.writeAt([new Uint8Array(0)], 50_000, 'all')
      const expected = concatBytes(new Uint8Array(24), pattern(700), pattern(300, 1), pattern(5_000, 2))
      expect(await readAll(file)).toEqual(expected)
    })
  })

  onDisk('lets synced writes overlap with each other and with plain ones', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          file.writeAt(
            [pattern(1_500, index)],
            index * 1_500,
            index % 3 === 0 ? undefined : index % 3 === 1 ? 'data' : 'all',
          ),
        ),
      )
      expect(await readAll(file)).toEqual(
        concatBytes(...Array.from({ length: 24 }, (_, index) => pattern(1_500, index))),
      )
    })
  })

  onDisk('refuses to change a file that was opened for reading', async ({ fs, at }) => {
    await writeFile(fs, at('a'), pattern(20))
    const file = await fs.open(at('a'), 'read')
    const changes: [string, () => Promise<unknown>][] = [
      ['writeAt', () => file.writeAt([bytesOf(1)], 0)],
      ['writeAt of nothing', () => file.writeAt([], 0)],
      ['writeAt with a sync', () => file.writeAt([bytesOf(1)], 0, 'data')],
      ['writeAt of nothing with a sync', () => file.writeAt([], 0, 'all')],
      ['append', () => file.append([bytesOf(1)])],
      ['truncate', () => file.truncate(5)],
      ['allocate', () => file.allocate(0, 100)],
    ]
    for (const [name, change] of changes) {
      const { code, errno, path } = await refusal(change())
      expect({ name, code, errno, path }).toEqual({ name, code: 'FS_IO', errno: 'EBADF', path: at('a') })
    }
    await file.close()
    expect(await readFile(fs, at('a'))).toEqual(pattern(20))
  })

  onDisk('refuses every call after close, but another close', async ({ fs, at }) => {
    const file = await fs.open(at('a'), 'create')
    await file.close()
    const calls: [string, () => Promise<unknown>][] = [
      ['sizeBytes', () => file.sizeBytes()],
      ['readAt', () => file.readAt(new Uint8Array(1), 0)],
      ['writeAt', () => file.writeAt([bytesOf(1)], 0)],
      ['writeAt with a sync', () => file.writeAt([bytesOf(1)], 0, 'data')],
      ['append', () => file.append([bytesOf(1)])],
      ['allocate', () => file.allocate(0, 1)],
      ['truncate', () => file.truncate(0)],
      ['sync', () => file.sync('data')],
    ]
    for (const [name, call] of calls) {
      const { code } = await refusal(call())
      expect([name, code]).toEqual([name, 'CORE_CLOSED'])
    }
    await file.close()
    expect(await readFile(fs, at('a'))).toEqual(new Uint8Array(0))
  })

  onDisk('finishes calls that run when close is called', async ({ fs, at }) => {
    const file = await fs.open(at('a'), 'create')
    const writes = [
      file.writeAt([pattern(3_000)], 0),
      file.writeAt([pattern(3_000, 1)], 3_000, 'data'),
      file.writeAt([pattern(3_000, 2)], 6_000, 'all'),
      file.sync('data'),
    ]
    const closes = [file.close(), file.close()]
    // Closed from here on, though those calls run.
    expect((await refusal(file.sync('data'))).code).toBe('CORE_CLOSED')
    await Promise.all(closes)
    await Promise.all(writes)
    expect(await readFile(fs, at('a'))).toEqual(concatBytes(pattern(3_000), pattern(3_000, 1), pattern(3_000, 2)))
  })
}
