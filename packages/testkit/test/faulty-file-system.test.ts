import { AssertionError, type FileSystem } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { type FaultRule, faultyFileSystem, seededRandom } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

function faulty(seed: number, ...rules: FaultRule[]) {
  const disk = createMemoryDisk({ random: seededRandom(seed) })
  return { disk, fs: faultyFileSystem(disk, { random: seededRandom(seed), rules }) }
}

const eio = { type: 'error', errno: 'EIO' } as const

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'done',
    (error) => error.errno ?? error.code,
  )
}

async function contentOf(fs: FileSystem, path: string): Promise<Uint8Array> {
  const file = await fs.open(path, 'read')
  const content = new Uint8Array(await file.sizeBytes())
  await file.readAt(content, 0)
  return content
}

describe('a rule', () => {
  it('chooses by operation, path and count', async () => {
    const { fs } = faulty(1, { on: ['sync', 'truncate'], path: /\.log$/, nth: 2, times: 2, fault: eio })
    const log = await fs.open('/1.log', 'create')
    const other = await fs.open('/1.dat', 'create')
    const outcomes: unknown[] = []
    for (const call of [
      log.sync('data'),
      other.sync('data'),
      log.truncate(1),
      other.sync('all'),
      log.sync('all'),
      log.sync('all'),
    ]) {
      outcomes.push(await outcome(call))
    }
    expect(outcomes).toEqual(['done', 'done', 'EIO', 'done', 'EIO', 'done'])
    expect(String(fs)).toBe(
      'faulty file system\n  EIO on sync or truncate of /\\.log$/, call 2 and 2 times (matched 4, fired 2)',
    )
  })

  it('matches either name of a rename', async () => {
    const { fs } = faulty(1, { on: 'rename', path: /^\/current$/, fault: eio })
    await fs.open('/next', 'create')
    expect(await outcome(fs.rename('/next', '/current'))).toBe('EIO')
    expect(await fs.stat('/next')).toBeDefined()
    expect(await outcome(fs.rename('/next', '/other'))).toBe('done')
  })

  it('can be armed later, and disarmed', async () => {
    const { fs } = faulty(1)
    const file = await fs.open('/a', 'create')
    const armed = fs.arm({ on: 'sync', fault: eio })
    expect(await outcome(file.sync('data'))).toBe('EIO')
    armed.disarm()
    expect(await outcome(file.sync('data'))).toBe('done')
    expect([armed.matchedCount, armed.firedCount, fs.armed.length]).toEqual([1, 1, 0])
  })

  it('fires by chance, the same way for the same seed', async () => {
    const run = async (seed: number) => {
      const { fs } = faulty(seed, { on: 'stat', chance: 0.5, fault: eio })
      const outcomes: unknown[] = []
      for (let call = 0; call < 40; call++) outcomes.push(await outcome(fs.stat('/')))
      return outcomes.join()
    }
    expect(await run(3)).toBe(await run(3))
    expect(await run(3)).not.toBe(await run(4))
    expect(await run(3)).toContain('EIO')
    expect(await run(3)).toContain('done')
  })

  it('gives errors their type', async () => {
    const codes: unknown[] = []
    for (const errno of ['ENOSPC', 'EDQUOT', 'ENOENT', 'EEXIST', 'EROFS']) {
      const { fs } = faulty(1, { on: 'open', fault: { type: 'error', errno } })
      codes.push(await fs.open('/a', 'create').catch((error) => error.code))
    }
    expect(codes).toEqual(['FS_NO_SPACE', 'FS_NO_SPACE', 'FS_NOT_FOUND', 'FS_EXISTS', 'FS_IO'])
  })

  it('is refused where it means nothing', () => {
    const wrong: FaultRule[] = [
      { on: 'read', fault: { type: 'torn-write' } },
      { on: ['read', 'write'], fault: { type: 'short-read' } },
      { on: 'write', fault: { type: 'lie' } },
      { on: [], fault: eio },
      { on: 'read', nth: 0, fault: eio },
      { on: 'read', times: 0, fault: eio },
      { on: 'read', chance: 0, fault: eio },
    ]
    for (const rule of wrong) expect(() => faulty(1, rule)).toThrow(AssertionError)
  })
})

describe('a failing write', () => {
  it('leaves any prefix', async () => {
    const sizes = new Set<number>()
    for (let seed = 0; seed < 200; seed++) {
      const { fs, disk } = faulty(seed, { on: ['write', 'append'], fault: { type: 'error', errno: 'ENOSPC' } })
      const file = await fs.open('/a', 'create')
      expect(await outcome(file.append([Uint8Array.of(1, 2), Uint8Array.of(3)]))).toBe('FS_NO_SPACE')
      const found = await contentOf(disk, '/a')
      expect([...found]).toEqual([1, 2, 3].slice(0, found.length))
      sizes.add(found.length)
    }
    expect([...sizes].sort()).toEqual([0, 1, 2, 3])
  })

  it('leaves any sectors when torn', async () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 200; seed++) {
      const { fs, disk } = faulty(seed, { on: 'write', nth: 2, fault: { type: 'torn-write' } })
      const file = await fs.open('/a', 'create')
      await file.writeAt([new Uint8Array(1_600)], 0)
      // Two whole sectors between two pieces of one.
      expect(await outcome(file.writeAt([new Uint8Array(1_124).fill(1)], 412))).toBe('EIO')
      const found = await contentOf(disk, '/a')
      const pieces = [found.subarray(412, 512), found.subarray(512, 1_024), found.subarray(1_024, 1_536)]
      for (const piece of pieces) expect(new Set(piece).size).toBe(1)
      expect([found[411], found[1_536]]).toEqual([0, 0])
      seen.add(pieces.map((piece) => piece[0]).join(''))
    }
    expect(seen.size).toBe(8)
  })
})

describe('a failing read', () => {
  it('ends early when short', async () => {
    const { fs } = faulty(1)
    const file = await fs.open('/a', 'create')
    await file.append([new Uint8Array(100)])
    fs.arm({ on: 'read', fault: { type: 'short-read' } })
    const counts = new Set<number>()
    for (let call = 0; call < 200; call++) counts.add(await file.readAt(new Uint8Array(4), 0))
    expect([...counts].sort()).toEqual([0, 1, 2, 3])
    expect(await file.readAt(new Uint8Array(4), 100)).toBe(0)
  })

  it('has one wrong bit when flipped, and the disk none', async () => {
    const { fs, disk } = faulty(1)
    const file = await fs.open('/a', 'create')
    await file.append([new Uint8Array(100)])
    fs.arm({ on: 'read', fault: { type: 'flip-bit' } })
    const target = new Uint8Array(300)
    expect(await file.readAt(target, 50)).toBe(50)
    const wrong = [...target.entries()].filter(([, byte]) => byte !== 0)
    expect(wrong.length).toBe(1)
    expect(wrong[0]![0]).toBeLessThan(50)
    expect(Math.log2(wrong[0]![1]) % 1).toBe(0)
    expect(new Set(await contentOf(disk, '/a'))).toEqual(new Set([0]))
  })
})

describe('a synced write', () => {
  it('fails at its sync, with its bytes on the disk and not certain', async () => {
    const { fs, disk } = faulty(1, { on: 'sync', fault: eio })
    const file = await fs.open('/a', 'create')
    await fs.syncDirectory('/')
    expect(await outcome(file.writeAt([Uint8Array.of(1)], 0, 'data'))).toBe('EIO')
    expect([...(await contentOf(disk, '/a'))]).toEqual([1])
    expect(disk.syncs.fileCount).toBe(0)
    const sizes = new Set<number | undefined>()
    for (let cut = 0; cut < 40; cut++) sizes.add((await disk.clonePowerCut().stat('/a'))?.sizeBytes)
    expect([...sizes].sort()).toEqual([0, 1])
  })

  it('syncs nothing when its write fails', async () => {
    const { fs, disk } = faulty(1, { on: 'write', fault: eio })
    const file = await fs.open('/a', 'create')
    expect(await outcome(file.writeAt([Uint8Array.of(1)], 0, 'all'))).toBe('EIO')
    expect(disk.syncs.fileCount).toBe(0)
  })

  it('is over before a close that came in its middle is', async () => {
    const { fs, disk } = faulty(1)
    const file = await fs.open('/a', 'create')
    const order: string[] = []
    const done = (name: string) => () => order.push(name)
    await Promise.all([
      file.writeAt([Uint8Array.of(1)], 0, 'data').then(done('write')),
      file.close().then(done('close')),
      file.close().then(done('close again')),
    ])
    expect(order).toEqual(['write', 'close', 'close again'])
    expect(disk.syncs.fileCount).toBe(1)
  })
})

describe('a sync', () => {
  it('that lies loses what a power cut takes', async () => {
    const { fs, disk } = faulty(1)
    const file = await fs.open('/a', 'create')
    await fs.syncDirectory('/')
    fs.arm({ on: 'sync', fault: { type: 'lie' } })
    await file.append([Uint8Array.of(1)])
    await file.sync('data')
    expect(disk.syncs.fileCount).toBe(0)
    const sizes = new Set<number | undefined>()
    for (let cut = 0; cut < 40; cut++) sizes.add((await disk.clonePowerCut().stat('/a'))?.sizeBytes)
    expect([...sizes].sort()).toEqual([0, 1])
  })

  it('that fails does nothing', async () => {
    const { fs, disk } = faulty(1, { on: ['sync', 'syncDirectory'], fault: eio })
    const file = await fs.open('/a', 'create')
    expect(await outcome(file.sync('all'))).toBe('EIO')
    expect(await outcome(fs.syncDirectory('/'))).toBe('EIO')
    expect(disk.syncs).toEqual({ fileCount: 0, directoryCount: 0 })
  })
})
