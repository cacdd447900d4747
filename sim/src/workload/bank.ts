import type { TikvClient } from '@stratakv/client'
import { below } from '@stratakv/core'
import { mayBeDone } from './failure.ts'
import { textOf, type Workload, type WorkloadClient } from './workload.ts'

const accountCount = 8
const startBalance = 100
const total = accountCount * startBalance

/** Transactions that move money: whoever looks at all accounts at once sees the same sum, at every moment. */
export class BankWorkload implements Workload {
  readonly name = 'bank'
  readonly clientCount = 2
  readonly counts = { done: 0, failed: 0, unknown: 0 }
  readonly #broken: string[] = []

  async prepare(client: TikvClient): Promise<void> {
    await client.txn((txn) => {
      for (let at = 0; at < accountCount; at++) txn.put(keyOf(at), `${startBalance}`)
    })
  }

  async step({ client, random }: WorkloadClient): Promise<void> {
    try {
      if (below(random, 3) === 0) await this.#look(client)
      else {
        const from = below(random, accountCount)
        const to = (from + 1 + below(random, accountCount - 1)) % accountCount
        const amount = 1 + below(random, 20)
        await client.txn(async (txn) => {
          const [source, target] = await txn.batchGet([keyOf(from), keyOf(to)])
          if (balanceOf(source) < amount) return
          txn.put(keyOf(from), `${balanceOf(source) - amount}`)
          txn.put(keyOf(to), `${balanceOf(target) + amount}`)
        })
      }
      this.counts.done++
    } catch (error) {
      if (mayBeDone(error)) this.counts.unknown++
      else this.counts.failed++
    }
  }

  async #look(client: TikvClient): Promise<void> {
    const snapshot = await client.snapshot()
    const balances = await snapshot.batchGet(Array.from({ length: accountCount }, (_, at) => keyOf(at)))
    const sum = balances.reduce((all, balance) => all + balanceOf(balance), 0)
    if (sum !== total) this.#broken.push(`at ${snapshot.timestamp} the accounts held ${sum} of ${total}`)
  }

  async check(client: TikvClient): Promise<string[]> {
    await this.#look(client)
    return this.#broken
  }
}

const keyOf = (at: number): string => `t/bank/${at}`
/** An account that is not there holds nothing, which the sum then shows. */
const balanceOf = (value: Uint8Array | undefined): number => (value === undefined ? 0 : Number(textOf(value)))
