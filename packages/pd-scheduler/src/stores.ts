import type { StoreId, StoreLabel, StoreMeta, StoreStats } from '@stratakv/core'
import { DuplicateStoreAddressError, InvalidStoreError, StoreTombstoneError } from './errors.ts'
import { compareVersions, mayJoin, parseVersion, type SemanticVersion } from './semantic-version.ts'

/** {@link StoreStats} with what only some callers know. Absent counts are 0. */
export interface StoreReport extends StoreStats {
  readonly sendingSnapshotCount?: number
  readonly receivingSnapshotCount?: number
  readonly applyingSnapshotCount?: number
  /** Unix seconds. */
  readonly startTimestamp?: number
  /** 1 (fast) to 100. */
  readonly slowScore?: number
}

export interface StoreRecord {
  readonly meta: StoreMeta
  /** Newest report; absent before the first, and after a restart of the placement driver. */
  readonly report: StoreReport | undefined
  /** When it came, Unix ms; 0 = never. Not kept across restarts. */
  readonly lastHeartbeatMs: number
}

/** PD's display state of a store. */
export type StoreStateName = 'Up' | 'Disconnected' | 'Down' | 'Offline' | 'Tombstone'

/** Silence after which a store counts as disconnected, ms. */
export const disconnectedAfterMs = 20_000
/** Silence after which a store counts as down, ms: the default of `max-store-down-time`. */
export const downAfterMs = 30 * 60_000

/** Stores in order of their ids. Pure memory: the driver makes a change durable before it applies it here. */
export class StoreBook {
  readonly #records = new Map<StoreId, StoreRecord>()

  get(id: StoreId): StoreRecord | undefined {
    return this.#records.get(id)
  }

  all(options: { readonly includeTombstones: boolean }): StoreRecord[] {
    return [...this.#records.values()]
      .filter(({ meta }) => options.includeTombstones || meta.state !== 'tombstone')
      .sort((left, right) => left.meta.id - right.meta.id)
  }

  put(meta: StoreMeta): void {
    const known = this.#records.get(meta.id)
    this.#records.set(meta.id, { meta, report: known?.report, lastHeartbeatMs: known?.lastHeartbeatMs ?? 0 })
  }

  /** @returns false when the store is unknown */
  report(report: StoreReport, unixMs: number): boolean {
    const known = this.#records.get(report.storeId)
    if (known === undefined) return false
    this.#records.set(report.storeId, { meta: known.meta, report, lastHeartbeatMs: unixMs })
    return true
  }

  /**
   * What the store's entry becomes when it announces itself as `incoming`. A known store keeps its state, and labels that
   * it does not mention.
   * @throws InvalidStoreError, DuplicateStoreAddressError, StoreTombstoneError
   */
  planPut(incoming: StoreMeta, clusterVersion: SemanticVersion | undefined): StoreMeta {
    if (!(incoming.id > 0)) throw new InvalidStoreError(incoming.id, 'the store id is zero')
    const known = this.#records.get(incoming.id)?.meta
    if (known?.state === 'tombstone') throw new StoreTombstoneError(incoming.id)
    const version = parseVersion(incoming.version)
    if (version === undefined)
      throw new InvalidStoreError(incoming.id, `"${incoming.version}" is not a semantic version`)
    if (clusterVersion !== undefined && !mayJoin(clusterVersion, version)) {
      throw new InvalidStoreError(
        incoming.id,
        `version "${incoming.version}" is older than the cluster's ${clusterVersion.major}.${clusterVersion.minor}`,
      )
    }
    for (const { meta } of this.#records.values()) {
      if (meta.id !== incoming.id && meta.state !== 'tombstone' && meta.address === incoming.address) {
        throw new DuplicateStoreAddressError(incoming.id, meta.id, incoming.address)
      }
    }
    return {
      ...incoming,
      state: known?.state ?? incoming.state,
      labels: mergeLabels(known?.labels ?? [], incoming.labels),
    }
  }

  /** The lowest version among live stores, with `changed` in place of the entry it would replace. */
  lowestVersion(changed: StoreMeta): SemanticVersion | undefined {
    let lowest: SemanticVersion | undefined
    const consider = (meta: StoreMeta) => {
      const version = meta.state === 'tombstone' ? undefined : parseVersion(meta.version)
      if (version !== undefined && (lowest === undefined || compareVersions(version, lowest) < 0)) lowest = version
    }
    consider(changed)
    for (const { meta } of this.#records.values()) if (meta.id !== changed.id) consider(meta)
    return lowest
  }
}

/**
 * @param heardSinceMs when listening began, Unix ms: silence from before is nobody's fault
 * @param downMs silence after which it counts as down
 */
export function storeStateName(
  record: StoreRecord,
  unixMs: number,
  heardSinceMs: number,
  downMs: number,
): StoreStateName {
  if (record.meta.state === 'tombstone') return 'Tombstone'
  if (record.meta.state === 'offline') return 'Offline'
  const silenceMs = unixMs - Math.max(record.lastHeartbeatMs, heardSinceMs)
  return silenceMs > downMs ? 'Down' : silenceMs > disconnectedAfterMs ? 'Disconnected' : 'Up'
}

/** Keys are compared without case; an incoming empty value deletes the label. */
export function mergeLabels(known: readonly StoreLabel[], incoming: readonly StoreLabel[]): StoreLabel[] {
  const merged = [...known]
  for (const label of incoming) {
    const at = merged.findIndex(({ key }) => key.toLowerCase() === label.key.toLowerCase())
    if (at >= 0) merged[at] = label
    else merged.push(label)
  }
  return merged.filter(({ value }) => value !== '')
}
