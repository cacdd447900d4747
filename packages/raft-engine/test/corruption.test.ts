import { below, FileLockedError, KiB, RaftLogCorruptionError, type Random } from '@stratakv/core'
import { describeRaftLog } from '@stratakv/core/compliance'
import type { MemoryDisk } from '@stratakv/memory'
import { forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openRaftEngine, type RaftEngine, type RaftEngineOptions, type RecoveryMode } from '../src/index.ts'
import { clock, newDisk } from './crash/log-workload.ts'

const directory = '/log'
const modes: readonly RecoveryMode[] = ['absolute-consistency', 'tolerate-tail-corruption', 'tolerate-any-corruption']

/** Three append files or more, each with many batches, of three regions; nothing was purged. */
async function writeLog(disk: MemoryDisk, options: Partial<RaftEngineOptions> = {}): Promise<string[]> {
  const engine = await open(disk, options)
  const states: string[] = []
  for (let round = 0; round < 40; round++) {
    const entry = Uint8Array.from({ length: 90 }, (_, at) => round * 7 + at)
    await engine.write(
      [
        { type: 'append', regionId: 1 + (round % 3), firstIndex: 1 + Math.floor(round / 3), entries: [entry] },
        { type: 'put', regionId: 1 + (round % 3), key: Uint8Array.of(82), value: Uint8Array.of(round) },
      ],
      { sync: true },
    )
    states.push((await describeRaftLog(engine)).join('\n'))
  }
  expect(engine.stats.appendFileCount).toBeGreaterThan(2)
  await engine.close()
  return states
}

function open(disk: MemoryDisk, options: Partial<RaftEngineOptions> = {}): Promise<RaftEngine> {
  return openRaftEngine(
    { fileSystem: disk, clock },
    { directory, targetFileSize: KiB(2), purgeThreshold: KiB(100), batchCompressionThreshold: 0, ...options },
  )
}

const fileName = (seq: number) => `${directory}/${String(seq).padStart(16, '0')}.raftlog`

async function appendSeqs(disk: MemoryDisk): Promise<number[]> {
  const names = (await disk.list(directory)).map(({ name }) => name).filter((name) => name.endsWith('.raftlog'))
  return names.map((name) => Number(name.slice(0, 16)))
}

async function edit(disk: MemoryDisk, path: string, how: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const file = await disk.open(path, 'write')
  const bytes = new Uint8Array(await file.sizeBytes())
  await file.readAt(bytes, 0)
  const changed = how(bytes)
  await file.truncate(0)
  await file.writeAt([changed], 0, 'all')
  await file.close()
}

/** What came of opening and reading: `error`, or the log as text. */
async function outcome(disk: MemoryDisk, recoveryMode: RecoveryMode): Promise<string> {
  let engine: RaftEngine
  try {
    engine = await open(disk, { recoveryMode })
  } catch (error) {
    if (error instanceof RaftLogCorruptionError) return 'error'
    throw error
  }
  try {
    return (await describeRaftLog(engine)).join('\n')
  } catch (error) {
    if (error instanceof RaftLogCorruptionError) return 'error'
    throw error
  } finally {
    await engine.close()
  }
}

describe('a damaged log', () => {
  it('with any bit of its last file flipped: an error, a prefix, or found at the latest when it is read', async () => {
    await forSeeds(60, async (seed, random) => {
      const disk = newDisk(seed)
      const states = await writeLog(disk, { formatVersion: below(random, 2) === 0 ? 1 : 2 })
      const last = (await appendSeqs(disk)).at(-1)!
      await edit(disk, fileName(last), (bytes) => flipped(bytes, random))
      for (const mode of modes) {
        const found = await outcome(disk.clonePowerCut(), mode)
        if (mode === 'absolute-consistency') expect(['error', states.at(-1)]).toContain(found)
        else expect(['error', ...states]).toContain(found)
      }
    })
  })

  it('with any bit of an earlier file flipped is refused, or found when it is read, unless all is tolerated', async () => {
    await forSeeds(60, async (seed, random) => {
      const disk = newDisk(seed)
      const states = await writeLog(disk)
      await edit(disk, fileName(1 + below(random, 2)), (bytes) => flipped(bytes, random))
      for (const mode of modes.slice(0, 2)) {
        // A flip in an entry passes the opening, which looks at the items alone, and never a read.
        expect(['error', states.at(-1)]).toContain(await outcome(disk.clonePowerCut(), mode))
      }
    })
  })

  it('cut anywhere in its last file is a prefix, and refused where nothing is tolerated', async () => {
    await forSeeds(60, async (seed, random) => {
      const disk = newDisk(seed)
      const states = await writeLog(disk)
      const last = (await appendSeqs(disk)).at(-1)!
      let cutAt = 0
      await edit(disk, fileName(last), (bytes) => {
        cutAt = below(random, bytes.length)
        return bytes.slice(0, cutAt)
      })
      expect(states).toContain(await outcome(disk.clonePowerCut(), 'tolerate-tail-corruption'))
      expect(states).toContain(await outcome(disk.clonePowerCut(), 'tolerate-any-corruption'))
      // A cut between two batches cannot be told from a log that ended there.
      expect(['error', ...states]).toContain(await outcome(disk.clonePowerCut(), 'absolute-consistency'))
    })
  })

  it('with zeros behind its last batch, as a crash leaves them, is whole; refused where nothing is tolerated', async () => {
    const disk = newDisk(1)
    const states = await writeLog(disk)
    const last = (await appendSeqs(disk)).at(-1)!
    await edit(disk, fileName(last), (bytes) => Uint8Array.from([...bytes, ...new Uint8Array(5000)]))
    expect(await outcome(disk.clonePowerCut(), 'absolute-consistency')).toBe('error')
    expect(await outcome(disk.clonePowerCut(), 'tolerate-tail-corruption')).toBe(states.at(-1))
    expect(await outcome(disk.clonePowerCut(), 'tolerate-any-corruption')).toBe(states.at(-1))
  })

  it('without one of its files is refused, and without its first as well once others name it', async () => {
    const disk = newDisk(1)
    const states = await writeLog(disk)
    const seqs = await appendSeqs(disk)
    const middle = seqs[1]!
    await disk.remove(fileName(middle))
    await disk.syncDirectory(directory)
    expect(await outcome(disk.clonePowerCut(), 'absolute-consistency')).toBe('error')
    expect(await outcome(disk.clonePowerCut(), 'tolerate-tail-corruption')).toBe('error')
    // What lies behind the gap is a log of its own: it begins later.
    const engine = await open(disk.clonePowerCut(), { recoveryMode: 'tolerate-any-corruption' })
    expect([engine.lastIndex(1), engine.lastIndex(2)]).toEqual([14, 13])
    expect(engine.firstIndex(1)).toBeGreaterThan(1)
    await engine.close()
    expect(states.length).toBe(40)
  })

  it('with a file there twice, in both folders, is refused', async () => {
    const disk = newDisk(1)
    await writeLog(disk)
    await disk.createDirectory('/spill')
    await disk.link(fileName(2), '/spill/0000000000000002.raftlog')
    await expect(open(disk, { spillDirectory: '/spill' })).rejects.toThrow(/there twice/)
  })

  it('of one file of a foreign kind is refused and left as it is: a missing decryption must not wipe it', async () => {
    for (const mode of modes) {
      const disk = newDisk(1)
      const engine = await open(disk, { targetFileSize: KiB(64) })
      await engine.write([{ type: 'append', regionId: 1, firstIndex: 1, entries: [new Uint8Array(100)] }], {
        sync: true,
      })
      await engine.close()
      await edit(disk, fileName(1), (bytes) => bytes.map((byte) => byte ^ 0x5a))
      const before = (await disk.stat(fileName(1)))!.sizeBytes
      expect(await outcome(disk, mode)).toBe('error')
      expect((await disk.stat(fileName(1)))!.sizeBytes).toBe(before)
    }
  })

  it('of a version to come is refused in every mode', async () => {
    for (const mode of modes) {
      const disk = newDisk(1)
      await writeLog(disk)
      const last = (await appendSeqs(disk)).at(-1)!
      await edit(disk, fileName(last), (bytes) => bytes.slice(0, 61).fill(3, 60, 61))
      expect(await outcome(disk, mode)).toBe('error')
    }
  })

  it('with entries that are wrong in an old file opens, and says so when they are read', async () => {
    const disk = newDisk(1)
    await writeLog(disk)
    // Behind the header, the first batch's entries: 69 and 16 bytes on.
    await edit(disk, fileName(1), (bytes) => bytes.with(69 + 16 + 20, bytes[69 + 16 + 20]! ^ 1))
    const engine = await open(disk)
    const refused = await Promise.resolve(engine.entry(1, 1)).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(RaftLogCorruptionError)
    expect((refused as RaftLogCorruptionError).path).toBe(fileName(1))
    expect(await engine.entry(2, 1)).toBeInstanceOf(Uint8Array)
    await engine.close()
  })

  it('torn before its last batch is cut there, not only at its last batch', async () => {
    const disk = newDisk(1)
    const states = await writeLog(disk)
    const last = (await appendSeqs(disk)).at(-1)!
    let batchCount = 0
    await edit(disk, fileName(last), (bytes) => {
      batchCount = countBatches(bytes)
      return bytes.with(69 + 16 + 20, bytes[69 + 16 + 20]! ^ 1)
    })
    expect(batchCount).toBeGreaterThan(2)
    expect(await outcome(disk, 'tolerate-tail-corruption')).toBe(states[39 - batchCount])
  })

  it('is not opened by two engines', async () => {
    const disk = newDisk(1)
    const engine = await open(disk)
    await expect(open(disk)).rejects.toBeInstanceOf(FileLockedError)
    await engine.close()
    await (await open(disk)).close()
  })
})

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice()
  const bit = below(random, copy.length * 8)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** Batches of a version 2 file, by their lengths. */
function countBatches(bytes: Uint8Array): number {
  let count = 0
  for (let at = 69; at + 16 <= bytes.length; count++) {
    at += new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(3)
  }
  return count
}
