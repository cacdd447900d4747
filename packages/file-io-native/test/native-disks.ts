import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  findNativeFileSystem,
  type NativeFileSystem,
  type NativeFileSystemOptions,
  NativeUnavailableError,
  openNativeFileSystem,
} from '@stratakv/file-io-native'
import { describe } from 'vitest'

/** Why there is nothing to test, in the words of the package; undefined where there is. */
export const absence = reasonOfAbsence()

function reasonOfAbsence(): string | undefined {
  try {
    void openNativeFileSystem().close()
    return undefined
  } catch (error) {
    if (error instanceof NativeUnavailableError) return error.reason
    throw error
  }
}

/** A suite over the binary, skipped with its reason where that is not built. */
export function describeNative(name: string, body: () => void): void {
  if (absence === undefined) describe(name, body)
  else describe.skip(`${name} (skipped: ${absence})`, body)
}

interface Configuration {
  readonly name: string
  readonly options: NativeFileSystemOptions
}

/** Every way in which bytes can travel, by what is asked for. */
const allConfigurations: readonly Configuration[] = [
  { name: 'native', options: { backend: 'native' } },
  { name: 'native with one thread', options: { backend: 'native', threadCount: 1 } },
  { name: 'native-direct', options: { backend: 'native-direct' } },
  { name: 'native-uring', options: { backend: 'native-uring' } },
  { name: 'native-uring with a ring of two entries', options: { backend: 'native-uring', ringEntryCount: 2 } },
  // More entries than any kernel grants: a refusal like any other.
  { name: 'native-uring, refused by the kernel', options: { backend: 'native-uring', ringEntryCount: 65_536 } },
]

/** Those that this system has; all of them, to be named as skipped, where there is no binary. */
export const configurations = allConfigurations.filter(({ options }) => absence !== undefined || findAndClose(options))

function findAndClose(options: NativeFileSystemOptions): boolean {
  const found = findNativeFileSystem(options)
  void found?.close()
  return found !== undefined
}

export interface NativeDiskUnderTest {
  readonly fs: NativeFileSystem
  readonly root: string
  dispose(): Promise<void>
}

/** A fresh folder on the machine's own disk, with a file system of its own. */
export async function nativeDisk(options: NativeFileSystemOptions = {}): Promise<NativeDiskUnderTest> {
  const root = await mkdtemp(join(tmpdir(), 'stratakv-native-'))
  const fs = openNativeFileSystem(options)
  const dispose = async () => {
    await fs.close()
    await rm(root, { recursive: true, force: true })
  }
  return { fs, root, dispose }
}
