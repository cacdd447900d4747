import { ProtoDecodeError, tikvMethods } from '@stratakv/proto'
import { Context, GetRequest } from '@stratakv/proto/kvrpcpb'
import { BatchCommandsRequest } from '@stratakv/proto/tikvpb'
import { describe, expect, it } from 'vitest'

describe('codec', () => {
  it('round-trips nested messages', () => {
    const context = Context.create({ regionId: 7, regionEpoch: { confVer: 1, version: 300 } })
    const request = GetRequest.create({ context, key: new Uint8Array([1, 2, 3]), version: 2n ** 64n - 1n })
    const bytes = tikvMethods.kvGet.request.encode(request)
    expect(GetRequest.decode(bytes)).toEqual(request)
    const batch = BatchCommandsRequest.create({
      requests: [{ cmd: { case: 'get', value: request } }],
      requestIds: [1, 300],
    })
    expect(BatchCommandsRequest.decode(BatchCommandsRequest.encode(batch))).toEqual(batch)
  })

  it('refuses truncated bytes by name', () => {
    const bytes = GetRequest.encode(GetRequest.create({ key: new Uint8Array(10) }))
    expect(() => GetRequest.decode(bytes.subarray(0, 5))).toThrow(ProtoDecodeError)
    expect(() => GetRequest.decode(bytes.subarray(0, 5))).toThrow('kvrpcpb.GetRequest: truncated at byte 2')
  })
})
