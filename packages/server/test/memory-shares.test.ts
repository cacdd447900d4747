import { GiB, MiB, StoreDiskFullError } from '@stratakv/core'
import { ConfigValueError, defaultConfig, StorageNode } from '@stratakv/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryShares } from '../src/memory-shares.ts'

const sharesOf = (given: Parameters<typeof StorageNode.open>[0], machineBytes: number) =>
  memoryShares({ ...defaultConfig(), ...given?.config }, machineBytes)

describe('the shares of memory-usage-limit', () => {
  it('are parts of three quarters of the machine unless it is set', () => {
    const shares = sharesOf({}, GiB(16))
    expect(shares.limitBytes).toBe(GiB(12))
    expect(sharesOf({ config: { 'memory-usage-limit': GiB(1) } }, GiB(16)).limitBytes).toBe(GiB(1))
    const { listsBytesMax, unreadReplies } = shares
    expect(listsBytesMax + 2 * unreadReplies.totalBytesMax).toBeLessThanOrEqual(GiB(12) / 2)
    expect(unreadReplies.connectionBytesMax).toBeLessThan(unreadReplies.totalBytesMax)
  })

  it('always leave room for one list and one reply, however small the machine', () => {
    const { listsBytesMax, unreadReplies } = sharesOf({}, MiB(256))
    expect(listsBytesMax).toBeGreaterThanOrEqual(MiB(64))
    expect(unreadReplies.totalBytesMax).toBeGreaterThanOrEqual(MiB(32))
  })

  it('refuse a limit below what the fixed parts take, naming what to change', () => {
    const open = () => sharesOf({ config: { 'memory-usage-limit': MiB(256) } }, GiB(16))
    expect(open).toThrow(ConfigValueError)
    expect(open).toThrow(/memory-usage-limit takes at least \d+MiB .*storage.block-cache.capacity/)
  })
})

let node: StorageNode | undefined
afterEach(() => node?.close())

describe('a memory engine', () => {
  it('takes no new data beyond its share, and takes deletes', async () => {
    const config = {
      'storage.engine': 'memory',
      'memory-usage-limit': MiB(500),
      'raftstore.raft-entry-max-size': MiB(64),
    } as const
    node = await StorageNode.open({ config })
    const { region } = (await node.placementDriver.regionByKey(Uint8Array.of(1)))!
    const context = { kv: { regionId: region.id } }
    const value = new Uint8Array(MiB(30))
    const put = (key: number) => node!.storage.raw.put({ context, key: Uint8Array.of(1, key), value })
    // Free space is looked at once a second, so what comes meanwhile still goes in.
    for (let key = 0; key < 6; key++) await put(key)
    await vi.waitFor(() => expect(put(0)).rejects.toThrow(StoreDiskFullError), { timeout: 20_000 })
    await node.storage.raw.delete({ context, key: Uint8Array.of(1, 0) })
  })
})
