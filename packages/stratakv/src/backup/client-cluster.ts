import { type TikvClient, UndeterminedCommitError, UndeterminedError } from '@stratakv/client'
import { type ClusterId, KiB, MiB, type PlacementDriver, type Timestamp } from '@stratakv/core'
import type { Cluster, ScanRequest } from './cluster.ts'
import type { BackupMode, KeyRange } from './manifest.ts'
import type { Pair } from './pair-sum.ts'

export interface ClientClusterDeps {
  readonly client: TikvClient
  readonly placementDriver: PlacementDriver
}

/** Pairs that a scan fetches at once. */
const scanPageCount = 1024
/** What is handed on together: beyond it a batch ends early, so that large values do not pile up. */
const batchBytesMax = MiB(4)
/** Raw pairs of one request. The client's own default of 16 KiB suits many small callers, not one large one. */
export const rawBatchBytesMax: number = KiB(512)
/** A write that nobody knows the end of is written again, for it changes nothing then: so many times. */
const undeterminedTriesMax = 5

/** A cluster behind a client: any TiKV, over gRPC or in this process. Both stay the caller's. */
export class ClientCluster implements Cluster {
  readonly clusterId: ClusterId
  readonly #client: TikvClient
  readonly #placementDriver: PlacementDriver

  constructor({ client, placementDriver }: ClientClusterDeps, clusterId: ClusterId) {
    this.clusterId = clusterId
    this.#client = client
    this.#placementDriver = placementDriver
  }

  /** Asks which cluster it is. @throws what the placement driver throws when it cannot be reached */
  static async open(deps: ClientClusterDeps): Promise<ClientCluster> {
    return new ClientCluster(deps, await deps.placementDriver.clusterId())
  }

  timestamp(): Promise<Timestamp> {
    return this.#client.timestamp()
  }

  async protect(name: string, ts: Timestamp, ttlSeconds: number): Promise<Timestamp> {
    const { safePoint } = await this.#placementDriver.updateServiceSafePoint(name, ts, ttlSeconds)
    // A cluster whose garbage is collected without asking services has moved this one instead.
    const collected = await this.#placementDriver.gcSafePoint()
    if (collected > safePoint) return collected
    return safePoint
  }

  async *scan({ mode, range, ts }: ScanRequest): AsyncGenerator<readonly Pair[], void, void> {
    let batch: Pair[] = []
    let batchBytes = 0
    for await (const pair of await this.#pairs(mode, range, ts)) {
      batch.push(pair)
      batchBytes += pair.key.length + pair.value.length
      if (batch.length < scanPageCount && batchBytes < batchBytesMax) continue
      yield batch
      batch = []
      batchBytes = 0
    }
    if (batch.length > 0) yield batch
  }

  async write(mode: BackupMode, pairs: readonly Pair[]): Promise<void> {
    for (let tryCount = 1; ; tryCount++) {
      try {
        if (mode === 'raw') return await this.#client.raw.batchPut(pairs)
        return await this.#client.txn((txn) => {
          for (const { key, value } of pairs) txn.put(key, value)
        })
      } catch (error) {
        const isUndetermined = error instanceof UndeterminedCommitError || error instanceof UndeterminedError
        if (!isUndetermined || tryCount >= undeterminedTriesMax) throw error
      }
    }
  }

  async #pairs(mode: BackupMode, range: KeyRange, ts: Timestamp): Promise<AsyncIterable<Pair>> {
    if (mode === 'raw') return this.#client.raw.scan(range, { pageCount: scanPageCount })
    const snapshot = await this.#client.snapshot({ at: ts })
    return snapshot.scan(range, { pageCount: scanPageCount })
  }
}
