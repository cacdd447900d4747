import type { FileSystem } from '../src/file-system.ts'
import {
  bytesOf,
  type OnDisk,
  pattern,
  readAll,
  readFile,
  refusal,
  withFile,
  writeFile,
} from './file-system-fixture.ts'
import type { TestApi } from './test-api.ts'

/** Opening, listing, renaming, linking and removing. */
export function fileNames({ expect }: TestApi, onDisk: OnDisk): void {
  onDisk('opens by mode', async ({ fs, at }) => {
    for (const mode of ['read', 'write'] as const) {
      const { code, path } = await refusal(fs.open(at('missing'), mode))
      expect({ mode, code, path }).toEqual({ mode, code: 'FS_NOT_FOUND', path: at('missing') })
    }
    expect(await fs.stat(at('missing'))).toBe(undefined)
    for (const mode of ['create', 'create-new'] as const) {
      const made = await fs.open(at(mode), mode)
      expect(await made.append([bytesOf(1)])).toBe(0)
      await made.close()
    }
    const again = await fs.open(at('create'), 'create')
    expect(await readAll(again)).toEqual(bytesOf(1))
    await again.close()
    const writer = await fs.open(at('create'), 'write')
    expect(await writer.append([bytesOf(2)])).toBe(1)
    expect(await readAll(writer)).toEqual(bytesOf(1, 2))
    await writer.close()
    const { code, path } = await refusal(fs.open(at('create'), 'create-new'))
    expect({ code, path }).toEqual({ code: 'FS_EXISTS', path: at('create') })
    expect(await readFile(fs, at('create'))).toEqual(bytesOf(1, 2))
  })

  onDisk('lets only one of two create a new file', async ({ fs, at }) => {
    const outcomes = await Promise.allSettled([fs.open(at('a'), 'create-new'), fs.open(at('a'), 'create-new')])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.close()
  })

  onDisk('needs the folder a name is to stand in', async ({ fs, at }) => {
    await writeFile(fs, at('a'), bytesOf(1))
    for (const mode of ['read', 'write', 'create', 'create-new'] as const) {
      expect((await refusal(fs.open(at('no/such'), mode))).code).toBe('FS_NOT_FOUND')
    }
    const { code, path } = await refusal(fs.rename(at('a'), at('no/such')))
    expect({ code, path }).toEqual({ code: 'FS_NOT_FOUND', path: at('no/such') })
    if (fs.supports.link) expect((await refusal(fs.link(at('a'), at('no/such')))).path).toBe(at('no/such'))
    expect((await refusal(fs.lock(at('no/such')))).code).toBe('FS_NOT_FOUND')
    expect((await refusal(fs.open(at('a/below'), 'create'))).errno).toBe('ENOTDIR')
    expect(await readFile(fs, at('a'))).toEqual(bytesOf(1))
  })

  onDisk('does not open a folder', async ({ fs, at }) => {
    await fs.createDirectory(at('folder'))
    for (const mode of ['read', 'write', 'create'] as const) {
      const { code, errno } = await refusal(fs.open(at('folder'), mode))
      expect({ mode, code, errno }).toEqual({ mode, code: 'FS_IO', errno: 'EISDIR' })
    }
  })

  onDisk('makes folders with their parents, and again', async ({ fs, at }) => {
    await fs.createDirectory(at('one/two/three'))
    await fs.createDirectory(at('one/two/three'))
    await fs.createDirectory(at('one'))
    expect(await fs.stat(at('one/two/three'))).toEqual({ kind: 'directory', sizeBytes: 0 })
    await writeFile(fs, at('one/file'), bytesOf(1))
    expect((await refusal(fs.createDirectory(at('one/file')))).code).toBe('FS_EXISTS')
    expect((await refusal(fs.createDirectory(at('one/file/below')))).errno).toBe('ENOTDIR')
  })

  onDisk('tells kind and size, or that nothing has the name', async ({ fs, root, at }) => {
    await writeFile(fs, at('a'), pattern(4_321))
    expect(await fs.stat(at('a'))).toEqual({ kind: 'file', sizeBytes: 4_321 })
    expect(await fs.stat(root)).toEqual({ kind: 'directory', sizeBytes: 0 })
    expect(await fs.stat(at('b'))).toBe(undefined)
    expect(await fs.stat(at('no/such'))).toBe(undefined)
    expect(await fs.stat(at('a/below'))).toBe(undefined)
  })

  onDisk('lists in byte order of the names', async ({ fs, root, at }) => {
    expect(await fs.list(root)).toEqual([])
    // U+FF5E comes before U+1F600 in UTF-8; JavaScript compares them the other way round.
    const names = ['10', '9', 'B', 'a', 'aa', 'b', 'é', '～', '\u{1f600}']
    for (const name of [...names].reverse()) await writeFile(fs, at(name), bytesOf(1))
    await fs.createDirectory(at('az'))
    await writeFile(fs, at('az/below'), bytesOf(1))
    expect(await listed(fs, root)).toEqual(['10', '9', 'B', 'a', 'aa', 'az/', 'b', 'é', '～', '\u{1f600}'])
    expect(await listed(fs, at('az'))).toEqual(['below'])
    const { code, path } = await refusal(fs.list(at('missing')))
    expect({ code, path }).toEqual({ code: 'FS_NOT_FOUND', path: at('missing') })
    expect((await refusal(fs.list(at('a')))).errno).toBe('ENOTDIR')
  })

  onDisk('renames over an existing file, whose handles stay usable', async ({ fs, root, at }) => {
    await writeFile(fs, at('new'), pattern(100, 1))
    await writeFile(fs, at('current'), pattern(200, 2))
    const old = await fs.open(at('current'), 'write')
    const moved = await fs.open(at('new'), 'write')
    await fs.rename(at('new'), at('current'))
    expect(await listed(fs, root)).toEqual(['current'])
    expect(await readFile(fs, at('current'))).toEqual(pattern(100, 1))
    expect(await readAll(old)).toEqual(pattern(200, 2))
    await old.append([bytesOf(1)])
    expect(await old.sizeBytes()).toBe(201)
    await moved.append([bytesOf(9)])
    expect((await fs.stat(at('current')))?.sizeBytes).toBe(101)
    await old.close()
    await moved.close()
  })

  onDisk('renames into another folder, and a folder with all below it', async ({ fs, root, at }) => {
    await fs.createDirectory(at('from/deep'))
    await fs.createDirectory(at('to'))
    await writeFile(fs, at('from/deep/a'), pattern(10))
    await fs.rename(at('from/deep/a'), at('to/b'))
    expect(await readFile(fs, at('to/b'))).toEqual(pattern(10))
    expect(await listed(fs, at('from/deep'))).toEqual([])
    await writeFile(fs, at('from/deep/c'), bytesOf(3))
    await fs.rename(at('from'), at('to/moved'))
    expect(await listed(fs, root)).toEqual(['to/'])
    expect(await readFile(fs, at('to/moved/deep/c'))).toEqual(bytesOf(3))
  })

  onDisk('refuses renames that cannot be', async ({ fs, root, at }) => {
    const missing = await refusal(fs.rename(at('missing'), at('b')))
    expect({ code: missing.code, path: missing.path }).toEqual({ code: 'FS_NOT_FOUND', path: at('missing') })
    await writeFile(fs, at('a'), bytesOf(1))
    await fs.createDirectory(at('folder'))
    await writeFile(fs, at('folder/kept'), bytesOf(2))
    expect((await refusal(fs.rename(at('a'), at('folder')))).code).toBe('FS_IO')
    expect((await refusal(fs.rename(at('folder'), at('folder/inside')))).code).toBe('FS_IO')
    expect((await refusal(fs.rename(at('folder'), at('a')))).code).toBe('FS_IO')
    await fs.rename(at('a'), at('a'))
    expect(await listed(fs, root)).toEqual(['a', 'folder/'])
    expect(await readFile(fs, at('a'))).toEqual(bytesOf(1))
    expect(await readFile(fs, at('folder/kept'))).toEqual(bytesOf(2))
  })

  onDisk('gives a file a second name, where supported', async ({ fs, root, at }) => {
    await writeFile(fs, at('a'), pattern(50))
    if (!fs.supports.link) {
      const { code, errno } = await refusal(fs.link(at('a'), at('b')))
      expect({ code, errno }).toEqual({ code: 'FS_IO', errno: 'ENOTSUP' })
      expect(await listed(fs, root)).toEqual(['a'])
      return
    }
    await fs.link(at('a'), at('b'))
    expect(await listed(fs, root)).toEqual(['a', 'b'])
    await withFile(fs, at('b'), (file) => file.append([bytesOf(5)]))
    expect((await fs.stat(at('a')))?.sizeBytes).toBe(51)
    // Both names lead to one file, so this changes nothing (rename(2) of POSIX).
    await fs.rename(at('a'), at('b'))
    expect(await listed(fs, root)).toEqual(['a', 'b'])
    await fs.remove(at('a'))
    expect((await readFile(fs, at('b'))).length).toBe(51)

    await writeFile(fs, at('c'), bytesOf(1))
    const taken = await refusal(fs.link(at('b'), at('c')))
    expect({ code: taken.code, path: taken.path }).toEqual({ code: 'FS_EXISTS', path: at('c') })
    const missing = await refusal(fs.link(at('missing'), at('d')))
    expect({ code: missing.code, path: missing.path }).toEqual({ code: 'FS_NOT_FOUND', path: at('missing') })
    expect(await readFile(fs, at('c'))).toEqual(bytesOf(1))
  })

  onDisk('removes a name while handles go on', async ({ fs, root, at }) => {
    await writeFile(fs, at('a'), pattern(5_000))
    const file = await fs.open(at('a'), 'write')
    await fs.remove(at('a'))
    expect(await listed(fs, root)).toEqual([])
    expect(await fs.stat(at('a'))).toBe(undefined)
    expect(await readAll(file)).toEqual(pattern(5_000))
    expect(await file.append([bytesOf(1)])).toBe(5_000)
    await file.sync('data')
    // The name is free for another file, which is not this one.
    await writeFile(fs, at('a'), bytesOf(9))
    expect(await file.sizeBytes()).toBe(5_001)
    await file.close()
    expect(await readFile(fs, at('a'))).toEqual(bytesOf(9))
  })

  onDisk('refuses removals that cannot be', async ({ fs, at }) => {
    const { code, path } = await refusal(fs.remove(at('missing')))
    expect({ code, path }).toEqual({ code: 'FS_NOT_FOUND', path: at('missing') })
    await fs.createDirectory(at('folder'))
    expect((await refusal(fs.remove(at('folder')))).code).toBe('FS_IO')
    expect((await fs.stat(at('folder')))?.kind).toBe('directory')
    await writeFile(fs, at('a'), bytesOf(1))
    expect((await refusal(fs.removeDirectory(at('a')))).errno).toBe('ENOTDIR')
    expect(await readFile(fs, at('a'))).toEqual(bytesOf(1))
  })

  onDisk('removes a folder with all below it, and a missing one', async ({ fs, root, at }) => {
    await fs.createDirectory(at('folder/deep'))
    await writeFile(fs, at('folder/a'), bytesOf(1))
    await writeFile(fs, at('folder/deep/b'), pattern(500))
    const file = await fs.open(at('folder/deep/b'), 'read')
    await fs.removeDirectory(at('folder'))
    expect(await listed(fs, root)).toEqual([])
    expect(await readAll(file)).toEqual(pattern(500))
    await file.close()
    await fs.removeDirectory(at('folder'))
    await fs.createDirectory(at('folder'))
    expect(await listed(fs, at('folder'))).toEqual([])
  })

  onDisk('syncs the names of a folder', async ({ fs, root, at }) => {
    await writeFile(fs, at('a'), bytesOf(1))
    await fs.syncDirectory(root)
    await fs.remove(at('a'))
    await Promise.all([fs.syncDirectory(root), fs.syncDirectory(root)])
    expect((await refusal(fs.syncDirectory(at('missing')))).code).toBe('FS_NOT_FOUND')
  })
}

/** Names, folders with a `/` behind. */
async function listed(fs: FileSystem, path: string): Promise<string[]> {
  const entries = await fs.list(path)
  return entries.map((entry) => (entry.kind === 'directory' ? `${entry.name}/` : entry.name))
}
