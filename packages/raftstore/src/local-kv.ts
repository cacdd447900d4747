import {
  EnginePoisonedError,
  EpochNotMatchError,
  type KeyChange,
  type Kv,
  type KvContext,
  type KvEngine,
  type KvSnapshot,
  type MemoryLocks,
  type Modify,
  NoSpaceError,
  PeerMismatchError,
  RaftEntryTooLargeError,
  type Region,
  type RegionId,
  RegionNotFoundError,
  StaleCommandError,
  StoreDiskFullError,
  type StoreId,
  StoreNotMatchError,
  type Term,
  type WriteStage,
} from '@stratakv/core'
import type { DiskSpaceGate } from './disk-space-gate.ts'
import { dataEndKey, dataKey } from './keys.ts'
import { RegionSnapshot } from './region-snapshot.ts'
import { initialTerm } from './state-records.ts'

export interface LocalKvDeps {
  readonly engine: KvEngine
  readonly locks: MemoryLocks
  readonly diskSpace: DiskSpaceGate
}

export interface LocalKvOptions {
  readonly storeId: StoreId
  /** The regions of this store, each with its only peer here. */
  readonly regions: readonly Region[]
  /** `raftstore.raft-entry-max-size`: keys and values of one write together. */
  readonly raftEntryMaxBytes: number
}

/** Bytes and keys since the node started; they only grow. */
export interface KvFlow {
  readonly bytesWritten: number
  readonly keysWritten: number
}

/** Per-change overhead counted against the entry limit: type, column family and lengths as a Raft entry would carry them. */
const changeOverheadBytes = 16

/**
 * {@link Kv} without replication: each region has one peer, which always leads and whose write is committed when the
 * engine has synced it. It makes the checks that a Raft peer makes, in TiKV's order (reference: TiKV
 * `components/raftstore/src/store/fsm/peer.rs`, pre-propose checks), so that clients see the same region errors.
 */
export class LocalKv implements Kv {
  readonly #engine: KvEngine
  readonly #locks: MemoryLocks
  readonly #diskSpace: DiskSpaceGate
  readonly #storeId: StoreId
  readonly #raftEntryMaxBytes: number
  readonly #regions: ReadonlyMap<RegionId, Region>
  /** There are no elections, so the term never moves on from the one that bootstrap writes. */
  readonly #term: Term = initialTerm
  #bytesWritten = 0
  #keysWritten = 0

  constructor(deps: LocalKvDeps, options: LocalKvOptions) {
    this.#engine = deps.engine
    this.#locks = deps.locks
    this.#diskSpace = deps.diskSpace
    this.#storeId = options.storeId
    this.#raftEntryMaxBytes = options.raftEntryMaxBytes
    this.#regions = new Map(options.regions.map((region) => [region.id, region]))
  }

  get regions(): readonly Region[] {
    return [...this.#regions.values()]
  }

  get term(): Term {
    return this.#term
  }

  get flow(): KvFlow {
    return { bytesWritten: this.#bytesWritten, keysWritten: this.#keysWritten }
  }

  snapshot(context: KvContext): KvSnapshot {
    const region = this.#admit(context)
    return new RegionSnapshot(this.#engine.snapshot(), region, this.#term, this.#locks)
  }

  async write(context: KvContext, changes: readonly Modify[], onStage?: (stage: WriteStage) => void): Promise<void> {
    const region = this.#admit(context)
    const writeBytes = sizeOf(changes)
    if (writeBytes > this.#raftEntryMaxBytes) {
      throw new RaftEntryTooLargeError(region.id, writeBytes, this.#raftEntryMaxBytes)
    }
    const refusal = this.#diskSpace.refusal(changes)
    if (refusal !== undefined) throw new StoreDiskFullError([this.#storeId], refusal)
    onStage?.('proposed')
    try {
      await this.#apply(changes)
    } catch (error) {
      if (isOutOfSpace(error)) throw new StoreDiskFullError([this.#storeId], error.message)
      throw error
    }
    this.#bytesWritten += writeBytes
    this.#keysWritten += changes.length
    onStage?.('committed')
    onStage?.('applied')
  }

  /** Runs of puts and deletes go as one batch; a range delete stands alone, in its place among them. */
  #apply(changes: readonly Modify[]): Promise<void> {
    let batch: KeyChange[] = []
    const pending: Promise<void>[] = []
    for (const change of changes) {
      if (change.type === 'delete-range') {
        if (batch.length > 0) pending.push(this.#engine.write(batch, { sync: true }))
        batch = []
        pending.push(this.#engine.deleteRange(change.cf, dataKey(change.start), dataEndKey(change.end), { sync: true }))
      } else if (change.type === 'put') {
        batch.push({ type: 'put', cf: change.cf, key: dataKey(change.key), value: change.value })
      } else {
        batch.push({ type: 'delete', cf: change.cf, key: dataKey(change.key) })
      }
    }
    if (pending.length === 0) return this.#engine.write(batch, { sync: true })
    if (batch.length > 0) pending.push(this.#engine.write(batch, { sync: true }))
    // The engine keeps the order of the calls; all of them are awaited, so that no failure goes unseen.
    return Promise.all(pending).then(() => {})
  }

  #admit(context: KvContext): Region {
    const { peer } = context
    if (peer !== undefined && peer.storeId !== this.#storeId) throw new StoreNotMatchError(peer.storeId, this.#storeId)
    const region = this.#regions.get(context.regionId)
    if (region === undefined) throw new RegionNotFoundError(context.regionId)
    const own = region.peers.find((candidate) => candidate.storeId === this.#storeId)
    if (peer !== undefined && own !== undefined && peer.id !== own.id) throw new PeerMismatchError(peer.id, own.id)
    const { term, epoch } = context
    // One term behind is forgiven, as TiKV does: the client may not have heard of an election yet.
    if (term !== undefined && term !== 0 && this.#term > term + 1) throw new StaleCommandError()
    if (epoch !== undefined && epoch.version !== region.epoch.version) {
      throw new EpochNotMatchError(region.id, epoch, [region])
    }
    return region
  }
}

/** The write that met the full disk, and every one after it that the engine refuses on that account. */
function isOutOfSpace(error: unknown): error is NoSpaceError | EnginePoisonedError {
  return error instanceof NoSpaceError || (error instanceof EnginePoisonedError && error.cause instanceof NoSpaceError)
}

function sizeOf(changes: readonly Modify[]): number {
  let total = 0
  for (const change of changes) {
    total += changeOverheadBytes
    if (change.type === 'put') total += change.key.length + change.value.length
    else if (change.type === 'delete') total += change.key.length
    else total += change.start.length + change.end.length
  }
  return total
}
