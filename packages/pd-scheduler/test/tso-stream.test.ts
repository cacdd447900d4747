import { noTelemetry, RpcStatusError, rpcStatus } from '@stratakv/core'
import { pdServices } from '@stratakv/pd-scheduler/edge'
import { pdMethods } from '@stratakv/proto'
import { TsoRequest, type TsoResponse } from '@stratakv/proto/pdpb'
import { settled } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { openStream } from './loopback.ts'
import { sampleDriver } from './sample-driver.ts'

async function sample() {
  const made = await sampleDriver()
  const services = pdServices(made.pd, { clock: made.clock, telemetry: noTelemetry() })
  const request = (count: number, fields: Partial<TsoRequest> = {}) =>
    TsoRequest.create({
      header: { clusterId: made.pd.id, senderId: 0n, callerId: '', callerComponent: '' },
      count,
      ...fields,
    })
  return { ...made, request, open: () => openStream(services, pdMethods.tso) }
}

function last(response: TsoResponse): bigint {
  const { physical, logical } = response.timestamp!
  return (BigInt(physical) << 18n) + BigInt(logical)
}

function failure(outcome: unknown): RpcStatusError {
  expect(outcome).toBeInstanceOf(RpcStatusError)
  return outcome as RpcStatusError
}

describe('the timestamp stream', () => {
  it('answers in order, one reply a request, at once', async () => {
    const { pd, request, open } = await sample()
    const stream = open()
    stream.send(request(1), request(5), request(100))
    expect(stream.received.map(({ count }) => count)).toEqual([1, 5, 100])
    let previous = 0n
    for (const response of stream.received) {
      expect(last(response) - BigInt(response.count - 1) > previous).toBe(true)
      expect(response.header?.clusterId).toBe(pd.id)
      previous = last(response)
    }
    expect(stream.outcome()).toBe(undefined)
    await pd.close()
  })

  it('serves a call that is made as if it were unary', async () => {
    const { pd, clock, request, open } = await sample()
    const prompt = open()
    prompt.send(request(1))
    prompt.halfClose()
    expect([prompt.received.length, prompt.outcome()]).toEqual([1, 'ok'])
    // The same when the timestamp has to wait for a new window.
    await clock.advance(10_000)
    const waiting = open()
    waiting.send(request(1))
    waiting.halfClose()
    expect(waiting.outcome()).toBe(undefined)
    await settled()
    expect([waiting.received.length, waiting.outcome()]).toEqual([1, 'ok'])
    await pd.close()
  })

  it('keeps the order of requests that wait, over streams too', async () => {
    const { pd, clock, request, open } = await sample()
    await clock.advance(10_000)
    const streams = [open(), open()]
    for (let round = 0; round < 3; round++) for (const stream of streams) stream.send(request(2))
    await settled()
    for (const stream of streams) {
      const order = stream.received.map(last)
      expect(order.length).toBe(3)
      expect(order).toEqual([...order].sort((left, right) => (left < right ? -1 : 1)))
    }
    const all = streams.flatMap((stream) => stream.received.map(last))
    expect(new Set(all).size).toBe(6)
    await pd.close()
  })

  it('stays open while nobody asks', async () => {
    const { pd, clock, request, open } = await sample()
    const stream = open()
    await clock.advance(3_600_000)
    expect(stream.outcome()).toBe(undefined)
    stream.send(request(1))
    await settled()
    expect(stream.received.length).toBe(1)
    await pd.close()
  })

  it('fails on a count of zero, another cluster, and another data centre', async () => {
    const { pd, request, open } = await sample()
    const outcome = (message: TsoRequest) => {
      const stream = open()
      stream.send(message)
      stream.send(request(1))
      expect(stream.received).toEqual([])
      return failure(stream.outcome())
    }
    expect(outcome(request(0)).status).toBe(rpcStatus.unknown)
    const mismatch = outcome(TsoRequest.create({ count: 1 }))
    expect(mismatch.status).toBe(rpcStatus.failedPrecondition)
    expect(mismatch.message).toBe(`mismatch cluster id, need ${pd.id} but got 0`)
    expect(outcome(request(1, { dcLocation: 'dc-1' })).status).toBe(rpcStatus.unknown)
    const global = open()
    global.send(request(1, { dcLocation: 'global' }))
    expect(global.received.length).toBe(1)
    await pd.close()
  })

  it('answers what came before a request that fails', async () => {
    const { pd, request, open } = await sample()
    const stream = open()
    stream.send(request(3), request(0))
    expect(stream.received.length).toBe(1)
    expect(failure(stream.outcome()).message).toContain('count')
    await pd.close()
  })

  it('holds back for a caller that does not read', async () => {
    const { pd, request, open } = await sample()
    const stream = open()
    stream.roomCount = 2
    for (let index = 0; index < 3000; index++) stream.send(request(1))
    expect(stream.received.length).toBe(2)
    expect(stream.paused).toBe(true)
    stream.drain(Number.POSITIVE_INFINITY)
    expect(stream.received.length).toBe(3000)
    expect(stream.paused).toBe(false)
    await pd.close()
  })

  it('keeps to one timestamp in flight when there is room again while it waits', async () => {
    const { pd, clock, request, open } = await sample()
    const stream = open()
    stream.roomCount = 1
    stream.send(request(1))
    await clock.advance(10_000)
    stream.drain(1)
    stream.send(request(1), request(1))
    stream.drain(10)
    stream.drain(10)
    await settled()
    expect(stream.received.length).toBe(3)
    await pd.close()
  })

  it('writes nothing after it was cancelled', async () => {
    const { pd, clock, request, open } = await sample()
    await clock.advance(10_000)
    const stream = open()
    stream.send(request(1))
    stream.cancel()
    await settled()
    expect(stream.received).toEqual([])
    await pd.close()
  })

  it('says "not leader" while it goes down, so that clients look elsewhere', async () => {
    const { pd, request, open } = await sample()
    const stream = open()
    await pd.close()
    stream.send(request(1))
    const { status, message } = failure(stream.outcome())
    expect([status, message]).toEqual([rpcStatus.unavailable, 'not leader'])
  })
})
