import type { Peer, Region, RegionHeartbeats, RegionId, RegionOperator, StoreId, StoreLabel } from '@stratakv/core'
import { below, compareBytes, fraction } from '@stratakv/core'
import type { SeededRandom } from '@stratakv/testkit'
import { bootstrap, region as regionAt, type SampleDriver, stats, storeMeta } from './sample-driver.ts'

/** How stores carry out what they are told. */
export interface StoreManners {
  /** Longest time from an order to its effect, ms. */
  readonly latencyMsMax: number
  /** Longest time to fill a new replica, ms. */
  readonly fillMsMax: number
  /** Share of orders that come to nothing. */
  readonly failureShare: number
}

export interface SimulatedStore {
  readonly id: StoreId
  isAlive: boolean
  diedAtMs: number
  heartbeats: RegionHeartbeats | undefined
}

interface SimulatedRegion {
  region: Region
  leader: Peer
  term: number
  sizeMiB: number
  /** Peers that still wait for data, and when they have it. */
  readonly filledAtMs: Map<number, number>
  reportedAtMs: number
  isChanged: boolean
}

interface Order {
  readonly dueAtMs: number
  readonly operator: RegionOperator
}

const downAfterMs = 10_000
const regionIntervalMs = 30_000
const storeIntervalMs = 10_000

/** Stores that hold regions, die, come back, and do what the placement driver says: no data, no Raft, only their outcome. */
export class SimulatedStores {
  readonly stores = new Map<StoreId, SimulatedStore>()
  readonly regions = new Map<RegionId, SimulatedRegion>()
  readonly #sample: SampleDriver
  readonly #random: SeededRandom
  readonly #maxReplicas: number
  manners: StoreManners
  /** Orders as they came, for counting. */
  heardCount = 0
  #orders: Order[] = []
  #storesReportedAtMs = Number.NEGATIVE_INFINITY

  constructor(sample: SampleDriver, random: SeededRandom, manners: StoreManners, maxReplicas = 3) {
    this.#sample = sample
    this.#random = random
    this.#maxReplicas = maxReplicas
    this.manners = manners
  }

  /** Stores 1 to `storeCount`, and regions that cover all keys, each with its replicas on the first stores that fit. */
  async start(
    storeCount: number,
    regionCount: number,
    replicaCount: number,
    labels: (id: StoreId) => StoreLabel[] = () => [],
  ) {
    const { pd } = this.#sample
    await bootstrap(pd)
    for (let id = 1; id <= storeCount; id++) await this.join(id, labels(id))
    const firstId = await pd.allocateIds(regionCount * (replicaCount + 1) + 1000)
    for (let index = 0; index < regionCount; index++) {
      const bounds = [index === 0 ? '' : boundary(index), index === regionCount - 1 ? '' : boundary(index + 1)] as const
      const id = firstId + index * (replicaCount + 1)
      const on = Array.from({ length: replicaCount }, (_, replica) => 1 + ((index + replica) % storeCount))
      const base = regionAt(id, bounds, { version: 2 })
      const peers = on.map((storeId, replica): Peer => ({ id: id + 1 + replica, storeId, role: 'voter' }))
      this.regions.set(id, {
        region: { ...base, peers },
        leader: peers[0]!,
        term: 6,
        sizeMiB: 1 + below(this.#random, 60),
        filledAtMs: new Map(),
        reportedAtMs: Number.NEGATIVE_INFINITY,
        isChanged: true,
      })
    }
    await this.step()
  }

  async join(id: StoreId, labels: readonly StoreLabel[] = []): Promise<void> {
    await this.#sample.pd.putStore(storeMeta(id, { labels }))
    const store: SimulatedStore = { id, isAlive: true, diedAtMs: 0, heartbeats: undefined }
    this.stores.set(id, store)
    this.#listen(store)
    await this.#sample.pd.storeHeartbeat(stats(id))
  }

  kill(id: StoreId): void {
    const store = this.stores.get(id)!
    store.isAlive = false
    store.diedAtMs = this.now
    store.heartbeats?.close()
  }

  revive(id: StoreId): void {
    const store = this.stores.get(id)!
    store.isAlive = true
    this.#listen(store)
    this.#storesReportedAtMs = Number.NEGATIVE_INFINITY
    for (const each of this.regions.values()) each.isChanged = true
  }

  /** A store splits a region that it leads, whatever else goes on there. The old id keeps the right half. */
  async split(id: RegionId): Promise<void> {
    const each = this.regions.get(id)
    if (each === undefined || !this.stores.get(each.leader.storeId)!.isAlive || !this.hasQuorum(each)) return
    const { region } = each
    const start = new TextDecoder().decode(region.startKey)
    const isInside = (key: Uint8Array) => region.endKey.length === 0 || compareBytes(key, region.endKey) < 0
    const at = ['5', '0'].map((digit) => new TextEncoder().encode(start + digit)).find(isInside)
    if (at === undefined) return
    const [ids] = await this.#sample.pd.askSplit(region, 1).catch(() => [])
    if (ids === undefined) return
    const epoch = { ...region.epoch, version: region.epoch.version + 1 }
    const newId = (peer: Peer) => ids.peerIds[region.peers.findIndex((other) => other.id === peer.id)]!
    const peers = region.peers.map((peer) => ({ ...peer, id: newId(peer) }))
    const sizeMiB = Math.max(1, Math.floor(each.sizeMiB / 2))
    this.regions.set(ids.regionId, {
      region: { ...region, id: ids.regionId, endKey: at, epoch, peers },
      leader: peers.find(({ storeId }) => storeId === each.leader.storeId)!,
      term: each.term,
      sizeMiB,
      filledAtMs: new Map([...each.filledAtMs].map(([peerId, ms]) => [newId({ ...each.leader, id: peerId }), ms])),
      reportedAtMs: Number.NEGATIVE_INFINITY,
      isChanged: true,
    })
    each.region = { ...region, startKey: at, epoch }
    each.sizeMiB = sizeMiB
    each.isChanged = true
  }

  get now(): number {
    return this.#sample.clock.now()
  }

  /** Half a second passes: orders fall due, leaders are chosen, reports go out. */
  async step(): Promise<void> {
    await this.#sample.clock.advance(500)
    const due = this.#orders.filter(({ dueAtMs }) => dueAtMs <= this.now)
    this.#orders = this.#orders.filter(({ dueAtMs }) => dueAtMs > this.now)
    for (const { operator } of due) this.#carryOut(operator)
    for (const each of this.regions.values()) this.#live(each)
    if (this.now - this.#storesReportedAtMs >= storeIntervalMs) {
      this.#storesReportedAtMs = this.now
      for (const { id, isAlive } of this.stores.values()) {
        const state = this.#sample.pd.storeRecord(id)?.meta.state
        if (isAlive && state !== 'tombstone') await this.#sample.pd.storeHeartbeat(stats(id))
      }
    }
    for (const each of [...this.regions.values()]) await this.#report(each)
  }

  /** Peers on the store, whatever the placement driver believes. */
  peerCount(id: StoreId): number {
    return [...this.regions.values()].filter(({ region }) => region.peers.some(({ storeId }) => storeId === id)).length
  }

  leaderCount(id: StoreId): number {
    return [...this.regions.values()].filter(({ leader }) => leader.storeId === id).length
  }

  /** Peers that count for a commit: alive and filled. */
  isWell(of: SimulatedRegion, peer: Peer): boolean {
    return this.stores.get(peer.storeId)?.isAlive === true && (of.filledAtMs.get(peer.id) ?? 0) <= this.now
  }

  hasQuorum(of: SimulatedRegion): boolean {
    const majority = (peers: readonly Peer[]) =>
      peers.length === 0 || peers.filter((peer) => this.isWell(of, peer)).length > peers.length / 2
    const { peers } = of.region
    return (
      majority(peers.filter(({ role }) => role === 'voter' || role === 'incoming-voter')) &&
      majority(peers.filter(({ role }) => role === 'voter' || role === 'demoting-voter'))
    )
  }

  #listen(store: SimulatedStore): void {
    store.heartbeats = this.#sample.pd.openRegionHeartbeats(store.id, (operator) => {
      this.heardCount++
      if (fraction(this.#random) < this.manners.failureShare) return
      const dueAtMs = this.now + below(this.#random, this.manners.latencyMsMax + 1)
      this.#orders.push({ dueAtMs, operator })
    })
  }

  #live(each: SimulatedRegion): void {
    for (const [id, at] of each.filledAtMs) {
      if (at > this.now) continue
      each.filledAtMs.delete(id)
      each.isChanged = true
    }
    if (this.stores.get(each.leader.storeId)!.isAlive || !this.hasQuorum(each)) return
    const candidates = each.region.peers.filter((peer) => peer.role !== 'learner' && this.isWell(each, peer))
    if (candidates.length > 0) this.#lead(each, candidates[below(this.#random, candidates.length)]!)
  }

  async #report(each: SimulatedRegion): Promise<void> {
    const store = this.stores.get(each.leader.storeId)!
    const isDue = each.isChanged || this.now - each.reportedAtMs >= regionIntervalMs
    if (!isDue || !store.isAlive || !this.hasQuorum(each)) return
    each.isChanged = false
    each.reportedAtMs = this.now
    const downPeers = each.region.peers.flatMap((peer) => {
      const { isAlive, diedAtMs } = this.stores.get(peer.storeId)!
      const silentMs = this.now - diedAtMs
      return isAlive || silentMs < downAfterMs ? [] : [{ peer, downSeconds: Math.floor(silentMs / 1000) }]
    })
    const pendingPeers = each.region.peers.filter(({ id }) => each.filledAtMs.has(id))
    await store.heartbeats!.report({
      region: each.region,
      leader: each.leader,
      term: each.term,
      bytesWritten: 0,
      keysWritten: 0,
      bytesRead: 0,
      keysRead: 0,
      approximateSizeBytes: each.sizeMiB * 2 ** 20,
      approximateKeyCount: each.sizeMiB * 1000,
      downPeers,
      pendingPeers,
    })
  }

  #carryOut({ regionId, epoch, targetPeer, order }: RegionOperator): void {
    const each = this.regions.get(regionId)
    if (each === undefined || each.leader.id !== targetPeer.id || !this.stores.get(targetPeer.storeId)!.isAlive) return
    const { region } = each
    if (region.epoch.confVer !== epoch.confVer || region.epoch.version !== epoch.version) return
    if (!this.hasQuorum(each)) return
    const wellBefore = this.#wellVoters(each)
    switch (order.type) {
      case 'change-peer':
        this.#change(each, [order.change], false)
        break
      case 'change-peers':
        if (order.changes.length === 0) this.#leaveJoint(each)
        else this.#change(each, order.changes, order.changes.length > 1)
        break
      case 'transfer-leader': {
        const target = region.peers.find(({ id }) => id === order.peer.id)
        if (target !== undefined && target.role !== 'learner' && this.isWell(each, target)) this.#lead(each, target)
        break
      }
      case 'merge':
        this.#merge(each, order.target.id)
        break
      case 'split':
        break
    }
    if (!this.regions.has(regionId)) return
    const wellAfter = this.#wellVoters(each)
    if (wellAfter < Math.min(wellBefore, this.#maxReplicas) - 1)
      throw new Error(
        `region ${regionId} went from ${wellBefore} healthy voters to ${wellAfter}: ${JSON.stringify(order)}`,
      )
    if (!this.hasQuorum(each)) throw new Error(`region ${regionId} lost its quorum to ${JSON.stringify(order)}`)
  }

  #wellVoters(each: SimulatedRegion): number {
    return each.region.peers.filter((peer) => peer.role !== 'learner' && this.isWell(each, peer)).length
  }

  #change(
    each: SimulatedRegion,
    changes: readonly { readonly type: 'add-voter' | 'add-learner' | 'remove'; readonly peer: Peer }[],
    joint: boolean,
  ): void {
    if (each.region.peers.some(({ role }) => role === 'incoming-voter' || role === 'demoting-voter')) return
    let peers = [...each.region.peers]
    for (const { type, peer } of changes) {
      const known = peers.find(({ storeId }) => storeId === peer.storeId)
      if (known !== undefined && known.id !== peer.id) return
      const withRole = (role: Peer['role']) => peers.map((other) => (other === known ? { ...other, role } : other))
      if (type === 'remove') {
        if (known === undefined || known.id === each.leader.id || joint) return
        peers = peers.filter((other) => other !== known)
      } else if (known === undefined) {
        if (type === 'add-voter' || joint) throw new Error('a voter was added that is no learner')
        peers = [...peers, { ...peer, role: 'learner' }]
        each.filledAtMs.set(peer.id, this.now + below(this.#random, this.manners.fillMsMax + 1) + 1)
      } else if (type === 'add-voter') {
        if (known.role !== 'learner') return
        peers = withRole(joint ? 'incoming-voter' : 'voter')
      } else {
        if (known.role === 'learner' || !joint) return
        peers = withRole('demoting-voter')
      }
    }
    this.#become(each, peers, changes.length)
  }

  #leaveJoint(each: SimulatedRegion): void {
    const { peers } = each.region
    const moving = peers.filter(({ role }) => role === 'incoming-voter' || role === 'demoting-voter')
    if (moving.length === 0 || moving.some(({ id, role }) => id === each.leader.id && role === 'demoting-voter')) return
    const settle = (peer: Peer): Peer =>
      peer.role === 'incoming-voter'
        ? { ...peer, role: 'voter' }
        : peer.role === 'demoting-voter'
          ? { ...peer, role: 'learner' }
          : peer
    this.#become(each, peers.map(settle), moving.length)
  }

  #become(each: SimulatedRegion, peers: readonly Peer[], confVerDelta: number): void {
    const { epoch } = each.region
    each.region = { ...each.region, peers, epoch: { ...epoch, confVer: epoch.confVer + confVerDelta } }
    each.leader = peers.find(({ id }) => id === each.leader.id)!
    for (const id of each.filledAtMs.keys()) if (!peers.some((peer) => peer.id === id)) each.filledAtMs.delete(id)
    each.isChanged = true
  }

  #lead(each: SimulatedRegion, leader: Peer): void {
    each.leader = leader
    each.term++
    each.isChanged = true
  }

  #merge(source: SimulatedRegion, targetId: RegionId): void {
    const target = this.regions.get(targetId)
    if (target === undefined) return
    const storesOf = (of: SimulatedRegion) => of.region.peers.map(({ storeId, role }) => `${storeId} ${role}`).sort()
    if (storesOf(source).join() !== storesOf(target).join()) throw new Error('a merge of regions on different stores')
    const { region: left } = source
    const { region: right } = target
    const isBefore = String(left.endKey) === String(right.startKey) && left.endKey.length > 0
    if (!isBefore && String(right.endKey) !== String(left.startKey))
      throw new Error('a merge of regions that do not meet')
    target.region = {
      ...right,
      startKey: isBefore ? left.startKey : right.startKey,
      endKey: isBefore ? right.endKey : left.endKey,
      epoch: { ...right.epoch, version: Math.max(left.epoch.version + 1, right.epoch.version) + 1 },
    }
    target.sizeMiB += source.sizeMiB
    target.isChanged = true
    this.regions.delete(left.id)
  }
}

function boundary(index: number): string {
  return `k${index.toString().padStart(6, '0')}`
}
