import type { Anomaly, AnomalyType, HistoryTxn } from './snapshot-history.ts'

/** `ww`: wrote the next version. `wr`: read what was written. `rw`: wrote the version after the one that was read (anti-dependency). */
type Dependency = 'ww' | 'wr' | 'rw'

interface Edge {
  readonly to: number
  readonly kind: Dependency
}

/**
 * What follows what among transactions, by their lists alone. Snapshot isolation allows a cycle only where two anti-dependencies
 * follow each other directly (Fekete et al., "Making snapshot isolation serializable", theorem 2.1).
 */
export class DependencyGraph {
  readonly #edges = new Map<number, Edge[]>()

  constructor(txns: readonly HistoryTxn[], orders: ReadonlyMap<string, readonly number[]>) {
    for (const { id } of txns) this.#edges.set(id, [])
    for (const order of orders.values()) {
      for (let at = 1; at < order.length; at++) this.#add(order[at - 1]!, order[at]!, 'ww')
    }
    for (const { id, reads } of txns) {
      for (const [key, list] of reads) {
        const last = list.at(-1)
        if (last !== undefined) this.#add(last, id, 'wr')
        const next = orders.get(key)?.[list.length]
        if (next !== undefined) this.#add(id, next, 'rw')
      }
    }
  }

  /** One cycle of each kind that is there, the plainest kinds first; a cycle counts for the plainest kind it is of. */
  anomalies(): Anomaly[] {
    const kinds: readonly (readonly [AnomalyType, (kind: Dependency) => boolean])[] = [
      ['write-cycle', (kind) => kind === 'ww'],
      ['circular-information-flow', (kind) => kind !== 'rw'],
    ]
    for (const [type, follows] of kinds) {
      const cycle = this.#cycle(follows)
      if (cycle !== undefined) return [anomalyOf(type, cycle)]
    }
    const skew = this.#cycleWithAntiDependencies(1)
    if (skew !== undefined) return [anomalyOf('read-skew', skew)]
    const fork = this.#cycleWithAntiDependencies(Number.POSITIVE_INFINITY)
    return fork === undefined ? [] : [anomalyOf('long-fork', fork)]
  }

  #add(from: number, to: number, kind: Dependency): void {
    if (from !== to && this.#edges.has(to)) this.#edges.get(from)?.push({ to, kind })
  }

  #cycle(follows: (kind: Dependency) => boolean): number[] | undefined {
    for (const start of this.#edges.keys()) {
      const cycle = this.#pathBack(start, follows, 0)
      if (cycle !== undefined) return cycle
    }
    return undefined
  }

  /** A cycle with at least one anti-dependency, at most `countMax`, and none directly behind another. */
  #cycleWithAntiDependencies(countMax: number): number[] | undefined {
    for (const start of this.#edges.keys()) {
      const cycle = this.#pathBack(start, () => true, countMax)
      if (cycle !== undefined) return cycle
    }
    return undefined
  }

  /**
   * Breadth first from `start` to itself. Where anti-dependencies count, a place is a transaction, whether it was reached over one, and
   * how many there were (capped: beyond `countMax` the path is given up).
   */
  #pathBack(start: number, follows: (kind: Dependency) => boolean, antiCountMax: number): number[] | undefined {
    interface Place {
      readonly id: number
      readonly isOverAnti: boolean
      readonly antiCount: number
      readonly startsWithAnti: boolean
      readonly before: Place | undefined
    }
    const queue: Place[] = [{ id: start, isOverAnti: false, antiCount: 0, startsWithAnti: false, before: undefined }]
    const visited = new Set<string>()
    for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
      for (const { to, kind } of this.#edges.get(place.id) ?? []) {
        if (!follows(kind)) continue
        const isAnti = kind === 'rw'
        if (isAnti && (place.isOverAnti || place.antiCount >= antiCountMax)) continue
        const startsWithAnti = place.before === undefined ? isAnti : place.startsWithAnti
        // The cycle closes here, so its last edge is a neighbour of its first.
        if (to === start && isAnti && startsWithAnti) continue
        const next: Place = {
          id: to,
          isOverAnti: isAnti,
          antiCount: place.antiCount + (isAnti ? 1 : 0),
          startsWithAnti,
          before: place,
        }
        if (to === start) return idsOf(next)
        const name = `${to}/${isAnti}/${startsWithAnti}/${antiCountMax === Number.POSITIVE_INFINITY ? 0 : next.antiCount}`
        if (visited.has(name)) continue
        visited.add(name)
        queue.push(next)
      }
    }
    return undefined

    function idsOf(last: Place): number[] {
      const ids: number[] = []
      for (let place = last.before; place !== undefined; place = place.before) ids.unshift(place.id)
      return ids
    }
  }
}

function anomalyOf(type: AnomalyType, cycle: readonly number[]): Anomaly {
  return { type, txns: cycle, detail: `${cycle.join(' -> ')} -> ${cycle[0]}` }
}
