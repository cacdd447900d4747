import { seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { BackupDamagedError } from '../../src/backup/errors.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import { backupDeps, bytesOfFile, newDisk, pairsInBackup, replaceFile, smallBackup } from '../support/backup-disk.ts'
import { MemoryCluster, writeAtRandom } from '../support/memory-cluster.ts'

async function smallDisk(compress: boolean) {
  const cluster = new MemoryCluster()
  writeAtRandom(cluster, seededRandom(2), 60)
  const disk = newDisk()
  await takeBackup(backupDeps(disk, cluster), { ...smallBackup, compress, fileBytesMax: 2000 })
  const names = (await disk.list('/backup')).map(({ name }) => name).filter((name) => name !== 'LOCK')
  expect(names.length).toBeGreaterThan(2)
  return { disk, paths: names.map((name) => `/backup/${name}`) }
}

/** What went wrong must be found, and laid at the file that is wrong. */
async function expectNamed(disk: ReturnType<typeof newDisk>, path: string, what: string): Promise<void> {
  const error = await pairsInBackup(disk).catch((thrown: unknown) => thrown)
  expect(error, what).toBeInstanceOf(BackupDamagedError)
  expect((error as BackupDamagedError).path, what).toBe(path)
}

describe.each([true, false])('a damaged backup (compressed: %s)', (compress) => {
  it('is found out by each flipped bit of each file', async () => {
    const { disk, paths } = await smallDisk(compress)
    const dice = seededRandom(6)
    for (const path of paths) {
      const whole = await bytesOfFile(disk, path)
      for (let at = 0; at < whole.length; at += 1 + (dice.uint32() % 3)) {
        const flipped = whole.slice()
        flipped[at]! ^= 1 << (dice.uint32() % 8)
        await replaceFile(disk, path, flipped)
        await expectNamed(disk, path, `${path}, byte ${at}`)
      }
      await replaceFile(disk, path, whole)
    }
    await pairsInBackup(disk)
  })

  it('is found out by each cut, by bytes behind the end, by files exchanged and lost', async () => {
    const { disk, paths } = await smallDisk(compress)
    for (const path of paths) {
      const whole = await bytesOfFile(disk, path)
      for (let length = 0; length < whole.length; length += 13) {
        await replaceFile(disk, path, whole.subarray(0, length))
        await expectNamed(disk, path, `${path}, cut to ${length}`)
      }
      await replaceFile(disk, path, Uint8Array.of(...whole, 0))
      await expectNamed(disk, path, `${path}, one byte longer`)
      await replaceFile(disk, path, whole)
    }
    const dataFiles = paths.filter((path) => path.endsWith('.skb'))
    const [first, second] = await Promise.all(dataFiles.slice(0, 2).map((path) => bytesOfFile(disk, path)))
    await replaceFile(disk, dataFiles[0]!, second!)
    await expectNamed(disk, dataFiles[0]!, 'exchanged')
    await replaceFile(disk, dataFiles[0]!, first!)
    await disk.remove(dataFiles[1]!)
    await expectNamed(disk, dataFiles[1]!, 'lost')
  })
})
