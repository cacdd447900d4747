import {
  type Clock,
  type Instant,
  type Random,
  type Rpc,
  type RpcCallStream,
  RpcStatusError,
  rpcStatus,
  type StoreId,
  type Timer,
} from '@stratakv/core'
import { NotStrataKvError } from './errors.ts'
import { checkIntroduction, type Introduction, introduceMethod, introductionHeaders } from './introduction.ts'
import { batchRaftMethod } from './raw-messages.ts'

export interface StoreLinkDeps {
  readonly rpc: Rpc
  readonly clock: Clock
  readonly random: Random
  /** Where the store is now, `host:port`. Rejects when it is not known. */
  readonly resolve: (storeId: StoreId) => Promise<string>
  readonly onSent: (count: number) => void
  readonly onDropped: (count: number) => void
  /** The link is down; messages are being lost. */
  readonly onDown: (error: Error) => void
}

export interface StoreLinkOptions {
  readonly queueCountMax: number
  readonly queueBytesMax: number
  readonly batchCountMax: number
  readonly batchBytesMax: number
  readonly backoffMsMin: number
  readonly backoffMsMax: number
}

type BatchStream = RpcCallStream<readonly Uint8Array[], Uint8Array>

/**
 * The way to one other store: idle until there is something to say, then a stream, and after a failure silent for a while, in which
 * messages are dropped at once. What waits is bounded, in number and bytes; one more is dropped.
 */
export class StoreLink {
  readonly #deps: StoreLinkDeps
  readonly #options: StoreLinkOptions
  readonly #introduction: Introduction
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #state: 'idle' | 'connecting' | 'open' | 'silent' | 'closed' = 'idle'
  #stream: BatchStream | undefined
  #isFull = false
  #isFlushDue = false
  #openedAt: Instant | undefined
  /** Since the stream was last open for longer than it would be waited for. */
  #failureCount = 0
  #timer: Timer | undefined

  constructor(deps: StoreLinkDeps, introduction: Introduction, options: StoreLinkOptions) {
    this.#deps = deps
    this.#introduction = introduction
    this.#options = options
  }

  /** False: dropped, and counted. */
  send(message: Uint8Array): boolean {
    const { queueCountMax, queueBytesMax } = this.#options
    const isFull = this.#queue.length >= queueCountMax || this.#queuedBytes + message.length > queueBytesMax
    // The first message is taken however long it is.
    if (this.#state === 'silent' || this.#state === 'closed' || (isFull && this.#queue.length > 0)) {
      this.#deps.onDropped(1)
      return false
    }
    this.#queue.push(message)
    this.#queuedBytes += message.length
    if (this.#state === 'idle') this.#connect()
    else this.#flushSoon()
    return true
  }

  flush(): void {
    this.#isFlushDue = false
    const stream = this.#stream
    if (stream === undefined || this.#state !== 'open') return
    while (this.#queue.length > 0 && !this.#isFull) {
      const batch = this.#takeBatch()
      this.#isFull = !stream.write(batch)
      // Writing may have found the stream gone: `onEnd` comes later, and these are lost, as Raft may bear.
      this.#deps.onSent(batch.length)
    }
  }

  close(): void {
    this.#state = 'closed'
    this.#timer?.cancel()
    this.#dropAll()
    this.#stream?.cancel()
    this.#stream = undefined
  }

  #flushSoon(): void {
    if (this.#isFlushDue || this.#state !== 'open') return
    this.#isFlushDue = true
    queueMicrotask(() => this.flush())
  }

  #takeBatch(): Uint8Array[] {
    const { batchCountMax, batchBytesMax } = this.#options
    let count = 0
    let bytes = 0
    while (count < this.#queue.length && count < batchCountMax) {
      const { length } = this.#queue[count]!
      if (count > 0 && bytes + length > batchBytesMax) break
      bytes += length
      count++
    }
    this.#queuedBytes -= bytes
    return this.#queue.splice(0, count)
  }

  #connect(): void {
    this.#state = 'connecting'
    this.#open().catch((error: Error) => this.#down(error))
  }

  async #open(): Promise<void> {
    const { rpc, resolve } = this.#deps
    const address = await resolve(this.#introduction.to)
    if (this.#state !== 'connecting') return
    await introduce(rpc, address, this.#introduction)
    if (this.#state !== 'connecting') return
    const stream = rpc.stream(address, batchRaftMethod, { metadata: introductionHeaders(this.#introduction) })
    stream.onMessage(() => {})
    stream.onDrain(() => {
      this.#isFull = false
      this.flush()
    })
    stream.onEnd((error) => {
      if (this.#stream === stream) this.#down(error ?? new Error('the store ended the stream'))
    })
    this.#stream = stream
    this.#isFull = false
    this.#state = 'open'
    this.#openedAt = this.#deps.clock.now()
    this.flush()
  }

  #down(error: Error): void {
    if (this.#state === 'closed') return
    this.#stream?.cancel()
    this.#stream = undefined
    this.#state = 'silent'
    this.#dropAll()
    const { backoffMsMin, backoffMsMax } = this.#options
    // A store that takes a stream and ends it at once is no better than one that is not there.
    const openMs = this.#openedAt === undefined ? 0 : this.#deps.clock.now() - this.#openedAt
    if (openMs >= backoffMsMax) this.#failureCount = 0
    this.#openedAt = undefined
    const backoffMs = Math.min(backoffMsMax, backoffMsMin * 2 ** this.#failureCount++)
    // Between a half and all of it, so that those who lost the same store do not come back as one.
    const waitMs = backoffMs / 2 + (this.#deps.random.uint32() / 2 ** 32) * (backoffMs / 2)
    this.#timer = this.#deps.clock.after(waitMs, () => {
      if (this.#state === 'silent') this.#state = 'idle'
    })
    this.#deps.onDown(error)
  }

  #dropAll(): void {
    if (this.#queue.length > 0) this.#deps.onDropped(this.#queue.length)
    this.#queue = []
    this.#queuedBytes = 0
  }
}

/** A call that does not answer holds up nothing but this link. */
const introduceMs = 5000

/** @throws RpcStatusError; FAILED_PRECONDITION when the other is another store, or none of ours */
export async function introduce(rpc: Rpc, address: string, own: Introduction): Promise<void> {
  let answer: Introduction
  try {
    answer = await rpc.unary(address, introduceMethod, own, { timeoutMs: introduceMs })
  } catch (error) {
    if (!(error instanceof RpcStatusError) || error.status !== rpcStatus.unimplemented) throw error
    throw new NotStrataKvError(own.to, address, { cause: error })
  }
  checkIntroduction({ clusterId: own.clusterId, storeId: own.from }, answer)
}
