import { createMemoryDisk } from '@stratakv/memory'
import { countingFileSystem, type FileEvent, seededRandom } from '@stratakv/testkit'
import { expect, it } from 'vitest'

const memoryDisk = () => createMemoryDisk({ random: seededRandom(1) })

function line(event: FileEvent): string {
  if (event.moment === 'note') return `note ${event.text}`
  return `${event.operation} ${event.moment}${event.byteCount > 0 ? ` ${event.byteCount}` : ''}`
}

it('shows in one log whether the sync came before the acknowledgement', async () => {
  const fs = countingFileSystem(memoryDisk())
  const file = await fs.open('/a', 'create-new')
  fs.reset()
  await file.append([Uint8Array.of(1, 2, 3)])
  await file.sync('data')
  fs.note('acknowledged')
  expect(fs.log.map(line)).toEqual(['append start 3', 'append done 3', 'sync start', 'sync done', 'note acknowledged'])
})

it('shows a synced write as the two calls that it is', async () => {
  const fs = countingFileSystem(memoryDisk())
  const file = await fs.open('/a', 'create-new')
  fs.reset()
  await file.writeAt([Uint8Array.of(1, 2, 3)], 0, 'data')
  expect(fs.log.map(line)).toEqual(['write start 3', 'write done 3', 'sync start', 'sync done'])
})

it('counts calls that succeeded, and bytes that moved', async () => {
  const fs = countingFileSystem(memoryDisk())
  const file = await fs.open('/a', 'create-new')
  await file.writeAt([new Uint8Array(10), new Uint8Array(5)], 0)
  await file.readAt(new Uint8Array(100), 5)
  await file.close()
  await file.sync('data').catch(() => {})
  await fs.open('/missing', 'read').catch(() => {})
  expect([fs.counts.open, fs.counts.write, fs.counts.read, fs.counts.sync, fs.counts.close]).toEqual([1, 1, 1, 0, 1])
  expect([fs.readBytes, fs.writtenBytes]).toEqual([10, 15])
  expect(fs.log.map(line).slice(-4)).toEqual(['sync start', 'sync failed', 'open start', 'open failed'])
})

it('drops the oldest entries of a log that is full', async () => {
  const fs = countingFileSystem(memoryDisk(), { logCountMax: 10 })
  for (let index = 0; index < 1_000; index++) fs.note(String(index))
  expect(fs.log.length).toBeLessThan(20)
  expect(fs.log.length).toBeGreaterThanOrEqual(10)
  expect(fs.log.at(-1)).toEqual({ moment: 'note', text: '999' })
})
