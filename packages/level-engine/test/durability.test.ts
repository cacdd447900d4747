import { execFile, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { columnFamilies } from '@stratakv/core'
import { openLevelEngine } from '@stratakv/level-engine'
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

it('keeps a batch entirely or not at all when the log ends in the middle of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'level-torn-'))
  try {
    const path = join(folder, 'db')
    const cell = (index: number): Uint8Array => new TextEncoder().encode(`cell ${index}`)
    const batch = (value: number) =>
      Array.from({ length: 20 }, (_, index) => ({
        type: 'put' as const,
        cf: columnFamilies[index % columnFamilies.length]!,
        key: cell(index),
        value: new Uint8Array(3000).fill(value),
      }))
    const engine = await openLevelEngine({ path })
    await engine.write(batch(1), { sync: true })
    const log = (await readdir(path)).find((name) => name.endsWith('.log'))!
    const firstEnd = (await stat(join(path, log))).size
    await engine.write(batch(2), { sync: true })
    const secondEnd = (await stat(join(path, log))).size
    // The second batch is larger than a block of the log (32 KiB), so it is cut at the seams of its fragments as well.
    const cuts = [firstEnd, firstEnd + 1, firstEnd + 8, 65_536, 65_537, 98_304, secondEnd - 1, secondEnd]
    for (const [turn, cut] of cuts.entries()) {
      const copy = join(folder, `copy ${turn}`)
      await cp(path, copy, { recursive: true })
      await truncate(join(copy, log), cut)
      const after = await openLevelEngine({ path: copy })
      const found = new Set<number>()
      for (const { cf, key } of batch(0)) {
        const value = await after.get(cf, key)
        for (const byte of value ?? [0]) found.add(byte)
      }
      expect([cut, ...found]).toEqual([cut, cut === secondEnd ? 2 : 1])
      await after.close()
    }
    await engine.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})

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
    // And 50 writes of one moment were one native call: together they fit in the 4 KiB that LevelDB buffers for a system call.
    const group = moments.findIndex(({ text }) => text === 'WROTE group')
    expect(moments[group]!.logWriteCount - moments[group - 1]!.logWriteCount).toBe(1)
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
