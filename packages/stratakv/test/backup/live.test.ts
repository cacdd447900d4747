import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type TikvClient } from '@stratakv/client'
import { below, noTelemetry, systemClock, systemRandom } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { StorageNode } from '@stratakv/server'
import { seededRandom } from '@stratakv/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClientCluster } from '../../src/backup/client-cluster.ts'
import { sumOf } from '../../src/backup/manifest.ts'
import type { Pair } from '../../src/backup/pair-sum.ts'
import { defaultRestoreOptions, restoreBackup } from '../../src/backup/restore-backup.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import { readPairs, verifyBackup } from '../../src/backup/verify-backup.ts'
import { checksum, linesOf, wholeRange } from '../support/backup-disk.ts'

const [clock, random, fs] = [systemClock(), systemRandom(), createNodeFileSystem()]

/** A node with sockets, and a client that knows nothing but the placement driver's address. */
interface Served extends AsyncDisposable {
  readonly client: TikvClient
  readonly cluster: ClientCluster
  readonly placementDriver: PdClient
}

async function serve(): Promise<Served> {
  const node = await StorageNode.open({
    config: {
      'storage.engine': 'memory',
      'server.addr': '127.0.0.1:0',
      'server.status-addr': '',
      'embedded-pd.addr': '127.0.0.1:0',
    },
  })
  const { pd } = await node.serve()
  const rpc = grpcRpc({ clock, random })
  const placementDriver = new PdClient({ rpc, clock, random }, { endpoints: [pd] })
  const client = createClient({ rpc, placementDriver, clock, random, telemetry: noTelemetry() })
  return {
    client,
    placementDriver,
    cluster: await ClientCluster.open({ client, placementDriver }),
    async [Symbol.asyncDispose]() {
      await client.close()
      placementDriver.close()
      await rpc.close()
      await node.close()
    },
  }
}

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stratakv-backup-'))
})
afterEach(() => rm(directory, { recursive: true }))

const backupOptions = () => ({
  directory,
  mode: 'txn' as const,
  range: wholeRange,
  version: '1.2.3',
  compress: true,
  fileBytesMax: 40_000,
  protectSeconds: 600,
})
const restoreOptions = () => ({ ...defaultRestoreOptions, directory, journalDirectory: directory })

async function all(pairs: AsyncIterable<Pair>): Promise<Pair[]> {
  const found: Pair[] = []
  for await (const pair of pairs) found.push(pair)
  return found
}

async function backedUp(): Promise<string> {
  const deps = { fs, clock, checksum }
  const pairs: Pair[] = []
  for await (const batch of readPairs(deps, directory, await verifyBackup(deps, directory))) pairs.push(...batch)
  return linesOf(pairs)
}

describe('a live cluster', () => {
  const accountCount = 40
  const accountTotal = accountCount * 100
  const account = (index: number) => `account ${String(index).padStart(3, '0')}`
  const text = new TextDecoder()
  /** Some values are long enough to live in the default column family. */
  const amountText = (amount: number) => `${amount}${' '.repeat(amount % 3 === 0 ? 400 : 0)}`

  /** Moves money about until it is told to stop. */
  async function transfer(client: TikvClient, seed: number, isOver: () => boolean): Promise<number> {
    const dice = seededRandom(seed)
    let doneCount = 0
    for (; !isOver(); doneCount++) {
      const [from, to] = [account(below(dice, accountCount)), account(below(dice, accountCount))]
      if (from === to) continue
      await client.txn(async (txn) => {
        const [source, target] = await txn.batchGet([from, to])
        txn.put(from, amountText(Number(text.decode(source)) - 1))
        txn.put(to, amountText(Number(text.decode(target)) + 1))
      })
    }
    return doneCount
  }

  it('is backed up as it was at the timestamp while transactions go on, and restored as that', async () => {
    await using source = await serve()
    await source.client.txn((txn) => {
      for (let index = 0; index < accountCount; index++) txn.put(account(index), amountText(100))
      for (let index = 0; index < 2000; index++) txn.put(`filler ${index}`, `value ${index} `.repeat(10))
    })
    let isOver = false
    const writers = [1, 2, 3].map((seed) => transfer(source.client, seed, () => isOver))
    const manifest = await takeBackup({ fs, clock, random, checksum, cluster: source.cluster }, backupOptions())
    isOver = true
    const transferCounts = await Promise.all(writers)
    expect(Math.min(...transferCounts)).toBeGreaterThan(0)
    expect(manifest.files.length).toBeGreaterThan(2)

    const snapshot = await source.client.snapshot({ at: manifest.ts })
    const atTimestamp = linesOf(await all(snapshot.scan()))
    expect(await backedUp()).toBe(atTimestamp)
    const now = linesOf(await all((await source.client.snapshot()).scan()))
    expect(now).not.toBe(atTimestamp)

    await using target = await serve()
    await restoreBackup({ fs, clock, checksum, cluster: target.cluster }, restoreOptions())
    const restored = await all((await target.client.snapshot()).scan())
    expect(linesOf(restored)).toBe(atTimestamp)
    const amounts = restored
      .filter(({ key }) => text.decode(key).startsWith('account'))
      .map(({ value }) => Number(text.decode(value)))
    expect(amounts).toHaveLength(accountCount)
    expect(amounts.reduce((total, amount) => total + amount, 0)).toBe(accountTotal)
  })

  it('keeps garbage collection back while it is backed up, and no longer', async () => {
    await using source = await serve()
    await source.client.txn((txn) => {
      for (let index = 0; index < 3000; index++) txn.put(`key ${index}`, 'old')
    })
    const lowest: bigint[] = []
    const { scan } = source.cluster
    source.cluster.scan = async function* (request) {
      for await (const batch of scan.call(source.cluster, request)) {
        // What a GC worker asks before it moves the safe point.
        const asked = await source.placementDriver.updateServiceSafePoint(
          'gc_worker',
          await source.client.timestamp(),
          Number.POSITIVE_INFINITY,
        )
        lowest.push(asked.safePoint)
        yield batch
      }
    }
    const manifest = await takeBackup({ fs, clock, random, checksum, cluster: source.cluster }, backupOptions())
    expect(lowest.length).toBeGreaterThan(1)
    for (const safePoint of lowest) expect(safePoint).toBe(manifest.ts)
    const after = await source.placementDriver.updateServiceSafePoint(
      'gc_worker',
      await source.client.timestamp(),
      Number.POSITIVE_INFINITY,
    )
    expect(after.safePoint).toBeGreaterThan(manifest.ts)
  })

  it('gives its raw keys, which a second cluster then has by its own checksum', async () => {
    await using source = await serve()
    await using target = await serve()
    const pairs = Array.from({ length: 3000 }, (_, index) => ({
      key: `raw ${String(index).padStart(5, '0')}`,
      value: `value ${index}`.repeat(1 + (index % 7)),
    }))
    await source.client.raw.batchPut(pairs)
    const manifest = await takeBackup(
      { fs, clock, random, checksum, cluster: source.cluster },
      { ...backupOptions(), mode: 'raw' },
    )
    const { count, bytes, crc64Xor } = sumOf(manifest)
    expect(await source.client.raw.checksum({})).toEqual({ pairCount: count, totalBytes: bytes, crc64Xor })
    await restoreBackup({ fs, clock, checksum, cluster: target.cluster }, restoreOptions())
    expect(await target.client.raw.checksum({})).toEqual({ pairCount: count, totalBytes: bytes, crc64Xor })
    expect(count).toBe(3000)
  })
})
