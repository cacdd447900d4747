import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinoLogger } from '@stratakv/server'
import { settled } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

describe('pinoLogger', () => {
  it.each(['json', 'text'] as const)('has written a line when the call returns (%s)', async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'log-'))
    const path = join(folder, 'log')
    const fd = openSync(path, 'w')
    pinoLogger({ level: 'info', format, fd }).warn('low on space', { availableBytes: 7 })
    expect(readFileSync(path, 'utf8')).toMatch(
      format === 'json'
        ? /^\{.*"availableBytes":7,"msg":"low on space"\}\n$/
        : /WARN.*low on space.*"availableBytes":7.*\n$/,
    )
    closeSync(fd)
    await rm(folder, { recursive: true })
  })

  it.runIf(process.platform === 'linux').each(['json', 'text'] as const)(
    'loses lines on a full disk, and not the process (%s)',
    async (format) => {
      const fd = openSync('/dev/full', 'w')
      expect(() => writeSync(fd, 'x')).toThrow('ENOSPC')
      const logger = pinoLogger({ level: 'info', format, fd })
      logger.warn('disk space is below storage.reserve-space')
      logger.error('once more')
      await settled()
      closeSync(fd)
    },
  )
})
