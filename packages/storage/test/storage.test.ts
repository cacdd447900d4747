import {
  ApiVersionNotMatchedError,
  ClosedError,
  type ColumnFamily,
  emptyBytes,
  KeyNotInRegionError,
  type MetricDefinition,
  noTelemetry,
  type Region,
  type Telemetry,
} from '@stratakv/core'
import { decodeKey, encodeKey } from '@stratakv/mvcc'
import { describe, expect, it } from 'vitest'
import { commitCommand } from '../src/commands/commit.ts'
import { prewriteCommand } from '../src/commands/prewrite.ts'
import { InvalidRequestRangeError, UnboundedDestroyRangeError } from '../src/errors.ts'
import type { Storage } from '../src/storage.ts'
import { bytes, text, wholeRegion } from './memory-kv.ts'
import { storageOn } from './storage-fixture.ts'

const context = { kv: { regionId: 1 } }

async function write(storage: Storage, keys: string, startTs: bigint): Promise<void> {
  const mutations = [...keys].map((key) => ({ kind: 'put' as const, key: bytes(key), value: new Uint8Array(300) }))
  const primary = mutations[0]!.key
  await storage.execute(prewriteCommand({ context, mutations, primary, startTs, lockTtlMs: 1 }))
  await storage.execute(
    commitCommand({ context, keys: mutations.map(({ key }) => key), startTs, commitTs: startTs + 1n }),
  )
}

async function keysLeft(storage: Storage): Promise<string> {
  const pairs = await storage.scan({ context, startKey: emptyBytes, endKey: emptyBytes, limitCount: 99, version: 99n })
  return pairs.map(({ key }) => text(key)).join('')
}

describe('a transactional delete range', () => {
  const region: Region = { ...wholeRegion, startKey: encodeKey(bytes('b')), endKey: encodeKey(bytes('y')) }

  it('removes all versions of [start, end), an open end being the region', async () => {
    const { storage, kv } = storageOn([region])
    await write(storage, 'bcdefg', 10n)
    const deleteRange = (startKey: string, endKey: string, notifyOnly = false) =>
      storage.deleteRange({ context, startKey: bytes(startKey), endKey: bytes(endKey), notifyOnly })
    await deleteRange('c', 'e')
    expect(await keysLeft(storage)).toBe('befg')
    await deleteRange('b', '', true)
    await deleteRange('b', 'b')
    expect(await keysLeft(storage)).toBe('befg')
    await deleteRange('f', '')
    expect(await keysLeft(storage)).toBe('be')
    const defaults = kv.engine.iterate('default')
    const left: (string | undefined)[] = []
    for (let valid = await defaults.seekToFirst(); valid; valid = await defaults.next()) {
      left.push(text(decodeKey(defaults.key.subarray(0, -8))))
    }
    defaults.close()
    expect(left).toEqual(['b', 'e'])
  })

  it('refuses what is not of the region, upside down, or of another API version', async () => {
    const { storage, kv } = storageOn([region])
    const range = (startKey: string, endKey: string) => ({ context, startKey: bytes(startKey), endKey: bytes(endKey) })
    await expect(storage.deleteRange(range('a', 'c'))).rejects.toThrow(KeyNotInRegionError)
    await expect(storage.deleteRange(range('c', 'z'))).rejects.toThrow(KeyNotInRegionError)
    await expect(storage.deleteRange(range('d', 'c'))).rejects.toThrow(InvalidRequestRangeError)
    await expect(storage.deleteRange({ ...range('c', 'd'), context: { ...context, apiVersion: 1 } })).rejects.toThrow(
      ApiVersionNotMatchedError,
    )
    expect(kv.writes).toEqual([])
  })
})

describe('an unsafe destroy range', () => {
  it('goes past the Kv, over locks first, and never without bounds', async () => {
    const destroyed: string[] = []
    const destroyRange = async (cf: ColumnFamily, start: Uint8Array, end: Uint8Array) => {
      destroyed.push(`${cf} ${text(decodeKey(start))}..${text(decodeKey(end))}`)
    }
    const { storage, kv } = storageOn([wholeRegion], {}, { destroyRange })
    await storage.unsafeDestroyRange({ startKey: bytes('a'), endKey: bytes('b') })
    await storage.unsafeDestroyRange({ startKey: bytes('a'), endKey: bytes('a') })
    expect(destroyed).toEqual(['lock a..b', 'default a..b', 'write a..b'])
    for (const [startKey, endKey] of [
      ['', 'b'],
      ['a', ''],
      ['', ''],
    ] as const) {
      await expect(storage.unsafeDestroyRange({ startKey: bytes(startKey), endKey: bytes(endKey) })).rejects.toThrow(
        UnboundedDestroyRangeError,
      )
    }
    await expect(storage.unsafeDestroyRange({ startKey: bytes('b'), endKey: bytes('a') })).rejects.toThrow(
      InvalidRequestRangeError,
    )
    expect([destroyed.length, kv.writes.length]).toEqual([3, 0])
  })
})

describe('the facade', () => {
  it('checks the API version of a command whose keys it is told', async () => {
    const { storage, kv } = storageOn()
    const mutations = [{ kind: 'put' as const, key: bytes('k'), value: bytes('v') }]
    const command = () => prewriteCommand({ context, mutations, primary: bytes('k'), startTs: 10n, lockTtlMs: 1 })
    await expect(storage.execute(command(), { apiVersion: 2, checkedKeys: [bytes('k')] })).rejects.toThrow(
      ApiVersionNotMatchedError,
    )
    expect(kv.writes).toEqual([])
    await storage.execute(command(), { apiVersion: 0, checkedKeys: [bytes('k')] })
    expect(kv.writes).toHaveLength(1)
  })

  it('refuses writes after close, and still reads', async () => {
    const { storage } = storageOn()
    await write(storage, 'k', 10n)
    await storage.close()
    await storage.close()
    await expect(write(storage, 'l', 20n)).rejects.toThrow(ClosedError)
    await expect(storage.raw.put({ context, key: bytes('r'), value: bytes('v') })).rejects.toThrow(ClosedError)
    expect(await keysLeft(storage)).toBe('k')
    expect(storage.pendingWriteBytes()).toBe(0)
  })

  it('counts under the names that dashboards look for', async () => {
    const counted = new Map<string, number>()
    const names = new Set<string>()
    const note = ({ name }: MetricDefinition) => names.add(name)
    const telemetry: Telemetry = {
      ...noTelemetry(),
      counter: (definition) => {
        note(definition)
        return {
          add: (amount, ...labels) => {
            const series = `${definition.name} ${labels.join(' ')}`
            counted.set(series, (counted.get(series) ?? 0) + amount)
          },
        }
      },
      gauge: (definition) => {
        note(definition)
        return { set() {} }
      },
      histogram: (definition) => {
        note(definition)
        return { observe() {} }
      },
    }
    const { storage } = storageOn([wholeRegion], {}, { telemetry })
    await storage.raw.put({ context, key: bytes('k'), value: bytes('v') })
    await storage.raw.get({ context, key: bytes('k') })
    await write(storage, 'a', 10n)
    await expect(
      storage.execute(commitCommand({ context, keys: [bytes('a')], startTs: 1n, commitTs: 1n })),
    ).rejects.toThrow()
    expect(Object.fromEntries(counted)).toMatchObject({
      'tikv_storage_command_total raw_put': 1,
      'tikv_storage_command_total raw_get': 1,
      'tikv_storage_command_total commit': 2,
      'tikv_scheduler_stage_total prewrite new': 1,
      'tikv_scheduler_stage_total prewrite snapshot_ok': 1,
      'tikv_scheduler_stage_total prewrite process': 1,
      'tikv_scheduler_stage_total prewrite write_finish': 1,
      'tikv_scheduler_stage_total commit error': 1,
      'tikv_scheduler_stage_total raw_put write': 1,
    })
    expect([...names].sort()).toEqual([
      'tikv_scheduler_command_duration_seconds',
      'tikv_scheduler_commands_pri_total',
      'tikv_scheduler_contex_total',
      'tikv_scheduler_kv_command_key_write',
      'tikv_scheduler_latch_wait_duration_seconds',
      'tikv_scheduler_stage_total',
      'tikv_scheduler_too_busy_total',
      'tikv_scheduler_writing_bytes',
      'tikv_storage_command_total',
    ])
  })
})
