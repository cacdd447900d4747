import { v1 } from '@stratakv/api-v2'
import {
  type ApiVersion,
  ClosedError,
  type KvEngine,
  noTelemetry,
  type PlacementDriver,
  type RaftLogEngine,
  type RegionHeartbeat,
  unlimitedAdmission,
} from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine, createMemoryRaftLog } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import { peerToMessage } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import {
  type ComposedNode,
  composeNode,
  defaultConfig,
  LogEngineMissingError,
  type NodeParts,
  prometheusTelemetry,
} from '@stratakv/server'
import { type SimulatedClock, seededRandom, settled, simulatedClock } from '@stratakv/testkit'
import { createTwinChecksum } from '@stratakv/wasm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawCommands } from '../src/edge/raw-commands.ts'
import { txnCommands } from '../src/edge/txn-commands.ts'
import { bytes } from './support/test-node.ts'

let clock: SimulatedClock
let placementDriver: EmbeddedPlacementDriver
let node: ComposedNode | undefined
let context: kvrpcpb.Context

beforeEach(async () => {
  clock = simulatedClock()
  const disk = createMemoryDisk({ random: seededRandom(1) })
  placementDriver = await openPlacementDriver(
    { fs: disk, clock, random: seededRandom(1), telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
})
afterEach(async () => {
  await node?.close()
  node = undefined
  await placementDriver.close()
  clock.assertIdle()
})

async function compose(parts: Partial<NodeParts> = {}): Promise<ComposedNode> {
  node = await composeNode({ engine: createMemoryEngine(), placementDriver, clock, ...parts }, defaultConfig())
  const { region } = (await placementDriver.regionByKey(bytes('')))!
  const peer = peerToMessage(region.peers[0]!)
  context = kvrpcpb.Context.create({ regionId: region.id, regionEpoch: region.epoch, peer })
  return node
}

/** A Raft log whose writes wait until the test lets them go: nothing is acknowledged meanwhile. */
function heldLog(): { logEngine: RaftLogEngine; hold(): () => void } {
  const logEngine = createMemoryRaftLog()
  const write = logEngine.write.bind(logEngine)
  let gate = Promise.resolve()
  logEngine.write = (...args) => gate.then(() => write(...args))
  return {
    logEngine,
    hold() {
      let open: () => void = () => {}
      gate = new Promise((resolve) => {
        open = resolve
      })
      return open
    },
  }
}

const prewriteRequest = (key: string, fields: Partial<kvrpcpb.PrewriteRequest> = {}) =>
  kvrpcpb.PrewriteRequest.create({
    context,
    mutations: [kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key: bytes(key), value: bytes('v') })],
    primaryLock: bytes(key),
    startVersion: 10n,
    lockTtl: 3000,
    ...fields,
  })

/** No failure here is one that an operator must hear of. */
const unreported = (error: unknown) => expect(error).toBeUndefined()

describe('composeNode', () => {
  it('asks every part it is given', async () => {
    const asked = new Set<string>()
    const watched = <T extends object>(name: string, part: T): T =>
      new Proxy(part, {
        get(target, member) {
          asked.add(name)
          const value = Reflect.get(target, member) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    const apiVersion: ApiVersion = v1()
    const { storage } = await compose({
      engine: watched('engine', createMemoryEngine()),
      telemetry: watched('telemetry', prometheusTelemetry({ clock }, { processMetrics: false })),
      apiVersion: watched('apiVersion', apiVersion),
      admission: watched('admission', unlimitedAdmission()),
      checksum: watched('checksum', createTwinChecksum()),
      diskSpace: async () => {
        asked.add('diskSpace')
        return { capacityBytes: 1e9, availableBytes: 1e9 }
      },
    })
    const kv = { regionId: context.regionId }
    await storage.raw.put({ context: { kv }, key: bytes('k'), value: bytes('v') })
    await storage.raw.checksum({ context: { kv }, ranges: [{ start: bytes('a'), end: bytes('z') }] })
    expect([...asked].sort()).toEqual(['admission', 'apiVersion', 'checksum', 'diskSpace', 'engine', 'telemetry'])
  })

  it('tells the placement driver about the store, its region and its space, again and again', async () => {
    const heard: string[] = []
    const listening: PlacementDriver = new Proxy(placementDriver as PlacementDriver, {
      get(target, member) {
        if (member === 'storeHeartbeat') heard.push('store')
        if (member === 'openRegionHeartbeats') return listen
        const value = Reflect.get(target, member) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const listen: PlacementDriver['openRegionHeartbeats'] = (storeId, onOperator) => {
      const stream = placementDriver.openRegionHeartbeats(storeId, onOperator)
      const report = (heartbeat: RegionHeartbeat) => {
        heard.push('region')
        return stream.report(heartbeat)
      }
      return { report, close: () => stream.close() }
    }
    const composed = await compose({ placementDriver: listening })
    expect(heard).toEqual(['region', 'store'])
    await clock.advance(60_000)
    expect(heard.filter((name) => name === 'store')).toHaveLength(7)
    expect(heard.filter((name) => name === 'region')).toHaveLength(2)
    await composed.announce({ address: 'db1:20160', statusAddress: 'db1:20180' })
    expect(await placementDriver.store(composed.storeId)).toMatchObject({
      address: 'db1:20160',
      statusAddress: 'db1:20180',
      version: '6.1.0',
    })
    await composed.close()
    await clock.advance(60_000)
    expect(heard).toHaveLength(9)
  })

  it('refuses a durable engine without a durable log', async () => {
    const engine = createMemoryEngine()
    const durable: KvEngine = new Proxy(engine, {
      get: (target, name) =>
        name === 'supports' ? { ...target.supports, durable: true } : Reflect.get(target, name).bind(target),
    })
    await expect(compose({ engine: durable })).rejects.toBeInstanceOf(LogEngineMissingError)
    await expect(engine.write([], { sync: true })).rejects.toBeInstanceOf(ClosedError)
  })

  it('goes on although the placement driver misses a round', async () => {
    let isDown = false
    const flaky: PlacementDriver = new Proxy(placementDriver as PlacementDriver, {
      get(target, member) {
        if (isDown && member === 'storeHeartbeat') return () => Promise.reject(new Error('down'))
        const value = Reflect.get(target, member) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const warnings: string[] = []
    const logger = { debug() {}, info() {}, warn: (text: string) => warnings.push(text), error() {} }
    await compose({ placementDriver: flaky, logger })
    isDown = true
    await clock.advance(20_000)
    expect(warnings).toEqual(['store heartbeat failed', 'store heartbeat failed'])
    isDown = false
    await clock.advance(20_000)
    expect(warnings).toHaveLength(2)
  })

  it('closes the engine when the start fails', async () => {
    const engine = createMemoryEngine()
    const broken: PlacementDriver = new Proxy(placementDriver as PlacementDriver, {
      get(target, member) {
        if (member === 'storeHeartbeat') return () => Promise.reject(new Error('no answer'))
        const value = Reflect.get(target, member) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await expect(compose({ engine, placementDriver: broken })).rejects.toThrow('no answer')
    await expect(engine.write([], { sync: true })).rejects.toBeInstanceOf(ClosedError)
  })

  it('finishes what was promised before it closes, and answers what comes later with the text that clients retry on', async () => {
    const { logEngine, hold } = heldLog()
    const composed = await compose({ logEngine })
    const raw = rawCommands(composed.storage.raw, unreported)
    const letGo = hold()
    const put = kvrpcpb.RawPutRequest.create({ context, key: bytes('k'), value: bytes('v') })
    const running = raw.rawPut(put)
    await settled()
    const closing = composed.close()
    await settled()
    expect((await raw.rawPut(put)).regionError?.message).toBe('TiKV is Closing')
    letGo()
    expect(await running).toMatchObject({ error: '', regionError: undefined })
    await closing
  })
})

describe('max_execution_duration_ms', () => {
  it('ends a command that waits longer for its keys with server_is_busy, and the one before it is unharmed', async () => {
    const { logEngine, hold } = heldLog()
    const txn = txnCommands((await compose({ logEngine })).storage, unreported)
    const letGo = hold()
    const first = txn.kvPrewrite(prewriteRequest('k'))
    await settled()
    const second = txn.kvPrewrite(
      prewriteRequest('k', { startVersion: 11n, context: { ...context, maxExecutionDurationMs: 100 } }),
    )
    await clock.advance(99)
    let isAnswered = false
    void Promise.resolve(second).then(() => {
      isAnswered = true
    })
    await settled()
    expect(isAnswered).toBe(false)
    await clock.advance(1)
    expect((await second).regionError?.serverIsBusy?.reason).toBe('deadline is exceeded')
    letGo()
    expect(await first).toMatchObject({ errors: [], regionError: undefined })
  })
})
