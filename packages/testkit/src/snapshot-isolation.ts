import { DependencyGraph } from './dependency-graph.ts'
import type { Anomaly, History, HistoryTxn } from './snapshot-history.ts'

/**
 * Everything in which a history breaks snapshot isolation; empty: nothing. It knows neither clocks nor the system that made the history:
 * lists, and the timestamps that the clients were told, are all it looks at. Write skew is allowed, as it must be.
 *
 * An `unknown` transaction counts as committed where somebody has read it, and as aborted where nobody has.
 */
export function snapshotIsolationAnomalies(history: History): Anomaly[] {
  const judged = new Judged(history)
  const anomalies = [
    ...garbage(judged),
    ...abortedReads(judged),
    ...intermediateReads(judged),
    ...incompatibleOrders(judged),
    ...lostWrites(judged),
    ...lostUpdates(judged),
    ...partialReads(judged),
    ...timestampFaults(judged),
    ...wrongSnapshots(judged),
  ]
  // Cycles are only defined over lists that agree with each other.
  if (!anomalies.some(({ type }) => type === 'garbage-read' || type === 'incompatible-order')) {
    anomalies.push(...new DependencyGraph(judged.effective, judged.orders).anomalies())
  }
  return anomalies
}

/** A history with what follows from all of it. */
class Judged {
  readonly history: History
  readonly byId: ReadonlyMap<number, HistoryTxn>
  /** The longest list of each key: the order of its writers. */
  readonly orders: ReadonlyMap<string, readonly number[]>
  /** Committed, or unknown and seen. */
  readonly effective: readonly HistoryTxn[]

  constructor(history: History) {
    this.history = history
    this.byId = new Map(history.txns.map((txn) => [txn.id, txn]))
    const orders = new Map(history.finalLists)
    const seen = new Set<number>()
    for (const { key, list } of allLists(history)) {
      for (const id of list) seen.add(id)
      if (list.length > (orders.get(key)?.length ?? 0)) orders.set(key, list)
    }
    this.orders = orders
    this.effective = history.txns.filter(
      ({ id, outcome }) => outcome === 'committed' || (outcome === 'unknown' && seen.has(id)),
    )
  }
}

interface SeenList {
  readonly key: string
  readonly list: readonly number[]
  /** Who read it; `undefined`: the final state. */
  readonly reader: HistoryTxn | undefined
}

function* allLists({ txns, finalLists }: History): Iterable<SeenList> {
  for (const reader of txns) for (const [key, list] of reader.reads) yield { key, list, reader }
  for (const [key, list] of finalLists) yield { key, list, reader: undefined }
}

function readerIds({ reader }: SeenList): number[] {
  return reader === undefined ? [] : [reader.id]
}

function* garbage({ history, byId }: Judged): Iterable<Anomaly> {
  for (const seen of allLists(history)) {
    const { key, list } = seen
    const excess = list.find((id) => countOf(list, id) > (byId.get(id)?.appends.get(key) ?? Number.POSITIVE_INFINITY))
    if (excess !== undefined) {
      yield { type: 'garbage-read', txns: [excess, ...readerIds(seen)], key, detail: `too much of ${excess}` }
    }
    const unknown = list.find((id) => !byId.get(id)?.appends.has(key))
    if (unknown !== undefined) {
      yield { type: 'garbage-read', txns: [unknown, ...readerIds(seen)], key, detail: `${unknown} never wrote it` }
    }
  }
}

function* intermediateReads({ history, byId }: Judged): Iterable<Anomaly> {
  for (const seen of allLists(history)) {
    const { key, list } = seen
    const cut = list.find((id) => countOf(list, id) < (byId.get(id)?.appends.get(key) ?? 0))
    if (cut === undefined) continue
    yield { type: 'intermediate-read', txns: [cut, ...readerIds(seen)], key, detail: `not all of ${cut} is there` }
  }
}

function countOf(list: readonly number[], id: number): number {
  return list.reduce((count, other) => (other === id ? count + 1 : count), 0)
}

function* abortedReads({ history, byId }: Judged): Iterable<Anomaly> {
  for (const seen of allLists(history)) {
    const { key, list } = seen
    const aborted = list.find((id) => byId.get(id)?.outcome === 'aborted')
    if (aborted === undefined) continue
    yield { type: 'aborted-read', txns: [aborted, ...readerIds(seen)], key, detail: `${aborted} was aborted` }
  }
}

function* incompatibleOrders({ history, orders }: Judged): Iterable<Anomaly> {
  for (const seen of allLists(history)) {
    const { key, list } = seen
    const order = orders.get(key)!
    const at = list.findIndex((id, index) => order[index] !== id)
    if (at < 0) continue
    const detail = `${list[at]} and ${order[at]} both stand at position ${at}`
    yield { type: 'incompatible-order', txns: [list[at]!, order[at]!, ...readerIds(seen)], key, detail }
  }
}

function* lostWrites({ history }: Judged): Iterable<Anomaly> {
  for (const { id, outcome, appends } of history.txns) {
    if (outcome !== 'committed') continue
    for (const key of appends.keys()) {
      if (history.finalLists.get(key)?.includes(id)) continue
      yield { type: 'lost-write', txns: [id], key, detail: `${id} was acknowledged and is not in the final list` }
    }
  }
}

function* lostUpdates({ effective }: Judged): Iterable<Anomaly> {
  const firstReaders = new Map<string, number>()
  for (const { id, reads, appends } of effective) {
    for (const key of appends.keys()) {
      const read = reads.get(key)
      if (read === undefined) continue
      const version = `${key}/${read.at(-1) ?? 0}`
      const other = firstReaders.get(version)
      if (other === undefined) firstReaders.set(version, id)
      else
        yield {
          type: 'lost-update',
          txns: [other, id],
          key,
          detail: `both read it as ${read.at(-1) ?? 'empty'} left it`,
        }
    }
  }
}

/** Seen on one key, missing on another that was read by the same transaction. */
function* partialReads({ effective, byId }: Judged): Iterable<Anomaly> {
  for (const reader of effective) {
    const seen = new Set([...reader.reads.values()].flat())
    for (const id of seen) {
      const missed = [...(byId.get(id)?.appends.keys() ?? [])].find(
        (key) => reader.reads.get(key)?.includes(id) === false,
      )
      if (missed === undefined) continue
      yield { type: 'partial-read', txns: [id, reader.id], key: missed, detail: `${id} was seen elsewhere, not here` }
    }
  }
}

function* timestampFaults({ effective, byId, orders }: Judged): Iterable<Anomaly> {
  for (const { id, startTs, commitTs } of effective) {
    if (commitTs === undefined || commitTs > startTs) continue
    yield { type: 'wrong-timestamp', txns: [id], detail: `committed at ${commitTs}, started at ${startTs}` }
  }
  for (const [key, order] of orders) {
    let before: HistoryTxn | undefined
    for (const id of order) {
      const txn = byId.get(id)
      if (txn?.commitTs === undefined || txn === before) continue
      if (before?.commitTs !== undefined && before.commitTs >= txn.commitTs) {
        const type = before.commitTs === txn.commitTs ? 'wrong-timestamp' : 'wrong-commit-order'
        const detail = `${before.commitTs} stands before ${txn.commitTs}`
        yield { type, txns: [before.id, id], key, detail }
      }
      before = txn
    }
  }
}

/** Of writers whose commit timestamp is known, a reader sees those up to its start, and no others. */
function* wrongSnapshots({ history, byId, orders }: Judged): Iterable<Anomaly> {
  for (const reader of history.txns) {
    for (const [key, list] of reader.reads) {
      const seen = new Set(list)
      for (const id of orders.get(key) ?? []) {
        const commitTs = byId.get(id)?.commitTs
        if (commitTs === undefined || seen.has(id) === commitTs <= reader.startTs) continue
        const detail = `read at ${reader.startTs}, ${seen.has(id) ? 'with' : 'without'} what was committed at ${commitTs}`
        yield { type: 'wrong-snapshot', txns: [id, reader.id], key, detail }
      }
    }
  }
}
