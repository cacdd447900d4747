import { toHex } from '@stratakv/core'
import { forSeeds, seededRandom, simulatedClock } from '@stratakv/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BackupProgress } from '../../src/backup/backup-progress.ts'
import { BackupDamagedError, RestoreMismatchError, TargetNotEmptyError } from '../../src/backup/errors.ts'
import { RateLimit } from '../../src/backup/rate-limit.ts'
import { defaultRestoreOptions, restoreBackup } from '../../src/backup/restore-backup.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import {
  backupDeps,
  bytesOfFile,
  linesOf,
  newDisk,
  pairsInBackup,
  replaceFile,
  smallBackup,
} from '../support/backup-disk.ts'
import { ClusterGoneError, MemoryCluster, writeAtRandom } from '../support/memory-cluster.ts'

const options = {
  ...defaultRestoreOptions,
  directory: '/backup',
  journalDirectory: '/backup',
  batchCountMax: 10,
  journalBytes: 3000,
} as const

let disk: ReturnType<typeof newDisk>
let source: MemoryCluster
let backedUp: string

beforeEach(async () => {
  source = new MemoryCluster()
  writeAtRandom(source, seededRandom(3), 300)
  disk = newDisk()
  await takeBackup(backupDeps(disk, source), smallBackup)
  backedUp = linesOf(await pairsInBackup(disk))
})

const restore = (target: MemoryCluster, changed: object = {}, deps: object = {}) =>
  restoreBackup({ ...backupDeps(disk, target), ...deps }, { ...options, ...changed })
const contentOf = (target: MemoryCluster) => linesOf(target.pairsAt(target.now()))

describe('a restore', () => {
  it('brings another cluster to what the first was, and leaves no journal', async () => {
    const target = new MemoryCluster(8n)
    const before = (await disk.list('/backup')).map(({ name }) => name)
    await restore(target)
    expect(contentOf(target)).toBe(backedUp)
    expect((await disk.list('/backup')).map(({ name }) => name)).toEqual(before)
  })

  it('that is cut off anywhere, again and again, goes on where it was', () =>
    forSeeds(10, async (seed, random) => {
      const target = new MemoryCluster(100n + BigInt(seed))
      for (;;) {
        target.breaksAfter = 4 + (random.uint32() % 60)
        try {
          await restore(target)
          break
        } catch (error) {
          if (!(error instanceof ClusterGoneError)) throw error
        }
      }
      expect(contentOf(target)).toBe(backedUp)
    }))

  it('that is cut off writes twice no more than what its journal does not name', async () => {
    const target = new MemoryCluster(8n)
    for (let broken = true; broken; ) {
      target.breaksAfter = 8
      await restore(target, { compare: false, concurrency: 1 }).then(
        () => {
          broken = false
        },
        (error) => expect(error).toBeInstanceOf(ClusterGoneError),
      )
    }
    const needed = Math.ceil(backedUp.split('\n').length / 10)
    expect(target.writeCount).toBeGreaterThanOrEqual(needed)
    // Each try gets 8 batches through, and repeats the two or three that make 3000 bytes at most.
    expect(target.writeCount).toBeLessThan(2 * needed)
    expect(contentOf(target)).toBe(backedUp)
  })

  it('checks everything before it writes anything', async () => {
    const path = '/backup/data-000004.skb'
    const bytes = await bytesOfFile(disk, path)
    bytes[bytes.length - 20]! ^= 1
    await replaceFile(disk, path, bytes)
    const target = new MemoryCluster(8n)
    await expect(restore(target)).rejects.toThrow(BackupDamagedError)
    expect(target.writeCount).toBe(0)
  })

  it('into a range with data is refused, with a key; --overwrite leaves other keys alone', async () => {
    const target = new MemoryCluster(8n)
    const [mine, other] = [source.pairsAt(source.now())[3]!.key, Uint8Array.of(0, 9, 9)]
    target.put(mine, Uint8Array.of(1))
    target.put(other, Uint8Array.of(2))
    const refusal = restore(target)
    await expect(refusal).rejects.toThrow(TargetNotEmptyError)
    await expect(refusal).rejects.toThrow(toHex(other))
    expect(target.writeCount).toBe(0)
    await restore(target, { overwrite: true })
    expect(contentOf(target)).toBe(`${toHex(other)} 02\n${backedUp}`)
  })

  it('whose target somebody else writes to is found out, with the key', async () => {
    for (const what of ['missing', 'different', 'extra'] as const) {
      const target = new MemoryCluster(8n)
      const write = target.write.bind(target)
      const key = what === 'extra' ? Uint8Array.of(0) : source.pairsAt(source.now())[0]!.key
      target.write = async (mode, pairs) => {
        await write(mode, pairs)
        target.put(key, what === 'missing' ? undefined : Uint8Array.of(0xee))
      }
      const refusal = restore(target)
      await expect(refusal).rejects.toThrow(RestoreMismatchError)
      await expect(refusal).rejects.toMatchObject({ key, what })
      // As the message says.
      target.write = write
      await restore(target, { overwrite: true })
      expect(contentOf(target)).toContain(backedUp)
    }
  })

  it('says how far it is: each phase to its end', async () => {
    const seen: BackupProgress[] = []
    await restore(new MemoryCluster(8n), {}, { onProgress: (progress: BackupProgress) => seen.push(progress) })
    const ends = seen.filter(({ isDone }) => isDone)
    expect(ends.map(({ phase }) => phase)).toEqual(['verifying', 'restoring', 'comparing'])
    for (const { bytes, bytesTotal } of ends) expect(bytes).toBe(bytesTotal)
  })

  it('keeps the pace that is set', async () => {
    const clock = simulatedClock()
    const target = new MemoryCluster(8n)
    await clock.settle(restore(target, { bytesPerSecondMax: 1000, compare: false }, { clock }), 1_000_000)
    const bytes = backedUp.replaceAll(/\s/g, '').length / 2
    expect(clock.now()).toBeGreaterThan((bytes / 1000 - 2) * 1000)
  })
})

describe('RateLimit', () => {
  it('makes each wait for what was taken before it', () => {
    const rate = new RateLimit(1000)
    expect(rate.take(500, 0)).toBe(0)
    expect(rate.take(500, 0)).toBe(400)
    expect(rate.take(500, 0)).toBe(900)
    expect(rate.take(100, 1000)).toBe(400)
  })

  it('saves no more up than a tenth of a second', () => {
    const rate = new RateLimit(1000)
    rate.take(100, 0)
    expect(rate.take(100, 1_000_000)).toBe(0)
    expect(rate.take(1, 1_000_000)).toBe(0)
    expect(rate.take(1, 1_000_000)).toBe(1)
  })

  it('lets everything pass when there is none', () => {
    const rate = new RateLimit(Number.POSITIVE_INFINITY)
    for (let index = 0; index < 10; index++) expect(rate.take(1e9, 0)).toBe(0)
  })
})
