import { type MethodDefinition, noTelemetry, type Region } from '@stratakv/core'
import { pdHttp, pdServices } from '@stratakv/pd-scheduler/edge'
import { pdMethods, peerToMessage, regionToMessage } from '@stratakv/proto'
import {
  ErrorType,
  GetOperatorRequest,
  OperatorStatus,
  RegionHeartbeatRequest,
  type RequestHeader,
  ScatterRegionRequest,
  SplitAndScatterRegionsRequest,
  SplitRegionsRequest,
} from '@stratakv/proto/pdpb'
import { describe, expect, it } from 'vitest'
import { call, openStream } from './loopback.ts'
import { bootstrap, key, region, report, sampleDriver, stats, storeMeta, wholeRange } from './sample-driver.ts'

/** Four stores, and region 2 over all keys on 1, 2 and 3, led by store 1 over a stream. */
async function sample() {
  const made = await sampleDriver({ placement: { leaderScheduleLimit: 0, regionScheduleLimit: 0 } })
  const { pd, clock } = made
  await bootstrap(pd)
  for (const id of [2, 3, 4]) await pd.putStore(storeMeta(id))
  for (const id of [1, 2, 3, 4]) await pd.storeHeartbeat(stats(id))
  const services = pdServices(pd, { clock, telemetry: noTelemetry() })
  const header: RequestHeader = { clusterId: pd.id, senderId: 0n, callerId: '', callerComponent: '' }
  const beat = (of: Region, leaderAt = 0) =>
    RegionHeartbeatRequest.create({
      header,
      region: regionToMessage(of),
      leader: peerToMessage(of.peers[leaderAt]!),
      term: 5,
      approximateSize: 2 ** 20,
    })
  const whole = region(2, wholeRange, { stores: [1, 2, 3], confVer: 5 })
  const stream = openStream(services, pdMethods.regionHeartbeat)
  stream.send(beat(whole))
  const handle = pdHttp(pd)
  const http = async (method: string, target: string, body: unknown = {}) => {
    const { pathname, searchParams } = new URL(`/pd/api/v1${target}`, 'http://pd')
    const answer = await handle({ method, path: pathname, query: searchParams, body: JSON.stringify(body) })
    // Ids for new peers may have to be saved first.
    await clock.advance(0)
    return { status: answer!.status, value: JSON.parse(answer!.body) }
  }
  return {
    ...made,
    header,
    services,
    whole,
    stream,
    beat,
    http,
    call: <Req, Res>(method: MethodDefinition<Req, Res>, request: Req) => call(services, method, request),
    open: () => openStream(services, pdMethods.regionHeartbeat),
  }
}

const transfer = { name: 'transfer-leader', region_id: 2, to_store_id: 3 }

describe('orders over a stream', () => {
  it('come when they are made, with each report until they are done, and when time has passed', async () => {
    const { pd, clock, stream, whole, beat, http } = await sample()
    expect(stream.received).toEqual([])
    expect((await http('POST', '/operators', transfer)).status).toBe(200)
    expect(stream.received.length).toBe(1)
    expect(stream.received[0]).toMatchObject({
      header: { clusterId: pd.id },
      regionId: 2,
      regionEpoch: { confVer: 5, version: 1 },
      targetPeer: { id: 200, storeId: 1 },
      transferLeader: { peer: { id: 202, storeId: 3 }, peers: [] },
    })
    stream.send(beat(whole))
    expect(stream.received.length).toBe(2)
    await clock.advance(2500)
    expect(stream.received.length).toBe(3)
    stream.send(beat(whole, 2))
    await clock.advance(20_000)
    expect(stream.received.length).toBe(3)
    await pd.close()
    clock.assertIdle()
  })

  it('go to the newest stream of a store, and to the older again when that ends', async () => {
    const { pd, clock, stream, whole, beat, http, open } = await sample()
    const newer = open()
    newer.send(beat(whole))
    await http('POST', '/operators', transfer)
    expect([stream.received.length, newer.received.length]).toEqual([0, 1])
    stream.send(beat(whole))
    expect([stream.received.length, newer.received.length]).toEqual([0, 2])
    newer.cancel()
    await clock.advance(3000)
    expect([stream.received.length, newer.received.length]).toEqual([0, 2])
    stream.send(beat(whole))
    expect([stream.received.length, newer.received.length]).toEqual([1, 2])
    await pd.close()
  })

  it('are dropped while a store does not read, and come again when it does', async () => {
    const { pd, clock, stream, http } = await sample()
    stream.roomCount = 1
    await http('POST', '/operators', transfer)
    await clock.advance(5000)
    expect(stream.received.length).toBe(1)
    stream.drain(10)
    await clock.advance(2500)
    expect(stream.received.length).toBe(2)
    await pd.close()
  })

  it('repair a region that a report shows to lack a replica, with ids that a disk has to give first', async () => {
    const { pd, stream, whole, beat } = await sample()
    await pd.allocateIds(999)
    stream.send(beat({ ...whole, peers: whole.peers.slice(0, 2), epoch: { confVer: 6, version: 1 } }))
    while (stream.received.length === 0) await Promise.resolve()
    expect(stream.received[0]).toMatchObject({ regionEpoch: { confVer: 6 }, changePeer: { changeType: 2 } })
    // No id was given to two.
    const { id = 0 } = stream.received[0]!.changePeer!.peer!
    expect(await pd.allocateIds(1)).toBeGreaterThan(id)
    await pd.close()
  })
})

describe('what clients ask to be done', () => {
  const getOperator = (header: RequestHeader, regionId = 2) => GetOperatorRequest.create({ header, regionId })
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

  it('is told of while it runs, and for ten minutes after', async () => {
    const { pd, clock, header, call, stream, beat, whole, http } = await sample()
    expect((await call(pdMethods.getOperator, getOperator(header))).header?.error?.type).toBe(
      ErrorType.REGION_NOT_FOUND,
    )
    await http('POST', '/operators', transfer)
    const running = await call(pdMethods.getOperator, getOperator(header))
    expect([text(running.desc), text(running.kind), running.status]).toEqual([
      'admin-transfer-leader',
      'admin',
      OperatorStatus.RUNNING,
    ])
    stream.send(beat(whole, 2))
    expect((await call(pdMethods.getOperator, getOperator(header))).status).toBe(OperatorStatus.SUCCESS)
    await clock.advance(600_000)
    expect((await call(pdMethods.getOperator, getOperator(header))).header?.error?.type).toBe(
      ErrorType.REGION_NOT_FOUND,
    )
    await pd.close()
  })

  it('spreads regions over the stores, a group by itself', async () => {
    const { pd, clock, header, call, stream, beat } = await sample()
    const parts = ['', 'd', 'h', 'l', ''].slice(0, 4)
    const regions = parts.map((start, index) =>
      region(10 + index, [start, parts[index + 1] ?? ''], { version: 3, stores: [1, 2, 3], confVer: 5 }),
    )
    for (const each of regions) stream.send(beat(each))
    const regionsId = regions.map(({ id }) => id)
    const reply = await call(pdMethods.scatterRegion, ScatterRegionRequest.create({ header, regionsId, group: 'g' }))
    expect([reply.finishedPercentage, reply.failedRegionsId]).toEqual([100, []])
    await clock.advance(0)
    const planned = pd.scheduler.book.runningRecords()
    expect(planned.every(({ reason }) => reason === 'scatter-region')).toBe(true)
    // Twelve replicas on four stores are three each, so store 4 gets three; leaders are one each.
    const steps = planned.flatMap((record) => record.steps)
    expect(steps.filter((step) => /add learner peer \d+ on store 4/.test(step)).length).toBe(3)
    expect(new Set(steps.filter((step) => step.startsWith('transfer leader'))).size).toBe(3)
    const unknown = await call(pdMethods.scatterRegion, ScatterRegionRequest.create({ header, regionId: 99 }))
    expect(unknown.header?.error?.type).toBe(ErrorType.REGION_NOT_FOUND)
    const again = await call(pdMethods.scatterRegion, ScatterRegionRequest.create({ header, regionsId, group: 'g' }))
    expect(again.finishedPercentage).toBeLessThan(100)
    await pd.close()
  })

  it('splits regions at keys, and waits for that', async () => {
    const { pd, clock, header, call, stream, beat, whole } = await sample()
    const splitKeys = [key('m'), key('d')]
    const asked = call(pdMethods.splitRegions, SplitRegionsRequest.create({ header, splitKeys }))
    await clock.advance(0)
    expect(stream.received[0]).toMatchObject({ splitRegion: { policy: 2, keys: [key('d'), key('m')] } })
    const grown = { confVer: 5, version: 3 }
    stream.send(beat({ ...region(8, ['', 'd'], { stores: [1, 2, 3] }), epoch: grown }))
    stream.send(beat({ ...region(9, ['d', 'm'], { stores: [1, 2, 3] }), epoch: grown }))
    stream.send(beat({ ...whole, startKey: key('m'), epoch: grown }))
    const reply = await clock.settle(asked, 1000)
    expect([reply.finishedPercentage, reply.regionsId]).toEqual([100, [2, 9]])
    const both = call(
      pdMethods.splitAndScatterRegions,
      SplitAndScatterRegionsRequest.create({ header, splitKeys, group: 'g' }),
    )
    expect(await both).toMatchObject({ splitFinishedPercentage: 100, scatterFinishedPercentage: 100 })
    await pd.close()
  })

  it('does not wait for a split that nobody would carry out, nor for ever', async () => {
    const { pd, clock, header, call, stream } = await sample()
    const request = SplitRegionsRequest.create({ header, splitKeys: [key('m')] })
    const slow = call(pdMethods.splitRegions, request)
    expect((await clock.settle(slow, 61_000)).finishedPercentage).toBe(0)
    stream.halfClose()
    expect(await call(pdMethods.splitRegions, request)).toMatchObject({ finishedPercentage: 0, regionsId: [] })
    await pd.close()
  })
})

describe('operators over HTTP', () => {
  it('are made, listed, shown and cancelled', async () => {
    const { pd, http } = await sample()
    expect((await http('GET', '/operators/2')).status).toBe(500)
    expect((await http('GET', '/operators')).value).toEqual([])
    expect((await http('POST', '/operators', { name: 'add-peer', region_id: 2, store_id: 4 })).status).toBe(200)
    const { value } = await http('GET', '/operators?kind=admin')
    expect(value.length).toBe(1)
    expect(value[0]).toMatch(
      /^admin-add-peer \(kind:admin, region:2\(1, 5\), createAt:\S+, startAt:\S+, currentStep:0, size:1, steps:\[\{add learner peer \d+ on store 4\}, \{promote learner peer \d+ on store 4 to voter\}\]\)$/,
    )
    expect((await http('GET', '/operators?kind=leader')).value).toEqual([])
    expect((await http('GET', '/operators/2')).value).toMatch(/^status: RUNNING, operator: admin-add-peer /)
    expect((await http('POST', '/operators', transfer)).status).toBe(500)
    expect((await http('DELETE', '/operators/2')).status).toBe(200)
    expect((await http('DELETE', '/operators/2')).status).toBe(500)
    expect((await http('GET', '/operators/2')).value).toMatch(/^status: CANCEL, .* cancelled: asked for$/)
    expect((await http('GET', '/operators/records')).value.length).toBe(1)
    await pd.close()
  })

  it('can be of every kind', async () => {
    const { pd, http, stream, beat, whole } = await sample()
    stream.send(beat({ ...whole, endKey: key('m'), epoch: { confVer: 5, version: 2 } }))
    stream.send(beat(region(3, ['m', ''], { stores: [1, 2, 3], confVer: 5, version: 2 })))
    const wishes = [
      { name: 'remove-peer', region_id: 2, store_id: 3 },
      { name: 'transfer-peer', region_id: 2, from_store_id: 3, to_store_id: 4 },
      { name: 'transfer-region', region_id: 2, to_store_ids: [2, 3, 4] },
      { name: 'split-region', region_id: 2, policy: 'usekey', keys: ['64'] },
      { name: 'split-region', region_id: 2 },
      { name: 'scatter-region', region_id: 2 },
      { name: 'merge-region', source_region_id: 3, target_region_id: 2 },
    ]
    for (const wish of wishes) {
      expect([wish, (await http('POST', '/operators', wish)).status]).toEqual([wish, 200])
      for (const id of [2, 3]) await http('DELETE', `/operators/${id}`)
    }
    await pd.close()
  })

  it('are refused with a reason', async () => {
    const { pd, http } = await sample()
    pd.reportRegion(report(region(2, ['', 'c'], { version: 3, stores: [1, 2, 3], confVer: 5 })))
    pd.reportRegion(report(region(3, ['m', ''], { version: 3, stores: [1, 2, 3], confVer: 5 })))
    const wrong = [
      'no object',
      { name: 'dance', region_id: 2 },
      { name: 'transfer-leader', region_id: 99, to_store_id: 2 },
      { name: 'transfer-leader', region_id: 2, to_store_id: 4 },
      { name: 'add-peer', region_id: 2, store_id: 3 },
      { name: 'add-peer', region_id: 2, store_id: 77 },
      { name: 'remove-peer', region_id: 2, store_id: 4 },
      { name: 'transfer-region', region_id: 2, to_store_ids: [] },
      { name: 'split-region', region_id: 2, policy: 'guess' },
      { name: 'merge-region', source_region_id: 2, target_region_id: 3 },
    ]
    for (const wish of wrong) expect([wish, (await http('POST', '/operators', wish)).status]).toEqual([wish, 400])
    await pd.close()
  })
})
