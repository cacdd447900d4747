import { below, compareBytes, type Peer, type SeededRandom, type StoreId } from '@stratakv/core'
import { isJointRegion } from '../../src/apply/change-peers.ts'
import { areNeighbours } from '../../src/apply/merge-region.ts'
import type { CommandBody, PeerChange, Peer as RaftPeer } from '../../src/index.ts'
import { baseTickMs, electionTicks, type SimulatedCluster } from './simulated-cluster.ts'

const electionMs = 2 * electionTicks * baseTickMs

type PeerOfRegion = Pick<RaftPeer, 'region'>

/** Does to a cluster what machines, networks and placement drivers do to one. */
export class ClusterChaos {
  readonly #cluster: SimulatedCluster
  readonly #random: SeededRandom
  readonly #storeIds: readonly StoreId[]
  #nextId = 1000
  readonly counts = new Map<string, number>()

  constructor(cluster: SimulatedCluster, random: SeededRandom, storeIds: readonly StoreId[]) {
    this.#cluster = cluster
    this.#random = random
    this.#storeIds = storeIds
  }

  #below(bound: number): number {
    return below(this.#random, bound)
  }

  #one<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  async round(): Promise<void> {
    const cluster = this.#cluster
    const victim = this.#one(this.#storeIds)
    const others = this.#storeIds.filter((id) => id !== victim)
    switch (this.#below(12)) {
      case 0:
        this.#count('cut off')
        cluster.network.cut([victim], others)
        cluster.network.cut(others, [victim])
        break
      case 1:
        this.#count('cut one way')
        cluster.network.cut(others, [victim])
        break
      case 2:
      case 3:
        this.#count('crash')
        await cluster.crashStore(victim)
        break
      case 4:
        this.#count('bad network')
        cluster.network.dropping = this.#below(30) / 100
        cluster.network.doubling = this.#below(30) / 100
        break
      case 5:
        this.#count('slow disk')
        for (const { engines } of cluster.stores) engines.logDisk.latencyMs = 1 + this.#below(60)
        break
      default:
        this.#command()
        if (this.#storeIds.length === 3) for (let more = this.#below(3); more > 0; more--) this.#command()
    }
    await cluster.clock.advance(this.#below(electionMs))
    if (this.#below(3) === 0) await this.mend()
  }

  /** All is well again; what has happened stays. */
  async mend(): Promise<void> {
    const { network } = this.#cluster
    network.heal()
    network.dropping = 0
    network.doubling = 0
    for (const id of this.#storeIds) if (this.#cluster.store(id) === undefined) await this.#cluster.startStore(id)
    for (const { engines } of this.#cluster.stores) engines.logDisk.latencyMs = 1
    await this.#cluster.clock.advance(this.#below(electionMs))
  }

  /** What a placement driver may order, without looking much: whether it is done is not waited for. */
  #command(): void {
    const stores = this.#cluster.stores
    if (stores.length === 0) return
    const leaders = stores.flatMap(({ store }) => [...store.regions.values()].filter(({ isLeader }) => isLeader))
    if (leaders.length === 0) return
    const leader = this.#one(leaders)
    const { region } = leader
    const propose = (body: CommandBody) => {
      this.#count(body.type === 'change-peers' ? `change ${body.changes.length} peers` : body.type)
      leader.propose({ epoch: region.epoch, body }).catch(() => {})
    }
    if (isJointRegion(region)) {
      propose({ type: 'change-peers', changes: [] })
      return
    }
    // Where no peer can move, regions come and go all the more.
    const kind = this.#storeIds.length > 3 ? this.#below(8) : this.#one([0, 1, 1, 5, 5, 5])
    const voters = region.peers.filter(({ role }) => role === 'voter')
    if (kind === 0) {
      this.#count('transfer')
      leader.node.transferLeader(this.#one(voters).id)
    } else if (kind === 1) {
      const splitKey = Uint8Array.of(0x61 + this.#below(8))
      const peerIds = region.peers.map(() => this.#nextId++)
      const parts = [{ splitKey, regionId: this.#nextId++, peerIds }]
      propose({ type: 'split', parts, rightDerive: this.#below(2) === 0 })
    } else if (kind >= 5) this.#merge(leader)
    else {
      const changes = this.#peerChanges(region.peers, leader.meta)
      if (changes !== undefined) propose({ type: 'change-peers', changes })
    }
  }

  #merge({ region }: PeerOfRegion): void {
    const cluster = this.#cluster
    const leader = cluster.leaderOf(region.id)
    if (leader === undefined) return
    const { store } = leader.store
    const neighbours = [...store.regions.values()].filter((peer) => areNeighbours(peer.region, region))
    if (neighbours.length === 0) return
    const target = this.#one(neighbours)
    this.#count('merge')
    const merge = () =>
      store.mergeInto(region.id, target.region).then(
        () => this.#count('merge prepared'),
        () => {},
      )
    const leads = [store.storeId, cluster.leaderOf(target.regionId)?.store.id]
    const follower = this.#storeIds.find((id) => !leads.includes(id))
    if (follower !== undefined && this.#below(2) === 0) {
      // It lacks entries of the source, which has the same leader as before.
      this.#count('merge behind a back')
      const others = this.#storeIds.filter((id) => id !== follower)
      cluster.network.cut([follower], others)
      cluster.network.cut(others, [follower])
      cluster.clock.after(50 + this.#below(300), merge)
    } else merge()
    // At the same time something else may change the target.
    if (this.#below(4) > 0) return
    this.#count('merge disturbed')
    const of = cluster.leaderOf(target.regionId)?.peer
    if (of === undefined) return
    const peerIds = of.region.peers.map(() => this.#nextId++)
    const parts = [{ splitKey: Uint8Array.of(0x61 + this.#below(8), 1), regionId: this.#nextId++, peerIds }]
    of.propose({ epoch: of.region.epoch, body: { type: 'split', parts, rightDerive: this.#below(2) === 0 } }).catch(
      () => {},
    )
  }

  #peerChanges(peers: readonly Peer[], leader: Peer): PeerChange[] | undefined {
    const free = this.#storeIds.filter((id) => !peers.some(({ storeId }) => storeId === id))
    const learners = peers.filter(({ role }) => role === 'learner')
    const voters = peers.filter(({ role }) => role === 'voter')
    const add = (): PeerChange => ({
      type: 'add-learner-node',
      peer: { id: this.#nextId++, storeId: this.#one(free), role: 'learner' },
    })
    const promote = (): PeerChange => ({ type: 'add-node', peer: { ...this.#one(learners), role: 'voter' } })
    const demotable = voters.filter(({ id }) => id !== leader.id)
    if (learners.length > 0 && demotable.length > 1 && this.#below(2) === 0) {
      return [promote(), { type: 'add-learner-node', peer: { ...this.#one(demotable), role: 'learner' } }]
    }
    if (learners.length > 0 && this.#below(2) === 0) return [promote()]
    if (learners.length > 0) return [{ type: 'remove-node', peer: this.#one(learners) }]
    if (free.length > 0 && this.#below(2) === 0) return [add()]
    // At least three stay, so that one may always be away.
    if (demotable.length > 2) return [{ type: 'remove-node', peer: this.#one(demotable) }]
    return undefined
  }

  /** @throws when replicas differ, or ranges do not fit */
  async checkReplicas(): Promise<void> {
    const stores = this.#cluster.stores
    for (const { store } of stores) {
      if (store.failure !== undefined) throw new Error(`store ${store.storeId} has failed`, { cause: store.failure })
      const regions = [...store.regions.values()]
        .filter(({ isInitialized }) => isInitialized)
        .map(({ region }) => region)
      regions.sort((left, right) => compareBytes(left.startKey, right.startKey))
      for (let at = 1; at < regions.length; at++) {
        const [left, right] = [regions[at - 1]!, regions[at]!]
        if (left.endKey.length === 0 || compareBytes(left.endKey, right.startKey) > 0) {
          throw new Error(`regions ${left.id} and ${right.id} overlap on store ${store.storeId}`)
        }
      }
    }
    const leaders = stores.flatMap(({ store }) => [...store.regions.values()].filter(({ isLeader }) => isLeader))
    leaders.sort((left, right) => compareBytes(left.region.startKey, right.region.startKey))
    let at = new Uint8Array(0) as Uint8Array
    for (const { region } of leaders) {
      if (compareBytes(at, region.startKey) !== 0) throw new Error(`nobody leads what is before region ${region.id}`)
      at = region.endKey
      for (const { id, storeId, role } of region.peers) {
        const peer = this.#cluster.store(storeId)?.store.regions.get(region.id)
        if (peer === undefined || peer.meta.id !== id)
          throw new Error(`region ${region.id} has no ${role} on store ${storeId}`)
        const leader = leaders.find((candidate) => candidate.regionId === region.id)!
        if (peer.progress.applied.index !== leader.progress.applied.index) {
          throw new Error(
            `region ${region.id} has applied ${peer.progress.applied.index} on store ${storeId}, ${leader.progress.applied.index} is it`,
          )
        }
      }
    }
    if (at.length > 0) throw new Error('nobody leads the last region')
  }

  /** All replicas' data of a region, as text. */
  async dataOf(storeId: StoreId, startKey: Uint8Array, endKey: Uint8Array): Promise<string> {
    const lowerBound = Uint8Array.of(0x7a, ...startKey)
    const upperBound = endKey.length === 0 ? Uint8Array.of(0x7b) : Uint8Array.of(0x7a, ...endKey)
    const cursor = this.#cluster.store(storeId)!.engines.engine.iterate('default', { lowerBound, upperBound })
    let all = ''
    for (let found = await cursor.seekToFirst(); found; found = await cursor.next())
      all += `${cursor.key}=${cursor.value};`
    cursor.close()
    return all
  }
}
