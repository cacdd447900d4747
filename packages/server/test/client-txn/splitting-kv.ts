import type {
  Kv,
  KvContext,
  KvSnapshot,
  MaybePromise,
  Modify,
  PlacementDriver,
  Region,
  RegionId,
  WriteStage,
} from '@stratakv/core'
import { compareBytes, keyInRange } from '@stratakv/core'
import { LocalKv, type LocalKvDeps, type LocalKvOptions } from '@stratakv/raftstore'

/** {@link LocalKv} whose regions can be split and merged while it serves: the data stay, the regions' ids, ranges and epochs change. */
export class SplittingKv implements Kv {
  readonly #deps: LocalKvDeps
  readonly #options: LocalKvOptions
  readonly #placementDriver: PlacementDriver
  #regions: readonly Region[]
  #kv: LocalKv
  /** To be told of a region that this store leads from now on. */
  onNewRegion: (id: RegionId) => Promise<void> = () => Promise.resolve()

  constructor(deps: LocalKvDeps & { readonly placementDriver: PlacementDriver }, options: LocalKvOptions) {
    this.#deps = deps
    this.#options = options
    this.#placementDriver = deps.placementDriver
    this.#regions = options.regions
    this.#kv = new LocalKv(deps, options)
  }

  get regions(): readonly Region[] {
    return this.#regions
  }

  snapshot(context: KvContext): MaybePromise<KvSnapshot> {
    return this.#kv.snapshot(context)
  }

  write(context: KvContext, changes: readonly Modify[], onStage?: (stage: WriteStage) => void): Promise<void> {
    return this.#kv.write(context, changes, onStage)
  }

  /** At a key in boundary form; the left part keeps the id. Nothing when there is a boundary already. */
  async split(at: Uint8Array): Promise<void> {
    const region = this.#regions.find(({ startKey, endKey }) => keyInRange(at, startKey, endKey))!
    if (compareBytes(region.startKey, at) === 0) return
    const id = await this.#placementDriver.allocateIds(2)
    const epoch = { ...region.epoch, version: region.epoch.version + 1 }
    const peers = region.peers.map((peer) => ({ ...peer, id: id + 1 }))
    await this.#replace(region, [
      { ...region, endKey: at, epoch },
      { ...region, id, startKey: at, epoch, peers },
    ])
  }

  /** Merges the region of `key` with the one behind it, if there is one. */
  async merge(key: Uint8Array): Promise<void> {
    const left = this.#regions.find(({ startKey, endKey }) => keyInRange(key, startKey, endKey))!
    const right = this.#regions.find(({ startKey }) => startKey.length > 0 && compareBytes(startKey, left.endKey) === 0)
    if (right === undefined) return
    const version = Math.max(left.epoch.version, right.epoch.version) + 1
    await this.#replace(left, [{ ...left, endKey: right.endKey, epoch: { ...left.epoch, version } }], right)
  }

  async #replace(old: Region, fresh: readonly Region[], gone?: Region): Promise<void> {
    this.#regions = this.#regions.flatMap((region) => (region === old ? fresh : region === gone ? [] : [region]))
    this.#kv = new LocalKv(this.#deps, { ...this.#options, regions: this.#regions })
    for (const region of fresh) {
      if (region.id !== old.id) await this.onNewRegion(region.id)
      await this.#placementDriver.regionHeartbeat({
        region,
        leader: region.peers[0]!,
        term: this.#kv.term,
        bytesWritten: 0,
        keysWritten: 0,
        bytesRead: 0,
        keysRead: 0,
        approximateSizeBytes: 0,
        approximateKeyCount: 0,
      })
    }
  }
}
