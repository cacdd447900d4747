import { emptyBytes, type FileSystem, systemRandom, toHex } from '@stratakv/core'
import { createMemoryDisk, type MemoryDisk } from '@stratakv/memory'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { createChecksum, createKernels } from '@stratakv/wasm'
import type { Cluster } from '../../src/backup/cluster.ts'
import type { Pair } from '../../src/backup/pair-sum.ts'
import { readPairs, verifyBackup } from '../../src/backup/verify-backup.ts'

export const checksum = createChecksum({ kernels: createKernels() })
export const wholeRange = { start: emptyBytes, end: emptyBytes }

/** Deps of every call, on one disk and one cluster. */
export function backupDeps(fs: FileSystem, cluster: Cluster, seed = 1) {
  return { fs, cluster, checksum, clock: simulatedClock(), random: seededRandom(seed) }
}

/** Small files, so that a few pairs make several. */
export const smallBackup = {
  directory: '/backup',
  mode: 'txn',
  range: wholeRange,
  version: '1.2.3',
  compress: false,
  fileBytesMax: 1500,
  protectSeconds: 3600,
} as const

export function newDisk(): MemoryDisk {
  return createMemoryDisk({ random: systemRandom() })
}

/** One line a pair: quick to compare, and a failure shows which. */
export function linesOf(pairs: readonly Pair[]): string {
  return pairs.map(({ key, value }) => `${toHex(key)} ${toHex(value)}`).join('\n')
}

/** Verified, with every pair in it. */
export async function pairsInBackup(fs: FileSystem, directory = '/backup'): Promise<Pair[]> {
  const deps = { fs, checksum, clock: simulatedClock() }
  const manifest = await verifyBackup(deps, directory)
  const pairs: Pair[] = []
  for await (const batch of readPairs(deps, directory, manifest)) pairs.push(...batch)
  return pairs
}

export async function bytesOfFile(fs: FileSystem, path: string): Promise<Uint8Array> {
  const file = await fs.open(path, 'read')
  const bytes = new Uint8Array(await file.sizeBytes())
  await file.readAt(bytes, 0)
  await file.close()
  return bytes
}

export async function replaceFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'create')
  await file.truncate(0)
  await file.append([bytes])
  await file.close()
}
