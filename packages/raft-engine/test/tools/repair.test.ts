import { equalBytes, type FileSystem, RaftLogCorruptionError, seededRandom, systemClock } from '@stratakv/core'
import { countingFileSystem, faultyFileSystem, fileOperations, forSeeds } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openRaftEngine } from '../../src/index.ts'
import {
  applyRepair,
  checkLog,
  parseRepairRule,
  planRepair,
  RaftLogChangedError,
  RaftLogRepairRuleError,
  RaftLogRepairUnresolvedError,
  type RepairPlanOptions,
} from '../../src/tools/index.ts'
import type { Item } from '../format/batch-items.ts'
import {
  batchOffsets,
  contentsOf,
  damage,
  diskWith,
  entries,
  type FixtureFile,
  fileBytes,
  folder,
  pathOf,
  put,
  readFile,
  writeFile,
} from './log-fixture.ts'

const first: FixtureFile = { seq: 1, batches: [[entries(1, 1, 3)], [entries(2, 7, 9), put(2, 'k', 'v')]] }
const second: FixtureFile = { seq: 2, batches: [[entries(1, 4, 5)], [entries(2, 10, 12)], [entries(1, 6, 6)]] }
const nothingToDo = { files: [], setAside: [], unresolved: [] }
const dropAll: Item = { type: 'compact', regionId: 1, index: Number.MAX_SAFE_INTEGER }

async function plan(fileSystem: FileSystem, options: Partial<RepairPlanOptions> = {}) {
  const before = await contentsOf(fileSystem)
  const planned = await planRepair({ fileSystem }, { paths: [folder], ...options })
  expect(await contentsOf(fileSystem)).toEqual(before)
  return planned
}

async function repair(fileSystem: FileSystem, options: Partial<RepairPlanOptions> = {}) {
  return applyRepair({ fileSystem }, await plan(fileSystem, options))
}

/** The findings that are no more than a crash leaves. */
async function isHealthy(fileSystem: FileSystem): Promise<boolean> {
  const { findings } = await checkLog({ fileSystem }, { paths: [folder] })
  return findings.every(({ severity }) => severity === 'info')
}

describe('a repair', () => {
  it('plans nothing for a log that is whole, nor for what a crash leaves', async () => {
    for (const tail of [new Uint8Array(0), new Uint8Array(3000)]) {
      const disk = await diskWith(first, { ...second, tail })
      expect(await plan(disk)).toEqual(nothingToDo)
      expect(await repair(disk)).toEqual({ changed: [] })
    }
  })

  it('cuts the tail off and keeps the file as it was', async () => {
    const disk = await diskWith(first)
    const whole = fileBytes(second)
    const torn = whole.subarray(0, whole.length - 5)
    await writeFile(disk, pathOf(second), torn)
    expect((await plan(disk)).files).toMatchObject([
      { file: { path: pathOf(second) }, actions: [{ kind: 'cut', offset: batchOffsets(second)[2] }] },
    ])
    const backup = `${pathOf(second)}.bak`
    expect(await repair(disk)).toEqual({ changed: [{ path: pathOf(second), backup }] })
    expect(await readFile(disk, pathOf(second))).toEqual(whole.subarray(0, batchOffsets(second)[2]))
    expect(await readFile(disk, backup)).toEqual(torn)
    expect(await isHealthy(disk)).toBe(true)
    expect([...(await contentsOf(disk)).keys()]).toHaveLength(3)
  })

  it('leaves a hole in the middle to a rule', async () => {
    const disk = await diskWith(first, second)
    const offsets = batchOffsets(second)
    await damage(disk, pathOf(second), offsets[0]! + 60)
    const skip = { damage: 'skip' as const }
    const planned = await plan(disk, skip)
    expect(planned.files).toMatchObject([{ actions: [{ kind: 'skip', offset: offsets[0] }] }])
    expect(planned.unresolved).toEqual([
      { regionId: 1, lastGoodIndex: 3, nextIndex: 6, path: pathOf(second), offset: offsets[2] },
    ])
    const before = await contentsOf(disk)
    await expect(applyRepair({ fileSystem: disk }, planned)).rejects.toThrow(RaftLogRepairUnresolvedError)
    expect(await contentsOf(disk)).toEqual(before)

    await repair(disk, { ...skip, rules: [parseRepairRule('hole:drop-incoming queue=append regions=1')] })
    expect(await readFile(disk, pathOf(second))).toEqual(fileBytes({ ...second, batches: [second.batches[1]!] }))
    expect(await isHealthy(disk)).toBe(true)
  })

  it('can drop what is there instead of what comes', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(second), batchOffsets(second)[0]! + 60)
    await repair(disk, { damage: 'skip', rules: [{ on: 'hole', verdict: 'drop-existing' }] })
    const batches = [second.batches[1]!, [dropAll, ...second.batches[2]!]]
    expect(await readFile(disk, pathOf(second))).toEqual(fileBytes({ ...second, batches }))
    expect(await isHealthy(disk)).toBe(true)
  })

  it('cuts off what is behind damage unless it is told to skip it', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(second), batchOffsets(second)[0]! + 60)
    await repair(disk)
    expect(await readFile(disk, pathOf(second))).toEqual(fileBytes({ ...second, batches: [] }))
  })

  it('drops a batch whose entries are damaged, and nothing else', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(second), batchOffsets(second)[1]! + 20)
    const planned = await plan(disk)
    expect(planned.files).toMatchObject([{ actions: [{ kind: 'drop-batch', offset: batchOffsets(second)[1] }] }])
    await repair(disk)
    const batches = [second.batches[0]!, second.batches[2]!]
    expect(await readFile(disk, pathOf(second))).toEqual(fileBytes({ ...second, batches }))
  })

  it('takes items out of batches by region, queue and kind', async () => {
    const log: FixtureFile = {
      seq: 1,
      version: 1,
      batches: [
        [entries(1, 1, 3), entries(2, 1, 3), put(1, 'k', 'v')],
        [
          { type: 'clean', regionId: 2 },
          { type: 'clean', regionId: 1 },
        ],
        [{ type: 'compact', regionId: 2, index: 2 }],
      ],
    }
    const rewritten: FixtureFile = { ...log, queue: 'rewrite', seq: 7 }
    const disk = await diskWith(log, rewritten)
    const rules = [
      'entries:drop-incoming queue=append regions=1',
      'clean:drop-incoming regions=1',
      'compact:drop-incoming',
    ]
    await repair(disk, { rules: rules.map(parseRepairRule) })
    const [one, two, three] = log.batches
    expect(await readFile(disk, pathOf(log))).toEqual(fileBytes({ ...log, batches: [one!.slice(1), two!.slice(0, 1)] }))
    expect(await readFile(disk, pathOf(rewritten))).toEqual(
      fileBytes({ ...rewritten, batches: [one!, two!.slice(0, 1)] }),
    )
    expect(three).toHaveLength(1)
  })

  it('goes by the first rule that fits', async () => {
    const log: FixtureFile = {
      seq: 1,
      batches: [[entries(1, 5, 8)], [entries(1, 7, 7)], [entries(1, 2, 3)], [entries(1, 9, 9)]],
    }
    const disk = await diskWith(log)
    const rules = ['overlap:keep', 'below-first:drop-incoming', 'hole:drop-existing', 'entries:drop-incoming']
    const [file] = (await plan(disk, { rules: rules.map(parseRepairRule) })).files
    const at = batchOffsets(log)
    expect(file!.actions).toMatchObject([
      { kind: 'drop-item', offset: at[0] },
      // With nothing there, what comes goes on from nothing.
      { kind: 'drop-item', offset: at[1] },
      { kind: 'drop-item', offset: at[2] },
      { kind: 'drop-item', offset: at[3] },
    ])
    const [other] = (await plan(disk, { rules: rules.slice(0, 3).map(parseRepairRule) })).files
    expect(other!.actions).toMatchObject([
      { kind: 'drop-item', offset: at[2], detail: expect.stringContaining('below-first') },
      { kind: 'drop-existing', offset: at[3], detail: expect.stringContaining('hole') },
    ])
  })

  it('keeps holes of the rewrite queue, which mean that what was before is gone', async () => {
    const disk = await diskWith({ queue: 'rewrite', seq: 1, batches: [[entries(1, 1, 3)], [entries(1, 9, 9)]] })
    expect(await plan(disk)).toEqual(nothingToDo)
  })

  it('empties a file whose header is none, if others have one', async () => {
    const disk = await diskWith(first, second)
    await damage(disk, pathOf(first), 3)
    await repair(disk)
    expect(await readFile(disk, pathOf(first))).toEqual(fileBytes({ seq: 1, version: 1, batches: [] }))
    expect(await isHealthy(disk)).toBe(true)
  })

  it('does not touch a log of which no header can be read: it may be encrypted', async () => {
    const disk = await diskWith()
    for (const file of [first, second])
      await writeFile(
        disk,
        pathOf(file),
        fileBytes(file).map((byte) => byte ^ 0x5a),
      )
    await expect(plan(disk)).rejects.toThrow(RaftLogCorruptionError)
  })

  it('does not touch a log of a version that it does not know', async () => {
    const disk = await diskWith(first)
    const later = fileBytes(second)
    later[60] = 3
    await writeFile(disk, pathOf(second), later)
    await expect(plan(disk)).rejects.toThrow('format version 3')
  })

  it('does nothing when a file changed since it was planned, or is in use', async () => {
    const disk = await diskWith(first)
    await writeFile(disk, pathOf(second), fileBytes(second).subarray(0, 150))
    const planned = await plan(disk)
    const lock = await disk.lock(`${folder}/LOCK`)
    await expect(applyRepair({ fileSystem: disk }, planned)).rejects.toMatchObject({ code: 'FS_LOCKED' })
    await lock.release()
    await writeFile(disk, pathOf(second), fileBytes(second))
    await expect(applyRepair({ fileSystem: disk }, planned)).rejects.toThrow(RaftLogChangedError)
    expect([...(await contentsOf(disk)).keys()]).toHaveLength(2)
  })

  it('sets aside what is before a gap, since the engine refuses a log with one', async () => {
    const disk = await diskWith(first, { ...second, seq: 3 })
    expect((await plan(disk)).setAside).toMatchObject([{ path: pathOf(first), seq: 1 }])
    const open = () =>
      openRaftEngine(
        { fileSystem: disk, clock: systemClock() },
        { directory: folder, recoveryMode: 'absolute-consistency' },
      )
    await expect(open()).rejects.toThrow(RaftLogCorruptionError)
    expect(await repair(disk)).toEqual({ changed: [{ path: pathOf(first), backup: `${pathOf(first)}.bak` }] })
    expect(await readFile(disk, `${pathOf(first)}.bak`)).toEqual(fileBytes(first))
    const engine = await open()
    expect(engine.firstIndex(1)).toBe(4)
    await engine.close()
  })

  it('keeps the copies of earlier repairs', async () => {
    const disk = await diskWith(first)
    const torn = [fileBytes(second).subarray(0, 200), fileBytes(second).subarray(0, 190)]
    for (const bytes of torn) {
      await writeFile(disk, pathOf(second), bytes)
      await repair(disk)
    }
    expect(await readFile(disk, `${pathOf(second)}.bak`)).toEqual(torn[0])
    expect(await readFile(disk, `${pathOf(second)}.bak.2`)).toEqual(torn[1])
  })
})

/** Two files are torn; file 3 is fine. */
async function tornLog() {
  const third: FixtureFile = { seq: 3, batches: [[entries(9, 1, 2)]] }
  const disk = await diskWith(third)
  for (const file of [first, second])
    await writeFile(disk, pathOf(file), fileBytes(file).subarray(0, batchOffsets(file)[1]! + 9))
  return { disk, old: await contentsOf(disk) }
}

describe('a repair that is cut off', () => {
  const whole = async () => {
    const { disk } = await tornLog()
    await repair(disk)
    return contentsOf(disk)
  }

  it('leaves every file old or new, wherever the power goes, and is finished by the next', async () => {
    const mended = await whole()
    const counting = countingFileSystem((await tornLog()).disk)
    const planned = await planRepair({ fileSystem: counting }, { paths: [folder] })
    counting.reset()
    await applyRepair({ fileSystem: counting }, planned)
    const callCount = fileOperations.reduce((sum, operation) => sum + counting.counts[operation], 0)
    expect(callCount).toBeGreaterThan(20)
    await forSeeds(4, async (seed) => {
      for (let nth = 1; nth <= callCount; nth++) {
        const { disk, old } = await tornLog()
        const broken = faultyFileSystem(disk, {
          random: seededRandom(seed),
          rules: [{ on: fileOperations, nth, fault: { type: 'error', errno: 'EIO' } }],
        })
        const plannedHere = await planRepair({ fileSystem: disk }, { paths: [folder] })
        await applyRepair({ fileSystem: broken }, plannedHere).catch(() => {})
        const after = disk.clonePowerCut(seededRandom(seed + nth))
        const contents = await contentsOf(after)
        for (const [name, bytes] of old) {
          const now = contents.get(name)
          expect(now, `${name} after call ${nth}`).toBeDefined()
          const isOld = equalBytes(now!, bytes)
          expect(isOld || equalBytes(now!, mended.get(name)!), `${name} is old or new after call ${nth}`).toBe(true)
          // The old bytes are somewhere for as long as they are not in their place.
          if (!isOld) expect([...contents.values()].some((other) => equalBytes(other, bytes))).toBe(true)
        }
        await repair(after)
        const finished = await contentsOf(after)
        for (const name of old.keys()) expect(finished.get(name)).toEqual(mended.get(name))
      }
    })
  })

  it('puts the old files back when a call fails', async () => {
    for (const on of ['rename', 'link', 'syncDirectory', 'write', 'sync'] as const) {
      for (const nth of [1, 2]) {
        const { disk, old } = await tornLog()
        const broken = faultyFileSystem(disk, {
          random: seededRandom(5),
          rules: [{ on, nth, times: 1, path: /raftlog|\/log$/, fault: { type: 'error', errno: 'EIO' } }],
        })
        await expect(repair(broken), `${on} ${nth}`).rejects.toMatchObject({ code: 'FS_IO' })
        const contents = await contentsOf(disk)
        for (const [name, bytes] of old) expect(contents.get(name), `${name}, ${on} ${nth}`).toEqual(bytes)
        expect([...contents.keys()].filter((name) => name.endsWith('.repair'))).toEqual([])
        await repair(disk)
        expect((await contentsOf(disk)).get('0000000000000001.raftlog')).toHaveLength(batchOffsets(first)[1]!)
      }
    }
  })

  it('copies the old files where they cannot have a second name', async () => {
    const { disk, old } = await tornLog()
    const plain = new Proxy<FileSystem>(disk, {
      get(inner, name: keyof FileSystem) {
        if (name === 'supports') return { ...inner.supports, link: false }
        return (inner[name] as () => unknown).bind(inner)
      },
    })
    await repair(plain)
    const contents = await contentsOf(disk)
    for (const seq of [1, 2]) {
      const name = `000000000000000${seq}.raftlog`
      expect(contents.get(`${name}.bak`)).toEqual(old.get(name))
      expect(contents.get(name)).not.toEqual(old.get(name))
    }
  })
})

describe('a repair rule', () => {
  it('is read as it is written', () => {
    expect(parseRepairRule(' hole:drop-incoming  queue=append regions=1,20,300 ')).toEqual({
      on: 'hole',
      verdict: 'drop-incoming',
      queue: 'append',
      regions: [1, 20, 300],
    })
    expect(parseRepairRule('clean:keep')).toEqual({ on: 'clean', verdict: 'keep' })
  })

  it.each([
    '',
    'hole',
    'hole:',
    'hole:drop',
    'holes:keep',
    'hole:keep:keep',
    'hole:keep queue=both',
    'hole:keep regions=',
    'hole:keep regions=1,,2',
    'hole:keep regions=-1',
    'hole:keep regions=9007199254740993',
    'hole:keep region=1',
    'clean:drop-existing',
    'compact:drop-existing',
  ])('is refused: %j', (text) => {
    expect(() => parseRepairRule(text)).toThrow(RaftLogRepairRuleError)
  })
})
