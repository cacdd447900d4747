import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AssertionError, FileIoError, FileNotFoundError } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { countingFileSystem } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-file-io-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('errors', () => {
  it('keep what the system said as their cause', async () => {
    const error = await createNodeFileSystem()
      .open(join(folder, 'missing'), 'read')
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(FileNotFoundError)
    expect((error as FileNotFoundError).cause).toMatchObject({ code: 'ENOENT', syscall: 'open' })
  })

  it('name the operation and the errno when there is no better class', async () => {
    const fs = createNodeFileSystem()
    await fs.createDirectory(join(folder, 'sub'))
    const error = await fs.remove(join(folder, 'sub')).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(FileIoError)
    expect(error).toMatchObject({ operation: 'remove', path: join(folder, 'sub') })
    expect(['EISDIR', 'EPERM']).toContain((error as FileIoError).errno)
  })

  it('are assertions where the caller passes what no file has', async () => {
    const file = await createNodeFileSystem().open(join(folder, 'a'), 'create')
    const calls = [
      () => file.readAt(new Uint8Array(1), -1),
      () => file.writeAt([], 0.5),
      () => file.truncate(Number.NaN),
      () => file.allocate(2 ** 53, 1),
    ]
    for (const call of calls) await expect(call()).rejects.toBeInstanceOf(AssertionError)
    await file.close()
  })
})

describe('list', () => {
  it('counts a link as what it leads to, and anything else that is no folder as a file', async () => {
    const fs = createNodeFileSystem()
    await fs.createDirectory(join(folder, 'real'))
    await symlink(join(folder, 'real'), join(folder, 'to-folder'))
    await symlink(join(folder, 'nowhere'), join(folder, 'to-nothing'))
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
    expect(await fs.list(folder)).toEqual([
      { name: 'real', kind: 'directory' },
      { name: 'socket', kind: 'file' },
      { name: 'to-folder', kind: 'directory' },
      { name: 'to-nothing', kind: 'file' },
    ])
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('the seam’s own counters', () => {
  it('show one fdatasync before each acknowledgement, and the folder synced for a new name', async () => {
    const fs = countingFileSystem(createNodeFileSystem())
    const file = await fs.open(join(folder, 'log'), 'create-new')
    await fs.syncDirectory(folder)
    for (let record = 0; record < 3; record++) {
      await file.append([new Uint8Array(100)])
      await file.sync('data')
      fs.note(`acknowledged ${record}`)
    }
    await file.close()
    expect([fs.counts.append, fs.counts.sync, fs.counts.syncDirectory, fs.writtenBytes]).toEqual([3, 3, 1, 300])
    const order = fs.log.map((event) => (event.moment === 'note' ? event.text : `${event.operation} ${event.moment}`))
    for (let record = 0; record < 3; record++) {
      const acknowledged = order.indexOf(`acknowledged ${record}`)
      expect(order[acknowledged - 1]).toBe('sync done')
      expect(order.slice(0, acknowledged).filter((line) => line === 'sync done').length).toBe(record + 1)
    }
  })
})

describe('large transfers', () => {
  it('go through in many partial steps without a gap', async () => {
    const fs = createNodeFileSystem()
    const file = await fs.open(join(folder, 'big'), 'create')
    // 12 MiB in uneven chunks: several vectored calls, the last of each cut at an odd place.
    const chunks = Array.from({ length: 3_333 }, (_, index) => new Uint8Array(3_700 + (index % 7)).fill(index))
    await file.writeAt(chunks, 3)
    const found = new Uint8Array(await file.sizeBytes())
    expect(await file.readAt(found, 0)).toBe(found.length)
    let at = 3
    for (const [index, chunk] of chunks.entries()) {
      if (found[at] !== (index & 0xff) || found[at + chunk.length - 1] !== (index & 0xff))
        expect(index).toBe('in place')
      at += chunk.length
    }
    expect(found.length).toBe(at)
    await file.close()
  })
})
