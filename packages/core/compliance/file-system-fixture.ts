import { concatBytes } from '../src/byte-order.ts'
import type { StrataError } from '../src/errors.ts'
import type { File, FileSystem } from '../src/file-system.ts'

/** One test on a fresh disk. */
export type OnDisk = (name: string, body: (disk: TestDisk) => Promise<void>) => void

export interface TestDisk {
  readonly fs: FileSystem
  readonly root: string
  /** A path below the root. */
  at(path: string): string
  readonly powerCut: (() => Promise<FileSystem>) | undefined
}

/** Runs `body` on an open file and closes it. */
export async function withFile<T>(fs: FileSystem, path: string, body: (file: File) => Promise<T>): Promise<T> {
  const file = await fs.open(path, 'create')
  try {
    return await body(file)
  } finally {
    await file.close()
  }
}

export async function writeFile(fs: FileSystem, path: string, content: Uint8Array): Promise<void> {
  await withFile(fs, path, async (file) => {
    await file.truncate(0)
    await file.writeAt([content], 0)
  })
}

/** The whole content, read by way of a fresh handle. */
export async function readFile(fs: FileSystem, path: string): Promise<Uint8Array> {
  const file = await fs.open(path, 'read')
  try {
    return await readAll(file)
  } finally {
    await file.close()
  }
}

export async function readAll(file: File): Promise<Uint8Array> {
  const content = new Uint8Array(await file.sizeBytes())
  const readCount = await file.readAt(content, 0)
  return readCount === content.length ? content : concatBytes(content.subarray(0, readCount))
}

/** What the call was refused with. A promise that resolves is a failure. */
export async function refusal(promise: Promise<unknown>): Promise<Partial<StrataError> & Record<string, unknown>> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    return error as Partial<StrataError> & Record<string, unknown>
  }
  throw new Error(`expected a refusal, got ${String(value)}`)
}

/** Bytes whose value tells their place, modulo a prime so that no block size hides behind the period. */
export function pattern(lengthBytes: number, seed = 0): Uint8Array {
  const data = new Uint8Array(lengthBytes)
  for (let index = 0; index < lengthBytes; index++) data[index] = (index * 7 + seed * 31 + 1) % 251
  return data
}

export function bytesOf(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values)
}
