import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasProgram, runProgram } from '../kv/process.ts'

const sourcePath = fileURLToPath(new URL('../../slow-sync/slow-sync.c', import.meta.url))

/** The environment of a process, and what it did there. */
export interface SyncWatch {
  readonly env: Readonly<Record<string, string>>
  /** Syncs of the process so far. */
  count(): number
}

/** Watches the syncs of processes, and makes each take longer: LevelDB's, RocksDB's, Rust's and Node's alike. */
export interface SlowSync {
  watch(delayUs: number): SyncWatch
}

/** Builds the library that is loaded ahead of libc; undefined without a C compiler, or where nothing is loaded so. */
export async function buildSlowSync(folder: string): Promise<SlowSync | undefined> {
  if (process.platform !== 'linux' || !(await hasProgram('cc', '--version'))) return undefined
  const library = join(folder, 'slow-sync.so')
  await runProgram('cc', ['-O2', '-shared', '-fPIC', '-o', library, sourcePath], folder)
  return {
    watch(delayUs) {
      const countFile = join(mkdtempSync(join(folder, 'syncs-')), 'count')
      return {
        env: { LD_PRELOAD: library, STRATA_SYNC_DELAY_US: `${delayUs}`, STRATA_SYNC_COUNT_FILE: countFile },
        count: () => Number(readFileSync(countFile).readBigUInt64LE()),
      }
    },
  }
}
