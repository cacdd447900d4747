import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNativeFileSystem } from '@stratakv/file-io-native'
import {
  ConfigValueError,
  checkConfig,
  DataDirectoryInUseError,
  type IoBackend,
  IoBackendUnavailableError,
  StorageNode,
} from '@stratakv/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../src/log/logger.ts'
import { type NativeDiskFinder, openNodeDisk } from '../src/node-disk.ts'
import { bytes } from './support/test-node.ts'

function listening(): { logger: Logger; lines: string[] } {
  const lines: string[] = []
  const say = (level: string) => (message: string, fields?: object) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  return { logger: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }, lines }
}

const absent: NativeDiskFinder = async () => ({ absence: 'there is no binary for this machine' })

/** A disk that says what was asked for, and whether it was closed. */
function present(fallback?: string): { find: NativeDiskFinder; events: string[] } {
  const events: string[] = []
  const find: NativeDiskFinder = async (backend) => {
    events.push(`open ${backend}`)
    const fs = { close: async () => void events.push('close') } as unknown as Awaited<
      ReturnType<typeof openNodeDisk>
    >['fs'] & { close(): Promise<void> }
    return { fs, backend: fallback === undefined ? backend : 'native', fallback }
  }
  return { find, events }
}

describe('storage.io-backend', () => {
  it('takes five words, and says so to others', () => {
    const refusal = (() => {
      try {
        checkConfig(new Map([['storage.io-backend', 'io_uring']]))
        return undefined
      } catch (error) {
        return error
      }
    })()
    expect(refusal).toBeInstanceOf(ConfigValueError)
    expect(refusal).toMatchObject({ key: 'storage.io-backend', got: '"io_uring"' })
    for (const backend of ['auto', 'node', 'native', 'native-direct', 'native-uring'])
      expect((refusal as ConfigValueError).takes).toContain(`"${backend}"`)
  })

  it('auto is native where it is, and node with the reason where it is not', async () => {
    const [here, there] = [listening(), listening()]
    const { find, events } = present()
    const disk = await openNodeDisk('auto', { logger: here.logger, findNativeDisk: find })
    expect(here.lines).toEqual([])
    disk.announce()
    await disk.close()
    expect(events).toEqual(['open native', 'close'])
    expect(here.lines).toEqual(['info file I/O backend {"backend":"native"}'])

    ;(await openNodeDisk('auto', { logger: there.logger, findNativeDisk: absent })).announce()
    expect(there.lines).toEqual([
      'info file I/O backend {"backend":"node","because":"there is no binary for this machine"}',
    ])
  })

  it('a backend that was asked for by name and is not there ends the start, with the command that makes it', async () => {
    for (const backend of ['native', 'native-direct', 'native-uring'] as const) {
      const { logger, lines } = listening()
      const refusal = await openNodeDisk(backend, { logger, findNativeDisk: absent }).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(IoBackendUnavailableError)
      expect(refusal).toMatchObject({ code: 'SERVER_IO_BACKEND_UNAVAILABLE', backend })
      expect((refusal as Error).message).toMatch(/storage\.io-backend.*no binary.*npm run build:native/)
      expect(lines).toEqual([])
    }
  })

  it('node asks nobody', async () => {
    const { logger, lines } = listening()
    const { find, events } = present()
    ;(await openNodeDisk('node', { logger, findNativeDisk: find })).announce()
    expect([events, lines.length]).toEqual([[], 1])
  })

  it('warns when the kernel gives less than was asked for', async () => {
    const { logger, lines } = listening()
    const { find } = present('the kernel grants no io_uring: EPERM')
    ;(await openNodeDisk('native-uring', { logger, findNativeDisk: find })).announce()
    expect(lines).toEqual([
      'warn file I/O backend {"backend":"native","because":"the kernel grants no io_uring: EPERM"}',
    ])
  })
})

/** With the binary on this machine, or without: both are a node. */
const installed = findNativeFileSystem()
await installed?.close()

describe('a node', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'stratakv-disk-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  const anyPort = '127.0.0.1:0'
  const addresses = { 'server.addr': anyPort, 'server.status-addr': anyPort, 'embedded-pd.addr': anyPort }
  const open = (backend: IoBackend, logger: Logger) =>
    StorageNode.open({ dataDir, logger, config: { ...addresses, 'storage.io-backend': backend } })

  it('keeps its data from one backend to the next, excludes other backends, and says which one it has when it serves', async () => {
    const backends: IoBackend[] = ['auto', 'node', 'native', 'native-direct', 'native-uring']
    const { logger, lines } = listening()
    let opened = 0
    for (const backend of backends) {
      if (installed === undefined && backend.startsWith('native')) {
        await expect(open(backend, logger)).rejects.toBeInstanceOf(IoBackendUnavailableError)
        continue
      }
      const node = await open(backend, logger)
      await node.serve()
      for (let earlier = 0; earlier < opened; earlier++)
        expect(await node.raw.get(bytes(`k${earlier}`))).toEqual(bytes('v'))
      await node.raw.put(bytes(`k${opened++}`), bytes('v'))
      await expect(open(backend === 'node' ? 'auto' : 'node', logger)).rejects.toBeInstanceOf(DataDirectoryInUseError)
      await node.close()
    }
    expect(opened).toBe(installed === undefined ? 2 : backends.length)
    expect(lines.filter((line) => line.includes('file I/O backend')).length).toBe(opened)
  })
})
