import type { Checksum, Clock, FileSystem } from '@stratakv/core'
import { compareBytes } from '@stratakv/core'
import { type ProgressListener, ProgressMeter } from './backup-progress.ts'
import { readDataFile } from './data-file.ts'
import { BackupDamagedError } from './errors.ts'
import { completeManifest, type Manifest, manifestName, sumOf } from './manifest.ts'
import type { Pair } from './pair-sum.ts'

export interface VerifyDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly checksum: Checksum
  readonly onProgress?: ProgressListener
}

/**
 * Reads a complete backup from its first byte to its last. Needs no cluster.
 *
 * @throws BackupMissingError, BackupTooNewError; BackupDamagedError naming the first file that is not as it was written
 */
export async function verifyBackup(deps: VerifyDeps, directory: string, signal?: AbortSignal): Promise<Manifest> {
  const manifest = await completeManifest(deps.fs, directory)
  const meter = new ProgressMeter(deps, 'verifying', sumOf(manifest).bytes)
  for await (const pairs of readPairs(deps, directory, manifest)) {
    signal?.throwIfAborted()
    for (const { key, value } of pairs) meter.add(1, key.length + value.length)
  }
  meter.finish()
  return manifest
}

/**
 * All pairs of a backup in the order of their keys, each block checked before it is given out. What concerns a whole file is
 * found at its end, so who must not act on a damaged backup calls {@link verifyBackup} first.
 *
 * @param from files that end before this key are not read
 * @throws BackupDamagedError, BackupTooNewError
 */
export async function* readPairs(
  deps: Pick<VerifyDeps, 'fs' | 'checksum'>,
  directory: string,
  manifest: Manifest,
  from?: Uint8Array,
): AsyncGenerator<readonly Pair[], void, void> {
  let previous: Uint8Array | undefined
  for (const [index, entry] of manifest.files.entries()) {
    // Ranges of files come from the list, which has a hash of its own; each file is held to its entry.
    if (previous !== undefined && compareBytes(entry.firstKey, previous) <= 0) {
      throw new BackupDamagedError(
        `${directory}/${manifestName}`,
        0,
        `${entry.name} begins before its predecessor ends`,
      )
    }
    previous = entry.lastKey
    if (from !== undefined && compareBytes(entry.lastKey, from) < 0) continue
    yield* readDataFile(deps, directory, entry, index + 1)
  }
}
