import { toHex } from '@stratakv/core'
import type { MemoryDisk } from '@stratakv/memory'
import { forSeeds, seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import {
  BackupFolderError,
  BackupMissingError,
  BackupResumeError,
  ScanOrderError,
  SnapshotLostError,
} from '../../src/backup/errors.ts'
import { completeManifest, sumOf } from '../../src/backup/manifest.ts'
import { PairSummer } from '../../src/backup/pair-sum.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import {
  backupDeps,
  bytesOfFile,
  checksum,
  linesOf,
  newDisk,
  pairsInBackup,
  replaceFile,
  smallBackup,
} from '../support/backup-disk.ts'
import { ClusterGoneError, MemoryCluster, writeAtRandom } from '../support/memory-cluster.ts'

function filled(seed = 1): MemoryCluster {
  const cluster = new MemoryCluster()
  writeAtRandom(cluster, seededRandom(seed), 400)
  return cluster
}

describe('a backup', () => {
  it('is the cluster as it was at its timestamp, whatever is written meanwhile', () =>
    forSeeds(10, async (seed, random) => {
      const cluster = filled(seed)
      cluster.onBatch = () => writeAtRandom(cluster, random, 5)
      const disk = newDisk()
      const options = { ...smallBackup, compress: seed % 2 === 0 }
      const manifest = await takeBackup(backupDeps(disk, cluster), options)
      const expected = cluster.pairsAt(manifest.ts)
      expect(linesOf(await pairsInBackup(disk))).toBe(linesOf(expected))
      const summer = new PairSummer(checksum)
      for (const pair of expected) summer.add(pair)
      expect(sumOf(manifest)).toEqual(summer.sum)
      expect(manifest.files.length).toBeGreaterThan(3)
      expect(linesOf(cluster.pairsAt(cluster.now()))).not.toBe(linesOf(expected))
    }))

  it('holds the range that was asked for, at the timestamp that was asked for', async () => {
    const cluster = filled()
    const at = cluster.now()
    writeAtRandom(cluster, seededRandom(9), 100)
    const disk = newDisk()
    const range = { start: Uint8Array.of(10), end: Uint8Array.of(20) }
    const manifest = await takeBackup(backupDeps(disk, cluster), { ...smallBackup, range, at })
    expect(manifest).toMatchObject({ ts: at, range, clusterId: 7n, createdBy: '1.2.3' })
    expect(await pairsInBackup(disk)).toEqual(cluster.pairsAt(at).filter(({ key }) => key[0]! >= 10 && key[0]! < 20))
  })

  it('as of a time that has not come is refused, and nothing begun', async () => {
    const disk = newDisk()
    const refusal = takeBackup(backupDeps(disk, filled()), { ...smallBackup, at: 1_000_000n })
    await expect(refusal).rejects.toThrow(/as of 1000000: it is only \d+ there/)
    expect(await disk.stat('/backup/progress.json')).toBeUndefined()
  })

  it('of nothing is a backup too', async () => {
    const disk = newDisk()
    const manifest = await takeBackup(backupDeps(disk, new MemoryCluster()), smallBackup)
    expect(manifest.files).toEqual([])
    expect(await pairsInBackup(disk)).toEqual([])
  })

  it('of raw keys has no timestamp and asks for no protection', async () => {
    const cluster = filled()
    const disk = newDisk()
    const manifest = await takeBackup(backupDeps(disk, cluster), { ...smallBackup, mode: 'raw' })
    expect(manifest).toMatchObject({ mode: 'raw', ts: 0n })
    expect(cluster.protectCalls).toEqual([])
  })

  it('keeps a single pair that is larger than a file', async () => {
    const cluster = new MemoryCluster()
    cluster.put(Uint8Array.of(1), new Uint8Array(700_000).fill(5))
    cluster.put(Uint8Array.of(2), new Uint8Array(0))
    const disk = newDisk()
    await takeBackup(backupDeps(disk, cluster), smallBackup)
    expect((await pairsInBackup(disk)).map(({ value }) => value.length)).toEqual([700_000, 0])
  })
})

describe('a backup that is cut off', () => {
  it('by the cluster, anywhere and again and again, is finished as of the timestamp it began with', () =>
    forSeeds(10, async (seed, random) => {
      const cluster = filled(seed)
      const disk = newDisk()
      let ts: bigint | undefined
      for (;;) {
        cluster.breaksAfter = 1 + (random.uint32() % 20)
        try {
          const manifest = await takeBackup(backupDeps(disk, cluster, seed), smallBackup)
          ts ??= manifest.ts
          expect(manifest.ts).toBe(ts)
          break
        } catch (error) {
          if (!(error instanceof ClusterGoneError)) throw error
          await expect(pairsInBackup(disk)).rejects.toThrow(BackupMissingError)
          ts ??= [...cluster.protections.values()][0]!
          writeAtRandom(cluster, random, 30)
        }
      }
      cluster.breaksAfter = Number.POSITIVE_INFINITY
      expect(linesOf(await pairsInBackup(disk))).toBe(linesOf(cluster.pairsAt(ts)))
    }))

  it('by the power, at every sync, is never taken for whole and is finished by the next run', async () => {
    const cluster = new MemoryCluster()
    writeAtRandom(cluster, seededRandom(4), 120)
    const disk = newDisk()
    const dice = seededRandom(5)
    const cuts: MemoryDisk[] = []
    disk.onSync(() => {
      for (let cut = 0; cut < 2; cut++) cuts.push(disk.clonePowerCut(dice))
    })
    const { ts } = await takeBackup(backupDeps(disk, cluster), smallBackup)
    const expected = cluster.pairsAt(ts)
    writeAtRandom(cluster, dice, 20)
    expect(cuts.length).toBeGreaterThan(50)
    const ends = { whole: 0, resumed: 0, anew: 0 }
    for (const cut of cuts) {
      if ((await cut.stat('/backup/backup.json')) !== undefined) {
        ends.whole++
        expect(linesOf(await pairsInBackup(cut))).toBe(linesOf(expected))
        continue
      }
      const manifest = await takeBackup(backupDeps(cut, cluster, 77), smallBackup)
      if (manifest.ts === ts) ends.resumed++
      else ends.anew++
      expect(linesOf(await pairsInBackup(cut))).toBe(
        linesOf(manifest.ts === ts ? expected : cluster.pairsAt(manifest.ts)),
      )
    }
    expect(ends.whole).toBeGreaterThan(0)
    expect(ends.resumed).toBeGreaterThan(20)
    expect(ends.anew).toBeGreaterThan(0)
  })

  /** With some files done, and one half done. */
  async function cutOff(): Promise<{ cluster: MemoryCluster; disk: MemoryDisk }> {
    const cluster = filled()
    const disk = newDisk()
    cluster.breaksAfter = 15
    await expect(takeBackup(backupDeps(disk, cluster), smallBackup)).rejects.toThrow(ClusterGoneError)
    cluster.breaksAfter = Number.POSITIVE_INFINITY
    return { cluster, disk }
  }

  it('reads nothing twice that is sound, and what is damaged again', async () => {
    const { cluster, disk } = await cutOff()
    const path = '/backup/data-000003.skb'
    const bytes = await bytesOfFile(disk, path)
    bytes[bytes.length >> 1]! ^= 4
    await replaceFile(disk, path, bytes)
    const { ts } = await takeBackup(backupDeps(disk, cluster), smallBackup)
    expect(linesOf(await pairsInBackup(disk))).toBe(linesOf(cluster.pairsAt(ts)))
  })

  it('refuses other settings than it began with', async () => {
    const { cluster, disk } = await cutOff()
    const refused = (options: object, says: RegExp, other = cluster) =>
      expect(takeBackup(backupDeps(disk, other), { ...smallBackup, ...options })).rejects.toThrow(says)
    await refused({ mode: 'raw' }, /of mode txn, and raw is asked for/)
    await refused({ at: 3n }, /of timestamp \d+, and 3 is asked for/)
    await refused({ range: { start: Uint8Array.of(1), end: Uint8Array.of(2) } }, /of range \[, \), and \[01, 02\)/)
    await refused({}, /of cluster 7, and 8 is asked for/, new MemoryCluster(8n))
    await expect(takeBackup(backupDeps(disk, cluster), { ...smallBackup, mode: 'raw' })).rejects.toThrow(
      BackupResumeError,
    )
  })

  it('cannot be resumed once garbage collection has passed its timestamp', async () => {
    const { cluster, disk } = await cutOff()
    cluster.protections.clear()
    cluster.safePoint = cluster.now()
    await expect(takeBackup(backupDeps(disk, cluster), smallBackup)).rejects.toThrow(SnapshotLostError)
  })
})

describe('the protection against garbage collection', () => {
  it('begins before the first read, is renewed in time, and ends with the backup', async () => {
    const cluster = filled()
    const clock = simulatedClock()
    cluster.onBatch = () => clock.advance(250_000)
    const manifest = await takeBackup({ ...backupDeps(newDisk(), cluster), clock }, smallBackup)
    const calls = cluster.protectCalls
    expect(calls[0]).toEqual({ ts: manifest.ts, ttlSeconds: 3600 })
    expect(calls.at(-1)).toEqual({ ts: manifest.ts, ttlSeconds: 0 })
    // 250 s a batch, renewed every 1200 s: each fifth batch.
    const batchCount = Math.ceil(sumOf(manifest).count / cluster.scanBatchCount)
    expect(calls.length).toBeGreaterThanOrEqual(2 + Math.floor(batchCount / 5))
    expect(cluster.protections.size).toBe(0)
  })

  it('that was lost on the way is found out, at the latest at the end', async () => {
    const cluster = filled()
    const disk = newDisk()
    cluster.onBatch = () => {
      cluster.protections.clear()
      cluster.safePoint = cluster.now()
    }
    await expect(takeBackup(backupDeps(disk, cluster), smallBackup)).rejects.toThrow(SnapshotLostError)
    await expect(completeManifest(disk, '/backup')).rejects.toThrow(/was cut off/)
  })

  it('stays when the backup breaks, so that it can be resumed', async () => {
    const cluster = filled()
    cluster.breaksAfter = 3
    await expect(takeBackup(backupDeps(newDisk(), cluster), smallBackup)).rejects.toThrow(ClusterGoneError)
    expect(cluster.protections.size).toBe(1)
  })
})

describe('a folder', () => {
  it('with a complete backup, or with something else, is refused and left alone', async () => {
    const cluster = filled()
    const disk = newDisk()
    await takeBackup(backupDeps(disk, cluster), smallBackup)
    const before = await bytesOfFile(disk, '/backup/backup.json')
    await expect(takeBackup(backupDeps(disk, cluster), smallBackup)).rejects.toThrow(/it holds a complete one/)
    expect(await bytesOfFile(disk, '/backup/backup.json')).toEqual(before)
    await disk.createDirectory('/home')
    await replaceFile(disk, '/home/letter.txt', Uint8Array.of(1))
    const refusal = takeBackup(backupDeps(disk, cluster), { ...smallBackup, directory: '/home' })
    await expect(refusal).rejects.toThrow(BackupFolderError)
    await expect(refusal).rejects.toThrow(/letter\.txt/)
    await expect(completeManifest(disk, '/home')).rejects.toThrow(BackupMissingError)
  })

  it('takes one backup at a time', async () => {
    const disk = newDisk()
    const lock = await disk.createDirectory('/backup').then(() => disk.lock('/backup/LOCK'))
    await expect(takeBackup(backupDeps(disk, filled()), smallBackup)).rejects.toThrow(/locked/)
    await lock.release()
  })
})

it('keys that come out of order are refused, with both keys', async () => {
  const cluster = filled()
  const scan = cluster.scan.bind(cluster)
  cluster.scan = async function* (request) {
    for await (const batch of scan(request)) yield [...batch].reverse()
  }
  const refusal = takeBackup(backupDeps(newDisk(), cluster), smallBackup)
  await expect(refusal).rejects.toThrow(ScanOrderError)
  const [first, second] = cluster.pairsAt(cluster.now()).slice(5, 7)
  await expect(refusal).rejects.toThrow(`gave key ${toHex(first!.key)} behind ${toHex(second!.key)}`)
})
