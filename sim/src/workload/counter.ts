import type { TikvClient } from '@stratakv/client'
import { below } from '@stratakv/core'
import { mayBeDone } from './failure.ts'
import { textOf, type Workload, type WorkloadClient } from './workload.ts'

const keyCount = 3

/** Transactions that add one: in the end a counter holds what was acknowledged, and at most what may have been done on top. It never falls. */
export class CounterWorkload implements Workload {
  readonly name = 'counter'
  readonly clientCount = 2
  readonly counts = { done: 0, failed: 0, unknown: 0 }
  readonly #acknowledged = new Array<number>(keyCount).fill(0)
  readonly #unknown = new Array<number>(keyCount).fill(0)
  readonly #broken: string[] = []

  async prepare(client: TikvClient): Promise<void> {
    await client.txn((txn) => {
      for (let at = 0; at < keyCount; at++) txn.put(keyOf(at), '0')
    })
  }

  async step({ client, random }: WorkloadClient): Promise<void> {
    const at = below(random, keyCount)
    const least = this.#acknowledged[at]!
    try {
      const seen = await client.txn(async (txn) => {
        const value = countOf(await txn.get(keyOf(at)))
        txn.put(keyOf(at), `${value + 1}`)
        return value
      })
      this.#acknowledged[at]!++
      this.counts.done++
      if (seen < least)
        this.#broken.push(`counter ${at} was read as ${seen} after ${least} additions were acknowledged`)
    } catch (error) {
      if (mayBeDone(error)) {
        this.#unknown[at]!++
        this.counts.unknown++
      } else this.counts.failed++
    }
  }

  async check(client: TikvClient): Promise<string[]> {
    const snapshot = await client.snapshot()
    for (let at = 0; at < keyCount; at++) {
      const value = countOf(await snapshot.get(keyOf(at)))
      const [least, most] = [this.#acknowledged[at]!, this.#acknowledged[at]! + this.#unknown[at]!]
      if (value < least || value > most)
        this.#broken.push(`counter ${at} is ${value}, which is not in ${least}..${most}`)
    }
    return this.#broken
  }
}

const keyOf = (at: number): string => `t/counter/${at}`
const countOf = (value: Uint8Array | undefined): number => (value === undefined ? Number.NaN : Number(textOf(value)))
