import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LogFileError, pinoLogger } from '@stratakv/server'
import { settled, simulatedClock } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expiredBackups } from '../src/log/log-file.ts'
import { logTime, textLine } from '../src/log/log-line.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
})
afterEach(() => rm(folder, { recursive: true }))

const startMs = Date.UTC(2026, 10, 25, 22, 28, 14, 123)
const clock = simulatedClock({ unixMs: startMs })
const timePattern = String.raw`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d`

describe('pinoLogger', () => {
  it.each(['json', 'text'] as const)("has written TiKV's line when the call returns (%s)", async (format) => {
    const path = join(folder, 'log')
    const fd = openSync(path, 'w')
    const logger = pinoLogger({ clock }, { level: 'info', format, output: { fd } })
    logger.debug('not asked for')
    logger.warn('low on space', { availableBytes: 7, clusterId: 7301584293846253569n, path: '/srv/a b' })
    const line = readFileSync(path, 'utf8')
    expect(line).toMatch(
      format === 'json'
        ? new RegExp(
            `^\\{"level":"WARN","time":"${timePattern}","availableBytes":7,"clusterId":"7301584293846253569","path":"/srv/a b","message":"low on space"\\}\\n$`,
          )
        : new RegExp(
            `^\\[${timePattern}\\] \\[WARN\\] \\[<unknown>\\] \\["low on space"\\] \\[availableBytes=7\\] \\[clusterId=7301584293846253569\\] \\[path="/srv/a b"\\]\\n$`,
          ),
    )
    closeSync(fd)
  })

  it.runIf(process.platform === 'linux').each(['json', 'text'] as const)(
    'loses lines on a full disk, and not the process (%s)',
    async (format) => {
      const fd = openSync('/dev/full', 'w')
      expect(() => writeSync(fd, 'x')).toThrow('ENOSPC')
      const logger = pinoLogger({ clock }, { level: 'info', format, output: { fd } })
      logger.warn('disk space is below storage.reserve-space')
      logger.error('once more')
      await settled()
      closeSync(fd)
    },
  )
})

describe('a text line', () => {
  it('quotes what would break it apart, and nothing else', () => {
    const line = (message: string, fields = {}) => textLine('T', 'INFO', message, fields)
    expect(line('Welcome')).toBe('[T] [INFO] [<unknown>] [Welcome]\n')
    expect(line('two\nlines')).toBe('[T] [INFO] [<unknown>] ["two\\nlines"]\n')
    expect(line('m', { a: '', b: 'x=y', c: '[z]', d: 'say "hi"', e: { deep: [1] }, f: null, 'g h': true })).toBe(
      '[T] [INFO] [<unknown>] [m] [a=""] [b="x=y"] [c="[z]"] [d="say \\"hi\\""] [e="{\\"deep\\":[1]}"] [f=null] ["g h"=true]\n',
    )
  })

  it('tells the time as the machine sees it, with its distance from UTC', () => {
    const shown = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3}) ([+-])(\d\d):(\d\d)$/.exec(logTime(startMs))!
    const [, year, month, day, hours, minutes, seconds, ms, sign, offsetHours, offsetMinutes] = shown
    const iso = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}${sign}${offsetHours}:${offsetMinutes}`
    expect(Date.parse(iso)).toBe(startMs)
  })
})

describe('a log file', () => {
  const path = () => join(folder, 'logs', 'tikv.log')
  const fileLogger = (limits: Partial<{ sizeBytesMax: number; daysMax: number; backupCountMax: number }>) =>
    pinoLogger(
      { clock },
      {
        level: 'info',
        format: 'text',
        output: { path: path(), sizeBytesMax: 0, daysMax: 0, backupCountMax: 0, ...limits },
      },
    )
  const lines = (name: string) =>
    readFileSync(join(folder, 'logs', name), 'utf8')
      .trimEnd()
      .split('\n')

  it('is made with its folder, and gone on with after a restart', () => {
    fileLogger({}).info('first')
    fileLogger({}).info('second')
    expect(lines('tikv.log')).toHaveLength(2)
  })

  it('is put aside under its time before it would pass its size; no line is lost or cut', () => {
    const logger = fileLogger({ sizeBytesMax: 300 })
    for (let index = 0; index < 40; index++) logger.info(`line ${index}`)
    const names = readdirSync(join(folder, 'logs'))
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) expect(name).toMatch(/^tikv(-2026-11-25T22-28-14\.\d{3})?\.log$/)
    const said = names
      .sort((left, right) => (left === 'tikv.log' ? 1 : right === 'tikv.log' ? -1 : left < right ? -1 : 1))
      .flatMap(lines)
      .map((line) => /line \d+/.exec(line)![0])
    expect(said).toEqual(Array.from({ length: 40 }, (_, index) => `line ${index}`))
  })

  it('counts what an earlier run wrote, and lets a longer line in whole', () => {
    fileLogger({ sizeBytesMax: 300 }).info('x'.repeat(1000))
    fileLogger({ sizeBytesMax: 300 }).info('next')
    expect(lines('tikv.log')).toHaveLength(1)
    expect(readdirSync(join(folder, 'logs'))).toHaveLength(2)
  })

  it('leaves as many files aside as it may', () => {
    const logger = fileLogger({ sizeBytesMax: 200, backupCountMax: 2 })
    for (let index = 0; index < 20; index++) logger.info(`line ${index}`)
    expect(readdirSync(join(folder, 'logs'))).toHaveLength(3)
  })

  it('goes on when it cannot be put aside, and anew when it can', () => {
    const logger = fileLogger({ sizeBytesMax: 200 })
    logger.info('first')
    const [logs, moved] = [join(folder, 'logs'), join(folder, 'moved')]
    renameSync(logs, moved)
    // Where its folder was there is a file now: there is nothing to rename, and no way to make a new one.
    writeFileSync(logs, '')
    for (let index = 0; index < 10; index++) logger.info(`line ${index}`)
    expect(readFileSync(join(moved, 'tikv.log'), 'utf8').trimEnd().split('\n')).toHaveLength(11)
    rmSync(logs)
    renameSync(moved, logs)
    for (let index = 10; index < 20; index++) logger.info(`line ${index}`)
    expect(readdirSync(logs).flatMap(lines)).toHaveLength(21)
    expect(readdirSync(logs).length).toBeGreaterThan(2)
  })

  it('that cannot be opened is named, with its key', () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    expect(() => fileLogger({})).toThrow(LogFileError)
    expect(() => fileLogger({})).toThrow(/log\.file\.filename: .*tikv\.log cannot be written: E/)
  })

  it('is expired by age and by count, and nothing else in the folder is', () => {
    const files = [
      'tikv.log',
      'tikv-2026-11-25T22-28-14.123.log',
      'tikv-2026-11-24T00-00-00.000.log',
      'tikv-2026-11-20T00-00-00.000.log',
      'tikv-2026-11-20T00-00-00.000.log.gz',
      'tikv-notes.log',
      'other-2020-01-01T00-00-00.000.log',
    ]
    const expired = (daysMax: number, backupCountMax: number) =>
      expiredBackups(files, { path: '/logs/tikv.log', sizeBytesMax: 0, daysMax, backupCountMax }, startMs)
    expect(expired(0, 0)).toEqual([])
    expect(expired(3, 0)).toEqual(['tikv-2026-11-20T00-00-00.000.log'])
    expect(expired(0, 1)).toEqual(['tikv-2026-11-24T00-00-00.000.log', 'tikv-2026-11-20T00-00-00.000.log'])
    expect(expired(1, 2)).toEqual(['tikv-2026-11-24T00-00-00.000.log', 'tikv-2026-11-20T00-00-00.000.log'])
  })
})
