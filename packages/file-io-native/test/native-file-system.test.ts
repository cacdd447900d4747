import { readdirSync, readFileSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { AssertionError, ClosedError, FileIoError, FileLockedError, NoSpaceError } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { NativePanicError, openNativeFileSystem } from '@stratakv/file-io-native'
import { expect, it } from 'vitest'
import { findBinding } from '../src/native-binding.ts'
import { NativeCalls } from '../src/native-calls.ts'
import { configurations, describeNative, nativeDisk } from './native-disks.ts'

const isLinux = process.platform === 'linux'
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** The repository's types are those of Node, where the global has no constructors. */
const wasm = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly
interface WebAssemblyApi {
  readonly Memory: new (options: {
    initial: number
    maximum: number
    shared: boolean
  }) => {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
}

/** Bytes whose value tells their place and their file. */
function pattern(lengthBytes: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: lengthBytes }, (_, index) => (index * 7 + seed * 31 + 1) % 251)
}

function threadNames(): string[] {
  return readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim())
}

const ourThreads = () => threadNames().filter((name) => name === 'stratakv-io' || name === 'stratakv-uring')

describeNative('a panic', () => {
  function callsOfTheirOwn(): NativeCalls {
    const found = findBinding()
    if ('absence' in found) throw new Error(found.absence)
    return new NativeCalls(found.binding, { threadCount: 1, direct: false })
  }

  it('on a thread is a typed error of that call alone, and the thread goes on', async () => {
    const calls = callsOfTheirOwn()
    for (let round = 0; round < 3; round++) {
      const error = await calls.run('/a', 'write', (slot) => calls.disk.provokePanic(slot)).catch((caught) => caught)
      expect(error).toBeInstanceOf(NativePanicError)
      expect(error).toMatchObject({ path: '/a', operation: 'write', message: expect.stringMatching(/provoked/) })
      await calls.run('/', 'syncDirectory', (slot) => calls.disk.syncDirectory(slot, '/'))
    }
    await calls.stop()
  })

  it('in a call is an exception, and takes no slot', async () => {
    const calls = callsOfTheirOwn()
    const call = calls.run('/a', 'write', () => calls.disk.provokePanic())
    await expect(call).rejects.toThrow(/provoked in a call/)
    await calls.run('/', 'syncDirectory', (slot) => calls.disk.syncDirectory(slot, '/'))
    await calls.stop()
  })

  it('is not what a wrong argument makes: that is an exception too', async () => {
    const calls = callsOfTheirOwn()
    const wrong: ((slot: number) => void)[] = [
      (slot) => calls.disk.size(slot, 4711),
      (slot) => calls.disk.open(slot, '/a', 9),
      (slot) => calls.disk.write(slot, 0, [], -1, 0),
    ]
    for (const each of wrong) await expect(calls.run('/a', 'write', each)).rejects.toThrow()
    await calls.stop()
  })
})

for (const { name, options } of configurations) {
  describeNative(`${name}: buffers`, () => {
    it('outlive their caller’s interest in them while the kernel has them', async () => {
      const { fs, root, dispose } = await nativeDisk({ ...options, threadCount: 1 })
      const file = await fs.open(`${root}/a`, 'create')
      // Longer than what is copied at the call, and not looked at again by us. The syncs keep later ones waiting.
      const sizeBytes = 40_001
      const writes: Promise<void>[] = []
      for (let index = 0; index < 60; index++) {
        const chunks = [pattern(sizeBytes - 9, index), pattern(9, index + 100)]
        writes.push(file.writeAt(chunks, index * sizeBytes, index % 8 === 0 ? 'data' : undefined))
        chunks.length = 0
        if (index % 5 === 0) {
          collectGarbage()
          // Memory that is free again gets other contents.
          for (let garbage = 0; garbage < 20; garbage++) new Uint8Array(sizeBytes).fill(0xff)
        }
      }
      collectGarbage()
      await Promise.all(writes)
      const target = new Uint8Array(sizeBytes)
      for (let index = 0; index < 60; index++) {
        const read = file.readAt(target, index * sizeBytes)
        collectGarbage()
        expect(await read).toBe(sizeBytes)
        expect(Buffer.compare(target.subarray(0, sizeBytes - 9), pattern(sizeBytes - 9, index))).toBe(0)
        expect(Buffer.compare(target.subarray(sizeBytes - 9), pattern(9, index + 100))).toBe(0)
      }
      await file.close()
      await dispose()
    })

    it('may be views over WebAssembly memory, shared or not, which grows between calls', async () => {
      const { fs, root, dispose } = await nativeDisk(options)
      for (const shared of [false, true]) {
        const memory = new wasm.Memory({ initial: 4, maximum: 64, shared })
        const file = await fs.open(`${root}/${shared}`, 'create')
        let expected = new Uint8Array(0)
        for (const lengthBytes of [100, 4_096, 50_000, 131_072]) {
          const view = new Uint8Array(memory.buffer, 8_192, lengthBytes)
          view.set(pattern(lengthBytes, lengthBytes))
          await file.append([view])
          expected = Buffer.concat([expected, pattern(lengthBytes, lengthBytes)])
          memory.grow(1)
        }
        const target = new Uint8Array(memory.buffer, 65_536 - 8, 50_100)
        expect(await file.readAt(target, 4_100)).toBe(50_100)
        expect(Buffer.compare(target, expected.subarray(4_100, 54_200))).toBe(0)
        await file.close()
      }
      await dispose()
    })

    it('travel in any number of calls at once', async () => {
      const { fs, root, dispose } = await nativeDisk(options)
      const file = await fs.open(`${root}/a`, 'create')
      const count = 3_000
      await Promise.all(
        Array.from({ length: count }, (_, index) =>
          file.writeAt([pattern(20, index)], index * 20, index % 500 === 0 ? 'data' : undefined),
        ),
      )
      const targets = Array.from({ length: count }, () => new Uint8Array(20))
      await Promise.all(targets.map((target, index) => file.readAt(target, index * 20)))
      for (const [index, target] of targets.entries()) {
        if (Buffer.compare(target, pattern(20, index)) !== 0) expect(index).toBe('in place')
      }
      await file.close()
      await dispose()
    })

    it('that overlap no other call lose nothing to their neighbours in a block, through two handles', async () => {
      const { fs, root, dispose } = await nativeDisk(options)
      const [first, second] = [await fs.open(`${root}/a`, 'create'), await fs.open(`${root}/a`, 'create')]
      await first.writeAt([new Uint8Array(32_768)], 0)
      const writes: Promise<void>[] = []
      // Odd pieces of one handle between even pieces of the other, across every border of a block.
      for (let at = 0; at < 32_768; at += 331) {
        const piece = new Uint8Array(Math.min(331, 32_768 - at)).fill(1 + ((at / 331) % 250))
        writes.push((at % 2 === 0 ? first : second).writeAt([piece], at))
      }
      await Promise.all(writes)
      const found = new Uint8Array(32_768)
      expect(await second.readAt(found, 0)).toBe(32_768)
      const wrong = found.findIndex((byte, index) => byte !== 1 + (Math.floor(index / 331) % 250))
      expect(wrong).toBe(-1)
      await first.close()
      await second.close()
      await dispose()
    })
  })
}

describeNative('a native file system', () => {
  it('refuses more calls at once than its limit, and goes on', async () => {
    const { fs, root, dispose } = await nativeDisk({ threadCount: 1 })
    const file = await fs.open(`${root}/a`, 'create')
    const calls = Array.from({ length: 16_400 }, () => file.sizeBytes())
    const outcomes = await Promise.allSettled(calls)
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBe(16)
    for (const { reason } of refused) {
      expect(reason).toBeInstanceOf(FileIoError)
      expect(reason).toMatchObject({ errno: 'EAGAIN', operation: 'stat' })
    }
    expect(await file.sizeBytes()).toBe(0)
    await file.close()
    await dispose()
  })

  it.skipIf(!isLinux)('names a full disk as such, whichever way the bytes go', async () => {
    for (const { options } of configurations) {
      const fs = openNativeFileSystem(options)
      const file = await fs.open('/dev/full', 'write')
      await expect(file.writeAt([pattern(100, 1)], 0)).rejects.toBeInstanceOf(NoSpaceError)
      await expect(file.writeAt([pattern(100_000, 1)], 0, 'data')).rejects.toMatchObject({ path: '/dev/full' })
      await file.close()
      await fs.close()
    }
  })

  it.skipIf(!isLinux)('reserves blocks when it allocates', async () => {
    for (const { options } of configurations) {
      const { fs, root, dispose } = await nativeDisk(options)
      expect(fs.supports.allocate).toBe(true)
      const file = await fs.open(`${root}/a`, 'create')
      await file.allocate(0, 1_000_000)
      const { size, blocks } = await stat(`${root}/a`)
      expect(size).toBe(1_000_000)
      expect(blocks * 512).toBeGreaterThanOrEqual(1_000_000)
      await file.close()
      await dispose()
    }
  })

  it('and the one of Node exclude each other', async () => {
    const { fs, root, dispose } = await nativeDisk()
    const node = createNodeFileSystem()
    const held = await fs.lock(`${root}/LOCK`)
    await expect(node.lock(`${root}/LOCK`)).rejects.toBeInstanceOf(FileLockedError)
    await held.release()
    const other = await node.lock(`${root}/LOCK`)
    await expect(fs.lock(`${root}/LOCK`)).rejects.toBeInstanceOf(FileLockedError)
    await other.release()
    await dispose()
  })

  it('ends, once: after its calls, with its files, and nothing is taken any more', async () => {
    for (const { options } of configurations) {
      const { fs, root, dispose } = await nativeDisk(options)
      const file = await fs.open(`${root}/a`, 'create')
      const write = file.writeAt([pattern(100_000, 1)], 0, 'all')
      await Promise.all([fs.close(), fs.close()])
      expect((await stat(`${root}/a`)).size).toBe(100_000)
      await write
      await expect(file.sizeBytes()).rejects.toBeInstanceOf(ClosedError)
      await expect(fs.open(`${root}/a`, 'read')).rejects.toBeInstanceOf(ClosedError)
      await file.close()
      await dispose()
    }
  })

  it.skipIf(!isLinux)('begins threads when they are needed, no more than it may, and takes them along', async () => {
    const before = ourThreads().length
    const { fs, root, dispose } = await nativeDisk({ threadCount: 3 })
    expect(ourThreads().length).toBe(before)
    const file = await fs.open(`${root}/a`, 'create')
    expect(ourThreads().length).toBe(before + 1)
    const write = (_: unknown, index: number) => file.writeAt([pattern(5_000, 1)], index, 'data')
    // One that is done already takes the next call, so how many begin in one round depends on the disk.
    for (let round = 0; round < 200 && ourThreads().length < before + 3; round++) {
      await Promise.all(Array.from({ length: 40 }, write))
    }
    expect(ourThreads().length).toBe(before + 3)
    await Promise.all(Array.from({ length: 40 }, write))
    expect(ourThreads().length).toBe(before + 3)
    await file.close()
    await fs.close()
    expect(ourThreads().length).toBe(before)
    await dispose()
  })

  it('asserts that it is asked for what there is', () => {
    for (const threadCount of [0, 1.5, 5_000])
      expect(() => openNativeFileSystem({ threadCount })).toThrow(AssertionError)
    expect(() => openNativeFileSystem({ ringEntryCount: 0 })).toThrow(AssertionError)
  })
})

describeNative('io_uring', () => {
  it.skipIf(!isLinux)('that the kernel refuses is said, in its words, and the threads do the work', async () => {
    const { fs, root, dispose } = await nativeDisk({ backend: 'native-uring', ringEntryCount: 65_536 })
    expect(fs.backend).toBe('native')
    expect(fs.fallback).toMatch(/EINVAL/)
    const file = await fs.open(`${root}/a`, 'create')
    await file.writeAt([pattern(10, 1)], 0, 'data')
    expect(await file.sizeBytes()).toBe(10)
    await file.close()
    await dispose()
  })

  it.skipIf(!isLinux)('is in use where nothing is said', async () => {
    const { fs, root, dispose } = await nativeDisk({ backend: 'native-uring' })
    // A thread names itself when it begins to run: one that has finished a write has done so.
    const file = await fs.open(`${root}/a`, 'create')
    await file.writeAt([pattern(10, 1)], 0, 'data')
    await file.close()
    const before = ourThreads()
    if (fs.fallback === undefined) {
      expect(fs.backend).toBe('native-uring')
      expect(before).toContain('stratakv-uring')
    } else {
      // A kernel without it, or a container that forbids it: the reason is the kernel's.
      expect(fs.backend).toBe('native')
      expect(fs.fallback).toMatch(/ENOSYS|EPERM|ENOMEM/)
    }
    await dispose()
  })
})

describeNative('O_DIRECT', () => {
  it.skipIf(!isLinux)('is set on the descriptor that says so, and another backend does not say so', async () => {
    const { fs, root, dispose } = await nativeDisk({ backend: 'native-direct' })
    const file = await fs.open(`${root}/a`, 'create')
    const flags = readdirSync('/proc/self/fdinfo').flatMap((id) => {
      try {
        const isOurs = statOf(`/proc/self/fd/${id}`) === statOf(`${root}/a`)
        return isOurs
          ? [Number.parseInt(/flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${id}`, 'utf8'))![1]!, 8)]
          : []
      } catch {
        return []
      }
    })
    const directFlag = process.arch === 'arm64' ? 0o200000 : 0o40000
    expect(flags.some((each) => (each & directFlag) !== 0)).toBe(fs.isDirect(file))
    await file.close()
    await dispose()
    const plain = await nativeDisk({ backend: 'native' })
    const other = await plain.fs.open(`${plain.root}/a`, 'create')
    expect(plain.fs.isDirect(other)).toBe(false)
    expect(() => fs.isDirect(other)).toThrow(AssertionError)
    await other.close()
    await plain.dispose()
  })
})

function statOf(path: string): string {
  const { dev, ino } = statSync(path)
  return `${dev}:${ino}`
}
