import type { Instant, StoreId } from '@stratakv/core'

export type StoreFlow = 'add-peer' | 'remove-peer'

/** What one large replica costs; a bucket holds as much, so that a burst is one of them (pd v6.1.0, server/core/storelimit). */
const largeCost = 1000
const smallCost = 200
const largeAboveMiB = 20
const emptyUpToMiB = 1
const minuteMs = 60_000

/** Cost of a replica that comes or goes: nothing when there is next to nothing to copy. */
export function moveCost(sizeMiB: number): number {
  if (sizeMiB <= emptyUpToMiB) return 0
  return sizeMiB > largeAboveMiB ? largeCost : smallCost
}

/** How fast replicas may come to a store and go from it: a bucket of tokens each way. */
export class StoreLimits {
  readonly #perMinute: Readonly<Record<StoreFlow, number>>
  readonly #buckets = new Map<string, { tokens: number; at: Instant }>()

  constructor(perMinute: Readonly<Record<StoreFlow, number>>) {
    this.#perMinute = perMinute
  }

  hasRoom(id: StoreId, flow: StoreFlow, sizeMiB: number, now: Instant): boolean {
    return this.#tokens(id, flow, now) >= moveCost(sizeMiB)
  }

  /** Takes what the move costs; the bucket may fall below zero when nobody asked before. */
  take(id: StoreId, flow: StoreFlow, sizeMiB: number, now: Instant): void {
    const cost = moveCost(sizeMiB)
    if (cost === 0) return
    this.#buckets.set(`${flow} ${id}`, { tokens: this.#tokens(id, flow, now) - cost, at: now })
  }

  forget(id: StoreId): void {
    for (const flow of ['add-peer', 'remove-peer']) this.#buckets.delete(`${flow} ${id}`)
  }

  #tokens(id: StoreId, flow: StoreFlow, now: Instant): number {
    const perMs = (this.#perMinute[flow] * largeCost) / minuteMs
    // Above one a second a bucket holds a second's worth, or the rate could not be reached.
    const capacity = Math.max(largeCost, perMs * 1000)
    const bucket = this.#buckets.get(`${flow} ${id}`)
    if (bucket === undefined) return capacity
    return Math.min(capacity, bucket.tokens + perMs * (now - bucket.at))
  }
}
