import {
  BackoffExhaustedError,
  CallAbortedError,
  createClient,
  SnapshotTooOldError,
  type TikvClient,
  UndeterminedCommitError,
} from '@stratakv/client'
import { noTelemetry, type Rpc } from '@stratakv/core'
import { tikvMethods } from '@stratakv/proto'
import * as errorpb from '@stratakv/proto/errorpb'
import { faultyRpc, type RpcFault, type SimulatedClock, seededRandom, simulatedClock } from '@stratakv/testkit'
import { encodeBytes } from '@stratakv/wasm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestCluster, type TestCluster } from './test-cluster.ts'

const settleMs = 600_000
const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : new TextDecoder().decode(bytes))

describe.each([{ takesOffers: true }, { takesOffers: false }])(
  'what clients leave behind, offers $takesOffers',
  ({ takesOffers }) => {
    let clock: SimulatedClock
    let cluster: TestCluster
    const clients: TikvClient[] = []

    beforeEach(async () => {
      clock = simulatedClock()
      cluster = await openTestCluster({ clock, random: seededRandom(1) }, { takesOffers })
      // Two regions, so that a transaction over both cannot commit in one phase.
      await cluster.kv.split(encodeBytes(new TextEncoder().encode('m')))
    })

    afterEach(async () => {
      for (const client of clients.splice(0)) await clock.settle(client.close(), settleMs)
      await cluster.close()
      clock.assertIdle()
    })

    function connect(
      fault: (path: string, callCount: number, request: unknown) => RpcFault | undefined = () => undefined,
    ) {
      let callCount = 0
      const rpc: Rpc = faultyRpc(
        cluster.connect(),
        { clock },
        { fault: ({ path, request }) => fault(path, callCount++, request) },
      )
      const { placementDriver } = cluster
      const random = seededRandom(2)
      const client = createClient(
        { rpc, placementDriver, clock, random, telemetry: noTelemetry() },
        { txn: { budgetMs: 20_000 } },
      )
      clients.push(client)
      return client
    }

    const settle = <T>(promise: Promise<T>) => clock.settle(promise, settleMs)

    it('is decided for all keys alike, wherever the client died', async () => {
      const outcomes = new Set<string>()
      for (let diesAfter = 0; diesAfter < 8; diesAfter++) {
        const death = new AbortController()
        const dying = connect((_, callCount) => {
          if (callCount < diesAfter) return undefined
          death.abort()
          return { type: 'lose-request' }
        })
        const value = `after ${diesAfter}`
        await settle(
          dying
            .txn(
              (txn) => {
                txn.put('a', value)
                txn.put('x', value)
              },
              { signal: death.signal },
            )
            .catch((error) => {
              if (!(error instanceof CallAbortedError) && !(error instanceof UndeterminedCommitError)) throw error
            }),
        )
        const reader = connect()
        const snapshot = await settle(reader.snapshot())
        const found = (await settle(snapshot.batchGet(['a', 'x']))).map(text)
        expect(found[0] === value, `died after ${diesAfter} calls: ${found}`).toBe(found[1] === value)
        outcomes.add(found[0] === value ? 'committed' : 'not')
      }
      expect(outcomes).toEqual(new Set(['committed', 'not']))
    })

    it('is swept up, and told alive while its client is', async () => {
      // Its commits never arrive, its heartbeats do.
      const stuck = connect((path) => (path === tikvMethods.kvCommit.path ? { type: 'lose-request' } : undefined))
      const stuckCommit = stuck
        .txn(
          (txn) => {
            txn.put('a', 'stuck')
            txn.put('x', 'stuck')
          },
          { asyncCommit: false },
        )
        .catch((error) => error)
      await clock.advance(10_000)
      const sweeper = connect()
      const during = await settle(sweeper.resolveLocksBefore(await settle(sweeper.timestamp())))
      expect(during).toMatchObject({ removedCount: 0, aliveCount: 2 })
      expect(during.oldestAliveStartTs).toBeTypeOf('bigint')
      expect(await settle(stuckCommit)).toBeInstanceOf(UndeterminedCommitError)
      await clock.advance(60_000)
      const after = await settle(sweeper.resolveLocksBefore(await settle(sweeper.timestamp())))
      expect(after).toEqual({ removedCount: 2, aliveCount: 0, oldestAliveStartTs: undefined })
      expect(text(await settle((await settle(sweeper.snapshot())).get('a')))).toBe(undefined)
    })

    it('does not stop a reader that came before it could commit', async () => {
      // The reader pushes the commit behind itself, and the writer takes a later timestamp.
      const slow = connect((path) =>
        path === tikvMethods.kvCommit.path ? { type: 'delay', requestMs: 2000, answerMs: 0 } : undefined,
      )
      const writing = slow.txn(
        (txn) => {
          txn.put('a', 'late')
          txn.put('x', 'late')
        },
        { asyncCommit: false },
      )
      await clock.advance(100)
      const reader = connect()
      const snapshot = await settle(reader.snapshot())
      expect(text(await settle(snapshot.get('a')))).toBe(undefined)
      expect(clock.now()).toBeLessThan(2000)
      await settle(writing)
      expect(text(await settle(snapshot.get('a')))).toBe(undefined)
      expect((await settle(snapshot.batchGet(['a', 'x']))).map(text)).toEqual([undefined, undefined])
      const later = await settle(reader.snapshot())
      expect((await settle(later.batchGet(['a', 'x']))).map(text)).toEqual(['late', 'late'])
    })

    it('tells committed from unknown: an answer that is lost and a retry that gets through', async () => {
      let lost = 0
      const client = connect((path) => {
        const decides = path === tikvMethods.kvCommit.path || path === tikvMethods.kvPrewrite.path
        return decides && lost++ < 2 ? { type: 'lose-answer' } : undefined
      })
      const commitTs = await settle(
        client.txn(async (txn) => {
          txn.put('a', 'v')
          return txn.commit()
        }),
      )
      expect(lost).toBeGreaterThanOrEqual(2)
      const at = (timestamp: bigint) =>
        settle(client.snapshot({ at: timestamp })).then((found) => settle(found.get('a')))
      expect(text(await at(commitTs!))).toBe('v')
      expect(text(await at(commitTs! - 1n))).toBe(undefined)
    })

    it('keeps the true timestamp of a one-phase commit whose answer was lost with its region', async () => {
      let prewriteCount = 0
      const client = connect((path) => {
        if (path !== tikvMethods.kvPrewrite.path) return undefined
        prewriteCount++
        if (prewriteCount === 1) return { type: 'lose-answer' }
        const regionError = errorpb.Error.create({ regionNotFound: { regionId: 1 } })
        return prewriteCount === 2 ? { type: 'answer', response: { regionError } } : undefined
      })
      const txn = await settle(client.begin({ asyncCommit: false }))
      txn.put('a', 'v')
      txn.put('b', 'v')
      const commitTs = await settle(txn.commit())
      const before = await settle(client.snapshot({ at: commitTs! - 1n }))
      const at = await settle(client.snapshot({ at: commitTs! }))
      expect((await settle(before.batchGet(['a', 'b']))).map(text)).toEqual([undefined, undefined])
      expect((await settle(at.batchGet(['a', 'b']))).map(text)).toEqual(['v', 'v'])
    })

    it('is unknown when no answer ever came to what decides', async () => {
      const client = connect((path) => (path === tikvMethods.kvPrewrite.path ? { type: 'lose-answer' } : undefined))
      const commit = async (offers: { asyncCommit: boolean; onePhaseCommit: boolean }) => {
        const txn = await settle(client.begin(offers))
        txn.put('a', 'v')
        txn.put('x', 'v')
        return { txn, error: await settle(txn.commit().catch((failure) => failure)) }
      }
      // A prewrite that may have been taken for the whole commit.
      const offered = await commit({ asyncCommit: true, onePhaseCommit: true })
      expect(offered.error).toBeInstanceOf(UndeterminedCommitError)
      expect(offered.txn.state).toBe('undetermined')
      // One that decides nothing.
      const plain = await commit({ asyncCommit: false, onePhaseCommit: false })
      expect(plain.error).toBeInstanceOf(BackoffExhaustedError)
      expect(plain.txn.state).toBe('rolled-back')
    })

    it('can be older than what may be read', async () => {
      const client = connect()
      await settle(client.txn((txn) => txn.put('a', 'v')))
      const old = await settle(client.snapshot())
      await settle(cluster.placementDriver.advanceTxnSafePoint(await settle(client.timestamp())))
      await clock.advance(15_000)
      expect(await settle(old.get('a').catch((error) => error))).toBeInstanceOf(SnapshotTooOldError)
      expect(text(await settle((await settle(client.snapshot())).get('a')))).toBe('v')
    })
  },
)
