import { KiB, noTelemetry, seededRandom } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { InterceptedFileSystem } from '@stratakv/testkit'
import { expect, it } from 'vitest'
import { encodeFileHeader } from '../src/format/file-header.ts'
import { logFileName } from '../src/format/file-name.ts'
import type { LogFile } from '../src/log-file.ts'
import { RaftEngineMetrics } from '../src/metrics.ts'
import { sanitizeOptions } from '../src/options.ts'
import { RecycledFiles } from '../src/recycled-files.ts'

const directory = '/log'
const header = encodeFileHeader(2)

it('lets no file go while an older one gets a new name', async () => {
  const disk = createMemoryDisk({ random: seededRandom(1) })
  let rename = (): void => {}
  const renamed = new Promise<void>((resolve) => {
    rename = resolve
  })
  const fileSystem = new InterceptedFileSystem(disk, async (call, run) => {
    if (call.operation === 'rename') await renamed
    return run()
  })
  // Three files in all: the one in use, and two that wait.
  const options = sanitizeOptions({ directory, targetFileSize: KiB(1), purgeThreshold: KiB(2) })
  const recycled = new RecycledFiles(fileSystem, options, new RaftEngineMetrics(noTelemetry()))
  const purged = async (seq: number): Promise<LogFile> => {
    const path = `${directory}/${logFileName('append', seq)}`
    const file = await disk.open(path, 'create-new')
    await file.writeAt([header], 0, 'all')
    await file.close()
    await disk.syncDirectory(directory)
    return { directory, path, endOffset: header.length, header: { version: 2, alignmentBytes: 0 } } as LogFile
  }
  await disk.createDirectory(directory)
  await recycled.retire(await purged(1), 1)
  const taken = recycled.whileNaming(async () => {
    const file = await recycled.take(9, header)
    await fileSystem.syncDirectory(directory)
    return file
  })
  const retired = (async () => {
    for (const seq of [2, 3, 4]) await recycled.retire(await purged(seq), 1)
  })()
  for (let turn = 0; turn < 50; turn++) await undefined
  const names = async () => (await disk.list(directory)).map(({ name }) => Number.parseInt(name, 10))
  const before = await names()
  expect(before).toContain(1)
  expect(before).toContain(2)
  rename()
  expect((await taken)?.path).toBe(`${directory}/${logFileName('append', 9)}`)
  await retired
  expect(await names()).toEqual([3, 4, 9])
})
