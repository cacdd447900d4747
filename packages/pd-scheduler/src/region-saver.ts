import type { Clock, Region, RegionId, Timer } from '@stratakv/core'
import type { MetadataChange, MetadataStore } from './metadata-store.ts'
import { encodeRegion, metadataKeys } from './persisted-values.ts'

/** A batch is saved at this many changed regions, or this long after the first of them, as PD does. */
const batchCount = 100
const batchDelayMs = 3000
/** Regions of one commit: a full one stays far below what a record may hold, whatever the keys. */
const commitCount = 1000
const commitBytesMax = 4 * 1024 * 1024

/**
 * Saves regions some time after they changed. Losing the newest is harmless: leaders report every region again, and what
 * they report is newer. So nobody waits for this, and a failure is left to those who do wait for the same store.
 */
export class RegionSaver {
  readonly #metadata: MetadataStore
  readonly #clock: Clock
  /** Newest form of each changed region; `undefined` = gone. At most one entry a region. */
  readonly #changed = new Map<RegionId, Region | undefined>()
  #timer: Timer | undefined
  #saving: Promise<void> | undefined

  constructor(metadata: MetadataStore, clock: Clock) {
    this.#metadata = metadata
    this.#clock = clock
  }

  save(region: Region): void {
    this.#note(region.id, region)
  }

  remove(id: RegionId): void {
    this.#note(id, undefined)
  }

  /** Resolves when everything that was noted is durable; no timer is left. @throws what the metadata store throws */
  async flush(): Promise<void> {
    while (this.#changed.size > 0 || this.#saving !== undefined) await (this.#saving ?? this.#saveSome())
    this.#disarm()
  }

  #note(id: RegionId, region: Region | undefined): void {
    this.#changed.set(id, region)
    if (this.#changed.size >= batchCount) this.#start()
    else this.#arm()
  }

  #arm(): void {
    this.#timer ??= this.#clock.after(batchDelayMs, () => this.#start())
  }

  #disarm(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  #start(): void {
    this.#disarm()
    if (this.#saving !== undefined || this.#changed.size === 0) return
    // The metadata store remembers a failure and reports it to every later commit, those of this class included.
    this.#saveSome().catch(() => {})
  }

  #saveSome(): Promise<void> {
    const changes: MetadataChange[] = []
    let sizeBytes = 0
    for (const [id, region] of this.#changed) {
      if (changes.length >= commitCount || sizeBytes >= commitBytesMax) break
      const value = region === undefined ? undefined : encodeRegion(region)
      changes.push({ key: metadataKeys.region(id), value })
      sizeBytes += value?.length ?? 0
      this.#changed.delete(id)
    }
    this.#saving = this.#metadata.commit(changes).then(
      () => {
        this.#saving = undefined
        if (this.#changed.size > 0) this.#arm()
      },
      (error) => {
        // Nothing can be saved any more; holding on to it would only grow.
        this.#saving = undefined
        this.#changed.clear()
        throw error
      },
    )
    return this.#saving
  }
}
