import type { TikvClient } from '@stratakv/client'
import { below } from '@stratakv/core'
import { isLinearizable, type RegisterOperation } from '../check/linearizability.ts'
import { mayBeDone } from './failure.ts'
import { textOf, type Workload, type WorkloadClient } from './workload.ts'

const keyCount = 6

/**
 * Raw reads and compare-and-swaps of few keys, judged by linearizability. Every value is written once, so that a swap whose answer was lost
 * and which the client tried again takes effect once at most: plain puts may not be judged so, as their second try may overwrite what came after.
 */
export class RegisterWorkload implements Workload {
  readonly name = 'register'
  /** More than one must read where another writes, for a stale read to show. */
  readonly clientCount = 4
  /** Each key is read on however long a call on another waits: who is left alone with one leader must not be busy with those it cannot reach. */
  readonly strandCount = keyCount
  readonly counts = { done: 0, failed: 0, unknown: 0 }
  readonly #histories = new Map<string, RegisterOperation[]>()
  #moment = 0
  #valueCount = 0

  async prepare(client: TikvClient): Promise<void> {
    for (let at = 0; at < keyCount; at++) {
      this.#histories.set(keyOf(at), [])
      await client.raw.put(keyOf(at), 'start', { atomic: true })
    }
  }

  async step({ client, random, strand }: WorkloadClient): Promise<void> {
    const key = keyOf(strand)
    const history = this.#histories.get(key)!
    const invokedAt = this.#moment++
    let previous: string
    try {
      previous = textOf((await client.raw.get(key))!)
      history.push({ type: 'read', invokedAt, returnedAt: this.#moment++, value: previous })
      this.counts.done++
    } catch (error) {
      mayBeDone(error)
      this.counts.failed++
      return
    }
    if (below(random, 3) === 0) return
    const value = `v${++this.#valueCount}`
    const swap = { type: 'swap', previous, value, invokedAt: this.#moment++ } as const
    try {
      const result = await client.raw.compareAndSwap(key, { previous, value })
      const returnedAt = this.#moment++
      if (result.swapped) history.push({ ...swap, returnedAt })
      else history.push({ type: 'read', invokedAt: swap.invokedAt, returnedAt, value: textOf(result.previous!) })
      this.counts.done++
    } catch (error) {
      if (mayBeDone(error)) {
        history.push({ ...swap, returnedAt: undefined })
        this.counts.unknown++
      } else this.counts.failed++
    }
  }

  async check(client: TikvClient): Promise<string[]> {
    const broken: string[] = []
    for (const [key, history] of this.#histories) {
      const invokedAt = this.#moment++
      const value = textOf((await client.raw.get(key))!)
      history.push({ type: 'read', invokedAt, returnedAt: this.#moment++, value })
      const verdict = isLinearizable('start', history)
      if (verdict !== undefined) broken.push(`register ${key} is not linearizable: ${verdict}`)
    }
    return broken
  }
}

const keyOf = (at: number): string => `r/register/${at}`
