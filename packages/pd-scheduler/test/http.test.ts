import { pdHttp } from '@stratakv/pd-scheduler/edge'
import { describe, expect, it } from 'vitest'
import { byteSize, goDuration } from '../src/edge/http-forms.ts'
import { jsonText } from '../src/edge/json-text.ts'
import { regionScore } from '../src/region-score.ts'
import { bootstrap, region, report, sampleDriver, storeMeta } from './sample-driver.ts'

async function sample(options: { bootstrapped: boolean } = { bootstrapped: true }) {
  const made = await sampleDriver()
  if (options.bootstrapped) await bootstrap(made.pd)
  const handle = pdHttp(made.pd)
  const ask = async (target: string, method = 'GET') => {
    const { pathname, searchParams } = new URL(target, 'http://pd')
    return handle({ method, path: pathname, query: searchParams, body: '' })
  }
  return {
    ...made,
    ask,
    get: async (target: string) => {
      const answer = await ask(`/pd/api/v1${target}`)
      expect([target, answer?.status]).toEqual([target, 200])
      return JSON.parse(answer!.body)
    },
    status: async (target: string, method?: string) => (await ask(target, method))?.status,
  }
}

describe('HTTP paths', () => {
  it('answer 404 for a path they do not know, and nothing for one that is not theirs', async () => {
    const { pd, status } = await sample()
    expect(await status('/pd/api/v1/nothing')).toBe(404)
    expect(await status('/pd/api/v1/store/')).toBe(404)
    expect(await status('/pdx')).toBe(undefined)
    expect(await status('/metrics')).toBe(undefined)
    expect(await status('/pd/api/v1/stores', 'DELETE')).toBe(405)
    expect(await status('/pd/api/v1/stores/')).toBe(200)
    await pd.close()
  })

  it('tell about the member before there is a cluster, and about the cluster only after', async () => {
    const { pd, ask, get, status } = await sample({ bootstrapped: false })
    const members = (await ask('/pd/api/v1/members'))!.body
    // 64-bit ids are numbers in the text, digit for digit, which JSON.parse would round.
    expect(members).toContain(`"cluster_id": ${pd.id}\n`)
    expect(members).toContain(`"member_id": ${pd.memberId},\n`)
    expect((await get('/members')).leader.client_urls).toEqual(['http://127.0.0.1:2379'])
    expect((await get('/leader')).name).toBe('pd')
    expect((await get('/version')).version).toBe('v6.1.0')
    expect((await get('/status')).start_timestamp).toBe(Math.floor(pd.startedAtMs / 1000))
    expect((await get('/health'))[0].health).toBe(true)
    expect(await status('/pd/health')).toBe(200)
    expect(await status('/pd/ping')).toBe(200)
    expect((await get('/cluster/status')).is_initialized).toBe(false)
    for (const target of ['/stores', '/store/1', '/regions', '/cluster', '/stats/region', '/min-resolved-ts']) {
      const answer = await ask(`/pd/api/v1${target}`)
      expect([target, answer?.status]).toEqual([target, 500])
      expect(answer?.body).toContain('not bootstrapped')
    }
    await pd.close()
  })

  it('show stores as pd-ctl reads them', async () => {
    const { pd, clock, get, status } = await sample()
    await pd.putStore(storeMeta(4, { labels: [{ key: 'zone', value: 'z1' }], statusAddress: 's:20180' }))
    pd.reportRegion(report(region(2, ['', ''], { version: 2 }), { approximateSizeBytes: 10 * 2 ** 20 }))
    await pd.reportStore({
      storeId: 1,
      capacityBytes: 2 * 10 ** 12,
      availableBytes: 10 ** 12,
      usedBytes: 512,
      regionCount: 1,
      isBusy: false,
      bytesWritten: 0,
      keysWritten: 0,
      bytesRead: 0,
      keysRead: 0,
      intervalStart: 0,
      intervalEnd: 0,
      startTimestamp: Math.floor(clock.unixMs() / 1000) - 3723,
      slowScore: 1,
    })
    const { store, status: figures } = await get('/store/1')
    expect(store).toMatchObject({ id: 1, address: 'store1:20160', version: '6.1.0', state_name: 'Up', node_state: 1 })
    expect(store.state).toBe(undefined)
    expect(figures).toMatchObject({
      capacity: '1.819TiB',
      available: '931.3GiB',
      used_size: '512B',
      leader_count: 1,
      leader_size: 10,
      region_count: 1,
      slow_score: 1,
      uptime: '1h2m3s',
    })
    const all = await get('/stores')
    expect([all.count, all.stores[1].store.labels]).toEqual([2, [{ key: 'zone', value: 'z1' }]])
    await clock.advance(21_000)
    expect((await get('/store/4')).store.state_name).toBe('Disconnected')
    expect(await status('/pd/api/v1/store/4', 'DELETE')).toBe(400)
    expect(await status('/pd/api/v1/store/4?force', 'DELETE')).toBe(200)
    expect(await status('/pd/api/v1/store/4?force', 'DELETE')).toBe(410)
    expect(await status('/pd/api/v1/store/99', 'DELETE')).toBe(404)
    expect((await get('/stores')).count).toBe(1)
    expect((await get('/stores?state=2')).stores[0].store).toMatchObject({ id: 4, state: 2, state_name: 'Tombstone' })
    expect((await get('/stores?state=0&state=2')).count).toBe(2)
    expect(await status('/pd/api/v1/store/99')).toBe(404)
    expect(await status('/pd/api/v1/store/x')).toBe(400)
    expect(await status('/pd/api/v1/stores?state=9')).toBe(400)
    await pd.close()
  })

  it('show regions by id, key, range and store', async () => {
    const { pd, get, status } = await sample()
    await pd.putStore(storeMeta(7))
    const left = region(2, ['', 'm'], { version: 2, confVer: 2, stores: [1, 7] })
    pd.reportRegion(
      report(left, { pendingPeers: [left.peers[1]!], downPeers: [{ peer: left.peers[1]!, downSeconds: 9 }] }),
    )
    pd.reportRegion(report({ ...region(3, ['m', ''], { version: 2 }), endKey: Uint8Array.of(0xff) }))
    const shown = await get('/region/id/2')
    expect(shown).toMatchObject({
      id: 2,
      start_key: '',
      end_key: '6D',
      epoch: { conf_ver: 2, version: 2 },
      leader: { id: 200, store_id: 1, role_name: 'Voter' },
      down_peers: [{ peer: { id: 201 }, down_seconds: 9 }],
      approximate_size: 1,
    })
    expect(shown.pending_peers.length).toBe(1)
    expect(await get('/region/id/99')).toBe(null)
    expect((await get('/region/key/zz')).id).toBe(3)
    expect((await get('/region/key/%FE')).id).toBe(3)
    expect(await get('/region/key/%FF')).toBe(null)
    expect((await get('/region/key/6C?format=hex')).id).toBe(2)
    expect(await status('/pd/api/v1/region/key/6?format=hex')).toBe(400)
    expect(await status('/pd/api/v1/region/key/%2')).toBe(400)
    expect((await get('/regions')).count).toBe(2)
    expect((await get('/regions/key?key=n')).regions.map(({ id }: { id: number }) => id)).toEqual([3])
    expect((await get('/regions/key?key=a&end_key=m')).count).toBe(1)
    expect((await get('/regions/key?limit=1')).count).toBe(1)
    expect((await get('/regions/store/7')).regions[0].id).toBe(2)
    expect(await get('/stats/region')).toMatchObject({
      count: 2,
      empty_count: 2,
      storage_size: 2,
      store_leader_count: { 1: 2 },
      store_peer_count: { 1: 2, 7: 1 },
    })
    expect((await get('/stats/region?start_key=n')).count).toBe(1)
    expect((await get('/cluster/status')).is_initialized).toBe(true)
    await pd.close()
  })

  it('stop at 16 regions unless asked for more', async () => {
    const { pd, get } = await sample()
    const name = (index: number) => (index === 0 ? '' : index.toString().padStart(2, '0'))
    for (let index = 0; index < 30; index++) {
      pd.reportRegion(report(region(10 + index, [name(index), index === 29 ? '' : name(index + 1)], { version: 2 })))
    }
    expect((await get('/regions/key')).count).toBe(16)
    expect((await get('/regions/key?limit=20')).count).toBe(20)
    expect((await get('/regions/key?limit=0')).count).toBe(16)
    expect((await get('/regions')).count).toBe(30)
    await pd.close()
  })

  it('show and remove service safe points', async () => {
    const { pd, ask, get, status } = await sample()
    await pd.updateGcSafePoint(2n ** 60n + 1n)
    await pd.gc.updateService('br', 2n ** 61n + 1n, 60n)
    const { body } = (await ask('/pd/api/v1/gc/safepoint'))!
    expect(body).toContain(`"gc_safe_point": ${2n ** 60n + 1n}\n`)
    expect(body).toContain(`"safe_point": ${2n ** 61n + 1n}\n`)
    expect((await get('/gc/safepoint')).service_gc_safe_points.length).toBe(2)
    expect(await status('/pd/api/v1/gc/safepoint/br', 'DELETE')).toBe(200)
    expect(await status('/pd/api/v1/gc/safepoint/gc_worker', 'DELETE')).toBe(400)
    expect((await get('/gc/safepoint')).service_gc_safe_points.length).toBe(1)
    await pd.close()
  })

  it('show what is configured, and nothing that is not there', async () => {
    const { pd, get } = await sample()
    expect((await get('/config')).replication['max-replicas']).toBe(3)
    expect((await get('/config/replicate'))['enable-placement-rules']).toBe('false')
    expect((await get('/config/schedule'))['max-store-down-time']).toBe('30m0s')
    expect(await get('/config/cluster-version')).toBe('6.1.0')
    expect(await get('/min-resolved-ts')).toEqual({ is_real_time: false, min_resolved_ts: 0, persist_interval: '0s' })
    expect((await get('/cluster')).max_peer_count).toBe(3)
    await pd.close()
  })
})

describe('forms', () => {
  it('write sizes and durations as Go does', () => {
    expect([0, 1023, 1024, 1536, 10 ** 9, 2 ** 60].map(byteSize)).toEqual([
      '0B',
      '1023B',
      '1KiB',
      '1.5KiB',
      '953.7MiB',
      '1EiB',
    ])
    expect([0, 1500, 61_000, 3_600_000, 3_661_250].map(goDuration)).toEqual([
      '0s',
      '1.5s',
      '1m1s',
      '1h0m0s',
      '1h1m1.25s',
    ])
  })

  it('write any JSON that JSON.parse reads back', () => {
    const value = { a: [1, 'two', null, true, []], b: {}, c: { d: '"\u2028' }, e: undefined }
    expect(JSON.parse(jsonText(value))).toEqual({ a: [1, 'two', null, true, []], b: {}, c: { d: '"\u2028' } })
    expect(jsonText(2n ** 64n - 1n)).toBe('18446744073709551615')
  })

  it('score a store the higher the fuller it is', () => {
    const score = (availableShare: number, regionSizeMiB = 1000) =>
      regionScore({ capacityBytes: 2 ** 40, availableBytes: 2 ** 40 * availableShare, regionSizeMiB })
    const scores = [1, 0.9, 0.5, 0.3, 0.21, 0.2, 0.1, 0].map((share) => score(share))
    expect(scores[0]).toBe(1000)
    expect(scores).toEqual([...scores].sort((left, right) => left - right))
    expect(new Set(scores).size).toBe(scores.length)
    expect(score(0)).toBeGreaterThan(1e9)
    expect(score(0.5, 0)).toBe(0)
    expect(regionScore({ capacityBytes: 0, availableBytes: 0, regionSizeMiB: 5 })).toBe(5)
  })
})
