import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openRaftEngine } from '@stratakv/raft-engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleCommand, type CommandBundle } from './support/command-bundle.ts'

let bundle: CommandBundle
let folder: string
/** With three regions, entries 1 to 30 of each, in several files. */
let whole: string

const openLog = (directory: string, options = {}) =>
  openRaftEngine(
    { fileSystem: createNodeFileSystem(), clock: systemClock() },
    { directory, targetFileSize: 1024, purgeThreshold: 1 << 20, ...options },
  )

beforeAll(async () => {
  bundle = await bundleCommand()
  folder = await mkdtemp(join(tmpdir(), 'stratakv-raft-engine-'))
  whole = join(folder, 'whole')
  const engine = await openLog(whole)
  for (let index = 1; index <= 30; index++) {
    await engine.write(
      [1, 2, 3].flatMap((regionId) => [
        {
          type: 'append',
          regionId,
          firstIndex: index,
          entries: [new TextEncoder().encode(`entry ${regionId}/${index}`)],
        },
        { type: 'put', regionId, key: Uint8Array.of(0x52), value: Uint8Array.of(index) },
      ]),
      { sync: false },
    )
  }
  await engine.write([{ type: 'compact', regionId: 3, index: 10 }], { sync: true })
  await engine.close()
})
afterAll(async () => {
  await bundle[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function run(...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle.path, 'raft-engine', ...flags], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

async function copyOf(name: string): Promise<string> {
  const path = join(folder, name)
  await cp(whole, path, { recursive: true })
  return path
}

async function appendFiles(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => name.endsWith('.raftlog')).map((name) => join(path, name))
}

async function flip(path: string, offset: number): Promise<void> {
  const file = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, offset)
  byte[0]! ^= 1
  await file.write(byte, 0, 1, offset)
  await file.close()
}

async function contentsOf(path: string): Promise<Record<string, string>> {
  const names = await readdir(path)
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(path, name))).toString('hex')] as const)),
  )
}

describe('stratakv raft-engine dump', () => {
  it('prints a line an item, and JSON for programs', () => {
    const { status, stdout, stderr } = run('dump', whole, '--regions', '3')
    expect([status, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe(`${whole}/0000000000000001.rewrite: rewrite file 1, version 2, 69 bytes`)
    expect(lines).toContain('          69  region 3: entry 1, 9 bytes')
    expect(lines).toContain('          69  region 3: put 52 = 01')
    expect(lines.at(-1)).toMatch(/^ +\d+ {2}region 3: compact to 10$/)
    expect(lines.some((line) => line.includes('region 1'))).toBe(false)

    const json = run('dump', whole, '--json', '--payloads')
    const records = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records.filter(({ type }) => type === 'entries')).toHaveLength(90)
    expect(records.find(({ type, regionId }) => type === 'entries' && regionId === 2)).toMatchObject({
      firstIndex: 1,
      count: 1,
      payloads: [Buffer.from('entry 2/1').toString('hex')],
    })
  })

  it('ends with 1 when something cannot be read, and says where', async () => {
    const log = await copyOf('dump-damaged')
    const [first] = await appendFiles(log)
    // The checksum of the first batch's items.
    const totalBytes = (await readFile(first!)).readUInt32BE(69 + 3)
    await flip(first!, 69 + totalBytes - 1)
    const { status, stdout } = run('dump', log)
    expect(status).toBe(1)
    expect(stdout).toMatch(/\d+ {2}FAULT checksum: checksum of the items is [0-9a-f]{8}, not [0-9a-f]{8}\n/)
  })

  it('ends when nobody reads any more', () => {
    const command = `'${process.execPath}' '${bundle.path}' raft-engine dump '${whole}' --json --payloads | head -n 1`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ type: 'file' })
  })

  it('ends with 2 for what is no log, and for regions that are none', () => {
    for (const [flags, text] of [
      [['dump', folder], /^error: no log files at /],
      [['dump', join(folder, 'none')], /^error: no such file or directory/],
      [['dump', whole, '--regions', '1,x'], /^error: --regions takes region ids/],
    ] as const) {
      const { status, stdout, stderr } = run(...flags)
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(text)
    }
  })
})

describe('stratakv raft-engine check', () => {
  it('ends with 0 for a log that is whole, and leaves it as it was', async () => {
    const before = await contentsOf(whole)
    const { status, stdout, stderr } = run('check', whole)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^\d+ files, 0\.0 MiB, 31 batches, 90 entries, 3 regions\nwhole\n$/)
    expect(await contentsOf(whole)).toEqual(before)
  })

  it('ends with 1 for damage and for the holes that it makes, and changes nothing', async () => {
    const log = await copyOf('check-damaged')
    const files = await appendFiles(log)
    await flip(files[1]!, 100)
    const before = await contentsOf(log)
    const { status, stdout } = run('check', log)
    expect(status).toBe(1)
    expect(stdout).toMatch(/\nerror: (batch|entries) \S+2\.raftlog at 69: /)
    const json = JSON.parse(run('check', log, '--json').stdout)
    expect(json).toMatchObject({ path: log, findings: [{ severity: 'error', offset: 69 }, ...json.findings.slice(1)] })
    expect(await contentsOf(log)).toEqual(before)
  })

  it('ends with 2 when it cannot look', () => {
    const { status, stdout, stderr } = run('check', join(folder, 'none'), '--json')
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'FS_NOT_FOUND' } })
    expect(stderr).toMatch(/^error: /)
  })
})

describe('stratakv raft-engine repair', () => {
  it('has nothing to do for a log that is whole', () => {
    expect(run('repair', whole, '--apply')).toEqual({ status: 0, stdout: 'nothing to do\n', stderr: '' })
  })

  it('plans, and does it when it is told to', async () => {
    const log = await copyOf('repair-torn')
    const last = (await appendFiles(log)).at(-1)!
    const bytes = (await readFile(last)).length
    await truncate(last, bytes - 3)
    const before = await contentsOf(log)
    const plan = run('repair', log)
    expect(plan.status).toBe(1)
    expect(plan.stdout).toMatch(/at \d+: cut off \d+ bytes \(short: .*\)\n1 to change; --apply does it\n$/)
    expect(await contentsOf(log)).toEqual(before)

    const done = run('repair', log, '--apply')
    expect(done.status).toBe(0)
    expect(done.stdout).toContain(`changed ${last}, as it was: ${last}.bak\ndone\n`)
    expect((await readFile(`${last}.bak`)).length).toBe(bytes - 3)
    expect(run('check', log).status).toBe(0)
    const engine = await openLog(log, { recoveryMode: 'absolute-consistency' })
    expect(engine.lastIndex(1)).toBe(30)
    // The compaction was in the batch that was cut off.
    expect(engine.firstIndex(3)).toBe(1)
    await engine.close()
  })

  it('asks for a rule where there is a hole, and goes by it', async () => {
    const log = await copyOf('repair-hole')
    const files = await appendFiles(log)
    await flip(files[1]!, 71)
    const undecided = run('repair', log, '--apply')
    expect(undecided.status).toBe(1)
    expect(undecided.stdout).toMatch(
      /region 1 goes on at \d+ behind \d+: give a rule, such as --rule 'hole:drop-incoming regions=1'\n/,
    )
    expect(undecided.stdout).toMatch(/3 to decide; nothing was changed\n$/)
    const rules = ['--rule', 'hole:drop-incoming regions=1,2', '--rule', 'hole:drop-existing']
    const done = run('repair', log, '--apply', '--json', ...rules)
    expect(done.status).toBe(0)
    const { changed, files: planned } = JSON.parse(done.stdout)
    expect(changed).toHaveLength(planned.length)
    expect(run('check', log).status).toBe(0)
    const engine = await openLog(log)
    // What is before the hole is kept of two regions, what is behind it of the third.
    expect(engine.firstIndex(1)).toBe(1)
    expect(engine.lastIndex(1)).toBeLessThan(30)
    expect(engine.lastIndex(2)).toBe(engine.lastIndex(1))
    expect(engine.lastIndex(3)).toBe(30)
    await engine.close()
  })

  it('refuses rules that are none, and a log that is in use', async () => {
    const wrong = run('repair', whole, '--rule', 'hole')
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/^error: repair rule "hole": /)])
    const log = await copyOf('repair-in-use')
    const engine = await openLog(log)
    try {
      const [first] = await appendFiles(log)
      await flip(first!, 75)
      const inUse = run('repair', log, '--apply', '--rule', 'hole:drop-existing')
      expect([inUse.status, inUse.stderr]).toEqual([2, expect.stringMatching(/is locked by/)])
    } finally {
      await engine.close()
    }
  })
})

describe('stratakv raft-engine convert', () => {
  it('makes a log of version 1, which reads the same, and back', async () => {
    const [v1, v2] = [join(folder, 'v1'), join(folder, 'v2')]
    const first = run('convert', whole, v1, '--format-version', '1')
    expect([first.status, first.stderr]).toEqual([0, ''])
    expect(first.stdout).toMatch(/: version 1, \d+ files, 0\.0 MiB, 31 batches; compared with /)
    const second = run('convert', v1, v2, '--format-version', '2', '--json')
    expect(JSON.parse(second.stdout)).toMatchObject({ version: 2, batchCount: 31, leftOutCount: 0 })
    expect((await readFile(join(v1, '0000000000000001.raftlog')))[60]).toBe(1)
    const engine = await openLog(v1, { formatVersion: 1 })
    expect([engine.firstIndex(3), engine.lastIndex(3)]).toEqual([10, 30])
    expect(new TextDecoder().decode(await engine.entry(2, 17))).toBe('entry 2/17')
    await engine.close()
    const { LOCK: _, ...source } = await contentsOf(whole)
    const back = Object.entries(await contentsOf(v2))
    for (const [name, hex] of back) expect(hex, name).toBe(source[name])
  })

  it('refuses a target that is there, a damaged log, and no version', async () => {
    const log = await copyOf('convert-damaged')
    const [first] = await appendFiles(log)
    await flip(first!, 100)
    const target = join(folder, 'never')
    for (const [flags, status, text] of [
      [[whole, log, '--format-version', '1'], 2, /already exists/],
      [[log, target, '--format-version', '1'], 2, /is corrupted at /],
      [[whole, target], 1, /required option '--format-version/],
      [[whole, target, '--format-version', '3'], 1, /Allowed choices are 1, 2/],
    ] as const) {
      const failed = run('convert', ...flags)
      expect(failed.status).toBe(status)
      expect(failed.stderr).toMatch(text)
    }
    expect(await readdir(folder)).not.toContain('never')
  })
})

describe('stratakv raft-engine stress', () => {
  const quick = ['--batches', '50', '--entry-size', '64B', '--target-file-size', '64KiB', '--purge-threshold', '1MiB']

  it('writes to a new folder, and prints figures', async () => {
    const log = join(folder, 'stress')
    const { status, stdout, stderr } = run(
      'stress',
      log,
      ...quick,
      '--purge-rewrite-threshold',
      '1MiB',
      '--read-threads',
      '1',
    )
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^\d+\.\d s\nwrite {5}50 batches, \d+\/s, fairness 1\.00\n {10}us: min .*, p99\.9 \d+, max \d+\n/,
    )
    expect(stdout).toMatch(/\npayloads {2}0\.2 MiB, /)
    // 50 batches of 5 regions with 10 entries each.
    expect(JSON.parse(run('check', log, '--json').stdout)).toMatchObject({ entryCount: 2500, findings: [] })
  })

  it('prints the figures so far when it is interrupted, and leaves a log that is whole', async () => {
    const log = join(folder, 'stress-interrupted')
    const child = spawn(process.execPath, [bundle.path, 'raft-engine', 'stress', log, '--time', '10m', '--json'])
    let stdout = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    const exited = once(child, 'exit')
    // It has written when a file of the log is longer than its header.
    const hasWritten = async () => {
      const status = await stat(join(log, '0000000000000001.raftlog')).catch(() => undefined)
      return (status?.size ?? 0) > 1000
    }
    while (child.exitCode === null && !(await hasWritten())) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGINT')
    expect(await exited).toEqual([0, null])
    const { write, elapsedMs } = JSON.parse(stdout)
    expect(elapsedMs).toBeLessThan(600_000)
    expect(write.latency.count).toBeGreaterThan(0)
    const report = JSON.parse(run('check', log, '--json').stdout)
    expect(report).toMatchObject({ batchCount: write.latency.count, findings: [] })
  })

  it('does not write to a log unless it is told to', async () => {
    const log = await copyOf('stress-in-the-way')
    const before = await contentsOf(log)
    const refused = run('stress', log, ...quick)
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/holds a log: take another folder/)])
    expect(await contentsOf(log)).toEqual(before)
    const flags = [...quick, '--purge-rewrite-threshold', '1MiB', '--format-version', '1', '--seed', '7', '--json']
    const taken = run('stress', log, '--reuse-data', ...flags, '--write-without-sync', '--payloads', 'repeated')
    expect([taken.status, taken.stderr]).toEqual([0, ''])
    expect(JSON.parse(taken.stdout)).toMatchObject({
      write: { latency: { count: 50 } },
      payloadBytes: 50 * 5 * 10 * 64,
    })
    expect(run('check', log).status).toBe(0)
  })

  it.each([
    ['--time', 'soon', /--time takes a duration/],
    ['--entry-size', 'big', /--entry-size takes a size/],
    ['--write-ops-per-thread', '-1', /--write-ops-per-thread takes a whole number/],
    ['--regions', '4', /batchRegionCount: 5 regions in a batch/],
    ['--force-compact-factor', '1', /compactFactor: 1 is not between/],
    ['--purge-threshold', '1MiB', /raft-engine.purge-threshold is 1048576/],
  ])('refuses %s %s', (flag, value, text) => {
    const { status, stderr } = run('stress', join(folder, 'refused'), flag, value)
    expect(status).toBe(1)
    expect(stderr).toMatch(text)
  })
})
