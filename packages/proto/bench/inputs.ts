import { Context, Mutation, PrewriteRequest, RawGetRequest, RawGetResponse } from '@stratakv/proto/kvrpcpb'
import { GetRegionResponse } from '@stratakv/proto/pdpb'
import { BatchCommandsRequest, BatchCommandsResponse } from '@stratakv/proto/tikvpb'

/** One message to encode or decode, as bytes: every contender makes its own objects of them. */
export interface BenchInput {
  readonly name: string
  /** Full protobuf name. */
  readonly type: string
  readonly bytes: Uint8Array
}

const batchCount = 64
const keyBytes = 16
const valueBytes = 1024

/** What client-go puts on each request: region, epoch, peer, priority and a request source. */
function context(): Context {
  return Context.create({
    regionId: 1204,
    regionEpoch: { confVer: 5, version: 317 },
    peer: { id: 1207, storeId: 4, role: 0, isWitness: false },
    maxExecutionDurationMs: 20_000,
    requestSource: 'external_unknown',
    resourceControlContext: undefined,
  })
}

function bytesOf(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (seed * 31 + at * 7) & 0xff)
}

function rawGet(seed: number): RawGetRequest {
  return RawGetRequest.create({ context: context(), key: bytesOf(keyBytes, seed) })
}

function prewrite(): PrewriteRequest {
  const startVersion = 450_123_456_789_012_345n
  return PrewriteRequest.create({
    context: context(),
    mutations: Array.from({ length: 8 }, (_, at) =>
      Mutation.create({ op: 0, key: bytesOf(32, at), value: bytesOf(256, at) }),
    ),
    primaryLock: bytesOf(32, 0),
    startVersion,
    lockTtl: 3000,
    txnSize: 8n,
    minCommitTs: startVersion + 1n,
  })
}

function regionReply(): GetRegionResponse {
  const peers = [1, 4, 5].map((storeId) => ({ id: 1200 + storeId, storeId, role: 0 as const, isWitness: false }))
  return GetRegionResponse.decode(
    GetRegionResponse.encode(
      GetRegionResponse.create({
        header: { clusterId: 7_123_456_789_012_345_678n, error: undefined },
        region: {
          id: 1204,
          startKey: bytesOf(27, 1),
          endKey: bytesOf(27, 2),
          regionEpoch: { confVer: 5, version: 317 },
          peers,
          encryptionMeta: undefined,
          isInFlashback: false,
          flashbackStartTs: 0n,
        },
        leader: peers[1],
      }),
    ),
  )
}

export function benchInputs(): BenchInput[] {
  const ids = Array.from({ length: batchCount }, (_, at) => 100_000 + at)
  const requests = ids.map((id) => ({ cmd: { case: 'rawGet' as const, value: rawGet(id) } }))
  const responses = ids.map((id) => ({
    cmd: { case: 'rawGet' as const, value: RawGetResponse.create({ value: bytesOf(valueBytes, id) }) },
  }))
  return [
    {
      name: `BatchCommandsRequest, ${batchCount} RawGet, ${keyBytes} B keys`,
      type: 'tikvpb.BatchCommandsRequest',
      bytes: BatchCommandsRequest.encode(BatchCommandsRequest.create({ requests, requestIds: ids })),
    },
    {
      name: `BatchCommandsResponse, ${batchCount} RawGet, ${valueBytes} B values`,
      type: 'tikvpb.BatchCommandsResponse',
      bytes: BatchCommandsResponse.encode(BatchCommandsResponse.create({ responses, requestIds: ids })),
    },
    {
      name: 'PrewriteRequest, 8 puts, 32 B keys, 256 B values',
      type: 'kvrpcpb.PrewriteRequest',
      bytes: PrewriteRequest.encode(prewrite()),
    },
    {
      name: 'GetRegionResponse, 3 peers',
      type: 'pdpb.GetRegionResponse',
      bytes: GetRegionResponse.encode(regionReply()),
    },
    { name: 'RawGetRequest, 16 B key', type: 'kvrpcpb.RawGetRequest', bytes: RawGetRequest.encode(rawGet(1)) },
    {
      name: 'RawGetResponse, 100 B value',
      type: 'kvrpcpb.RawGetResponse',
      bytes: RawGetResponse.encode(RawGetResponse.create({ value: bytesOf(100, 1) })),
    },
  ]
}
