import type { TikvClient, Transaction } from '@stratakv/client'
import { below } from '@stratakv/core'
import { type HistoryTxn, snapshotIsolationAnomalies } from '@stratakv/testkit'
import { mayBeDone } from './failure.ts'
import { textOf, type Workload, type WorkloadClient } from './workload.ts'

const keyCount = 10
/** Lists grow for as long as a run goes on; each read brings the whole. */
const listLengthMax = 400

/** Transactions that read lists and append their own id to some: the lists tell in which order they came (Kingsbury and Alvaro, "Elle"). */
export class ListAppendWorkload implements Workload {
  readonly name = 'list-append'
  readonly clientCount = 2
  readonly counts = { done: 0, failed: 0, unknown: 0 }
  readonly #txns: HistoryTxn[] = []
  #lastId = 0

  async prepare(): Promise<void> {}

  async step({ client, random }: WorkloadClient): Promise<void> {
    const keys = [...new Set(Array.from({ length: 1 + below(random, 3) }, () => keyOf(below(random, keyCount))))]
    const written = keys.filter(() => below(random, 2) === 0)
    const id = ++this.#lastId
    const reads = new Map<string, readonly number[]>()
    const appends = new Map<string, number>()
    let txn: Transaction
    try {
      txn = await client.begin()
    } catch (error) {
      mayBeDone(error)
      this.counts.failed++
      return
    }
    const base = { id, startTs: txn.startTs, reads, appends }
    try {
      for (const key of keys) {
        const list = listOf(await txn.get(key))
        reads.set(key, list)
        if (!written.includes(key) || list.length >= listLengthMax) continue
        txn.put(key, [...list, id].join(','))
        appends.set(key, 1)
      }
      const commitTs = await txn.commit()
      this.#txns.push({ ...base, outcome: 'committed', ...(commitTs === undefined ? {} : { commitTs }) })
      this.counts.done++
    } catch (error) {
      const isUnknown = mayBeDone(error)
      this.#txns.push({ ...base, outcome: isUnknown ? 'unknown' : 'aborted' })
      if (isUnknown) this.counts.unknown++
      else this.counts.failed++
    }
  }

  async check(client: TikvClient): Promise<string[]> {
    const snapshot = await client.snapshot()
    const finalLists = new Map<string, readonly number[]>()
    for (let at = 0; at < keyCount; at++) finalLists.set(keyOf(at), listOf(await snapshot.get(keyOf(at))))
    return snapshotIsolationAnomalies({ txns: this.#txns, finalLists }).map(
      ({ type, txns, key, detail }) =>
        `${type} of transactions ${txns.join(', ')}${key === undefined ? '' : ` on ${key}`}: ${detail}`,
    )
  }
}

const keyOf = (at: number): string => `t/list/${at}`
const listOf = (value: Uint8Array | undefined): number[] =>
  value === undefined || value.length === 0 ? [] : textOf(value).split(',').map(Number)
