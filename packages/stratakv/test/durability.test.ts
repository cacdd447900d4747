import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import * as pdpb from '@stratakv/proto/pdpb'
import { describe, expect, it } from 'vitest'
import { pdMethods, RpcClient, tikvMethods } from '../../server/test/support/rpc-client.ts'
import { bytes, findRoute, rawGet, rawPut } from '../../server/test/support/test-node.ts'
import { bundleCommand } from './support/command-bundle.ts'
import { anyPorts, NodeProcess } from './support/node-process.ts'
import { readWireTrace, type SentData, wireTraceOptions } from './support/wire-trace.ts'

// Killing a process proves nothing about a sync, since the system keeps what was written. What can be seen is the order of
// the system calls: at the moment an answer leaves on its socket, no log may hold unsynced bytes.

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
const whyNot =
  strace.error !== undefined ? 'strace is not installed' : strace.status !== 0 ? 'strace may not trace here' : undefined
const skipped = whyNot === undefined ? '' : ` (skipped: ${whyNot})`

/** Runs a node under strace, lets `talk` speak with it, and gives what left on each port, in order. */
async function traced(
  talk: (node: { store: RpcClient; pd: RpcClient; context: kvrpcpb.Context; clusterId: bigint }) => Promise<void>,
): Promise<{ store: SentData[]; pd: SentData[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'stratakv-trace-'))
  try {
    await using bundle = await bundleCommand()
    const output = join(folder, 'trace')
    await using node = await NodeProcess.start({
      command: bundle.path,
      flags: [...anyPorts, '--data-dir', join(folder, 'data')],
      tracer: ['strace', ...wireTraceOptions, '-o', output],
    })
    {
      using store = new RpcClient(node.store)
      using pd = new RpcClient(node.pd)
      await talk({ store, pd, ...(await findRoute(pd)) })
    }
    const { code } = await node.stop('SIGTERM')
    expect(code).toBe(0)
    const sent = readWireTrace((await readFile(output, 'utf8')).split('\n'))
    const of = (address: string) => sent.filter(({ port }) => port === Number(address.split(':')[1]))
    return { store: of(node.store), pd: of(node.pd) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What is acknowledged is in the Raft log; the engine has it soon, and is synced before that goes. */
const raftLog = /^raft-engine\/\d+\.raftlog$/

describe('durability, by the system calls of the server', () => {
  it.skipIf(whyNot)(`syncs the log before the acknowledgement leaves on the socket${skipped}`, async () => {
    const says: string[] = []
    const { store: answers } = await traced(async ({ store, context, clusterId }) => {
      const route = { context, clusterId, storeId: context.peer!.storeId }
      const say = async (what: string, call: Promise<unknown>) => {
        says.push(what)
        await call
      }
      const key = bytes('key')
      const value = bytes('value')
      for (let index = 0; index < 3; index++) await say('write: RawPut', rawPut(store, route, 'key', 'value'))
      await say('read: RawGet', rawGet(store, route, 'key'))
      await say(
        'write: RawPut in BatchCommands',
        store.batch([{ cmd: { case: 'rawPut', value: kvrpcpb.RawPutRequest.create({ context, key, value }) } }]),
      )
      await say(
        'write: RawDeleteRange',
        store.call(
          tikvMethods.rawDeleteRange,
          kvrpcpb.RawDeleteRangeRequest.create({ context, startKey: key, endKey: bytes('z') }),
        ),
      )
      await say(
        'write: KvPrewrite',
        store.call(
          tikvMethods.kvPrewrite,
          kvrpcpb.PrewriteRequest.create({
            context,
            mutations: [kvrpcpb.Mutation.create({ op: kvrpcpb.Op.Put, key, value })],
            primaryLock: key,
            startVersion: 10n,
            lockTtl: 3000,
          }),
        ),
      )
      await say('read: KvGet', store.call(tikvMethods.kvGet, kvrpcpb.GetRequest.create({ context, key, version: 20n })))
      await say(
        'write: KvCommit',
        store.call(
          tikvMethods.kvCommit,
          kvrpcpb.CommitRequest.create({ context, keys: [key], startVersion: 10n, commitVersion: 11n }),
        ),
      )
      await say(
        'write: KvBatchRollback',
        store.call(
          tikvMethods.kvBatchRollback,
          kvrpcpb.BatchRollbackRequest.create({ context, keys: [key], startVersion: 30n }),
        ),
      )
    })
    // The logs of the placement driver may be written to meanwhile: they are no part of what a store's answer promises.
    const seen = answers.map(({ writtenLogs, unsyncedLogs }, index) => {
      const [kind] = says[index]!.split(':')
      const wrote = index === 0 || writtenLogs.some((log) => raftLog.test(log))
      return {
        what: says[index],
        asItSays: wrote === (kind === 'write'),
        unsynced: unsyncedLogs.filter((log) => raftLog.test(log)),
      }
    })
    expect(seen).toEqual(says.map((what) => ({ what, asItSays: true, unsynced: [] })))
  })

  it.skipIf(whyNot)(
    `gives ids, safe points and timestamps out of what the placement driver has synced${skipped}`,
    async () => {
      const idCount = 1100
      const tsoWindowMs = 3000
      const { pd: answers } = await traced(async ({ pd, clusterId }) => {
        const header = pdpb.RequestHeader.create({ clusterId })
        // More than one window of each: ids come in thousands, timestamps in three seconds, which full milliseconds push ahead.
        for (let index = 0; index < idCount; index++) {
          await pd.call(pdMethods.allocID, pdpb.AllocIDRequest.create({ header }))
        }
        await pd.call(pdMethods.updateGCSafePoint, pdpb.UpdateGCSafePointRequest.create({ header, safePoint: 77n }))
        const request = pdpb.TsoRequest.encode(pdpb.TsoRequest.create({ header, count: 200_000 }))
        const round = Array<Uint8Array>(20).fill(request)
        let first: number | undefined
        for (let last = 0; last - (first ?? last) < tsoWindowMs || last === 0; ) {
          const { answers: timestamps } = await pd.converse(pdMethods.tso, round)
          last = Number(timestamps.at(-1)!.timestamp!.physical)
          first ??= last
        }
      })
      const ids: bigint[] = []
      let safePointCount = 0
      let windowCount = 0
      let lastWindow = 0
      for (const { payload, syncedBytes } of answers.slice(3)) {
        const synced = Buffer.from(syncedBytes.get('pd/metadata.log') ?? []).toString('latin1')
        const windowOf = (key: string) =>
          Math.max(0, ...[...synced.matchAll(new RegExp(`${key}\\D{1,8}(\\d+)`, 'g'))].map(([, end]) => Number(end)))
        const message = payload.subarray(5)
        if (ids.length < idCount) {
          const { id } = pdpb.AllocIDResponse.decode(message)
          ids.push(BigInt(id))
          expect(Number(id)).toBeLessThanOrEqual(windowOf('alloc_id'))
        } else if (safePointCount === 0) {
          safePointCount++
          expect(windowOf('gc/safe_point')).toBe(77)
        } else {
          const { physical } = pdpb.TsoResponse.decode(message).timestamp!
          const end = windowOf('timestamp')
          expect(Number(physical)).toBeLessThan(end)
          if (end > lastWindow) windowCount++
          lastWindow = end
        }
      }
      expect(new Set(ids).size).toBe(idCount)
      expect(safePointCount).toBe(1)
      expect(windowCount).toBeGreaterThan(1)
    },
  )
})
