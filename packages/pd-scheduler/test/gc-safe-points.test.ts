import { describe, expect, it } from 'vitest'
import { InvalidSafePointError, InvalidServiceError } from '../src/errors.ts'
import { neverExpires, savedSafePointKey } from '../src/gc-safe-points.ts'
import { bootstrap, key, sampleDriver } from './sample-driver.ts'

async function sample() {
  const made = await sampleDriver()
  await bootstrap(made.pd)
  return made
}

describe('service safe points', () => {
  it('begin with the one of GC itself, at zero and for ever', async () => {
    const { pd } = await sample()
    expect(await pd.gc.updateService('backup', 10n, 100n)).toEqual({
      lowest: { serviceId: 'gc_worker', safePoint: 0n, expiresAt: neverExpires },
      ttlSeconds: neverExpires,
    })
    expect(pd.gc.services().map(({ serviceId }) => serviceId)).toEqual(['backup', 'gc_worker'])
    await pd.close()
  })

  it('answer with the lowest, and ignore one that comes too late', async () => {
    const { pd } = await sample()
    await pd.gc.updateService('gc_worker', 10n, neverExpires)
    const lowest = async (service: string, safePoint: bigint) =>
      (await pd.gc.updateService(service, safePoint, 100n)).lowest
    expect((await lowest('a', 5n)).safePoint).toBe(10n)
    expect(pd.gc.services().length).toBe(1)
    expect((await lowest('a', 20n)).serviceId).toBe('gc_worker')
    await pd.gc.updateService('gc_worker', 30n, neverExpires)
    expect((await lowest('b', 25n)).serviceId).toBe('a')
    expect((await lowest('a', 40n)).serviceId).toBe('b')
    await pd.close()
  })

  it('expire after their time to live, also when it ran out while nobody was there', async () => {
    const made = await sample()
    const { clock } = made
    await made.pd.gc.updateService('gc_worker', 10n, neverExpires)
    const { lowest } = await made.pd.gc.updateService('a', 10n, 60n)
    expect(lowest.serviceId).toBe('a')
    await made.pd.gc.updateService('gc_worker', 20n, neverExpires)
    await clock.advance(59_000)
    expect((await made.pd.gc.updateService('b', 30n, 1n)).ttlSeconds <= 1n).toBe(true)
    await made.reopen()
    expect(made.pd.gc.services().map(({ serviceId }) => serviceId)).toEqual(['a', 'b', 'gc_worker'])
    await clock.advance(3_000)
    await made.reopen()
    expect(made.pd.gc.services().map(({ serviceId }) => serviceId)).toEqual(['gc_worker'])
    expect((await made.pd.gc.updateService('c', 20n, 1n)).lowest.safePoint).toBe(20n)
    await made.pd.close()
  })

  it('are removed by a time to live of nothing', async () => {
    const { pd } = await sample()
    await pd.gc.updateService('a', 10n, 100n)
    await pd.gc.updateService('a', 10n, 0n)
    expect(pd.gc.services().map(({ serviceId }) => serviceId)).toEqual(['gc_worker'])
    await expect(pd.gc.updateService('gc_worker', 10n, -1n)).rejects.toBeInstanceOf(InvalidServiceError)
    await expect(pd.gc.updateService('gc_worker', 10n, 60n)).rejects.toBeInstanceOf(InvalidServiceError)
    await expect(pd.gc.updateService('', 10n, 60n)).rejects.toBeInstanceOf(InvalidServiceError)
    await pd.close()
  })

  it('do not overflow however long they are to live', async () => {
    const { pd } = await sample()
    await pd.gc.updateService('a', 10n, neverExpires - 5n)
    expect(pd.gc.services()[0]?.expiresAt).toBe(neverExpires)
    await pd.close()
  })
})

describe('GC states', () => {
  it('move as far as barriers let them, and say which one held them', async () => {
    const { pd } = await sample()
    expect(await pd.gc.setBarrier('backup', 50n, 100n)).toEqual({ id: 'backup', timestamp: 50n, ttlSeconds: 100n })
    const advance = await pd.gc.advanceTxnSafePoint(80n)
    expect([advance.oldTxnSafePoint, advance.newTxnSafePoint]).toEqual([0n, 50n])
    expect(advance.blocker).toContain('"backup"')
    expect((await pd.gc.deleteBarrier('backup'))?.timestamp).toBe(50n)
    expect(await pd.gc.deleteBarrier('backup')).toBe(undefined)
    expect(await pd.gc.advanceTxnSafePoint(80n)).toEqual({ oldTxnSafePoint: 50n, newTxnSafePoint: 80n, blocker: '' })
    await pd.close()
  })

  it('refuse to go back, and to collect what transactions may still read', async () => {
    const { pd } = await sample()
    await pd.gc.advanceTxnSafePoint(80n)
    await expect(pd.gc.advanceTxnSafePoint(79n)).rejects.toBeInstanceOf(InvalidSafePointError)
    await expect(pd.gc.advanceGcSafePoint(81n)).rejects.toBeInstanceOf(InvalidSafePointError)
    expect(await pd.gc.advanceGcSafePoint(70n)).toEqual({ oldGcSafePoint: 0n, newGcSafePoint: 70n })
    await expect(pd.gc.advanceGcSafePoint(69n)).rejects.toBeInstanceOf(InvalidSafePointError)
    await expect(pd.gc.setBarrier('late', 79n, 10n)).rejects.toBeInstanceOf(InvalidSafePointError)
    await expect(pd.gc.setBarrier('gc_worker', 90n, 10n)).rejects.toBeInstanceOf(InvalidServiceError)
    await pd.close()
  })

  it('see what the older calls wrote, and the other way round', async () => {
    const made = await sample()
    const { gc } = made.pd
    await gc.updateService('gc_worker', 5n, neverExpires)
    await gc.updateService('log-backup', 40n, 100n)
    expect(gc.state().barriers.map(({ id, timestamp }) => [id, timestamp])).toEqual([['log-backup', 40n]])
    expect((await gc.advanceTxnSafePoint(99n)).newTxnSafePoint).toBe(40n)
    expect(new TextDecoder().decode(made.pd.etcd.get(savedSafePointKey))).toBe('40')
    await made.pd.etcd.put(savedSafePointKey, key('77'))
    expect(gc.state().txnSafePoint).toBe(77n)
    await gc.updateGcSafePoint(60n)
    expect(gc.state().gcSafePoint).toBe(60n)
    await made.reopen()
    expect(made.pd.gc.state()).toMatchObject({ txnSafePoint: 77n, gcSafePoint: 60n })
    // A barrier below the safe point came too late: it neither moves it back nor lets it pass.
    expect((await made.pd.gc.advanceTxnSafePoint(99n)).newTxnSafePoint).toBe(77n)
    await made.pd.close()
  })
})
