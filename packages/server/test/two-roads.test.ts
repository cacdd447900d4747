import { status } from '@grpc/grpc-js'
import type { MethodDefinition } from '@stratakv/core'
import * as coprocessor from '@stratakv/proto/coprocessor'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import type { BatchCommandsRequest_Request } from '@stratakv/proto/tikvpb'
import { describe, expect, it } from 'vitest'
import { type RpcClient, tikvMethods } from './support/rpc-client.ts'
import { bytes, type Route, serveTestNode } from './support/test-node.ts'

type Cmd = NonNullable<BatchCommandsRequest_Request['cmd']>

/** One command that travels on either road: as a call of its own, and inside BatchCommands. */
interface Step {
  readonly cmd: Cmd['case']
  readonly method: MethodDefinition<never, unknown>
  readonly request: (route: Route) => object
  /** What the answer must say at least, so that two equal failures do not pass for success. */
  readonly says: Record<string, unknown>
}

function step<Req extends object, Res>(
  cmd: Cmd['case'],
  method: MethodDefinition<Req, Res>,
  request: (context: kvrpcpb.Context) => Req,
  says: Record<string, unknown>,
): Step {
  return {
    cmd,
    method: method as unknown as MethodDefinition<never, unknown>,
    request: ({ context }) => request(context),
    says,
  }
}

const [a, b, c] = [bytes('a'), bytes('b'), bytes('c')]
const v = bytes('v')
const pair = (key: Uint8Array, value = v) => kvrpcpb.KvPair.create({ key, value })
const put = (key: Uint8Array) => kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key, value: v })

/** In order: later steps see what earlier ones did. Each command of BatchCommands that is served occurs. */
const steps: readonly Step[] = [
  step('rawPut', tikvMethods.rawPut, (context) => kvrpcpb.RawPutRequest.create({ context, key: a, value: v }), {
    error: '',
  }),
  step(
    'rawBatchPut',
    tikvMethods.rawBatchPut,
    (context) => kvrpcpb.RawBatchPutRequest.create({ context, pairs: [pair(b), pair(c)] }),
    { error: '' },
  ),
  step('rawGet', tikvMethods.rawGet, (context) => kvrpcpb.RawGetRequest.create({ context, key: a }), { value: v }),
  step('rawGet', tikvMethods.rawGet, (context) => kvrpcpb.RawGetRequest.create({ context, key: bytes('none') }), {
    notFound: true,
  }),
  step(
    'rawBatchGet',
    tikvMethods.rawBatchGet,
    (context) => kvrpcpb.RawBatchGetRequest.create({ context, keys: [a, c] }),
    { pairs: [pair(a), pair(c)] },
  ),
  step('rawScan', tikvMethods.rawScan, (context) => kvrpcpb.RawScanRequest.create({ context, limit: 2 }), {
    kvs: [pair(a), pair(b)],
  }),
  step(
    'rawBatchScan',
    tikvMethods.rawBatchScan,
    (context) => kvrpcpb.RawBatchScanRequest.create({ context, ranges: [{ startKey: b, endKey: c }], eachLimit: 5 }),
    { kvs: [pair(b)] },
  ),
  step('rawDelete', tikvMethods.rawDelete, (context) => kvrpcpb.RawDeleteRequest.create({ context, key: a }), {
    error: '',
  }),
  step(
    'rawBatchDelete',
    tikvMethods.rawBatchDelete,
    (context) => kvrpcpb.RawBatchDeleteRequest.create({ context, keys: [b] }),
    { error: '' },
  ),
  step(
    'rawDeleteRange',
    tikvMethods.rawDeleteRange,
    (context) => kvrpcpb.RawDeleteRangeRequest.create({ context, startKey: a, endKey: bytes('z') }),
    { error: '' },
  ),
  step('rawScan', tikvMethods.rawScan, (context) => kvrpcpb.RawScanRequest.create({ context, limit: 9 }), { kvs: [] }),
  step('rawPut', tikvMethods.rawPut, (context) => kvrpcpb.RawPutRequest.create({ context, value: v }), {
    error: 'raw_put needs a key that is not empty',
  }),

  step(
    'prewrite',
    tikvMethods.kvPrewrite,
    (context) =>
      kvrpcpb.PrewriteRequest.create({
        context,
        mutations: [put(a), put(b)],
        primaryLock: a,
        startVersion: 10n,
        lockTtl: 3000,
      }),
    { errors: [], regionError: undefined },
  ),
  step('get', tikvMethods.kvGet, (context) => kvrpcpb.GetRequest.create({ context, key: a, version: 11n }), {
    error: expect.objectContaining({ locked: expect.objectContaining({ lockVersion: 10n }) }),
  }),
  step(
    'scanLock',
    tikvMethods.kvScanLock,
    (context) => kvrpcpb.ScanLockRequest.create({ context, maxVersion: 20n, limit: 10 }),
    { locks: [expect.objectContaining({ key: a }), expect.objectContaining({ key: b })] },
  ),
  step(
    'txnHeartBeat',
    tikvMethods.kvTxnHeartBeat,
    (context) =>
      kvrpcpb.TxnHeartBeatRequest.create({ context, primaryLock: a, startVersion: 10n, adviseLockTtl: 9000 }),
    { lockTtl: 9000 },
  ),
  step(
    'checkTxnStatus',
    tikvMethods.kvCheckTxnStatus,
    (context) => kvrpcpb.CheckTxnStatusRequest.create({ context, primaryKey: a, lockTs: 10n, currentTs: 11n }),
    { lockTtl: 9000, commitVersion: 0n },
  ),
  step(
    'checkSecondaryLocks',
    tikvMethods.kvCheckSecondaryLocks,
    (context) => kvrpcpb.CheckSecondaryLocksRequest.create({ context, keys: [b], startVersion: 10n }),
    { locks: [expect.objectContaining({ key: b })] },
  ),
  step(
    'commit',
    tikvMethods.kvCommit,
    (context) => kvrpcpb.CommitRequest.create({ context, keys: [a], startVersion: 10n, commitVersion: 12n }),
    { error: undefined, regionError: undefined },
  ),
  step(
    'resolveLock',
    tikvMethods.kvResolveLock,
    (context) => kvrpcpb.ResolveLockRequest.create({ context, startVersion: 10n, commitVersion: 12n }),
    { error: undefined, regionError: undefined },
  ),
  step('get', tikvMethods.kvGet, (context) => kvrpcpb.GetRequest.create({ context, key: a, version: 12n }), {
    value: v,
    notFound: false,
  }),
  step(
    'batchGet',
    tikvMethods.kvBatchGet,
    (context) => kvrpcpb.BatchGetRequest.create({ context, keys: [a, b, c], version: 20n }),
    { pairs: [pair(a), pair(b)] },
  ),
  step('scan', tikvMethods.kvScan, (context) => kvrpcpb.ScanRequest.create({ context, limit: 10, version: 20n }), {
    pairs: [pair(a), pair(b)],
  }),
  step(
    'batchRollback',
    tikvMethods.kvBatchRollback,
    (context) => kvrpcpb.BatchRollbackRequest.create({ context, keys: [c], startVersion: 30n }),
    { error: undefined, regionError: undefined },
  ),
  step(
    'cleanup',
    tikvMethods.kvCleanup,
    (context) => kvrpcpb.CleanupRequest.create({ context, key: a, startVersion: 10n }),
    { commitVersion: 12n },
  ),
  step(
    'pessimisticRollback',
    tikvMethods.kvPessimisticRollback,
    (context) => kvrpcpb.PessimisticRollbackRequest.create({ context, keys: [c], startVersion: 40n, forUpdateTs: 40n }),
    { errors: [], regionError: undefined },
  ),
  step(
    'deleteRange',
    tikvMethods.kvDeleteRange,
    (context) => kvrpcpb.DeleteRangeRequest.create({ context, startKey: a, endKey: c }),
    { error: '' },
  ),
  step(
    'scan',
    tikvMethods.kvScan,
    (context) => kvrpcpb.ScanRequest.create({ context: { ...context, regionId: 99 }, limit: 10, version: 20n }),
    { regionError: expect.objectContaining({ regionNotFound: { regionId: 99 } }) },
  ),
]

type Road = (store: RpcClient, route: Route, one: Step) => Promise<unknown>

const roads: Record<string, Road> = {
  unary: (store, route, { method, request }) => store.call(method, request(route) as never),
  async batch(store, route, { cmd, request }) {
    const [response] = await store.batch([{ cmd: { case: cmd, value: request(route) } as Cmd }])
    expect(response!.cmd?.case).toBe(cmd)
    return response!.cmd!.value
  },
}

describe('a command answers the same on either road', () => {
  it('unary and in BatchCommands, for every command', async () => {
    const answers: Record<string, unknown[]> = {}
    for (const [name, road] of Object.entries(roads)) {
      // A node of its own for each road: the steps change the data. Both begin with the same ids.
      await using served = await serveTestNode()
      answers[name] = []
      for (const one of steps) answers[name].push(await road(served.store, served.route, one))
    }
    for (const [index, one] of steps.entries()) {
      expect(answers.unary![index], `${index}: ${one.cmd}`).toMatchObject(one.says)
      expect(answers.batch![index], `${index}: ${one.cmd}`).toEqual(answers.unary![index])
    }
  })

  it('all in one message too: each answer under its id', async () => {
    await using served = await serveTestNode()
    const gets = Array.from({ length: 300 }, (_, index) => ({
      cmd: {
        case: 'rawGet' as const,
        value: kvrpcpb.RawGetRequest.create({ context: served.route.context, key: bytes(`key ${index % 3}`) }),
      },
    }))
    await roads.unary!(served.store, served.route, {
      ...steps[0]!,
      request: ({ context }) => kvrpcpb.RawPutRequest.create({ context, key: bytes('key 1'), value: v }),
    })
    const answers = await served.store.batch(gets)
    const found = answers.map(({ cmd }) => (cmd as { value: kvrpcpb.RawGetResponse }).value.value.length)
    expect(found).toEqual(gets.map((_, index) => (index % 3 === 1 ? 1 : 0)))
  })
})

describe('a command of TiKV 6.1 that this version does not serve', () => {
  const unserved: [Cmd, MethodDefinition<never, unknown>, RegExp][] = [
    [
      { case: 'pessimisticLock', value: kvrpcpb.PessimisticLockRequest.create() },
      tikvMethods.kvPessimisticLock as unknown as MethodDefinition<never, unknown>,
      /KvPessimisticLock is not served/,
    ],
    [
      { case: 'gc', value: kvrpcpb.GCRequest.create() },
      tikvMethods.kvGC as unknown as MethodDefinition<never, unknown>,
      /KvGC is not served/,
    ],
    [
      { case: 'coprocessor', value: coprocessor.Request.create() },
      tikvMethods.coprocessor as unknown as MethodDefinition<never, unknown>,
      /Coprocessor is not served/,
    ],
    [
      { case: 'rawCoprocessor', value: kvrpcpb.RawCoprocessorRequest.create() },
      tikvMethods.rawCoprocessor as unknown as MethodDefinition<never, unknown>,
      /RawCoprocessor is not served/,
    ],
  ]

  it('says so inside BatchCommands, and with UNIMPLEMENTED as a call', async () => {
    await using served = await serveTestNode()
    for (const [cmd, method, text] of unserved) {
      const [response] = await served.store.batch([{ cmd }])
      expect(response!.cmd?.case).toBe(cmd.case)
      const { errors, error, otherError } = response!.cmd!.value as {
        errors?: kvrpcpb.KeyError[]
        error?: kvrpcpb.KeyError | string
        otherError?: string
      }
      const said = errors?.[0]?.abort ?? otherError ?? (typeof error === 'string' ? error : error?.abort)
      expect(said).toMatch(text)
      expect((await served.store.failure(method, new Uint8Array(0))).code).toBe(status.UNIMPLEMENTED)
    }
  })

  it('gets an empty answer under its id when nobody knows it', async () => {
    await using served = await serveTestNode()
    const [unknown, known] = await served.store.batch([
      { cmd: undefined },
      { cmd: { case: 'empty', value: { testId: 5, delayTime: 0 } } },
    ])
    expect(unknown!.cmd).toBeUndefined()
    expect(known!.cmd).toMatchObject({ case: 'empty', value: { testId: 5 } })
  })
})
