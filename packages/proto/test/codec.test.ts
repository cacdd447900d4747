import { type DecodeFault, nestingMax, ProtoDecodeError, ProtoEncodeError, tikvMethods } from '@stratakv/proto'
import { Entry } from '@stratakv/proto/eraftpb'
import { type RequestOp, TxnRequest } from '@stratakv/proto/etcdserverpb'
import {
  CheckLeaderResponse,
  Context,
  GetRequest,
  KeyError,
  RawGetResponse,
  TimeDetailV2,
} from '@stratakv/proto/kvrpcpb'
import { BucketStats, Peer, Region, StoreLabel } from '@stratakv/proto/metapb'
import { GetOperatorResponse, LoadGlobalConfigResponse } from '@stratakv/proto/pdpb'
import { BatchCommandsRequest, BatchCommandsResponse } from '@stratakv/proto/tikvpb'
import { RemoteParentSpan, TraceContext } from '@stratakv/proto/tracepb'
import { describe, expect, it } from 'vitest'

const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values)

function faultOf(decode: () => unknown): DecodeFault | 'none' {
  try {
    decode()
    return 'none'
  } catch (error) {
    if (error instanceof ProtoDecodeError) return error.fault
    throw error
  }
}

describe('a message', () => {
  it('stands in a method definition as it is', () => {
    expect(tikvMethods.kvGet.path).toBe('/tikvpb.Tikv/KvGet')
    expect(tikvMethods.kvGet.request).toBe(GetRequest)
    expect(tikvMethods.batchCommands.kind).toBe('bidi')
  })

  it('has known bytes', () => {
    const region = Region.create({ id: 300, startKey: bytesOf(0x61), regionEpoch: { confVer: 1, version: 2 } })
    // id 300, start_key "a", region_epoch {conf_ver 1, version 2}
    expect([...Region.encode(region)]).toEqual([8, 0xac, 2, 0x12, 1, 0x61, 0x22, 4, 8, 1, 16, 2])
  })

  it('carries the largest timestamp and the largest safe id', () => {
    const request = GetRequest.create({ version: 2n ** 64n - 1n, context: Context.create({ regionId: 2 ** 53 - 1 }) })
    expect(GetRequest.decode(GetRequest.encode(request))).toEqual(request)
  })

  it('carries trace ids of all 64 bits, as client-java draws them', () => {
    const span = RemoteParentSpan.create({ traceId: 2n ** 64n - 1n, spanId: 2n ** 63n })
    const context = Context.create({ traceContext: TraceContext.create({ remoteParentSpans: [span] }) })
    expect(Context.decode(Context.encode(context))).toEqual(context)
  })

  it('has a oneof as one member with a case and a value', () => {
    const value = GetRequest.create({ key: bytesOf(1) })
    const batch = BatchCommandsRequest.create({ requests: [{ cmd: { case: 'get', value } }], requestIds: [1, 300] })
    const decoded = BatchCommandsRequest.decode(BatchCommandsRequest.encode(batch))
    expect(decoded.requests[0]!.cmd).toEqual({ case: 'get', value })
    expect(BatchCommandsRequest.decode(bytesOf(0x0a, 0)).requests[0]!.cmd).toBeUndefined()
  })
})

describe('decoding', () => {
  it('gives bytes as plain views of the input, also of a Buffer', () => {
    const input = Buffer.from(RawGetResponse.encode(RawGetResponse.create({ value: bytesOf(1, 2, 3) })))
    const { value } = RawGetResponse.decode(input)
    expect(value.constructor).toBe(Uint8Array)
    input.fill(9)
    expect([...value]).toEqual([9, 9, 9])
  })

  it('reads packed and unpacked numbers', () => {
    expect(CheckLeaderResponse.decode(bytesOf(0x0a, 3, 1, 0xac, 2)).regions).toEqual([1, 300])
    expect(CheckLeaderResponse.decode(bytesOf(0x08, 1, 0x08, 0xac, 2)).regions).toEqual([1, 300])
    expect([...CheckLeaderResponse.encode({ regions: [1, 300], ts: 0n })]).toEqual([0x0a, 3, 1, 0xac, 2])
  })

  it('merges a message that comes in two parts, and takes the last of a scalar', () => {
    const parts = bytesOf(0x22, 2, 8, 5, 8, 1, 8, 2, 0x22, 2, 16, 7)
    expect(Region.decode(parts)).toMatchObject({ id: 2, regionEpoch: { confVer: 5, version: 7 } })
  })

  it('merges the parts of a oneof of one case', () => {
    const parts = bytesOf(0x0a, 3, 0x0a, 1, 0x12)
    expect(faultOf(() => BatchCommandsRequest.decode(parts))).toBe('truncated')
    const whole = BatchCommandsRequest.decode(bytesOf(0x0a, 9, 0x0a, 3, 0x12, 1, 7, 0x0a, 2, 0x18, 5))
    expect(whole.requests[0]!.cmd).toMatchObject({ case: 'get', value: { key: bytesOf(7), version: 5n } })
  })

  it('takes the last case of a oneof', () => {
    const get = BatchCommandsRequest.decode(bytesOf(0x0a, 4, 0x0a, 0, 0x12, 0))
    expect(get.requests[0]!.cmd?.case).toBe('scan')
  })

  it('steps over fields it does not know, of each wire type', () => {
    const unknown = [
      0xf8,
      0x3f,
      0x80,
      1,
      0xf9,
      0x3f,
      ...new Array<number>(8).fill(1),
      0xfa,
      0x3f,
      1,
      7,
      0xfd,
      0x3f,
      1,
      1,
      1,
      1,
    ]
    expect(Peer.decode(bytesOf(...unknown, 8, 3)).id).toBe(3)
  })

  it('keeps negative numbers', () => {
    const details = LoadGlobalConfigResponse.create({ revision: -2 })
    expect(LoadGlobalConfigResponse.decode(LoadGlobalConfigResponse.encode(details)).revision).toBe(-2)
  })

  it('keeps a byte order mark and text outside ASCII', () => {
    for (const value of ['\ufeffzone', 'größe', '区域', 'a'.repeat(33), `${'a'.repeat(30)}é`, '😀']) {
      expect(StoreLabel.decode(StoreLabel.encode({ key: 'k', value })).value).toBe(value)
    }
  })

  it('tells short strings apart that share a cache slot', () => {
    // First, middle and last byte and length agree, so both want the same slot.
    for (const value of ['axbyc', 'azbwc', 'axbyc']) {
      expect(StoreLabel.decode(StoreLabel.encode({ key: value, value })).key).toBe(value)
    }
  })

  const faults: [fault: DecodeFault, what: string, bytes: number[]][] = [
    ['truncated', 'a tag without its value', [8]],
    ['truncated', 'a varint that stops half way', [8, 0x80]],
    ['truncated', 'a length past the end', [0x12, 5, 1]],
    ['truncated', 'a length over 32 bits', [0x12, 0x81, 0x80, 0x80, 0x80, 0x80, 1, 0]],
    ['truncated', 'a nested field that passes its message', [0x22, 1, 8, 1]],
    ['truncated', 'a fixed-width unknown field cut short', [0xf9, 0x3f, 1]],
    ['bad-varint', 'eleven bytes', [8, ...new Array<number>(10).fill(0x80), 0]],
    ['bad-varint', 'a tag over 32 bits', [0x88, 0x80, 0x80, 0x80, 0x80, 1, 0]],
    ['bad-tag', 'field number 0', [0, 0]],
    ['bad-tag', 'wire type 7', [0xff, 0x3f]],
    ['wrong-wire-type', 'a number sent as bytes', [0x0a, 0]],
    ['wrong-wire-type', 'bytes sent as a number', [0x10, 0]],
    ['group', 'a group that opens', [0xfb, 0x3f]],
    ['group', 'a group that closes', [0xfc, 0x3f]],
    ['unsafe-integer', 'an id of 2^53', [8, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
  ]
  it.each(faults)('refuses as %s: %s', (fault, _what, bytes) => {
    expect(faultOf(() => Region.decode(bytesOf(...bytes)))).toBe(fault)
  })

  it('refuses a packed number that passes the end of its list', () => {
    expect(faultOf(() => CheckLeaderResponse.decode(bytesOf(0x0a, 1, 0x80, 1)))).toBe('truncated')
  })

  it('takes an id of 2^53 - 1', () => {
    expect(Region.decode(bytesOf(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f)).id).toBe(2 ** 53 - 1)
  })

  it('refuses text that is not UTF-8', () => {
    expect(faultOf(() => StoreLabel.decode(bytesOf(0x0a, 1, 0xff)))).toBe('bad-utf8')
  })

  it('says which message and where', () => {
    expect(() => GetRequest.decode(bytesOf(0x12, 9))).toThrow('kvrpcpb.GetRequest: truncated at byte 2')
  })

  it('refuses a message nested in itself without end', () => {
    const nested = (levels: number): TxnRequest => {
      const success: RequestOp[] = levels === 0 ? [] : [{ request: { case: 'requestTxn', value: nested(levels - 1) } }]
      return TxnRequest.create({ success })
    }
    const fits = TxnRequest.encode(nested(nestingMax / 2 - 1))
    expect(faultOf(() => TxnRequest.decode(fits))).toBe('none')
    expect(faultOf(() => TxnRequest.decode(TxnRequest.encode(nested(nestingMax))))).toBe('too-deep')
  })
})

describe('encoding', () => {
  it('refuses a value that the field cannot carry, and goes on afterwards', () => {
    const wrong: (() => unknown)[] = [
      () => Peer.encode(Peer.create({ id: 2 ** 53 })),
      () => Peer.encode(Peer.create({ id: -1 })),
      () => Peer.encode(Peer.create({ id: 1.5 })),
      () => Peer.encode(Peer.create({ id: Number.NaN })),
      () => GetRequest.encode(GetRequest.create({ version: -1n })),
      () => GetRequest.encode(GetRequest.create({ version: 2n ** 64n })),
      () => TimeDetailV2.encode(TimeDetailV2.create({ waitWallTimeNs: Number.POSITIVE_INFINITY })),
    ]
    for (const encode of wrong) {
      expect(encode).toThrow(ProtoEncodeError)
      expect([...Peer.encode(Peer.create({ id: 1 }))]).toEqual([8, 1])
    }
  })

  it('leaves out defaults and writes fields in the order of their numbers', () => {
    expect(KeyError.encode(KeyError.create())).toHaveLength(0)
    const bytes = GetOperatorResponse.encode(
      GetOperatorResponse.create({ regionId: 3, desc: bytesOf(4), kind: bytesOf(5) }),
    )
    expect([...bytes].filter((_, at) => at === 0 || at === 2 || at === 5).map((tag) => tag >>> 3)).toEqual([2, 3, 5])
  })

  it('gives bytes that later messages do not touch', () => {
    const sizes = [0, 1, 50, 64, 65, 100, 1000, 2000, 2048, 2049, 5000, 70_000]
    const made = Array.from({ length: 300 }, (_, at) => {
      const data = new Uint8Array(sizes[at % sizes.length]!).fill(at)
      return { data, bytes: Entry.encode(Entry.create({ index: at, data })) }
    })
    for (const [at, { data, bytes }] of made.entries()) {
      const entry = Entry.decode(bytes)
      expect(entry.index).toBe(at)
      // By memcmp: toEqual walks a buffer element by element.
      expect(Buffer.compare(entry.data, data)).toBe(0)
    }
  })

  it('grows for a message of several megabytes and encodes small ones after it', () => {
    const responses = Array.from({ length: 5 }, (_, at) => ({
      cmd: { case: 'rawGet' as const, value: RawGetResponse.create({ value: new Uint8Array(1 << 20).fill(at) }) },
    }))
    const batch = BatchCommandsResponse.create({ responses, requestIds: [1, 2, 3, 4, 5] })
    const decoded = BatchCommandsResponse.decode(BatchCommandsResponse.encode(batch))
    const values = decoded.responses.map(({ cmd }) => (cmd?.case === 'rawGet' ? cmd.value.value : undefined))
    expect(values.map((value, at) => Buffer.compare(value!, responses[at]!.cmd.value.value))).toEqual([0, 0, 0, 0, 0])
    expect([...Peer.encode(Peer.create({ id: 1 }))]).toEqual([8, 1])
  })

  it('packs numbers of all widths', () => {
    const stats = BucketStats.create({ readBytes: [0, 127, 128, 2 ** 32 - 1, 2 ** 32, 2 ** 35, 2 ** 42, 2 ** 53 - 1] })
    expect(BucketStats.decode(BucketStats.encode(stats))).toEqual(stats)
  })
})
