import {
  ClosedError,
  type MaybePromise,
  type MethodDefinition,
  noTelemetry,
  type Rpc,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
} from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import { RawGetRequest, type RawGetResponse } from '@stratakv/proto/kvrpcpb'
import { type BatchCommandsRequest, BatchCommandsResponse } from '@stratakv/proto/tikvpb'
import { settled, simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { type BatchTransportOptions, batchTransport, defaultBatchTransportOptions } from '../src/batch-transport.ts'
import { NotSentError } from '../src/command-transport.ts'

const get = { method: tikvMethods.rawGet, batchName: 'rawGet', timeoutMs: 1000 } as const
const unbatched = { method: tikvMethods.rawGet, timeoutMs: 1000 }

/** One end of a stream in the test's hands. */
class ScriptedStream implements RpcCallStream<BatchCommandsRequest, BatchCommandsResponse> {
  readonly written: BatchCommandsRequest[] = []
  isOpenForMore = true
  isCancelled = false
  #receive: (message: BatchCommandsResponse) => void = () => {}
  #end: (error: RpcStatusError | undefined) => void = () => {}
  drain: () => void = () => {}

  write(message: BatchCommandsRequest): boolean {
    this.written.push(message)
    return this.isOpenForMore
  }
  onDrain(notify: () => void): void {
    this.drain = notify
  }
  onMessage(receive: (message: BatchCommandsResponse) => void): void {
    this.#receive = receive
  }
  onEnd(notify: (error: RpcStatusError | undefined) => void): void {
    this.#end = notify
  }
  pause(): void {}
  resume(): void {}
  halfClose(): void {}
  cancel(): void {
    this.isCancelled = true
    this.#end(new RpcStatusError(rpcStatus.cancelled, 'cancelled'))
  }
  fail(error: RpcStatusError | undefined): void {
    this.#end(error)
  }
  /** Each key comes back as its value. */
  answer(ids: readonly number[]): void {
    const requests = new Map(
      this.written.flatMap((message) => message.requestIds.map((id, index) => [id, message.requests[index]!] as const)),
    )
    this.#receive(
      BatchCommandsResponse.create({
        requestIds: [...ids],
        responses: ids.map((id) => {
          const cmd = requests.get(id)?.cmd
          if (cmd?.case !== 'rawGet') return { cmd: undefined }
          return { cmd: { case: 'rawGet', value: { value: cmd.value.key, notFound: false } as RawGetResponse } }
        }),
      }),
    )
  }
}

function start(options: Partial<BatchTransportOptions> = {}) {
  const streams: ScriptedStream[] = []
  const direct: string[] = []
  const clock = simulatedClock()
  const rpc: Rpc = {
    supports: { batchingPays: true },
    unary: <Req, Res>(_address: string, _method: MethodDefinition<Req, Res>, request: Req): MaybePromise<Res> => {
      const { key } = request as RawGetRequest
      direct.push(Buffer.from(key).toString())
      return { value: key } as Res
    },
    stream: <Req, Res>() => {
      const stream = new ScriptedStream()
      streams.push(stream)
      return stream as unknown as RpcCallStream<Req, Res>
    },
    close: async () => {},
  }
  const transport = batchTransport(
    { rpc, clock, telemetry: noTelemetry() },
    { ...defaultBatchTransportOptions, ...options },
  )
  const send = async (key: string, signal?: AbortSignal): Promise<string> => {
    const request = RawGetRequest.create({ key: Buffer.from(key) })
    const response = await transport.send('store:1', get, request, signal)
    return Buffer.from(response.value).toString()
  }
  return { clock, direct, send, streams, transport }
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('batch transport', () => {
  it('sends what one turn asks for in one message, and a lone command at once', async () => {
    const { send, streams, clock } = start()
    const first = [send('a'), send('b'), send('c')]
    await settled()
    const lone = send('d')
    await settled()
    const [stream] = streams
    expect(stream!.written.map(({ requestIds }) => requestIds)).toEqual([[1, 2, 3], [4]])
    stream!.answer([4, 2])
    stream!.answer([1, 3])
    expect(await Promise.all([...first, lone])).toEqual(['a', 'b', 'c', 'd'])
    expect(streams.length).toBe(1)
    clock.assertIdle()
  })

  it('cuts at the largest batch and waits at the most unanswered', async () => {
    const { send, streams } = start({ batchCountMax: 3, inFlightMax: 5 })
    const all = Array.from({ length: 9 }, (_, index) => send(String(index)))
    await settled()
    const [stream] = streams
    const sent = () => stream!.written.map(({ requestIds }) => requestIds.length)
    expect(sent()).toEqual([3, 2])
    stream!.answer([2])
    await settled()
    expect(sent()).toEqual([3, 2, 1])
    stream!.answer([1, 3, 4, 5, 6])
    await settled()
    expect(sent()).toEqual([3, 2, 1, 3])
    stream!.answer([7, 8, 9])
    expect(await Promise.all(all)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8'])
  })

  it('sends calls of their own when too many wait', async () => {
    const { send, streams, direct } = start({ inFlightMax: 1, waitingMax: 2 })
    const all = ['a', 'b', 'c', 'd', 'e'].map((key) => send(key))
    await settled()
    expect(direct).toEqual(['c', 'd', 'e'])
    streams[0]!.answer([1])
    await settled()
    streams[0]!.answer([2])
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('holds back while the transport is full', async () => {
    const { send, streams } = start()
    const a = send('a')
    await settled()
    streams[0]!.isOpenForMore = false
    const b = send('b')
    await settled()
    const c = send('c')
    await settled()
    expect(streams[0]!.written.length).toBe(2)
    streams[0]!.drain()
    expect(streams[0]!.written.length).toBe(3)
    streams[0]!.answer([1, 2, 3])
    expect(await Promise.all([a, b, c])).toEqual(['a', 'b', 'c'])
  })

  it('calls commands that cannot be batched by themselves', async () => {
    const { transport, streams, direct } = start()
    await transport.send('store:1', unbatched, RawGetRequest.create({ key: Buffer.from('k') }), undefined)
    expect(direct).toEqual(['k'])
    expect(streams).toEqual([])
  })

  it('gives up a command that waits, and one that was sent', async () => {
    const { send, streams, clock } = start({ inFlightMax: 1 })
    const [first, second] = [new AbortController(), new AbortController()]
    const sent = failure(send('a', first.signal))
    const waiting = failure(send('b', second.signal))
    const other = send('c')
    await settled()
    second.abort()
    expect(await waiting).toBeInstanceOf(NotSentError)
    first.abort()
    expect(await sent).toMatchObject({ status: rpcStatus.cancelled })
    await settled()
    // The answer of the command that was given up finds nobody, and the place it took is free.
    streams[0]!.answer([1, 2])
    expect(await other).toBe('c')
    expect(streams[0]!.written.length).toBe(2)
    clock.assertIdle()
  })

  it('ends what is not answered in time, sent or not', async () => {
    const { send, streams, clock } = start({ inFlightMax: 1 })
    const sent = failure(send('a'))
    await clock.advance(400)
    const waiting = failure(send('b'))
    await clock.advance(500)
    const late = send('c')
    await clock.advance(99)
    expect(streams[0]!.written.length).toBe(1)
    await clock.advance(1)
    expect(await sent).toMatchObject({ status: rpcStatus.deadlineExceeded })
    expect(streams[0]!.written.length).toBe(2)
    await clock.advance(400)
    expect(await waiting).toMatchObject({ status: rpcStatus.deadlineExceeded })
    streams[0]!.answer([3])
    expect(await late).toBe('c')
    clock.assertIdle()
  })

  it('ends what waits in the queue for too long as not sent', async () => {
    const { send, clock } = start({ inFlightMax: 1 })
    const sent = failure(send('a'))
    const waiting = failure(send('b'))
    await clock.advance(1000)
    expect(await sent).toMatchObject({ status: rpcStatus.deadlineExceeded })
    expect(await waiting).toMatchObject({ cause: { status: rpcStatus.deadlineExceeded } })
  })

  it('fails what was on a stream that broke, and tries another after a while', async () => {
    const { send, streams, direct, clock } = start()
    const broken = failure(send('a'))
    await settled()
    const cause = new RpcStatusError(rpcStatus.internal, 'RST_STREAM')
    streams[0]!.fail(cause)
    expect(await broken).toMatchObject({ status: rpcStatus.unavailable, cause })
    expect(await send('b')).toBe('b')
    await clock.advance(99)
    expect(await send('c')).toBe('c')
    expect(direct).toEqual(['b', 'c'])
    expect(streams.length).toBe(1)
    await clock.advance(1)
    const again = failure(send('d'))
    await settled()
    expect(streams.length).toBe(2)
    // Failed without an answer: the next wait is twice as long.
    streams[1]!.fail(undefined)
    expect(await again).toMatchObject({ status: rpcStatus.unavailable })
    await clock.advance(199)
    expect(await send('e')).toBe('e')
    await clock.advance(1)
    const good = send('f')
    await settled()
    streams[2]!.answer([3])
    expect(await good).toBe('f')
    streams[2]!.fail(undefined)
    await clock.advance(100)
    const last = send('g')
    await settled()
    streams[3]!.answer([4])
    expect(await last).toBe('g')
    clock.assertIdle()
  })

  it('opens another stream when one broke while it was full', async () => {
    const { send, streams, clock } = start()
    const first = send('a')
    await settled()
    streams[0]!.answer([1])
    await first
    streams[0]!.isOpenForMore = false
    const broken = failure(send('b'))
    await settled()
    streams[0]!.fail(undefined)
    await broken
    await clock.advance(100)
    const next = send('c')
    await settled()
    streams[1]!.answer([3])
    expect(await next).toBe('c')
  })

  it('calls one by one a server that knows no batches, also what was sent as a batch', async () => {
    const { send, streams, direct } = start()
    const all = [send('a'), send('b')]
    await settled()
    streams[0]!.fail(new RpcStatusError(rpcStatus.unimplemented, 'what?'))
    expect(await Promise.all(all)).toEqual(['a', 'b'])
    expect(direct).toEqual(['a', 'b'])
  })

  it('says of a command that the server does not batch that it is unimplemented', async () => {
    const { transport, streams } = start()
    const command = { ...get, batchName: 'rawPut' } as const
    const call = failure(Promise.resolve(transport.send('store:1', command, RawGetRequest.create(), undefined)))
    await settled()
    streams[0]!.answer([1])
    expect(await call).toMatchObject({ status: rpcStatus.unimplemented })
  })

  it('ends everything when it is closed', async () => {
    const { send, streams, transport, clock } = start({ inFlightMax: 1 })
    const sent = failure(send('a'))
    const waiting = failure(send('b'))
    await settled()
    transport.close()
    expect(await sent).toMatchObject({ status: rpcStatus.cancelled })
    expect(await waiting).toBeInstanceOf(ClosedError)
    expect(streams[0]!.isCancelled).toBe(true)
    expect(await failure(send('c'))).toBeInstanceOf(ClosedError)
    clock.assertIdle()
  })
})
