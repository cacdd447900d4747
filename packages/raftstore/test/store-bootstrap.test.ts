import {
  type BootstrapOutcome,
  emptyBytes,
  type KeyChange,
  type KvEngine,
  noTelemetry,
  type PlacementDriver,
} from '@stratakv/core'
import { createMemoryDisk, createMemoryEngine, type MemoryDisk } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import {
  applyStateKey,
  ClusterIdMismatchError,
  dataKey,
  ForeignBootstrapError,
  loadRegions,
  openStore,
  prepareBootstrapKey,
  regionStateKey,
  StateRecordError,
  type StoreDescription,
  StoreNotEmptyError,
  storeIdentKey,
} from '@stratakv/raftstore'
import { seededRandom, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'

const description: StoreDescription = {
  address: '127.0.0.1:20160',
  peerAddress: '',
  statusAddress: '',
  version: '6.1.0',
  gitHash: '',
  state: 'up',
  labels: [],
  startTimestamp: 0,
  deployPath: '',
}

function openPd(disk: MemoryDisk, seed = 1): Promise<EmbeddedPlacementDriver> {
  return openPlacementDriver(
    { fs: disk, clock: simulatedClock(), random: seededRandom(seed), telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
}

const newDisk = () => createMemoryDisk({ random: seededRandom(7) })

/** The process ends here: nothing after this step happens. */
class Crash extends Error {}

/** Where a start may be cut off: before or after one of its durable steps. */
interface CrashPoint {
  /** Counts the durable steps of a start from 1. */
  readonly step: number
  /** `lost`: the step did not happen. `unheard`: it happened, and nobody got its answer. */
  readonly fate: 'lost' | 'unheard'
}

/** The durable steps that a start takes, in order, told by name; crashes at `at`. */
function crashing(engine: KvEngine, pd: PlacementDriver, at: CrashPoint | undefined) {
  const taken: string[] = []
  const take = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    taken.push(name)
    const isHere = at?.step === taken.length
    if (isHere && at.fate === 'lost') throw new Crash(name)
    const answer = await run()
    if (isHere) throw new Crash(name)
    return answer
  }
  const nameOf = (changes: readonly KeyChange[]) =>
    changes.map(({ type, cf, key }) => `${type} ${cf} ${Buffer.from(key).toString('hex')}`).join(', ')
  const wrap = <T extends object>(target: T, replaced: Partial<T>): T =>
    new Proxy(target, {
      get(inner, name) {
        if (name in replaced) return replaced[name as keyof T]
        const value = Reflect.get(inner, name) as unknown
        return typeof value === 'function' ? value.bind(inner) : value
      },
    })
  return {
    taken,
    engine: wrap(engine, {
      write: (changes, options) => {
        expect(options.sync, 'each step is durable before the next').toBe(true)
        return take(nameOf(changes), () => engine.write(changes, options))
      },
    }),
    pd: wrap(pd, {
      allocateIds: (count) => take(`pd allocates ${count}`, () => pd.allocateIds(count)),
      bootstrap: (store, region) => take('pd bootstraps', () => pd.bootstrap(store, region)),
      putStore: (store) => take('pd puts store', () => pd.putStore(store)),
    }),
  }
}

async function firstStart(at?: CrashPoint) {
  const disk = newDisk()
  const engine = createMemoryEngine()
  const pd = await openPd(disk)
  const wrapped = crashing(engine, pd, at)
  const outcome = await openStore(wrapped.engine, wrapped.pd, description).catch((error: unknown) => error)
  await pd.close()
  return { disk, engine, outcome, taken: wrapped.taken }
}

const hex = (key: Uint8Array) => Buffer.from(key).toString('hex')

describe('the first start of a store', () => {
  it('takes the durable steps of TiKV in their order', async () => {
    const { outcome, taken } = await firstStart()
    expect(outcome).toMatchObject({ identity: { storeId: 1 }, regions: [{ id: 2, startKey: emptyBytes }] })
    expect(taken).toEqual([
      'pd allocates 1',
      `put default ${hex(storeIdentKey)}`,
      'pd allocates 2',
      `put default ${hex(prepareBootstrapKey)}, put raft ${hex(regionStateKey(2))}, put raft ${hex(applyStateKey(2))}`,
      'pd bootstraps',
      `delete default ${hex(prepareBootstrapKey)}`,
      'pd puts store',
    ])
  })

  for (let step = 1; step <= 7; step++) {
    for (const fate of ['lost', 'unheard'] as const) {
      it(`cut off at step ${step} (${fate}), is finished by the next one`, async () => {
        const { disk, engine, outcome } = await firstStart({ step, fate })
        expect(outcome).toBeInstanceOf(Crash)
        const pd = await openPd(disk)
        const { identity, regions } = await openStore(engine, pd, description)
        expect(identity.clusterId).toBe(pd.id)
        expect(regions).toHaveLength(1)
        const [region] = regions
        expect(region).toMatchObject({ startKey: emptyBytes, endKey: emptyBytes, epoch: { confVer: 1, version: 1 } })
        expect(region!.peers).toMatchObject([{ storeId: identity.storeId, role: 'voter' }])
        // Store and placement driver agree, nothing is left of the preparation, and there is one store, not two.
        expect((await pd.regionByKey(emptyBytes))?.region).toMatchObject({ id: region!.id })
        expect((await pd.stores({ includeTombstones: true })).map(({ id }) => id)).toEqual([identity.storeId])
        expect(await engine.get('default', prepareBootstrapKey)).toBeUndefined()
        // A third start changes nothing.
        const again = await openStore(engine, pd, description)
        expect(again).toEqual({ identity, regions })
        await pd.close()
      })
    }
  }

  it('gives up its region when another store was faster', async () => {
    const disk = newDisk()
    const pd = await openPd(disk)
    const [ours, theirs] = [createMemoryEngine(), createMemoryEngine()]
    // The other one bootstraps between our preparation and our bootstrap.
    const late: PlacementDriver = new Proxy(pd, {
      get(inner, name) {
        if (name === 'bootstrap') {
          return async (...args: Parameters<PlacementDriver['bootstrap']>): Promise<BootstrapOutcome> => {
            await openStore(theirs, pd, { ...description, address: '127.0.0.1:20161' })
            return pd.bootstrap(...args)
          }
        }
        const value = Reflect.get(inner, name) as unknown
        return typeof value === 'function' ? value.bind(inner) : value
      },
    })
    const refusal = await openStore(ours, late, description).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ForeignBootstrapError)
    const [first] = await loadRegions(theirs)
    expect((refusal as ForeignBootstrapError).regionId).toBe(first!.id)
    expect(await loadRegions(ours)).toEqual([])
    expect(await ours.get('default', prepareBootstrapKey)).toBeUndefined()
    await pd.close()
  })
})

describe('a store that does not belong', () => {
  it('is refused when its data is of another cluster, with both ids', async () => {
    const { engine, outcome } = await firstStart()
    const other = await openPd(newDisk(), 2)
    const refusal = await openStore(engine, other, description).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ClusterIdMismatchError)
    const { clusterId } = (outcome as { identity: { clusterId: bigint } }).identity
    expect(refusal).toMatchObject({ localClusterId: clusterId, remoteClusterId: other.id })
    // Nothing was written on either side.
    expect(await other.isBootstrapped()).toBe(false)
    expect(await loadRegions(engine)).toHaveLength(1)
    await other.close()
  })

  it('is refused, with what to do, when its folder was deleted; the cluster does not list it', async () => {
    const { disk } = await firstStart()
    const pd = await openPd(disk)
    const refusal = await openStore(createMemoryEngine(), pd, description).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ForeignBootstrapError)
    expect(String(refusal)).toContain('delete the placement driver directory beside it too')
    expect((await pd.stores({ includeTombstones: true })).map(({ id }) => id)).toEqual([1])
    await pd.close()
  })

  it('is refused when it has data and no ident', async () => {
    for (const cf of ['default', 'lock', 'write', 'raft'] as const) {
      const engine = createMemoryEngine()
      await engine.write([{ type: 'put', cf, key: dataKey(Uint8Array.of(1)), value: emptyBytes }], { sync: true })
      const pd = await openPd(newDisk())
      await expect(openStore(engine, pd, description)).rejects.toBeInstanceOf(StoreNotEmptyError)
      expect(await engine.get('default', storeIdentKey)).toBeUndefined()
      await pd.close()
    }
  })

  it('is refused when a record is damaged, with the key of the record', async () => {
    for (const key of [storeIdentKey, regionStateKey(2)]) {
      const { disk, engine } = await firstStart()
      const cf = key === storeIdentKey ? 'default' : 'raft'
      await engine.write([{ type: 'put', cf, key, value: Uint8Array.of(0xff) }], { sync: true })
      const pd = await openPd(disk)
      const refusal = await openStore(engine, pd, description).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(StateRecordError)
      expect(String(refusal).toLowerCase()).toContain(hex(key))
      expect(String(refusal)).toContain('restore the data directory from a backup')
      await pd.close()
    }
  })
})
