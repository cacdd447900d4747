import { getEventListeners } from 'node:events'
import { ClosedError, RpcStatusError, rpcStatus } from '@stratakv/core'
import { PdClusterMismatchError, PdCountError, PdProtocolError, PdUnavailableError } from '@stratakv/grpc/pd-client'
import { settled } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { addresses, scriptedPds, timestampAt } from './scripted-pd.ts'

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error) => error)

describe('placement driver client', () => {
  it('finds the leader from any member, and follows it', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    expect(await pd.clusterId()).toBe(7n)
    expect((await pd.members()).map(({ name, isLeader }) => [name, isLeader])).toEqual([
      ['pd1:2379', true],
      ['pd2:2379', false],
      ['pd3:2379', false],
    ])
    expect(await pd.allocateIds(1)).toBe(101)
    pds.leader = addresses[2]
    expect(await pd.allocateIds(1)).toBe(102)
    // Also with the first leader and the member it began with gone.
    pds.stop(addresses[0])
    pds.stop(addresses[1])
    expect(await pd.allocateIds(1)).toBe(103)
    pds.clock.assertIdle()
  })

  it('waits for an election to end, and no longer than its budget', async () => {
    const pds = scriptedPds()
    const pd = pds.client({ budgetMs: 5000 })
    await pd.clusterId()
    for (const address of addresses) pds.stop(address)
    const first = pd.allocateIds(1)
    await pds.clock.advance(2000)
    pds.start(addresses[1])
    pds.leader = addresses[1]
    expect(await pds.clock.settle(first, 3000)).toBe(101)
    pds.stop(addresses[1])
    const error = await pds.clock.settle(failureOf(pd.allocateIds(1)), 5000)
    expect(error).toBeInstanceOf(PdUnavailableError)
    expect((error as PdUnavailableError).endpoints).toEqual(addresses)
    expect((error as PdUnavailableError).cause).toBeInstanceOf(RpcStatusError)
    pds.clock.assertIdle()
  })

  it('gives a call up when its caller does, also between two tries', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    for (const address of addresses) pds.stop(address)
    const abort = new AbortController()
    const call = failureOf(pd.clusterId({ signal: abort.signal }))
    await pds.clock.advance(300)
    abort.abort()
    expect(await call).toMatchObject({ status: rpcStatus.cancelled })
    pds.clock.assertIdle()
  })

  it('refuses to go on with another cluster', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    await pd.clusterId()
    pds.clusterId = 8n
    const error = await failureOf(pd.allocateIds(1))
    expect(error).toBeInstanceOf(PdClusterMismatchError)
    expect(error).toMatchObject({ endpoint: addresses[0], expected: 7n, got: 8n })
    expect(await failureOf(pd.members())).toBeInstanceOf(PdClusterMismatchError)
  })

  it('takes consecutive ids one by one from a PD that gives no more', async () => {
    const pds = scriptedPds()
    pds.givesSingleIds = true
    const pd = pds.client()
    const mine = pd.allocateIds(5)
    // Somebody else takes one in between, so the run begins anew.
    const theirs = pds.client().allocateIds(1)
    const first = await mine
    expect(await theirs).not.toBe(first)
    expect(pds.nextId).toBe(first + 4)
    expect(pds.idCalls).toBeGreaterThan(5)
  })

  it('refuses counts that are none', async () => {
    const pd = scriptedPds().client()
    expect(await failureOf(pd.timestamps(2 ** 18))).toBeInstanceOf(PdCountError)
    expect(await failureOf(pd.allocateIds(2 ** 32))).toBeInstanceOf(PdCountError)
  })
})

describe('timestamps of the placement driver client', () => {
  it('ask once for all who ask at once, and give each its own', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    const lasts = await Promise.all([1, 2, 3].map((count) => pd.timestamps(count)))
    expect(lasts).toEqual([timestampAt(1), timestampAt(3), timestampAt(6)])
    expect(pds.tsoRequests).toEqual([{ address: addresses[0], count: 6 }])
    pd.close()
    pds.clock.assertIdle()
  })

  it('split what is too much for one request, and keep few under way', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    await pd.timestamps(1)
    pds.onTso = () => true
    for (let index = 0; index < 10; index++) pd.timestamps(6000).catch(() => {})
    await settled()
    expect(pds.tsoRequests.slice(1).map(({ count }) => count)).toEqual([6000, 6000, 6000, 6000])
    pd.close()
  })

  it('go on over a new stream, in their old order, when the leader changes or a stream ends', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    await pd.timestamps(1)
    pds.onTso = () => true
    const waiting = [pd.timestamps(1), pd.timestamps(1)]
    await settled()
    pds.onTso = undefined
    pds.leader = addresses[1]
    pds.stop(addresses[0])
    expect(await Promise.all(waiting)).toEqual([timestampAt(2), timestampAt(3)])
    let endings = 3
    pds.onTso = (_address, _request, end) => {
      if (endings-- > 0) end()
      return endings >= 0
    }
    expect(await pds.clock.settle(pd.timestamps(1), 5000)).toBe(timestampAt(4))
    pd.close()
    pds.clock.assertIdle()
  })

  it('leave a stream that does not answer, and end when the budget is spent', async () => {
    const pds = scriptedPds()
    const pd = pds.client({ timeoutMs: 1000, budgetMs: 4000 })
    await pd.timestamps(1)
    pds.onTso = () => true
    const error = await pds.clock.settle(failureOf(pd.timestamps(1)), 6000)
    expect(error).toBeInstanceOf(PdUnavailableError)
    expect(pds.tsoRequests.length).toBeGreaterThan(2)
    pds.onTso = undefined
    expect(await pds.clock.settle(pd.timestamps(1), 3000)).toBeGreaterThan(0n)
    pd.close()
    pds.clock.assertIdle()
  })

  it('are not handed out when they go back', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    await pd.timestamps(10)
    pds.logical = 5
    expect(await failureOf(pd.timestamps(1))).toBeInstanceOf(PdProtocolError)
    pds.logical = 20
    expect(await pds.clock.settle(pd.timestamps(1), 1000)).toBe(timestampAt(21))
    pd.close()
  })

  it('leave nothing behind on a signal that lives longer', async () => {
    const pd = scriptedPds().client()
    const { signal } = new AbortController()
    for (let index = 0; index < 3; index++) await pd.timestamps(1, { signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
    pd.close()
  })

  it('are given up by an abort and by close', async () => {
    const pds = scriptedPds()
    const pd = pds.client()
    await pd.timestamps(1)
    pds.onTso = () => true
    const abort = new AbortController()
    const first = failureOf(pd.timestamps(1, { signal: abort.signal }))
    const second = failureOf(pd.timestamps(1))
    await settled()
    abort.abort()
    expect(await first).toMatchObject({ status: rpcStatus.cancelled })
    pd.close()
    expect(await second).toBeInstanceOf(ClosedError)
    expect(await failureOf(pd.timestamps(1))).toBeInstanceOf(ClosedError)
    expect(await failureOf(pd.clusterId())).toBeInstanceOf(ClosedError)
    pds.clock.assertIdle()
  })
})
