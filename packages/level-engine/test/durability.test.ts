import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readSyncTrace, type SyncTrace } from './process/sync-trace.ts'

// Killing a process proves nothing about a sync, since the system keeps what was written. What can be seen is the
// order of the system calls: at the moment an acknowledgement leaves the process, no log may hold unsynced bytes.

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
const whyNot =
  strace.error !== undefined ? 'strace is not installed' : strace.status !== 0 ? 'strace may not trace here' : undefined

const inProcess = (name: string): string => fileURLToPath(new URL(`./process/${name}`, import.meta.url))

async function trace(scenario: string): Promise<SyncTrace> {
  const folder = await mkdtemp(join(tmpdir(), 'level-trace-'))
  try {
    const output = join(folder, 'trace')
    const calls = 'trace=write,writev,pwrite64,fdatasync,fsync,unlink,unlinkat'
    const node = [process.execPath, '--conditions=stratakv-source', '--import', inProcess('register-typescript.mjs')]
    const writer = [inProcess('acknowledging-writer.ts'), scenario, join(folder, 'db')]
    await promisify(execFile)('strace', ['-f', '-y', '-s', '80', '-e', calls, '-o', output, ...node, ...writer])
    return readSyncTrace((await readFile(output, 'utf8')).split('\n'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('durability, by the system calls', () => {
  it.skipIf(whyNot)(`syncs every log before it acknowledges${whyNot ? ` (skipped: ${whyNot})` : ''}`, async () => {
    const { moments, logs } = await trace('engine')
    const acknowledged = moments.filter(({ text }) => text.startsWith('ACK'))
    expect(acknowledged.map(({ text, unsyncedLogs }) => `${text}: ${unsyncedLogs.join(' ') || 'all synced'}`)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `ACK synced write ${index}: all synced`),
      'ACK syncWal in one log: all synced',
      'ACK syncWal after a switch: all synced',
      'ACK synced write that switched: all synced',
      'ACK group: all synced',
      'ACK synced delete range: all synced',
    ])
    // The scenario did what it says: there were unsynced bytes to begin with, and several logs.
    expect(moments.find(({ text }) => text === 'WROTE unsynced write')?.unsyncedLogs.length).toBe(1)
    expect(logs.length).toBeGreaterThan(3)
  })

  it.skipIf(whyNot)(
    `is needed: LevelDB alone leaves a full log unsynced${whyNot ? ` (skipped: ${whyNot})` : ''}`,
    async () => {
      const { logs, neverCovered } = await trace('leveldb alone')
      // The batch went to the first log, the synced put to the second, and no sync ever reached the first.
      expect(logs.length).toBe(2)
      expect(neverCovered).toContain(logs[0])
      expect(neverCovered).not.toContain(logs[1])
    },
  )
})
