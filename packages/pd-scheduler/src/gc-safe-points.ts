import type { Timestamp } from '@stratakv/core'
import { InvalidSafePointError, InvalidServiceError, PdLimitError } from './errors.ts'
import type { EtcdKv } from './etcd-kv.ts'
import type { MetadataChange, MetadataStore } from './metadata-store.ts'
import {
  encodeDecimal,
  encodeJson,
  encodeText,
  metadataKeys,
  type PersistedValues,
  parseDecimal,
} from './persisted-values.ts'
import type { SerialQueue } from './serial-queue.ts'

/** "Data from `safePoint` on is in use by `serviceId` until `expiresAt`." */
export interface ServiceSafePoint {
  readonly serviceId: string
  readonly safePoint: Timestamp
  /** Unix seconds; {@link neverExpires} = never. */
  readonly expiresAt: bigint
}

/** A service safe point as seen by the newer calls. */
export interface GcBarrier {
  readonly id: string
  readonly timestamp: Timestamp
  /** Seconds left; {@link neverExpires} = no end. */
  readonly ttlSeconds: bigint
}

export interface GcState {
  /** No transaction may start below it. */
  readonly txnSafePoint: Timestamp
  /** Versions below it may be gone. Never above `txnSafePoint` when both move by the newer calls. */
  readonly gcSafePoint: Timestamp
  readonly barriers: readonly GcBarrier[]
}

export interface TxnSafePointAdvance {
  readonly oldTxnSafePoint: Timestamp
  readonly newTxnSafePoint: Timestamp
  /** Which barrier kept it below the target; empty when none did. */
  readonly blocker: string
}

export const neverExpires = 2n ** 63n - 1n
/** The service whose safe point always exists and never expires. */
export const gcWorkerServiceId = 'gc_worker'
/** Where TiDB and TiKV clients look up the transaction safe point in etcd, as decimal text. */
export const savedSafePointKey: Uint8Array = encodeText('/tidb/store/gcworker/saved_safe_point')
/** Services and barriers together. */
export const servicesMax = 4096
/** Of a service's or barrier's name, UTF-16 units. */
export const serviceIdLengthMax = 1024

export interface GcSafePointsDeps {
  readonly metadata: MetadataStore
  readonly values: PersistedValues
  readonly etcd: EtcdKv
  /** The queue of `etcd` as well: the transaction safe point is one of its keys. */
  readonly queue: SerialQueue
  /** Unix ms, never behind a timestamp that was given out. */
  unixMs(): number
}

/**
 * How far garbage collection may go, for the whole cluster (the "null keyspace"). What is read here is durable.
 *
 * Three generations of clients meet: GC safe point and service safe points (TiKV 6.1), the transaction safe point as an
 * etcd key (TiDB and older client-go), and GC states with barriers (newest client-go). A barrier is a service safe point,
 * the transaction safe point is that etcd key, so each sees what the others wrote.
 */
export class GcSafePoints {
  readonly #deps: GcSafePointsDeps
  readonly #services = new Map<string, ServiceSafePoint>()
  #gcSafePoint: Timestamp

  constructor(deps: GcSafePointsDeps) {
    this.#deps = deps
    this.#gcSafePoint = deps.values.decimal(metadataKeys.gcSafePoint) ?? 0n
    for (const service of deps.values.decodeAll(metadataKeys.serviceSafePointPrefix, decodeService)) {
      this.#services.set(service.serviceId, service)
    }
  }

  get gcSafePoint(): Timestamp {
    return this.#gcSafePoint
  }

  /** 0 until somebody has set it. */
  get txnSafePoint(): Timestamp {
    const bytes = this.#deps.etcd.get(savedSafePointKey)
    const text = bytes === undefined ? '' : new TextDecoder().decode(bytes)
    // Anybody may write that key; what is no number protects nothing.
    return /^\d{1,20}$/.test(text) ? BigInt(text) : 0n
  }

  /** Resolves to the safe point in force: `asked`, or the present one if that is greater. */
  updateGcSafePoint(asked: Timestamp): Promise<Timestamp> {
    return this.#deps.queue.run(async () => {
      if (asked > this.#gcSafePoint) await this.#saveGcSafePoint(asked)
      return this.#gcSafePoint
    })
  }

  /** Those that have not expired, by name. */
  services(): readonly ServiceSafePoint[] {
    const now = this.#unixSeconds()
    return [...this.#services.values()]
      .filter(({ expiresAt }) => expiresAt > now)
      .sort((left, right) => (left.serviceId < right.serviceId ? -1 : 1))
  }

  /**
   * Sets a service's safe point for `ttlSeconds`, or removes it when that is 0 or less. One that lies below the lowest in
   * force is ignored: what it would protect may be gone already.
   * @returns the lowest safe point then in force, and how long that lasts
   * @throws InvalidServiceError, PdLimitError
   */
  updateService(
    serviceId: string,
    safePoint: Timestamp,
    ttlSeconds: bigint,
  ): Promise<{ lowest: ServiceSafePoint; ttlSeconds: bigint }> {
    return this.#deps.queue.run(async () => {
      checkServiceId(serviceId)
      const now = this.#unixSeconds()
      const staged = this.#withoutExpired(now)
      if (ttlSeconds <= 0n) {
        if (serviceId === gcWorkerServiceId) throw new InvalidServiceError(serviceId, 'it cannot be removed')
        staged.delete(serviceId)
      }
      if (!staged.has(gcWorkerServiceId)) {
        const safePoint = lowestOf(staged)?.safePoint ?? 0n
        staged.set(gcWorkerServiceId, { serviceId: gcWorkerServiceId, safePoint, expiresAt: neverExpires })
      }
      if (ttlSeconds > 0n && safePoint >= lowestOf(staged)!.safePoint) {
        const expiresAt = ttlSeconds >= neverExpires - now ? neverExpires : now + ttlSeconds
        if (serviceId === gcWorkerServiceId && expiresAt !== neverExpires) {
          throw new InvalidServiceError(serviceId, 'its safe point must not expire')
        }
        staged.set(serviceId, { serviceId, safePoint, expiresAt })
      }
      await this.#saveServices(staged)
      const lowest = lowestOf(staged)!
      return { lowest, ttlSeconds: remaining(lowest.expiresAt, now) }
    })
  }

  state(): GcState {
    return { txnSafePoint: this.txnSafePoint, gcSafePoint: this.#gcSafePoint, barriers: this.#barriers() }
  }

  /** Moves the transaction safe point to `target`, or as far as barriers let it. @throws InvalidSafePointError when that is back */
  advanceTxnSafePoint(target: Timestamp): Promise<TxnSafePointAdvance> {
    return this.#deps.queue.run(async () => {
      const oldTxnSafePoint = this.txnSafePoint
      if (target < oldTxnSafePoint)
        throw new InvalidSafePointError(target, oldTxnSafePoint, 'the transaction safe point cannot go back')
      let newTxnSafePoint = target
      let blocker = ''
      for (const { id, timestamp, ttlSeconds } of this.#barriers()) {
        if (timestamp >= newTxnSafePoint) continue
        newTxnSafePoint = timestamp
        blocker = `BarrierID: ${JSON.stringify(id)}, BarrierTS: ${timestamp}, TTL: ${ttlSeconds} s`
      }
      // A barrier set by an older call may lie below: it came too late for what is below the safe point.
      if (newTxnSafePoint < oldTxnSafePoint) newTxnSafePoint = oldTxnSafePoint
      if (newTxnSafePoint > oldTxnSafePoint) {
        const put = { kind: 'put', key: savedSafePointKey, value: encodeDecimal(newTxnSafePoint) } as const
        await this.#deps.etcd.commitInQueue({ comparisons: [], success: [put], failure: [] })
      }
      return { oldTxnSafePoint, newTxnSafePoint, blocker }
    })
  }

  /** The newer form of `updateGcSafePoint`. @throws InvalidSafePointError when `target` is back, or above the transaction safe point */
  advanceGcSafePoint(target: Timestamp): Promise<{ oldGcSafePoint: Timestamp; newGcSafePoint: Timestamp }> {
    return this.#deps.queue.run(async () => {
      const oldGcSafePoint = this.#gcSafePoint
      if (target < oldGcSafePoint)
        throw new InvalidSafePointError(target, oldGcSafePoint, 'the GC safe point cannot go back')
      if (target > this.txnSafePoint) {
        throw new InvalidSafePointError(
          target,
          this.txnSafePoint,
          'the GC safe point cannot pass the transaction safe point',
        )
      }
      if (target > oldGcSafePoint) await this.#saveGcSafePoint(target)
      return { oldGcSafePoint, newGcSafePoint: target }
    })
  }

  /** @throws InvalidSafePointError when `timestamp` is below the transaction safe point; InvalidServiceError, PdLimitError */
  setBarrier(id: string, timestamp: Timestamp, ttlSeconds: bigint): Promise<GcBarrier> {
    return this.#deps.queue.run(async () => {
      checkBarrierId(id)
      if (ttlSeconds <= 0n) throw new InvalidServiceError(id, 'its time to live must be positive')
      if (timestamp < this.txnSafePoint) {
        throw new InvalidSafePointError(
          timestamp,
          this.txnSafePoint,
          'a GC barrier cannot be behind the transaction safe point',
        )
      }
      const now = this.#unixSeconds()
      const staged = this.#withoutExpired(now)
      const expiresAt = ttlSeconds >= neverExpires - now ? neverExpires : now + ttlSeconds
      staged.set(id, { serviceId: id, safePoint: timestamp, expiresAt })
      await this.#saveServices(staged)
      return { id, timestamp, ttlSeconds: remaining(expiresAt, now) }
    })
  }

  /** What was there, if anything. @throws InvalidServiceError */
  deleteBarrier(id: string): Promise<GcBarrier | undefined> {
    return this.#deps.queue.run(async () => {
      checkBarrierId(id)
      const barrier = this.#barriers().find((known) => known.id === id)
      const staged = this.#withoutExpired(this.#unixSeconds())
      staged.delete(id)
      await this.#saveServices(staged)
      return barrier
    })
  }

  #barriers(): GcBarrier[] {
    const now = this.#unixSeconds()
    return this.services()
      .filter(({ serviceId }) => serviceId !== gcWorkerServiceId)
      .map(({ serviceId, safePoint, expiresAt }) => ({
        id: serviceId,
        timestamp: safePoint,
        ttlSeconds: remaining(expiresAt, now),
      }))
  }

  async #saveGcSafePoint(safePoint: Timestamp): Promise<void> {
    await this.#deps.metadata.commit([{ key: metadataKeys.gcSafePoint, value: encodeDecimal(safePoint) }])
    this.#gcSafePoint = safePoint
  }

  #withoutExpired(now: bigint): Map<string, ServiceSafePoint> {
    return new Map([...this.#services].filter(([, { expiresAt }]) => expiresAt > now))
  }

  /** Makes `staged` the set of services. */
  async #saveServices(staged: ReadonlyMap<string, ServiceSafePoint>): Promise<void> {
    if (staged.size > servicesMax && staged.size > this.#services.size) {
      throw new PdLimitError('service safe points', servicesMax, staged.size)
    }
    const changes: MetadataChange[] = []
    for (const id of this.#services.keys()) {
      if (!staged.has(id)) changes.push({ key: metadataKeys.serviceSafePoint(id), value: undefined })
    }
    for (const [id, service] of staged) {
      if (this.#services.get(id) !== service) {
        changes.push({ key: metadataKeys.serviceSafePoint(id), value: encodeService(service) })
      }
    }
    if (changes.length === 0) return
    await this.#deps.metadata.commit(changes)
    this.#services.clear()
    for (const [id, service] of staged) this.#services.set(id, service)
  }

  #unixSeconds(): bigint {
    return BigInt(Math.floor(this.#deps.unixMs() / 1000))
  }
}

function checkServiceId(id: string): void {
  if (id === '') throw new InvalidServiceError(id, 'its name is empty')
  if (id.length > serviceIdLengthMax) throw new PdLimitError('length of a service name', serviceIdLengthMax, id.length)
}

function checkBarrierId(id: string): void {
  checkServiceId(id)
  if (id === gcWorkerServiceId) throw new InvalidServiceError(id, 'the name is taken by garbage collection itself')
}

/** Of equals, the first by name: the answer does not depend on the order of the calls. */
function lowestOf(services: ReadonlyMap<string, ServiceSafePoint>): ServiceSafePoint | undefined {
  let lowest: ServiceSafePoint | undefined
  for (const service of services.values()) {
    if (
      lowest === undefined ||
      service.safePoint < lowest.safePoint ||
      (service.safePoint === lowest.safePoint && service.serviceId < lowest.serviceId)
    ) {
      lowest = service
    }
  }
  return lowest
}

function remaining(expiresAt: bigint, now: bigint): bigint {
  return expiresAt === neverExpires ? neverExpires : expiresAt - now
}

interface ServiceJson {
  readonly safePoint: string
  readonly expiresAt: string
}

function encodeService(service: ServiceSafePoint): Uint8Array {
  const json: ServiceJson = { safePoint: service.safePoint.toString(), expiresAt: service.expiresAt.toString() }
  return encodeJson(json)
}

/** @throws TypeError */
export function decodeService(json: ServiceJson, serviceId: string): ServiceSafePoint {
  return { serviceId, safePoint: parseDecimal(json.safePoint), expiresAt: parseDecimal(json.expiresAt) }
}
