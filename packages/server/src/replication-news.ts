import type { Clock, StoreId, Timer } from '@stratakv/core'
import type { EmbeddedPlacementDriver, ReplicationProgress } from '@stratakv/pd-scheduler'
import type { Logger } from './log/logger.ts'

/** What an operator is told of replicas that are being made and of stores that are leaving: what has changed, and the end of it. */
export class ReplicationNews {
  #madeText = ''
  readonly #leaving = new Map<StoreId, number>()

  /** What is new since the last call. */
  next(progress: ReplicationProgress): string[] {
    return [...this.#ofReplicas(progress), ...this.#ofStores(progress)]
  }

  #ofReplicas({ regionCount, wholeCount, voterCount }: ReplicationProgress): string[] {
    const isWhole = wholeCount === regionCount
    if (isWhole && this.#madeText === '') return []
    const text = isWhole
      ? `all ${regionCount} regions have ${voterCount} replicas`
      : `replicas are being made: ${wholeCount} of ${regionCount} regions have ${voterCount}`
    const isNew = text !== this.#madeText
    this.#madeText = isWhole ? '' : text
    return isNew ? [text] : []
  }

  #ofStores({ draining }: ReplicationProgress): string[] {
    const news: string[] = []
    for (const storeId of [...this.#leaving.keys()]) {
      if (draining.some((store) => store.storeId === storeId)) continue
      this.#leaving.delete(storeId)
      news.push(`store ${storeId} is leaving no more: it has left, or was taken back`)
    }
    for (const { storeId, replicaCount } of draining) {
      if (this.#leaving.get(storeId) === replicaCount) continue
      this.#leaving.set(storeId, replicaCount)
      news.push(`store ${storeId} is leaving, replicas left on it: ${replicaCount}`)
    }
    return news
  }
}

export interface ReplicationReporterDeps {
  readonly placementDriver: Pick<EmbeddedPlacementDriver, 'replication'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Seldom, as each look is at every region. */
const lookEveryMs = 10_000

/** Logs the news of a placement driver for as long as it is open. */
export class ReplicationReporter {
  readonly #deps: ReplicationReporterDeps
  readonly #news = new ReplicationNews()
  #timer: Timer | undefined

  constructor(deps: ReplicationReporterDeps) {
    this.#deps = deps
    this.#arm()
  }

  close(): void {
    this.#timer?.cancel()
  }

  #arm(): void {
    const { clock, logger, placementDriver } = this.#deps
    this.#timer = clock.after(lookEveryMs, () => {
      for (const text of this.#news.next(placementDriver.replication())) logger.info(text)
      this.#arm()
    })
  }
}
