import { execFile, spawn, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { columnFamilies, KiB } from '@stratakv/core'
import { openRocksdbEngine } from '@stratakv/rocksdb-engine'
import { describe, expect, it } from 'vitest'
// How to read a trace is the same for both engines: their logs have the same names.
import { readSyncTrace, type SyncTrace } from '../../level-engine/test/process/sync-trace.ts'

// Killing a process proves nothing about a sync, since the system keeps what was written. What can be seen is the
// order of the system calls: at the moment an acknowledgement leaves the process, no log may hold unsynced bytes.

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
const whyNot =
  strace.error !== undefined ? 'strace is not installed' : strace.status !== 0 ? 'strace may not trace here' : undefined

const inProcess = (name: string): string => fileURLToPath(new URL(`./process/${name}`, import.meta.url))
const writerArguments = (scenario: string, path: string): string[] => [
  '--conditions=stratakv-source',
  '--import',
  inProcess('register-typescript.mjs'),
  inProcess('acknowledging-writer.ts'),
  scenario,
  path,
]

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rocksdb-durability-'))
  try {
    await body(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function trace(scenario: string): Promise<SyncTrace> {
  let read: SyncTrace | undefined
  await withFolder(async (folder) => {
    const output = join(folder, 'trace')
    const calls = 'trace=write,writev,pwrite64,fdatasync,fsync,unlink,unlinkat'
    const writer = [process.execPath, ...writerArguments(scenario, join(folder, 'db'))]
    await promisify(execFile)('strace', ['-f', '-y', '-s', '80', '-e', calls, '-o', output, ...writer])
    read = readSyncTrace((await readFile(output, 'utf8')).split('\n'))
  })
  return read!
}

it('keeps a batch entirely or not at all when the log ends in the middle of it', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'db')
    const cell = (index: number): Uint8Array => new TextEncoder().encode(`cell ${index}`)
    const batch = (value: number) =>
      Array.from({ length: 20 }, (_, index) => ({
        type: 'put' as const,
        cf: columnFamilies[index % columnFamilies.length]!,
        key: cell(index),
        value: new Uint8Array(3000).fill(value),
      }))
    const engine = await openRocksdbEngine({ path })
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
      const after = await openRocksdbEngine({ path: copy })
      const found = new Set<number>()
      for (const { cf, key } of batch(0)) {
        const value = await after.get(cf, key)
        for (const byte of value ?? [0]) found.add(byte)
      }
      expect([cut, ...found]).toEqual([cut, cut === secondEnd ? 2 : 1])
      await after.close()
    }
    await engine.close()
  }))

it('has, after SIGKILL, everything that was acknowledged, in order and without a hole', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'db')
    // Writes go on over several logs and flushes; the moment of the kill is whatever the reader below sees at that size.
    for (const acknowledgedMin of [1, 300, 3000]) {
      const writer = spawn(process.execPath, writerArguments('until killed', path), {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      const last = () => Number(/WROTE (\d+)\n(?!.*WROTE \d+\n)/s.exec(output.slice(-100))?.[1] ?? -1)
      await new Promise<void>((resolve) => {
        writer.stdout.on('data', (chunk) => {
          output += String(chunk)
          if (last() >= acknowledgedMin) writer.kill('SIGKILL')
        })
        writer.once('close', () => resolve())
      })
      expect(writer.signalCode).toBe('SIGKILL')
      const engine = await openRocksdbEngine({ path })
      const key = (index: number) => new TextEncoder().encode(`key ${String(index).padStart(6, '0')}`)
      for (let index = 0; index <= last(); index++) {
        const value = await engine.get('default', key(index))
        expect([index, value?.length, value?.[0]]).toEqual([index, KiB(1), index % 256])
      }
      await engine.close()
      await rm(path, { recursive: true })
    }
  }))

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
    expect(moments.find(({ text }) => text === 'WROTE unsynced writes in two logs')?.unsyncedLogs.length).toBe(2)
    expect(logs.length).toBeGreaterThan(3)
    // And 50 writes of one moment were one native call, so one record, which is one system call.
    const group = moments.findIndex(({ text }) => text === 'ACK group')
    expect(moments[group]!.logWriteCount - moments[group - 1]!.logWriteCount).toBe(1)
  })

  it.skipIf(whyNot)(
    `is needed: the binding alone never syncs a log${whyNot ? ` (skipped: ${whyNot})` : ''}`,
    async () => {
      const { moments, logs, neverCovered } = await trace('rocksdb alone')
      expect(logs.length).toBe(1)
      // But the bytes had left the process: that is what a sync from outside builds on.
      expect(moments.map(({ unsyncedLogs }) => unsyncedLogs)).toEqual([logs])
      expect(neverCovered).toEqual(logs)
    },
  )
})
