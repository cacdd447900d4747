import { below, noTelemetry, RpcStatusError, rpcStatus, type Telemetry } from '@stratakv/core'
import { forSeeds, type SeededRandom, seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { rawClientCases } from '../compliance/index.ts'
import { createClient, UndeterminedError } from '../src/index.ts'
import { ScriptedCluster } from './support/scripted-cluster.ts'

const utf8 = new TextEncoder()

function start(storeCount: number) {
  const cluster = new ScriptedCluster(storeCount)
  const clock = simulatedClock()
  const { rpc, placementDriver } = cluster
  const random = seededRandom(1)
  const client = createClient({ rpc, placementDriver, clock, random, telemetry: noTelemetry() })
  return { cluster, clock, client }
}

function letter(random: SeededRandom): string {
  return String.fromCharCode(97 + below(random, 26))
}

function keyOf(random: SeededRandom): string {
  return letter(random) + letter(random)
}

for (const [name, boundaries] of [
  ['one region', []],
  ['regions that cut the cases apart', ['a', 'k', 'k0', 'k00005', 'k1', 'k10', 'k12', 'k4', 'k49', 'l']],
] as const) {
  describe(`raw client on a scripted cluster with ${name}`, () => {
    rawClientCases(
      { describe, it, expect },
      {
        supports: { ttl: true, checksum: false },
        async create() {
          const { cluster, client } = start(1)
          for (const boundary of boundaries) cluster.split(utf8.encode(boundary))
          return { client, dispose: () => client.close() }
        },
      },
    )
  })
}

describe('raw client on regions that split, merge and move', () => {
  it('agrees with a map', async () => {
    await forSeeds(60, async (_seed, random) => {
      const { cluster, clock, client } = start(3)
      cluster.isSlow = below(random, 2) === 0
      const twin = new Map<string, string>()
      const { raw } = client

      const disturb = () => {
        const key = utf8.encode(keyOf(random))
        switch (below(random, 7)) {
          case 0:
          case 1:
            return cluster.split(key)
          case 2:
            return cluster.merge(key)
          case 3: {
            const { peers } = cluster.regionOf(key)
            return cluster.transferLeader(key, peers[below(random, peers.length)]!.storeId)
          }
          case 4:
            return void cluster.script.push(new RpcStatusError(rpcStatus.unavailable, 'broken'))
          case 5:
            return void cluster.script.push('executed-but-no-answer')
          case 6:
            return cluster.moveStore(1 + below(random, 3), `moved-${below(random, 1000)}:1`)
        }
      }
      const range = () => {
        const [start, end] = [keyOf(random), keyOf(random)].sort()
        return { start: start!, end: end! }
      }
      const inRange = ({ start, end }: { start: string; end: string }) =>
        [...twin].filter(([key]) => key >= start && key < end).sort(([left], [right]) => (left < right ? -1 : 1))
      const texts = async (pairs: AsyncIterable<{ key: Uint8Array; value: Uint8Array }>) => {
        const all: [string, string][] = []
        for await (const { key, value } of pairs) {
          all.push([Buffer.from(key).toString(), Buffer.from(value).toString()])
          if (below(random, 4) === 0) disturbShape()
        }
        return all
      }
      /** While a scan runs. */
      const disturbShape = () => {
        if (below(random, 2) === 0) cluster.split(utf8.encode(keyOf(random)))
        else cluster.merge(utf8.encode(keyOf(random)))
      }
      const step = async () => {
        const key = keyOf(random)
        const value = keyOf(random)
        switch (below(random, 8)) {
          case 0:
            await raw.put(key, value)
            twin.set(key, value)
            return
          case 1:
            await raw.delete(key)
            twin.delete(key)
            return
          case 2: {
            const pairs = Array.from({ length: below(random, 30) }, () => ({
              key: keyOf(random),
              value: keyOf(random),
            }))
            const distinct = [...new Map(pairs.map((pair) => [pair.key, pair])).values()]
            await raw.batchPut(distinct)
            for (const pair of distinct) twin.set(pair.key, pair.value)
            return
          }
          case 3: {
            const keys = Array.from({ length: below(random, 30) }, () => keyOf(random))
            const found = await raw.batchGet(keys)
            expect(found.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(
              keys.map((one) => twin.get(one)),
            )
            return
          }
          case 4: {
            const one = range()
            expect(await texts(raw.scan(one, { pageCount: 1 + below(random, 5) }))).toEqual(inRange(one))
            return
          }
          case 5: {
            const one = range()
            const found = await texts(raw.reverseScan(one, { pageCount: 1 + below(random, 5) }))
            expect(found).toEqual(inRange(one).reverse())
            return
          }
          case 6: {
            const one = range()
            if (below(random, 5) > 0) return
            await raw.deleteRange(one)
            for (const [gone] of inRange(one)) twin.delete(gone)
            return
          }
          case 7: {
            const keys = Array.from({ length: below(random, 10) }, () => keyOf(random))
            await raw.batchDelete(keys)
            for (const gone of keys) twin.delete(gone)
            return
          }
        }
      }
      for (let count = 0; count < 60; count++) {
        if (below(random, 3) === 0) disturb()
        await clock.settle(step(), 60_000)
      }
      expect(await clock.settle(texts(raw.scan({})), 60_000)).toEqual(inRange({ start: '', end: '~' }))
      expect(cluster.contents().length).toBe(twin.size)
      clock.assertIdle()
    })
  })
})

describe('a raw write whose answer is lost', () => {
  it('is done once more, and told as done', async () => {
    const { cluster, clock, client } = start(1)
    cluster.script.push('executed-but-no-answer')
    await clock.settle(client.raw.put('k', 'v'), 10_000)
    expect(cluster.contents().length).toBe(1)
  })

  it('is undetermined when no try is answered', async () => {
    const { cluster, clock, client } = start(1)
    for (let count = 0; count < 1000; count++) cluster.script.push('executed-but-no-answer')
    const calls = [client.raw.put('k', 'v'), client.raw.batchPut([{ key: 'l', value: 'v' }])]
    for (const call of calls) {
      const error = await clock.settle(
        call.catch((reason: unknown) => reason),
        30_000,
      )
      expect(error).toBeInstanceOf(UndeterminedError)
      expect((error as UndeterminedError).cause).toMatchObject({ code: 'CLIENT_BACKOFF_EXHAUSTED' })
    }
  })

  it('is undetermined for a compare-and-swap that then finds something else', async () => {
    const { cluster, clock, client } = start(1)
    cluster.script.push('executed-but-no-answer')
    const call = client.raw.compareAndSwap('k', { previous: undefined, value: 'v' })
    const error = await clock.settle(
      call.catch((reason: unknown) => reason),
      10_000,
    )
    expect(error).toBeInstanceOf(UndeterminedError)
  })

  it('is done for a compare-and-swap whose first try never arrived', async () => {
    const { cluster, clock, client } = start(1)
    cluster.script.push(new RpcStatusError(rpcStatus.unavailable, 'broken'))
    const call = client.raw.compareAndSwap('k', { previous: undefined, value: 'v' })
    expect(await clock.settle(call, 10_000)).toEqual({ swapped: true, previous: undefined })
  })
})

describe('raw calls as telemetry sees them', () => {
  it('are spans with a duration, and the failure they ended with', async () => {
    const cluster = new ScriptedCluster(1)
    const { rpc, placementDriver } = cluster
    const clock = simulatedClock()
    const spans: [string, unknown][] = []
    const observed: [string, number, ...string[]][] = []
    const counted: [string, number, ...string[]][] = []
    const telemetry: Telemetry = {
      ...noTelemetry(),
      span: (name) => ({ end: (error) => void spans.push([name, error]) }),
      histogram: ({ name }) => ({ observe: (value, ...labels) => void observed.push([name, value, ...labels]) }),
      counter: ({ name }) => ({ add: (amount, ...labels) => void counted.push([name, amount, ...labels]) }),
    }
    const { raw } = createClient({ rpc, placementDriver, clock, random: seededRandom(1), telemetry })
    cluster.script.push({ staleCommand: {} })
    await clock.settle(raw.put('key', 'value'), 100)
    const failed = await raw.get('').catch((error: unknown) => error)
    expect(spans).toEqual([
      ['raw_put', undefined],
      ['raw_get', failed],
    ])
    expect(observed).toEqual([
      ['tikv_client_rawkv_kv_size_bytes', 3, 'key'],
      ['tikv_client_rawkv_kv_size_bytes', 5, 'value'],
      ['tikv_client_backoff_seconds', 0.002, 'stale-command'],
      ['tikv_client_rawkv_cmd_seconds', 0.002, 'raw_put'],
      ['tikv_client_rawkv_cmd_seconds', 0, 'raw_get'],
    ])
    expect(counted).toEqual([
      ['tikv_client_region_cache_operations_total', 1, 'get_region_when_miss', 'ok'],
      ['tikv_client_region_err_total', 1, 'stale_command'],
    ])
  })
})
