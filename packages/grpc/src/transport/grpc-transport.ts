import {
  type Clock,
  type Instant,
  type MethodBinding,
  MiB,
  type Random,
  type RegionId,
  type Rpc,
  RpcStatusError,
  type RpcStream,
  rpcStatus,
  type SnapshotChunks,
  SnapshotCutError,
  type SnapshotOutcome,
  type StoreId,
  streaming,
  type Transport,
  type TransportCounts,
  type TransportReceiver,
  unary,
  unreachableIntervalMs,
} from '@stratakv/core'
import { ByteRate } from './byte-rate.ts'
import { checkIntroduction, type Introduction, introduceMethod, introductionOf } from './introduction.ts'
import { batchRaftMethod, type RawSnapshotChunk, raftMethod, snapshotMethod } from './raw-messages.ts'
import { incomingSnapshot } from './receive-snapshot.ts'
import { sendSnapshot } from './send-snapshot.ts'
import { introduce, StoreLink, type StoreLinkOptions } from './store-link.ts'

export interface GrpcTransportDeps {
  /** Stays open when the transport is closed. */
  readonly rpc: Rpc
  readonly clock: Clock
  readonly random: Random
  /** Where a store is, `host:port`: asked of the placement driver whenever a way has to be made. Rejects when it is not known. */
  readonly resolve: (storeId: StoreId) => Promise<string>
  /** A way went down, or somebody was refused. At most once in {@link unreachableIntervalMs} for a store. */
  readonly onTrouble?: (storeId: StoreId, error: Error) => void
}

export interface GrpcTransportOptions {
  readonly clusterId: bigint
  readonly storeId: StoreId
  /** Messages that wait for one store; one more is dropped. TiKV's `server.raft-client-queue-size`, 8192. */
  readonly queueCountMax?: number
  /** And their bytes. 64 MiB. */
  readonly queueBytesMax?: number
  /** Messages of one batch. TiKV's `server.raft-msg-max-batch-size`, 128. */
  readonly batchCountMax?: number
  /** And their bytes, about. 4 MiB. */
  readonly batchBytesMax?: number
  /** Of one snapshot or batch that comes in; TiKV's `server.concurrent-send-snap-limit` and `concurrent-recv-snap-limit`, 32. */
  readonly sendingCountMax?: number
  readonly receivingCountMax?: number
  /** Of all snapshots that are sent, together; 0: no limit. TiKV's `server.snap-max-write-bytes-per-sec`, 100 MiB. */
  readonly snapshotBytesPerSecond?: number
  /** Silence behind a failure, growing by 2 from one to the next: 1 s, as TiKV's `raft_client.rs`, to 5 s. */
  readonly backoffMsMin?: number
  readonly backoffMsMax?: number
}

/**
 * Stores speak over TiKV's own methods: BatchRaft, one stream to each store, and Snapshot, one call each. Before the first message they
 * introduce themselves, so that a store of another cluster, of another name or of another kind is neither fed nor believed.
 */
export class GrpcTransport implements Transport {
  readonly storeId: StoreId
  /** To be served where the placement driver says that this store is. */
  readonly methods: readonly MethodBinding[]
  readonly #deps: GrpcTransportDeps
  readonly #clusterId: bigint
  readonly #linkOptions: StoreLinkOptions
  readonly #limits: { readonly sendingCountMax: number; readonly receivingCountMax: number }
  readonly #rate: ByteRate
  readonly #links = new Map<StoreId, StoreLink>()
  readonly #troubleAt = new Map<StoreId, Instant>()
  readonly #incoming = new Set<{ fail(): void }>()
  readonly #closing = new AbortController()
  #receiver: TransportReceiver | undefined
  #sendingCount = 0
  #receivingCount = 0
  #sentCount = 0
  #droppedCount = 0

  constructor(deps: GrpcTransportDeps, options: GrpcTransportOptions) {
    this.storeId = options.storeId
    this.#deps = deps
    this.#clusterId = options.clusterId
    this.#linkOptions = {
      queueCountMax: options.queueCountMax ?? 8192,
      queueBytesMax: options.queueBytesMax ?? MiB(64),
      batchCountMax: options.batchCountMax ?? 128,
      batchBytesMax: options.batchBytesMax ?? MiB(4),
      backoffMsMin: options.backoffMsMin ?? 1000,
      backoffMsMax: options.backoffMsMax ?? 5000,
    }
    this.#limits = {
      sendingCountMax: options.sendingCountMax ?? 32,
      receivingCountMax: options.receivingCountMax ?? 32,
    }
    this.#rate = new ByteRate(deps.clock, options.snapshotBytesPerSecond ?? MiB(100))
    this.methods = [
      unary(introduceMethod, (introduction) => this.#answer(introduction)),
      streaming(raftMethod, (stream) => this.#takeMessages(stream, (message) => [message])),
      streaming(batchRaftMethod, (stream) => this.#takeMessages(stream, (messages) => messages)),
      streaming(snapshotMethod, (stream) => this.#takeSnapshot(stream)),
    ]
  }

  start(receiver: TransportReceiver): void {
    this.#receiver = receiver
  }

  // Out.

  send(to: StoreId, _regionId: RegionId, message: Uint8Array): boolean {
    if (this.#isClosed || this.#receiver === undefined) {
      this.#droppedCount++
      return false
    }
    return this.#linkTo(to).send(message)
  }

  flush(): void {
    for (const link of this.#links.values()) link.flush()
  }

  async sendSnapshot(
    to: StoreId,
    _regionId: RegionId,
    header: Uint8Array,
    content: SnapshotChunks,
  ): Promise<SnapshotOutcome> {
    if (this.#isClosed || this.#receiver === undefined) return 'closed'
    if (this.#sendingCount >= this.#limits.sendingCountMax) return 'busy'
    this.#sendingCount++
    try {
      const introduction = this.#introductionTo(to)
      const { rpc } = this.#deps
      const address = await this.#deps.resolve(to)
      await introduce(rpc, address, introduction)
      if (this.#isClosed) return 'closed'
      const { signal } = this.#closing
      return await sendSnapshot(rpc, this.#rate, { address, introduction, header, content, signal })
    } catch (error) {
      if (this.#isClosed) return 'closed'
      this.#tellTrouble(to, error as Error)
      return 'unreachable'
    } finally {
      this.#sendingCount--
    }
  }

  counts(): TransportCounts {
    return { sentCount: this.#sentCount, droppedCount: this.#droppedCount }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#closing.abort()
    for (const link of this.#links.values()) link.close()
    for (const call of [...this.#incoming]) call.fail()
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  #introductionTo(to: StoreId): Introduction {
    return { clusterId: this.#clusterId, from: this.storeId, to }
  }

  #linkTo(to: StoreId): StoreLink {
    const found = this.#links.get(to)
    if (found !== undefined) return found
    const link = new StoreLink(
      {
        ...this.#deps,
        onSent: (count) => {
          this.#sentCount += count
        },
        onDropped: (count) => {
          this.#droppedCount += count
        },
        onDown: (error) => this.#tellTrouble(to, error),
      },
      this.#introductionTo(to),
      this.#linkOptions,
    )
    this.#links.set(to, link)
    return link
  }

  #tellTrouble(storeId: StoreId, error: Error): void {
    const now = this.#deps.clock.now()
    const toldAt = this.#troubleAt.get(storeId)
    if (this.#isClosed || (toldAt !== undefined && now - toldAt < unreachableIntervalMs)) return
    this.#troubleAt.set(storeId, now)
    this.#deps.onTrouble?.(storeId, error)
    this.#receiver?.onUnreachable(storeId)
  }

  // In.

  #answer(introduction: Introduction): Introduction {
    this.#admit(introduction)
    return this.#introductionTo(introduction.from)
  }

  /** @throws RpcStatusError */
  #admit(introduction: Introduction): TransportReceiver {
    if (this.#isClosed || this.#receiver === undefined) {
      throw new RpcStatusError(rpcStatus.unavailable, `store ${this.storeId} is not open`)
    }
    checkIntroduction({ clusterId: this.#clusterId, storeId: this.storeId }, introduction)
    return this.#receiver
  }

  #takeMessages<M>(stream: RpcStream<M, Uint8Array>, messagesOf: (message: M) => readonly Uint8Array[]): void {
    const { from } = this.#admitStream(stream)
    stream.onMessage((message) => {
      for (const one of messagesOf(message)) if (!this.#isClosed) this.#receiver!.onMessage(from, one)
    })
    stream.onHalfClose(() => {
      stream.write(noBytes)
      stream.end()
    })
  }

  #takeSnapshot(stream: RpcStream<RawSnapshotChunk, Uint8Array>): void {
    const { from } = this.#admitStream(stream)
    if (this.#receivingCount >= this.#limits.receivingCountMax) {
      throw new RpcStatusError(rpcStatus.resourceExhausted, 'too many snapshots are being received')
    }
    this.#receivingCount++
    const { header, chunks, cut } = incomingSnapshot(stream, from)
    const call = { fail: cut }
    this.#incoming.add(call)
    header
      .then((first) => this.#receiver!.onSnapshot(from, first, chunks))
      .then(
        () => {
          stream.write(noBytes)
          stream.end()
        },
        (error: Error) => {
          // Cut is the way's fault; else it was not wanted.
          const status = error instanceof SnapshotCutError || this.#isClosed ? rpcStatus.unavailable : rpcStatus.aborted
          stream.fail(new RpcStatusError(status, error.message))
        },
      )
      .finally(() => {
        this.#receivingCount--
        this.#incoming.delete(call)
      })
  }

  /** A stream that is refused says why, and ends; one that is admitted ends when this side closes. */
  #admitStream(stream: Pick<RpcStream<never, Uint8Array>, 'metadata' | 'peer' | 'signal' | 'fail'>): Introduction {
    const introduction = introductionOf(stream)
    this.#admit(introduction)
    const closed = { fail: () => stream.fail(new RpcStatusError(rpcStatus.unavailable, 'the store is closing')) }
    this.#incoming.add(closed)
    stream.signal.addEventListener('abort', () => this.#incoming.delete(closed))
    return introduction
  }
}

const noBytes = new Uint8Array(0)
