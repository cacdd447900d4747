import { close, constants, fstat, ftruncate, open, write } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { promisify } from 'node:util'
import { FileIoError, type FileLock, FileLockedError } from '@stratakv/core'
import { errnoOf } from './errno.ts'

/**
 * Takes an exclusive lock that ends with the process, however it ends. Node has neither flock nor fcntl, so:
 *
 * - Linux: a Unix socket in the abstract name space, named by the lock file's device and inode. The kernel gives a name
 *   to one socket only and drops it with the process. The name space belongs to the **network namespace**: two containers
 *   that share a volume but not a network do not see each other's locks. Any local process could also take the name on
 *   purpose; that denies service, it does not let two holders in.
 * - macOS, FreeBSD, OpenBSD: the file is opened with O_EXLOCK, which is flock taken within open.
 * - Windows: the file is opened without sharing.
 *
 * The lock file stays after release: removing it would let one process lock the removed file while another locks its
 * successor. Its text names the holder, for the error only.
 */
export async function lockFile(path: string): Promise<FileLock> {
  if (process.platform === 'linux') return lockBySocket(path)
  const flags = exclusiveOpenFlags[process.platform]
  if (flags === undefined) throw new FileIoError(path, 'lock', 'ENOTSUP')
  return lockByOpen(path, flags)
}

/** libuv's UV_FS_O_EXLOCK of each platform, and O_NONBLOCK where open would otherwise wait for the lock. Node exports neither. */
const exclusiveOpenFlags: Readonly<Partial<Record<NodeJS.Platform, number>>> = {
  darwin: 0x20 | 0x4,
  freebsd: 0x20 | 0x4,
  openbsd: 0x20 | 0x4,
  win32: 0x10000000,
}

// Plain descriptors: a FileHandle is closed when it is garbage collected, and a lock must hold even if its caller drops it.
const descriptor = {
  open: promisify(open),
  close: promisify(close),
  stat: (fd: number) => promisify(fstat)(fd, { bigint: true }),
  truncate: promisify(ftruncate),
  write: promisify(write),
}

class HeldLock implements FileLock {
  readonly #fd: number
  readonly #server: Server | undefined
  #releasing: Promise<void> | undefined

  constructor(fd: number, server: Server | undefined) {
    this.#fd = fd
    this.#server = server
  }

  release(): Promise<void> {
    this.#releasing ??= this.#release()
    return this.#releasing
  }

  async #release(): Promise<void> {
    try {
      // While the lock is still ours, so that the next holder's name is not wiped.
      await descriptor.truncate(this.#fd, 0)
    } finally {
      if (this.#server !== undefined) await closeServer(this.#server)
      await descriptor.close(this.#fd)
    }
  }
}

async function lockBySocket(path: string): Promise<FileLock> {
  const fd = await descriptor.open(path, constants.O_RDWR | constants.O_CREAT)
  try {
    // The descriptor stays open while the lock is held: the inode number cannot pass to another file meanwhile.
    const { dev, ino } = await descriptor.stat(fd)
    let server: Server
    try {
      server = await listen(socketName(dev, ino))
    } catch (error) {
      if (errnoOf(error) !== 'EADDRINUSE') throw error
      throw new FileLockedError(path, await readHolder(path), { cause: error })
    }
    try {
      await writeHolder(fd)
    } catch (error) {
      await closeServer(server)
      throw error
    }
    return new HeldLock(fd, server)
  } catch (error) {
    await descriptor.close(fd)
    throw error
  }
}

async function lockByOpen(path: string, flags: number): Promise<FileLock> {
  let fd: number
  try {
    fd = await descriptor.open(path, constants.O_RDWR | constants.O_CREAT | flags)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno !== 'EAGAIN' && errno !== 'EWOULDBLOCK' && errno !== 'EBUSY') throw error
    throw new FileLockedError(path, await readHolder(path), { cause: error })
  }
  try {
    await writeHolder(fd)
    return new HeldLock(fd, undefined)
  } catch (error) {
    await descriptor.close(fd)
    throw error
  }
}

/**
 * Exactly as long as `sun_path`, the leading zero included. Older libuv binds the whole field whatever the name's
 * length, newer libuv only the name: at full length both mean the same socket.
 */
function socketName(dev: bigint, ino: bigint): string {
  const sunPathLength = 108
  return `\0stratakv-lock/${dev}:${ino}/`.padEnd(sunPathLength, '-')
}

function listen(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    // `exclusive`: in a worker of node:cluster the primary would otherwise share one socket among all workers.
    server.listen({ path: name, exclusive: true }, () => {
      server.off('error', reject)
      // From here on an error of the server (a peer that vanishes while it is accepted) does not concern the lock.
      server.on('error', () => {})
      server.unref()
      resolve(server)
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

async function writeHolder(fd: number): Promise<void> {
  await descriptor.truncate(fd, 0)
  await descriptor.write(fd, `process ${process.pid}\n`, 0)
}

/** Undefined when the file says nothing: its holder is between taking the lock and writing its name, or the system forbids reading. */
async function readHolder(path: string): Promise<string | undefined> {
  try {
    return /^process \d+/.exec(await readFile(path, 'utf8'))?.[0]
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
