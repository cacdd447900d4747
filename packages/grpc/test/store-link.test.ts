import { type Rpc, type RpcCallStream, RpcStatusError, rpcStatus, seededRandom } from '@stratakv/core'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import type { Introduction } from '../src/transport/introduction.ts'
import { StoreLink } from '../src/transport/store-link.ts'

const [backoffMsMin, backoffMsMax] = [1000, 8000]
const introduction = { clusterId: 7n, from: 1, to: 2 } as unknown as Introduction

/** A link to a store that takes streams, and ends each when the test says so. */
function openLink() {
  const clock = simulatedClock()
  const openedAt: number[] = []
  let end: ((error?: RpcStatusError) => void) | undefined
  const written: unknown[] = []
  const rpc = {
    unary: async (_address: string, _method: unknown, own: Introduction) => ({ ...own, from: own.to, to: own.from }),
    stream: () => {
      openedAt.push(clock.now())
      return {
        write: (batch: unknown) => written.push(batch) > 0,
        onMessage() {},
        onDrain() {},
        onEnd: (notify: (error?: RpcStatusError) => void) => {
          end = notify
        },
        cancel() {},
      } as unknown as RpcCallStream<unknown, unknown>
    },
  } as unknown as Rpc
  const deps = {
    rpc,
    clock,
    random: seededRandom(1),
    resolve: async () => '127.0.0.1:1',
    onSent() {},
    onDropped() {},
    onDown() {},
  }
  const link = new StoreLink(deps, introduction, {
    queueCountMax: 10,
    queueBytesMax: 1000,
    batchCountMax: 10,
    batchBytesMax: 1000,
    backoffMsMin,
    backoffMsMax,
  })
  const isOpenAfter = async (ms: number): Promise<boolean> => {
    const before = openedAt.length
    for (let waited = 0; waited < ms; waited += 10) {
      link.send(Uint8Array.of(1))
      await clock.advance(10)
    }
    return openedAt.length > before
  }
  return { clock, link, isOpenAfter, end: () => end?.(new RpcStatusError(rpcStatus.unavailable, 'ended')) }
}

describe('a link to a store that ends each stream', () => {
  it('is silent for longer each time, up to the most', async () => {
    const { link, end, isOpenAfter } = openLink()
    expect(await isOpenAfter(10)).toBe(true)
    for (const backoffMs of [1000, 2000, 4000, 8000, 8000]) {
      end()
      expect(await isOpenAfter(backoffMs / 2 - 20)).toBe(false)
      expect(await isOpenAfter(backoffMs / 2 + 40)).toBe(true)
    }
    link.close()
  })

  it('begins with the least again once a stream was open for longer than that', async () => {
    const { clock, link, end, isOpenAfter } = openLink()
    await isOpenAfter(10)
    for (let count = 0; count < 4; count++) {
      end()
      await isOpenAfter(backoffMsMax)
    }
    await clock.advance(backoffMsMax)
    end()
    expect(await isOpenAfter(backoffMsMin + 20)).toBe(true)
    link.close()
  })
})
