import { compareBytes, type Random, type Timestamp, toHex } from '@stratakv/core'
import type { Cluster, ScanRequest } from '../../src/backup/cluster.ts'
import type { BackupMode } from '../../src/backup/manifest.ts'
import type { Pair } from '../../src/backup/pair-sum.ts'

interface Version {
  readonly ts: Timestamp
  /** `undefined`: deleted. */
  readonly value: Uint8Array | undefined
}

/** Where a scan or a write breaks. */
export class ClusterGoneError extends Error {}

/** Versions of keys in a map: what a backup at a timestamp must equal, without anything of a node. */
export class MemoryCluster implements Cluster {
  readonly clusterId: bigint
  readonly #versions = new Map<string, { readonly key: Uint8Array; readonly versions: Version[] }>()
  readonly protections = new Map<string, Timestamp>()
  readonly protectCalls: { ts: Timestamp; ttlSeconds: number }[] = []
  /** Calls of `write`; each pair was there at least once. */
  writeCount = 0
  safePoint: Timestamp = 0n
  scanBatchCount = 7
  /** Counted down by each batch that is scanned or written; at 0 it breaks. */
  breaksAfter = Number.POSITIVE_INFINITY
  /** Runs between two batches of a scan. */
  onBatch: () => void | Promise<void> = () => {}
  #clock: Timestamp = 100n

  constructor(clusterId = 7n) {
    this.clusterId = clusterId
  }

  now(): Timestamp {
    return ++this.#clock
  }

  put(key: Uint8Array, value: Uint8Array | undefined): void {
    const name = toHex(key)
    const entry = this.#versions.get(name) ?? { key, versions: [] }
    this.#versions.set(name, entry)
    entry.versions.unshift({ ts: this.now(), value })
  }

  /** Sorted; raw reads see what is there now. */
  pairsAt(ts: Timestamp): Pair[] {
    const pairs: Pair[] = []
    for (const { key, versions } of this.#versions.values()) {
      const value = versions.find((version) => version.ts <= ts)?.value
      if (value !== undefined) pairs.push({ key, value })
    }
    return pairs.sort((left, right) => compareBytes(left.key, right.key))
  }

  timestamp(): Promise<Timestamp> {
    return Promise.resolve(this.now())
  }

  protect(name: string, ts: Timestamp, ttlSeconds: number): Promise<Timestamp> {
    this.protectCalls.push({ ts, ttlSeconds })
    if (ttlSeconds === 0) this.protections.delete(name)
    else if (ts >= this.safePoint) this.protections.set(name, ts)
    return Promise.resolve(ts >= this.safePoint ? ts : this.safePoint)
  }

  async *scan({ mode, range, ts }: ScanRequest): AsyncGenerator<readonly Pair[], void, void> {
    const seesAll = mode === 'raw'
    const pairs = this.pairsAt(seesAll ? this.#clock : ts).filter(
      ({ key }) => compareBytes(key, range.start) >= 0 && (range.end.length === 0 || compareBytes(key, range.end) < 0),
    )
    for (let at = 0; at < pairs.length; at += this.scanBatchCount) {
      this.#step()
      yield pairs.slice(at, at + this.scanBatchCount)
      await this.onBatch()
    }
  }

  async write(_mode: BackupMode, pairs: readonly Pair[]): Promise<void> {
    this.#step()
    this.writeCount++
    for (const { key, value } of pairs) this.put(Uint8Array.from(key), Uint8Array.from(value))
  }

  #step(): void {
    if (this.breaksAfter-- <= 0) throw new ClusterGoneError()
  }
}

export function randomBytes(random: Random, lengthMax: number): Uint8Array {
  return Uint8Array.from({ length: random.uint32() % (lengthMax + 1) }, () => random.uint32() & 0xff)
}

/** Puts, overwrites and deletes over few keys, so that versions pile up. */
export function writeAtRandom(cluster: MemoryCluster, random: Random, count: number): void {
  for (let index = 0; index < count; index++) {
    const key = Uint8Array.of(1 + (random.uint32() % 40), random.uint32() % 8)
    cluster.put(key, random.uint32() % 5 === 0 ? undefined : randomBytes(random, 300))
  }
}
