import { status } from '@grpc/grpc-js'
import type { MethodDefinition } from '@stratakv/core'
import type * as errorpb from '@stratakv/proto/errorpb'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { GetMembersRequest, RequestHeader, TsoRequest } from '@stratakv/proto/pdpb'
import { BatchCommandsRequest, type BatchCommandsRequest_Request } from '@stratakv/proto/tikvpb'
import { FaultsExposedError, FaultsOffError, StorageNode } from '@stratakv/server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FailedCall, pdMethods, tikvMethods } from '../support/rpc-client.ts'
import { anyPorts, bytes, rawGet, rawPut, type ServedTestNode, serveTestNode } from '../support/test-node.ts'

let served: ServedTestNode
beforeAll(async () => {
  served = await serveTestNode({}, { faults: { seed: 11 } })
})
afterEach(() => served.node.faults.clear())
afterAll(() => served[Symbol.asyncDispose]())

const add = (text: string) => served.node.faults.add(text)
const context = () => served.route.context
type Cmd = NonNullable<BatchCommandsRequest_Request['cmd']>
const getCmd = (key: string): { cmd: Cmd } => ({
  cmd: { case: 'rawGet', value: kvrpcpb.RawGetRequest.create({ context: context(), key: bytes(key) }) },
})
const failureOf = <Res>(call: Promise<Res>): Promise<FailedCall> =>
  call.then(
    (answer) => {
      throw new Error(`succeeded: ${JSON.stringify(answer)}`)
    },
    ({ code, details }: FailedCall) => ({ code, details }),
  )

describe('a region error on purpose', () => {
  /** Each as a store gives it (kvproto errorpb.Error): the field, and the text that clients may match. */
  const says: Readonly<Record<string, () => Partial<errorpb.Error>>> = {
    NotLeader: () => ({
      message: `peer is not leader for region ${context().regionId}, leader may be none`,
      notLeader: { regionId: context().regionId, leader: undefined },
    }),
    ServerIsBusy: () => ({
      message: '',
      serverIsBusy: expect.objectContaining({ reason: 'scheduler is busy', backoffMs: 0 }),
    }),
    EpochNotMatch: () => ({
      epochNotMatch: {
        currentRegions: [
          expect.objectContaining({
            id: context().regionId,
            regionEpoch: context().regionEpoch,
            peers: [context().peer],
          }),
        ],
      },
    }),
    RegionNotFound: () => ({ regionNotFound: { regionId: context().regionId } }),
    StaleCommand: () => ({ staleCommand: {} }),
    RaftEntryTooLarge: () => ({
      raftEntryTooLarge: { regionId: context().regionId, entrySize: 8 * 1024 * 1024 + 1 } as never,
    }),
    MaxTimestampNotSynced: () => ({ maxTimestampNotSynced: {} }),
    DiskFull: () => ({ diskFull: { storeId: [served.route.storeId], reason: 'injected by a fault rule' } as never }),
  }

  for (const [fault, error] of Object.entries(says)) {
    it(`${fault}, as a call and inside BatchCommands`, async () => {
      await rawPut(served.store, served.route, 'there', 'value')
      add(`Raw*: ${fault}`)
      const request = kvrpcpb.RawGetRequest.create({ context: context(), key: bytes('there') })
      const expected = { regionError: expect.objectContaining(error()), value: bytes(''), notFound: false }
      expect(await served.store.call(tikvMethods.rawGet, request)).toMatchObject(expected)
      const [answer] = await served.store.batch([getCmd('there')])
      expect(answer).toMatchObject({ cmd: { case: 'rawGet', value: expected } })
      served.node.faults.clear()
      expect(await rawGet(served.store, served.route, 'there')).toBe('value')
    })
  }

  it('is, for every command, the answer that the store itself would give', async () => {
    const lost = { ...context(), regionId: 99 }
    const natural = new Map<string, object>()
    const ask = (method: MethodDefinition<unknown, unknown>): Promise<object> => {
      const request = { ...(method.request.decode(new Uint8Array(0)) as object), context: lost, key: bytes('k') }
      return served.store.call(method, request) as Promise<object>
    }
    const commands = Object.values(tikvMethods).filter(({ kind }) => kind === 'unary')
    for (const method of commands as MethodDefinition<unknown, unknown>[]) {
      const answer = await ask(method).catch(() => undefined)
      if (answer !== undefined && (answer as { regionError?: object }).regionError) natural.set(method.path, answer)
    }
    expect([...natural.keys()].length).toBeGreaterThan(15)
    add('*: RegionNotFound')
    for (const method of commands as MethodDefinition<unknown, unknown>[]) {
      const answer = natural.get(method.path)
      if (answer !== undefined) expect(await ask(method), method.path).toEqual(answer)
    }
    expect(served.node.faults.list()).toMatchObject([{ firedCount: natural.size }])
  })

  it('meets only the region it is for', async () => {
    add(`Raw*: NotLeader region ${context().regionId + 1}`)
    expect(await rawGet(served.store, served.route, 'there')).toBe('value')
    add(`Raw*: NotLeader region ${context().regionId}`)
    await expect(rawGet(served.store, served.route, 'there')).rejects.toThrow(/not leader/)
  })
})

describe('a call that fails on purpose', () => {
  it('with UNAVAILABLE is not executed; in BatchCommands the stream ends', async () => {
    add('Raw*: unavailable')
    expect(await failureOf(rawPut(served.store, served.route, 'unavailable', 'v'))).toMatchObject({
      code: status.UNAVAILABLE,
    })
    await expect(served.store.batch([getCmd('x'), getCmd('y')])).rejects.toThrow(`ended with ${status.UNAVAILABLE}`)
    served.node.faults.clear()
    expect(await rawGet(served.store, served.route, 'unavailable')).toBeUndefined()
  })

  it('with an undetermined outcome is executed or not, as the seed says', async () => {
    const outcomes = async () => {
      served.node.faults.clear()
      add('RawPut: undetermined')
      const value = `${served.node.faults.list()[0]!.id}`
      const found: boolean[] = []
      for (let index = 0; index < 12; index++) {
        const call = rawPut(served.store, served.route, `undetermined ${index}`, value)
        expect(await failureOf(call)).toMatchObject({ code: status.UNKNOWN })
        found.push((await rawGet(served.store, served.route, `undetermined ${index}`)) === value)
      }
      return found
    }
    const first = await outcomes()
    expect(new Set(first).size).toBe(2)
    expect(await outcomes()).toEqual(first)
  })

  it('without an answer is executed, or not, and others go on', async () => {
    add('RawPut: drop times 1')
    add('RawPut: drop-answer times 1')
    const lost: string[] = []
    for (const key of ['dropped', 'answer dropped']) {
      void rawPut(served.store, served.route, key, 'v')
        .finally(() => lost.push(key))
        .catch(() => {})
    }
    await rawPut(served.store, served.route, 'third', 'v')
    expect(await rawGet(served.store, served.route, 'answer dropped')).toBe('v')
    expect(await rawGet(served.store, served.route, 'dropped')).toBeUndefined()
    expect(lost).toEqual([])
  })

  it('without an answer inside BatchCommands leaves the others theirs', async () => {
    add('RawGet: drop after 1 times 1')
    const call = served.store.stream(tikvMethods.batchCommands)
    const ids: number[] = []
    const done = new Promise<void>((resolve) => {
      call.on('data', ({ requestIds }) => {
        ids.push(...requestIds)
        if (ids.length === 2) resolve()
      })
    })
    const requests = ['a', 'b', 'c'].map(getCmd)
    call.write(BatchCommandsRequest.encode(BatchCommandsRequest.create({ requests, requestIds: [5, 6, 7] })))
    await done
    expect(ids).toEqual([5, 7])
    call.cancel()
  })

  it('late is executed late', async () => {
    add('RawPut: delay 1..20ms times 1')
    await rawPut(served.store, served.route, 'late', 'v')
    expect(await rawGet(served.store, served.route, 'late')).toBe('v')
    expect(served.node.faults.list()).toMatchObject([{ matchedCount: 1, firedCount: 1 }])
  })

  it('of the placement driver: unary, and timestamps message by message', async () => {
    const header = RequestHeader.create({ clusterId: served.route.clusterId })
    const tso = TsoRequest.encode(TsoRequest.create({ header, count: 1 }))
    add('GetMembers: unavailable')
    add('Tso: delay 1..5ms after 1 times 1')
    add('Tso: unavailable after 2')
    expect(await failureOf(served.pd.call(pdMethods.getMembers, GetMembersRequest.create()))).toMatchObject({
      code: status.UNAVAILABLE,
    })
    const { answers, status: end } = await served.pd.converse(pdMethods.tso, [tso, tso, tso, tso])
    expect([answers.length, end.code]).toEqual([3, status.UNAVAILABLE])
  })
})

describe('a client in the process of the node', () => {
  it('meets the same rules, and gets over them', async () => {
    add('RawPut: NotLeader times 2')
    await served.node.raw.put('embedded', 'v')
    expect(served.node.faults.list()).toMatchObject([{ matchedCount: 3, firedCount: 2 }])
  })

  it('waits while the store is frozen, and does not keep a node from closing', async () => {
    await using frozen = await serveTestNode({}, { faults: {} })
    frozen.node.faults.freeze('store')
    const get = frozen.node.raw.get('embedded')
    await Promise.all([frozen.node.close(), get.catch(() => {})])
  })
})

describe('a disk that fails on purpose', () => {
  it('EIO in a write: the outcome is unknown, then no more writes, until the rule is gone', async () => {
    await rawPut(served.store, served.route, 'on disk', 'v')
    add('disk write: EIO times 1')
    expect(await failureOf(rawPut(served.store, served.route, 'failed', 'v'))).toMatchObject({ code: status.UNKNOWN })
    await expect(rawPut(served.store, served.route, 'refused', 'v')).rejects.toThrow(/takes no more writes/)
    expect(await rawGet(served.store, served.route, 'on disk')).toBe('v')
    served.node.faults.clear()
    await rawPut(served.store, served.route, 'refused', 'v')
  })

  it('ENOSPC in a write: disk_full', async () => {
    add('disk write: ENOSPC times 1')
    const request = kvrpcpb.RawPutRequest.create({ context: context(), key: bytes('k'), value: bytes('v') })
    expect(await served.store.call(tikvMethods.rawPut, request)).toMatchObject({
      regionError: { diskFull: { storeId: [served.route.storeId] } },
    })
  })

  it('EIO in a read', async () => {
    add('disk read: EIO times 1')
    expect(await failureOf(rawGet(served.store, served.route, 'on disk'))).toMatchObject({ code: status.UNKNOWN })
    expect(await rawGet(served.store, served.route, 'on disk')).toBe('v')
  })
})

describe('a frozen node', () => {
  it('answers nothing on any road, then everything', async () => {
    await rawPut(served.store, served.route, 'there', 'value')
    served.node.faults.freeze()
    const answered: string[] = []
    const note = (name: string) => () => answered.push(name)
    const calls = [
      rawGet(served.store, served.route, 'there').then(note('unary')),
      served.store.batch([getCmd('there')]).then(note('batch')),
      served.pd.call(pdMethods.getMembers, GetMembersRequest.create()).then(note('pd')),
      fetch(`http://${served.endpoints.pd}/pd/api/v1/stores`).then(note('http')),
      rawPut(served.store, served.route, 'frozen', 'v').then(note('put')),
    ]
    // The status port goes on, and it answers after calls that were sent before have reached the node.
    for (let round = 0; round < 20; round++) await fetch(`http://${served.endpoints.status}/status`)
    expect(answered).toEqual([])
    expect(served.node.faults.frozen).toEqual(['store', 'pd'])
    served.node.faults.thaw()
    await Promise.all(calls)
    expect(answered.length).toBe(5)
    expect(await rawGet(served.store, served.route, 'frozen')).toBe('v')
  })

  it('may be the store alone', async () => {
    served.node.faults.freeze('store')
    const get = rawGet(served.store, served.route, 'there')
    await served.pd.call(pdMethods.getMembers, GetMembersRequest.create())
    served.node.faults.thaw('store')
    expect(await get).toBe('value')
  })

  it('closes all the same', async () => {
    const frozen = await serveTestNode({}, { faults: {} })
    frozen.node.faults.freeze()
    const get = rawGet(frozen.store, frozen.route, 'there')
    await fetch(`http://${frozen.endpoints.status}/status`)
    await Promise.all([frozen.node.close(), get.catch(() => {})])
    await frozen[Symbol.asyncDispose]()
  })
})

describe('faults', () => {
  it('are counted', async () => {
    add('RawGet: NotLeader times 2')
    add('disk write: ENOSPC times 1')
    for (let count = 0; count < 3; count++) await rawGet(served.store, served.route, 'there').catch(() => {})
    await rawPut(served.store, served.route, 'there', 'value').catch(() => {})
    const metrics = await (await fetch(`http://${served.endpoints.status}/metrics`)).text()
    const counted = (fault: string, method: string) =>
      Number(
        new RegExp(`stratakv_faults_injected_total\\{fault="${fault}",method="${method}"\\} (\\d+)`).exec(metrics)?.[1],
      )
    expect(counted('NotLeader', 'RawGet')).toBeGreaterThanOrEqual(2)
    expect(counted('ENOSPC', 'disk write')).toBeGreaterThanOrEqual(1)
  })

  it('are off unless asked for: no API, no path, no metric', async () => {
    await using plain = await serveTestNode()
    expect(() => plain.node.faults).toThrow(FaultsOffError)
    const answer = await fetch(`http://${plain.endpoints.status}/faults`)
    expect(answer.status).toBe(404)
    const metrics = await (await fetch(`http://${plain.endpoints.status}/metrics`)).text()
    expect(metrics).not.toContain('stratakv_faults')
  })

  it('are refused where other machines may reach the node, unless that is meant', async () => {
    const config = { ...anyPorts, 'storage.engine': 'memory' } as const
    for (const [key, address] of [
      ['server.addr', '0.0.0.0:0'],
      ['embedded-pd.addr', '[::]:0'],
      ['server.status-addr', 'db1.example:0'],
    ] as const) {
      const open = StorageNode.open({ config: { ...config, [key]: address }, faults: {} })
      await expect(open).rejects.toThrow(FaultsExposedError)
      await expect(open).rejects.toMatchObject({ key, address })
      const exposed = { config: { ...config, [key]: address }, faults: { exposed: true } }
      await (await StorageNode.open(exposed)).close()
    }
  })
})

describe('faults over HTTP', () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const answer = await fetch(`http://${served.endpoints.status}${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  it('are added, listed and removed', async () => {
    const added = await ask('POST', '/faults', [
      'KvPrewrite: ServerIsBusy 10%',
      { fault: 'drop', method: 'Tso', times: 1 },
    ])
    expect(added).toMatchObject({
      status: 200,
      body: {
        rules: [{ rule: { fault: 'ServerIsBusy', probability: 0.1 } }, { text: 'Tso: drop times 1', firedCount: 0 }],
      },
    })
    const { id } = (added.body.rules as { id: number }[])[0]!
    expect(await ask('GET', '/faults')).toMatchObject({
      status: 200,
      body: { seed: 11, frozen: [], rules: [{ id }, {}] },
    })
    expect(await ask('DELETE', `/faults/${id}`)).toMatchObject({
      status: 200,
      body: { rules: [{ text: 'Tso: drop times 1' }] },
    })
    expect((await ask('DELETE', `/faults/${id}`)).status).toBe(404)
    expect(await ask('DELETE', '/faults')).toMatchObject({ status: 200, body: { rules: [] } })
  })

  it('are refused with the field that is wrong, all or none', async () => {
    const cases = [
      [['RawGet: drop', { fault: 'drop', probability: 2 }], 'probability'],
      ['RawGit: drop', 'method'],
      [{ fault: 'Tso' }, 'fault'],
    ] as const
    for (const [rules, field] of cases) {
      expect(await ask('POST', '/faults', rules)).toMatchObject({
        status: 400,
        body: { error: { code: 'SERVER_FAULT_RULE', field } },
      })
    }
    const url = `http://${served.endpoints.status}/faults`
    expect((await fetch(url, { method: 'POST', body: '{"fault"' })).status).toBe(400)
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405)
    expect((await fetch(`${url}/freeze`)).status).toBe(405)
    expect((await fetch(`${url}/1/2`)).status).toBe(404)
    expect(served.node.faults.list()).toEqual([])
  })

  it('freeze and thaw', async () => {
    expect(await ask('POST', '/faults/freeze?part=pd')).toMatchObject({ status: 200, body: { frozen: ['pd'] } })
    expect(await rawGet(served.store, served.route, 'there')).toBe('value')
    expect(await ask('POST', '/faults/thaw')).toMatchObject({ status: 200, body: { frozen: [] } })
    expect(await ask('POST', '/faults/freeze?part=half')).toMatchObject({
      status: 400,
      body: { error: { field: 'part' } },
    })
  })
})
