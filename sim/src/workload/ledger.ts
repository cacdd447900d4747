import type { TikvClient } from '@stratakv/client'
import { mayBeDone } from './failure.ts'
import { textOf, type Workload, type WorkloadClient } from './workload.ts'

/** Raw puts of keys that are written once: what was acknowledged must be there in the end, with its content, and nothing that nobody wrote. */
export class LedgerWorkload implements Workload {
  readonly name = 'ledger'
  readonly clientCount = 2
  readonly counts = { done: 0, failed: 0, unknown: 0 }
  readonly #acknowledged = new Map<string, string>()
  readonly #tried = new Map<string, string>()
  #keyCount = 0

  async prepare(): Promise<void> {}

  async step({ id, client, random }: WorkloadClient): Promise<void> {
    // First part: a random one of the alphabet, so that regions that are split at letters all have some.
    const letter = String.fromCharCode(0x61 + (random.uint32() % 16))
    const key = `r/ledger/${letter}/${id}/${++this.#keyCount}`
    const value = `${key}:${'x'.repeat(random.uint32() % 200)}`
    this.#tried.set(key, value)
    try {
      await client.raw.put(key, value)
      this.#acknowledged.set(key, value)
      this.counts.done++
    } catch (error) {
      if (mayBeDone(error)) this.counts.unknown++
      else {
        this.#tried.delete(key)
        this.counts.failed++
      }
    }
  }

  async check(client: TikvClient): Promise<string[]> {
    const broken: string[] = []
    const found = new Map<string, string>()
    for await (const { key, value } of client.raw.scan({ start: 'r/ledger/', end: 'r/ledger0' })) {
      found.set(textOf(key), textOf(value))
    }
    for (const [key, value] of this.#acknowledged) {
      if (found.get(key) !== value)
        broken.push(`${key} was acknowledged, and is ${found.has(key) ? 'another' : 'lost'}`)
    }
    for (const [key, value] of found) {
      if (this.#tried.get(key) !== value) broken.push(`${key} is there, which nobody wrote, or was told to have failed`)
    }
    return broken
  }
}
