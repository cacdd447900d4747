import {
  type Clock,
  ClosedError,
  type RegionHeartbeat,
  type RegionHeartbeats,
  type RegionOperator,
  type StoreId,
} from '@stratakv/core'

/** Orders that may wait for a store in this process; more are dropped, and come again when they are due. */
const waitingMax = 1024

/** One store's ear. */
export interface OrderStream {
  readonly storeId: StoreId
  /** Nothing more comes. Idempotent. */
  close(): void
  /** A newer one of the same store has taken its place. */
  readonly isReplaced: boolean
}

/** Where orders for regions go: to the store of the leader, if it listens. At most one stream a store, the newest. */
export class OrderStreams {
  readonly #streams = new Map<StoreId, { readonly deliver: (operator: RegionOperator) => boolean }>()
  /** Unix ms, of stores whose newest stream is closed. */
  readonly #closedAtMs = new Map<StoreId, number>()
  readonly #clock: Clock
  readonly #onChange: () => void

  /** @param onChange a stream was opened or closed */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  get count(): number {
    return this.#streams.size
  }

  listens(id: StoreId): boolean {
    return this.#streams.has(id)
  }

  /** The stream of a store that had one was closed after this, Unix ms: most likely the store has stopped. */
  fellSilentAfter(id: StoreId, unixMs: number): boolean {
    return (this.#closedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) > unixMs
  }

  /** @param deliver false: it could take no more, and the order is dropped */
  open(id: StoreId, deliver: (operator: RegionOperator) => boolean): OrderStream {
    const stream = { deliver }
    const streams = this.#streams
    streams.set(id, stream)
    this.#closedAtMs.delete(id)
    this.#onChange()
    return {
      storeId: id,
      get isReplaced() {
        return streams.get(id) !== stream
      },
      close: () => {
        if (streams.get(id) !== stream) return
        streams.delete(id)
        this.#closedAtMs.set(id, this.#clock.unixMs())
        this.#onChange()
      },
    }
  }

  /** @returns false when nobody took it */
  send(operator: RegionOperator): boolean {
    return this.#streams.get(operator.targetPeer.storeId)?.deliver(operator) ?? false
  }

  closeAll(): void {
    this.#streams.clear()
    this.#onChange()
  }
}

/** The heartbeats of a store in this process. Orders are handed over in a turn of their own, one after another. */
export function localHeartbeats(
  streams: OrderStreams,
  storeId: StoreId,
  onOperator: (operator: RegionOperator) => void,
  report: (heartbeat: RegionHeartbeat) => Promise<void>,
): RegionHeartbeats {
  const waiting: RegionOperator[] = []
  let isClosed = false
  let isScheduled = false
  const handOver = () => {
    isScheduled = false
    for (const operator of waiting.splice(0)) if (!isClosed && !stream.isReplaced) onOperator(operator)
  }
  const stream = streams.open(storeId, (operator) => {
    if (waiting.length >= waitingMax) return false
    waiting.push(operator)
    if (!isScheduled) queueMicrotask(handOver)
    isScheduled = true
    return true
  })
  return {
    async report(heartbeat) {
      if (isClosed) throw new ClosedError('region heartbeats')
      await report(heartbeat)
    },
    close() {
      isClosed = true
      stream.close()
    },
  }
}
