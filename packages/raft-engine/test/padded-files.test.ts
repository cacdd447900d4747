import { RaftLogCorruptionError, systemClock } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { openRaftEngine } from '../src/index.ts'
import { naiveBatch } from './format/naive-batch.ts'
import { diskWith, entries, fileBytes, folder, pathOf, payload, writeFile } from './tools/log-fixture.ts'

const alignment = 256

/** A file as a writer of aligned batches makes it. The last batch follows the one before it at once. */
function paddedFile(): Uint8Array {
  const header = fileBytes({ seq: 1, batches: [] })
  new DataView(header.buffer).setBigUint64(61, BigInt(alignment))
  const pad = (bytes: Uint8Array) => Uint8Array.from([...bytes, ...new Uint8Array(alignment - bytes.length)])
  const [first, second, third] = [entries(1, 1, 2), entries(1, 3, 3), entries(1, 4, 4)].map((item) =>
    naiveBatch([item], 1),
  )
  return Uint8Array.from([...pad(header), ...pad(first!), ...second!, ...third!])
}

async function open(file: Uint8Array) {
  const disk = await diskWith()
  await writeFile(disk, pathOf({ seq: 1, batches: [] }), file)
  return openRaftEngine(
    { fileSystem: disk, clock: systemClock() },
    { directory: folder, recoveryMode: 'absolute-consistency' },
  )
}

describe('a file with padding before its batches', () => {
  it('is read, and written on', async () => {
    const engine = await open(paddedFile())
    expect(await engine.entries(1, 1, 5)).toEqual([1, 2, 3, 4].map((index) => payload(1, index)))
    await engine.write([{ type: 'append', regionId: 1, firstIndex: 5, entries: [payload(1, 5)] }], { sync: true })
    expect(await engine.entry(1, 5)).toEqual(payload(1, 5))
    await engine.close()
  })

  it('is refused when the padding does not begin and end with a zero', async () => {
    for (const at of [69, alignment - 1]) {
      const file = paddedFile()
      file[at] = 9
      await expect(open(file), `byte ${at}`).rejects.toThrow(RaftLogCorruptionError)
    }
  })
})
