import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, StorageNode } from '@stratakv/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let parent: string
let dataDir: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stratakv-log-'))
  dataDir = join(parent, 'data')
})
afterEach(() => rm(parent, { recursive: true }))

const open = (config: Partial<Config> = {}) => StorageNode.open({ dataDir, config })
const text = (value: Uint8Array | undefined) => new TextDecoder().decode(value)
const folders = async () => (await readdir(dataDir)).sort()
const parts = async () => JSON.parse(await readFile(join(dataDir, 'STRATAKV'), 'utf8')).parts

describe('the Raft log of a node', () => {
  it('is copied when raft-engine.enable changes, there and back, with what was written meanwhile', async () => {
    {
      await using node = await open()
      await node.raw.put('a', '1')
    }
    expect(await folders()).toEqual(['LOCK', 'STRATAKV', 'kv', 'pd', 'raft-engine', 'snap'])
    {
      await using node = await open({ 'raft-engine.enable': false })
      expect(text(await node.raw.get('a'))).toBe('1')
      await node.raw.put('b', '2')
    }
    expect(await folders()).toEqual(['LOCK', 'STRATAKV', 'kv', 'pd', 'raft', 'snap'])
    expect(await parts()).toEqual(['kv', 'pd', 'raft'])
    await using node = await open()
    expect([text(await node.raw.get('a')), text(await node.raw.get('b'))]).toEqual(['1', '2'])
    expect(await folders()).toEqual(['LOCK', 'STRATAKV', 'kv', 'pd', 'raft-engine', 'snap'])
  })

  it('may lie elsewhere', async () => {
    const config = { 'raft-engine.dir': join(parent, 'log') }
    {
      await using node = await open(config)
      await node.raw.put('a', '1')
    }
    expect(await folders()).toEqual(['LOCK', 'STRATAKV', 'kv', 'pd', 'snap'])
    // Forgotten, it is missed before anything is made in its place.
    await expect(open()).rejects.toThrow(/raft-engine is gone/)
    await using node = await open(config)
    expect(text(await node.raw.get('a'))).toBe('1')
  })

  it('that is gone is missed, and nothing is made in its place', async () => {
    await (await open()).close()
    await rm(join(dataDir, 'raft-engine'), { recursive: true })
    await expect(open()).rejects.toMatchObject({ code: 'SERVER_DATA_DIRECTORY_INCOMPLETE' })
    expect(await folders()).toEqual(['LOCK', 'STRATAKV', 'kv', 'pd', 'snap'])
  })
})
