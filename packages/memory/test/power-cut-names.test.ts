import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dice } from './dice.ts'

describe('names after a power cut', () => {
  it('are certain only once their folder is synced, even if the bytes are', async () => {
    const disk = createMemoryDisk({ random: dice(1) })
    const file = await disk.open('/a', 'create-new')
    await file.append([Uint8Array.of(1)])
    await file.sync('all')
    expect(outcomes(await cuts(disk))).toEqual(['', '/a=1'])
    await disk.syncDirectory('/')
    expect(outcomes(await cuts(disk))).toEqual(['/a=1'])
  })

  it('of a synced folder are lost with the name of the folder itself', async () => {
    const disk = createMemoryDisk({ random: dice(2) })
    await disk.createDirectory('/folder')
    await writeCertain(disk, '/folder/a', 1)
    await disk.syncDirectory('/folder')
    expect(outcomes(await cuts(disk))).toEqual(['', '/folder/a=1'])
    await disk.syncDirectory('/')
    expect(outcomes(await cuts(disk))).toEqual(['/folder/a=1'])
  })

  it('are the old or the new one after a rename over an existing file', async () => {
    const disk = createMemoryDisk({ random: dice(3) })
    await writeCertain(disk, '/current', 1)
    await writeCertain(disk, '/next', 2)
    await disk.syncDirectory('/')
    await disk.rename('/next', '/current')
    expect(outcomes(await cuts(disk))).toEqual(['/current=1 /next=2', '/current=2'])
    await disk.syncDirectory('/')
    expect(outcomes(await cuts(disk))).toEqual(['/current=2'])
  })

  it('follow a file through several renames', async () => {
    const disk = createMemoryDisk({ random: dice(4) })
    await writeCertain(disk, '/a', 1)
    await disk.syncDirectory('/')
    await disk.rename('/a', '/b')
    await disk.rename('/b', '/c')
    expect(outcomes(await cuts(disk))).toEqual(['/a=1', '/b=1', '/c=1'])
  })

  it('come back when their removal was not synced, with what was synced of the file', async () => {
    const disk = createMemoryDisk({ random: dice(5) })
    await writeCertain(disk, '/a', 1)
    await disk.syncDirectory('/')
    await disk.remove('/a')
    expect(outcomes(await cuts(disk))).toEqual(['', '/a=1'])
    await disk.syncDirectory('/')
    expect(outcomes(await cuts(disk))).toEqual([''])
  })

  it('of one file stay names of one file', async () => {
    const disk = createMemoryDisk({ random: dice(6) })
    await writeCertain(disk, '/a', 1)
    await disk.link('/a', '/b')
    await disk.syncDirectory('/')
    const file = await disk.open('/a', 'write')
    await file.writeAt([Uint8Array.of(2)], 0)
    expect(outcomes(await cuts(disk))).toEqual(['/a=1 /b=1', '/a=2 /b=2'])
    const clone = disk.clonePowerCut()
    const cloned = await clone.open('/b', 'write')
    await cloned.writeAt([Uint8Array.of(7)], 0)
    expect(await picture(clone)).toBe('/a=7 /b=7')
  })

  it('never lose a file that moves into a folder whose own name is not certain', async () => {
    const disk = createMemoryDisk({ random: dice(7) })
    await disk.createDirectory('/old')
    await writeCertain(disk, '/old/a', 1)
    await disk.syncDirectory('/old')
    await disk.syncDirectory('/')
    await disk.createDirectory('/new/deep')
    await disk.rename('/old/a', '/new/deep/a')
    expect(outcomes(await cuts(disk))).toEqual(['/new/deep/a=1', '/old/a=1'])
    await disk.syncDirectory('/old')
    expect(outcomes(await cuts(disk))).toEqual(['/new/deep/a=1'])
  })

  it('never lose a file that moved out of a folder before that was removed', async () => {
    const disk = createMemoryDisk({ random: dice(8) })
    await disk.createDirectory('/old')
    await disk.createDirectory('/kept')
    await writeCertain(disk, '/old/a', 1)
    for (const path of ['/old', '/kept', '/']) await disk.syncDirectory(path)
    await disk.rename('/old/a', '/kept/a')
    await disk.removeDirectory('/old')
    await disk.syncDirectory('/')
    expect(outcomes(await cuts(disk))).toEqual(['/kept/a=1'])
  })

  it('of folders that were moved about always lead from the root', async () => {
    const disk = createMemoryDisk({ random: dice(9) })
    for (const path of ['/a', '/b']) {
      await disk.createDirectory(path)
      await writeCertain(disk, `${path}/file`, path === '/a' ? 1 : 2)
      await disk.syncDirectory(path)
    }
    await disk.syncDirectory('/')
    await disk.rename('/a', '/b/a')
    await disk.rename('/b/a', '/a')
    await disk.rename('/b', '/a/b')
    for (const found of await cuts(disk)) expect(found.match(/file=\d/g)?.sort()).toEqual(['file=1', 'file=2'])
  })

  it('are not covered by a folder sync that was called before their call resolved', async () => {
    const disk = createMemoryDisk({ random: dice(10) })
    await writeCertain(disk, '/a', 1)
    await disk.syncDirectory('/')
    await Promise.all([disk.rename('/a', '/b'), disk.syncDirectory('/')])
    expect(outcomes(await cuts(disk))).toEqual(['/a=1', '/b=1'])
  })

  it('hold every certain file exactly once however files are renamed', async () => {
    const names = ['/a', '/b', '/c', '/d/a', '/d/b', '/e/a']
    const name = fc.constantFrom(...names)
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ type: fc.constant('rename' as const), from: name, to: name }) },
      {
        weight: 1,
        arbitrary: fc.record({ type: fc.constant('sync' as const), folder: fc.constantFrom('/', '/d', '/e') }),
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer(), async (steps, seed) => {
        const disk = createMemoryDisk({ random: dice(seed) })
        for (const folder of ['/d', '/e']) await disk.createDirectory(folder)
        await writeCertain(disk, '/a', 1)
        await writeCertain(disk, '/b', 2)
        await writeCertain(disk, '/d/a', 3)
        for (const folder of ['/', '/d', '/e']) await disk.syncDirectory(folder)
        /** Where each file is, as far as renames onto free names go. */
        const placed = new Map([
          ['/a', 1],
          ['/b', 2],
          ['/d/a', 3],
        ])
        const certain = new Map<number, Set<string>>([...placed].map(([path, file]) => [file, new Set([path])]))
        for (const each of steps) {
          if (each.type === 'sync') {
            await disk.syncDirectory(each.folder)
            for (const [path, file] of placed) if (parentOf(path) === each.folder) certain.set(file, new Set([path]))
          } else {
            const file = placed.get(each.from)
            if (file === undefined || placed.has(each.to)) continue
            await disk.rename(each.from, each.to)
            placed.delete(each.from)
            placed.set(each.to, file)
            certain.get(file)!.add(each.to)
          }
        }
        for (let cut = 0; cut < 6; cut++) {
          const found = (await picture(disk.clonePowerCut())).split(' ').filter((entry) => entry !== '')
          expect(found.map((entry) => entry.at(-1)).sort()).toEqual(['1', '2', '3'])
          for (const entry of found) {
            const [path, file] = entry.split('=')
            expect([...certain.get(Number(file))!]).toContain(path)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

/** A file of one byte that is certain; its name is not. */
async function writeCertain(disk: MemoryDisk, path: string, value: number): Promise<void> {
  const file = await disk.open(path, 'create-new')
  await file.append([Uint8Array.of(value)])
  await file.sync('all')
  await file.close()
}

/** What forty cuts leave. */
function cuts(disk: MemoryDisk): Promise<string[]> {
  return Promise.all(Array.from({ length: 40 }, () => picture(disk.clonePowerCut())))
}

function outcomes(found: readonly string[]): string[] {
  return [...new Set(found)].sort()
}

/** Every file with its first byte: `/a=1 /folder/b=2`. */
async function picture(disk: MemoryDisk, folder = ''): Promise<string> {
  const entries: string[] = []
  for (const { name, kind } of await disk.list(folder)) {
    const path = `${folder}/${name}`
    if (kind === 'directory') entries.push(await picture(disk, path))
    else {
      const file = await disk.open(path, 'read')
      const byte = new Uint8Array(1)
      entries.push(`${path}=${(await file.readAt(byte, 0)) === 0 ? '' : byte[0]}`)
      await file.close()
    }
  }
  return entries.filter((entry) => entry !== '').join(' ')
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
