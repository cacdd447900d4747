import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FileLockedError } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const loader = new URL('./child/typescript-loader.mjs', import.meta.url).href
const holder = fileURLToPath(new URL('./child/lock-holder.ts', import.meta.url))

const cluster = fileURLToPath(new URL('./child/lock-cluster.ts', import.meta.url))

let folder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratakv-lock-'))
})

afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function startHolder(path: string, what: 'stay' | 'leave'): ChildProcess {
  const flags = ['--conditions=stratakv-source', '--import', loader]
  const child = spawn(process.execPath, [...flags, holder, path, what], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

async function untilLocked(child: ChildProcess): Promise<void> {
  const [said] = await once(child.stdout!, 'data')
  expect(String(said)).toBe('locked\n')
}

describe('the lock between processes', () => {
  it('is refused with the holder’s process id, and given back when the holder is killed', async () => {
    const path = join(folder, 'LOCK')
    const fs = createNodeFileSystem()
    const child = startHolder(path, 'stay')
    await untilLocked(child)

    const refusal = await fs.lock(path).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(FileLockedError)
    expect((refusal as FileLockedError).holder).toBe(`process ${child.pid}`)

    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const lock = await fs.lock(path)
    expect(await readFile(path, 'utf8')).toBe(`process ${process.pid}\n`)
    await lock.release()
  })

  it('goes to one worker of a cluster, whose primary would share other sockets among them', async () => {
    const flags = ['--conditions=stratakv-source', '--import', loader]
    const child = spawn(process.execPath, [...flags, cluster, join(folder, 'LOCK')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const [said] = await once(child.stdout!, 'data')
    expect(String(said)).toBe('FS_LOCKED,locked\n')
  })

  it('does not keep its process alive', async () => {
    const child = startHolder(join(folder, 'LOCK'), 'leave')
    const gone = once(child, 'exit')
    await untilLocked(child)
    expect(await gone).toEqual([0, null])
  })

  it('is one lock by whatever path the file is reached', async () => {
    const fs = createNodeFileSystem()
    await mkdir(join(folder, 'data'))
    const lock = await fs.lock(join(folder, 'data', 'LOCK'))
    await rename(join(folder, 'data'), join(folder, 'moved'))
    await expect(fs.lock(join(folder, 'moved', 'LOCK'))).rejects.toBeInstanceOf(FileLockedError)
    await lock.release()
  })

  it('does not wipe the name of the next holder when released twice', async () => {
    const fs = createNodeFileSystem()
    const path = join(folder, 'LOCK')
    const first = await fs.lock(path)
    await first.release()
    const second = await fs.lock(path)
    await first.release()
    expect(await readFile(path, 'utf8')).toBe(`process ${process.pid}\n`)
    await second.release()
  })
})
