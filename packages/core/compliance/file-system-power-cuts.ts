import { compareBytes, concatBytes } from '../src/byte-order.ts'
import type { FileSystem } from '../src/file-system.ts'
import { type OnDisk, pattern, readFile, refusal, type TestDisk, withFile } from './file-system-fixture.ts'
import type { TestApi } from './test-api.ts'

/** Cuts after one history. What is promised must hold in each of them, and one cut would often spare by luck what was not synced. */
const cutCount = 24

/** What a power cut must leave. What it may leave or take is the disk's own affair. */
export function filePowerCuts({ expect }: TestApi, onDisk: OnDisk): void {
  /** The matcher takes a millisecond for a thousand elements, and there are many cuts: it is asked when there is a difference to print. */
  function sameBytes(found: Uint8Array, expected: Uint8Array): void {
    if (compareBytes(found, expected) !== 0) expect(found).toEqual(expected)
  }

  onDisk('keeps, through a power cut, what a synced write has written', async (disk) => {
    const { fs, root, at } = disk
    for (const sync of ['data', 'all'] as const) {
      await withFile(fs, at(sync), async (file) => {
        await fs.syncDirectory(root)
        await file.writeAt([pattern(3_000), pattern(700, 1)], 100, sync)
        const synced = concatBytes(new Uint8Array(100), pattern(3_000), pattern(700, 1))
        await everyCut(disk, async (after) => {
          sameBytes(await readFile(after, at(sync)), synced)
        })
        // Overwritten in place and synced again: the old bytes must not come back.
        await file.writeAt([pattern(1_000, 5)], 600, sync)
        synced.set(pattern(1_000, 5), 600)
        await everyCut(disk, async (after) => {
          sameBytes(await readFile(after, at(sync)), synced)
        })
      })
    }
  })

  onDisk('keeps with a synced write every write that had resolved before it', async (disk) => {
    const { fs, root, at } = disk
    await withFile(fs, at('a'), async (file) => {
      await fs.syncDirectory(root)
      await file.writeAt([pattern(2_000)], 0)
      const other = await fs.open(at('a'), 'write')
      await other.writeAt([pattern(2_000, 1)], 2_000)
      await file.writeAt([], 0, 'data')
      await everyCut(disk, async (after) => {
        sameBytes(await readFile(after, at('a')), concatBytes(pattern(2_000), pattern(2_000, 1)))
      })
      await other.writeAt([pattern(100, 2)], 50)
      await file.writeAt([pattern(10, 3)], 4_000, 'all')
      await other.close()
      const expected = concatBytes(pattern(2_000), pattern(2_000, 1), pattern(10, 3))
      expected.set(pattern(100, 2), 50)
      await everyCut(disk, async (after) => {
        sameBytes(await readFile(after, at('a')), expected)
      })
    })
  })

  onDisk('keeps, through a power cut, what was written and then synced, and a cut size with `all`', async (disk) => {
    const { fs, root, at } = disk
    await withFile(fs, at('a'), async (file) => {
      await fs.syncDirectory(root)
      await file.writeAt([pattern(5_000)], 0)
      await file.sync('data')
      await everyCut(disk, async (after) => {
        sameBytes(await readFile(after, at('a')), pattern(5_000))
      })
      await file.truncate(1_234)
      await file.sync('all')
      await everyCut(disk, async (after) => {
        sameBytes(await readFile(after, at('a')), pattern(5_000).subarray(0, 1_234))
      })
    })
  })

  onDisk('keeps names once their folder is synced, and never half a rename', async (disk) => {
    const { fs, root, at } = disk
    await withFile(fs, at('old'), (file) => file.writeAt([pattern(100)], 0, 'all'))
    await withFile(fs, at('new'), (file) => file.writeAt([pattern(200, 1)], 0, 'all'))
    await fs.syncDirectory(root)
    await fs.rename(at('new'), at('old'))
    await everyCut(disk, async (after) => {
      const found = await readFile(after, at('old'))
      sameBytes(found, found.length === 100 ? pattern(100) : pattern(200, 1))
    })
    await fs.syncDirectory(root)
    await everyCut(disk, async (after) => {
      sameBytes(await readFile(after, at('old')), pattern(200, 1))
      expect((await refusal(after.open(at('new'), 'read'))).code).toBe('FS_NOT_FOUND')
    })
  })
}

async function everyCut({ powerCut }: TestDisk, check: (after: FileSystem) => Promise<void>): Promise<void> {
  if (powerCut === undefined) throw new Error('powerCuts is set, and create gave no powerCut')
  for (let cut = 0; cut < cutCount; cut++) await check(await powerCut())
}
