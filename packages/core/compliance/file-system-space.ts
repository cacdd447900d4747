import { type OnDisk, pattern, readAll, refusal, withFile, writeFile } from './file-system-fixture.ts'
import type { TestApi } from './test-api.ts'

/** Room on the disk, and locks. */
export function fileSpaceAndLocks({ expect }: TestApi, onDisk: OnDisk, ownDisk: boolean): void {
  onDisk('allocates without changing what is there', async ({ fs, at }) => {
    await withFile(fs, at('a'), async (file) => {
      await file.writeAt([pattern(3_000)], 0)
      await file.allocate(1_000, 1_000)
      expect(await readAll(file)).toEqual(pattern(3_000))
      await file.allocate(2_000, 8_000)
      const expected = new Uint8Array(10_000)
      expected.set(pattern(3_000))
      expect(await readAll(file)).toEqual(expected)
      await file.allocate(0, 5_000)
      expect(await file.sizeBytes()).toBe(10_000)
      await file.writeAt([pattern(100, 3)], 9_000)
      expected.set(pattern(100, 3), 9_000)
      expect(await readAll(file)).toEqual(expected)
      expect(await file.append([pattern(1)])).toBe(10_000)
    })
  })

  onDisk('never cuts off a write that overlaps an allocate', async ({ fs, at }) => {
    for (let round = 0; round < 20; round++) {
      await withFile(fs, at(`a-${round}`), async (file) => {
        await Promise.all([
          file.allocate(0, 1_000),
          file.writeAt([pattern(500)], 4_000),
          file.allocate(1_000, 1_000),
          file.writeAt([pattern(500, 1)], 8_000),
        ])
        expect(await file.sizeBytes()).toBe(8_500)
        expect((await readAll(file)).subarray(8_000)).toEqual(pattern(500, 1))
      })
    }
  })

  onDisk('tells how much room there is', async ({ fs, root, at }) => {
    const space = await fs.diskSpace(root)
    expect(Number.isSafeInteger(space.capacityBytes) && space.capacityBytes > 0).toBe(true)
    expect(Number.isSafeInteger(space.availableBytes) && space.availableBytes >= 0).toBe(true)
    expect(space.availableBytes <= space.capacityBytes).toBe(true)
    expect((await refusal(fs.diskSpace(at('missing')))).code).toBe('FS_NOT_FOUND')
  })

  if (ownDisk) {
    onDisk('counts what files take, and gives it back when they go', async ({ fs, root, at }) => {
      const available = async () => (await fs.diskSpace(root)).availableBytes
      const before = await available()
      const size = 256 * 1024
      await writeFile(fs, at('a'), pattern(size))
      const taken = before - (await available())
      expect(taken >= size && taken <= 2 * size).toBe(true)
      await withFile(fs, at('a'), (file) => file.truncate(0))
      expect(before - (await available()) < size).toBe(true)

      await withFile(fs, at('a'), async (file) => {
        await file.allocate(0, size)
        const reserved = before - (await available())
        expect(reserved >= size).toBe(fs.supports.allocate)
        await file.writeAt([pattern(size)], 0)
        if (fs.supports.allocate) expect(before - (await available())).toBe(reserved)
      })
      const open = await fs.open(at('a'), 'read')
      await fs.remove(at('a'))
      // Still open: the bytes are still needed.
      expect(before - (await available()) >= size).toBe(true)
      await open.close()
      expect(before - (await available()) < size).toBe(true)
    })
  }

  onDisk('gives a lock to one holder at a time', async ({ fs, at }) => {
    const lock = await fs.lock(at('LOCK'))
    const { code, path } = await refusal(fs.lock(at('LOCK')))
    expect({ code, path }).toEqual({ code: 'FS_LOCKED', path: at('LOCK') })
    const other = await fs.lock(at('OTHER'))
    await other.release()
    await lock.release()
    const next = await fs.lock(at('LOCK'))
    // Long released: this must not let a third one in.
    await lock.release()
    expect((await refusal(fs.lock(at('LOCK')))).code).toBe('FS_LOCKED')
    await next.release()
  })

  onDisk('lets one of many win when they ask at once', async ({ fs, at }) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => fs.lock(at('LOCK'))))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').length).toBe(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') await outcome.value.release()
      else expect(outcome.reason.code).toBe('FS_LOCKED')
    }
    await (await fs.lock(at('LOCK'))).release()
  })

  onDisk('locks without touching the bytes of other files', async ({ fs, at }) => {
    await writeFile(fs, at('data'), pattern(30))
    const lock = await fs.lock(at('LOCK'))
    await withFile(fs, at('data'), async (file) => {
      await file.append([pattern(1)])
      expect(await file.sizeBytes()).toBe(31)
    })
    await lock.release()
  })
}
