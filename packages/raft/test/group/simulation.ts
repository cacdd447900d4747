import { assert, below, type LogIndex, type Random } from '@stratakv/core'
import {
  type ConfChangeSingle,
  type ConfChangeTransition,
  type ConfState,
  type GroupNode,
  isJoint,
  isVoter,
  type NodeId,
  type RaftOptions,
  RaftPeerNotFoundError,
  RaftProposalDroppedError,
} from '@stratakv/raft'
import { changeData } from '../json-conf-changes.ts'
import type { Image, MachineState } from './disk.ts'
import { Host, type NodeKind } from './host.ts'
import { Network } from './network.ts'
import { Witness } from './witness.ts'

/** A group begins behind a snapshot, as one does that was split off another. */
const firstIndex = 5

/** A group of one kind of node, and all that happens to it, drawn from one seed. */
export class Simulation {
  readonly #random: Random
  readonly #network: Network
  readonly #witness: Witness
  readonly #hosts = new Map<NodeId, Host>()
  readonly #kind: NodeKind
  readonly #options: Omit<RaftOptions, 'id'>
  readonly #reads = new Map<string, LogIndex>()
  #proposalCount = 0
  readCount = 0

  constructor(kind: NodeKind, random: Random) {
    this.#random = random
    this.#kind = kind
    this.#network = new Network(random)
    this.#witness = new Witness(() => [...this.#hosts.values()].map(({ seen }) => seen))
    this.#options = optionsBy(random)
    const voterCount = 1 + below(random, 5)
    const voters = Array.from({ length: voterCount }, (_, at) => at + 1)
    const confState = { voters, learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
    const machine = { index: firstIndex, term: 1, confState, digest: 1 }
    this.#witness.began(firstIndex, 1, 1)
    for (const id of voters) this.#add(id, machine)
  }

  get appliedMax(): LogIndex {
    return this.#witness.appliedMax
  }

  /** One thing happens. */
  step(): void {
    const host = this.#any()
    if (this.#one(3)) {
      this.#deliver()
      return
    }
    if (host.hasWork && this.#one(2)) {
      host.work()
      return
    }
    const what = below(this.#random, 100)
    if (what < 50) {
      if (host.isUp) host.do((node) => node.tick())
    } else if (what < 72) this.#propose(host)
    else if (what < 76) this.#changeMembers(host)
    else if (what < 82) this.#read(host)
    else if (what < 87) this.#store(host)
    else if (what < 90) this.#crash(host)
    else if (what < 94) {
      if (!host.isUp) host.restart()
    } else if (what < 96) this.#handle(host)
    else if (what < 97) this.#network.cut(new Set([...this.#hosts.keys()].filter(() => this.#one(2))))
    else if (what < 99) this.#network.heal()
    else this.#network.faultPercent = this.#one(2) ? 0 : below(this.#random, 40)
  }

  /** No more faults: the group has to become whole and take a proposal, whatever it has been through. */
  settle(): void {
    this.#network.heal()
    this.#network.faultPercent = 0
    for (const host of this.#hosts.values()) if (!host.isUp) host.restart()
    let wanted = 0
    for (let round = 0; round < 400; round++) {
      const members = this.#members()
      for (const host of members) {
        // A snapshot has to be young enough to know whom it is for: who is not in it passes it over.
        host.store()
        host.do((node) => node.tick())
      }
      this.#drain()
      const leader = members.find(({ node }) => node.role === 'leader' && node.status.transferee === 0)
      if (leader === undefined) {
        if (round > 200 && this.#isOrphaned()) return
        continue
      }
      const { membership, applied, term } = leader.node.status
      if (isJoint(membership.voters)) {
        this.#try(leader, (node) => node.proposeConfChange('conf-change-v2', changeData('auto')))
        continue
      }
      if (wanted === 0 && members.every(({ machine }) => machine.index === applied && machine.term === term)) {
        const next = leader.node.lastIndex + 1
        this.#propose(leader)
        if (leader.node.lastIndex >= next) wanted = next
      } else if (wanted > 0 && members.every(({ machine }) => machine.index >= wanted)) return
    }
    const how = [...this.#hosts.values()].map(({ node }) => JSON.stringify({ ...node.status, membership: undefined }))
    throw new Error(`the group does not become whole:\n${how.join('\n')}`)
  }

  /** By what is applied furthest: others are not told any more that they are gone, and would campaign for ever. */
  #members(): Host[] {
    const furthest = [...this.#hosts.values()].reduce((left, right) =>
      right.machine.index > left.machine.index ? right : left,
    )
    const { voters, learners, votersOutgoing } = furthest.machine.confState
    const ids = new Set([...voters, ...learners, ...votersOutgoing])
    for (const id of ids) if (!this.#hosts.has(id)) this.#add(id, undefined)
    return [...ids].map((id) => this.#hosts.get(id)!)
  }

  /**
   * Whether the longest log is with one that applied its own removal before a voter that is needed learnt that it is committed:
   * the one may not lead, the other asks for its vote and is refused. Changes count from when they are applied, so it can happen
   * where a group of two becomes one.
   */
  #isOrphaned(): boolean {
    const logs = [...this.#hosts.values()].map((host) => {
      const last = host.node.lastIndex
      return { host, last, term: host.disk.term(last) }
    })
    const longest = logs.reduce((left, right) =>
      right.term > left.term || (right.term === left.term && right.last > left.last) ? right : left,
    )
    return !isVoter(longest.host.node.status.membership.voters, longest.host.id)
  }

  #drain(): void {
    for (let rounds = 0; rounds < 2000; rounds++) {
      let isIdle = this.#network.count === 0
      if (!isIdle) this.#deliver()
      for (const host of this.#hosts.values()) {
        if (!host.hasWork) continue
        isIdle = false
        host.work()
      }
      if (isIdle) return
    }
  }

  #add(id: NodeId, machine: MachineState | undefined): void {
    const image: Image =
      machine === undefined
        ? { hardState: { term: 0, vote: 0, commit: 0 }, base: { index: 0, term: 0 }, entries: [], machine: nothing }
        : {
            hardState: { term: machine.term, vote: 0, commit: machine.index },
            base: { index: machine.index, term: machine.term },
            entries: [],
            machine,
          }
    const host = new Host(
      {
        kind: this.#kind,
        random: this.#random,
        witness: this.#witness,
        options: { ...this.#options, id },
        post: (message) => this.#network.post(message),
        onRead: (context, index) => this.#answered(context, index),
      },
      image,
    )
    this.#hosts.set(id, host)
  }

  #deliver(): void {
    const next = this.#network.next()
    if (next === undefined) return
    const { message, isLost } = next
    const from = this.#hosts.get(message.from)
    if (message.type === 'snapshot' && from?.isUp === true) {
      // Always: a leader waits for it, for ever where the follower has lost the snapshot again.
      from.do((node) => node.reportSnapshot(message.to, !isLost))
    } else if (isLost && from?.isUp === true && this.#one(8)) from.do((node) => node.reportUnreachable(message.to))
    if (isLost) return
    // A member that nobody has seen yet begins with nothing.
    if (!this.#hosts.has(message.to)) this.#add(message.to, undefined)
    const to = this.#hosts.get(message.to)!
    if (to.isUp) this.#try(to, (node) => node.step(message))
  }

  #propose(host: Host): void {
    const size = this.#one(10) ? 200 : below(this.#random, 20)
    const data = new TextEncoder().encode(`${++this.#proposalCount}:${'x'.repeat(size)}`)
    this.#try(host, (node) => {
      if (this.#one(2)) node.propose(data)
      else node.proposeAll([data, data.subarray(0, -1), data])
    })
  }

  #changeMembers(host: Host): void {
    const id = (): NodeId => 1 + below(this.#random, 6)
    const types = ['add-node', 'add-node', 'add-learner-node', 'remove-node'] as const
    const single = (): ConfChangeSingle => ({ type: types[below(this.#random, types.length)]!, nodeId: id() })
    const what = below(this.#random, 4)
    if (what === 0) {
      this.#try(host, (node) => node.proposeConfChange('conf-change', changeData('auto', single())))
      return
    }
    const transitions: readonly ConfChangeTransition[] = ['auto', 'implicit', 'explicit']
    const transition = transitions[below(this.#random, 3)]!
    const changes = what === 1 ? [] : Array.from({ length: 1 + below(this.#random, 3) }, single)
    const data = changeData(what === 1 ? 'auto' : transition, ...changes)
    this.#try(host, (node) => node.proposeConfChange('conf-change-v2', data))
  }

  #read(host: Host): void {
    const key = `read ${++this.readCount}`
    this.#reads.set(key, this.#witness.appliedMax)
    this.#try(host, (node) => node.readIndex(new TextEncoder().encode(key)))
  }

  #answered(context: Uint8Array, index: LogIndex): void {
    const key = new TextDecoder().decode(context)
    const before = this.#reads.get(key)
    assert(before !== undefined, `nobody asked for ${key}`)
    assert(index >= before, `${key}: answered by ${index}, and ${before} was applied before it was asked`)
  }

  #store(host: Host): void {
    if (!host.isUp) return
    host.store()
    if (this.#one(2)) return
    const { base, machine } = host.disk.durable
    const count = machine.index - base.index
    if (count > 0) host.disk.compact(base.index + 1 + below(this.#random, count))
  }

  #crash(host: Host): void {
    if (host.isUp) host.crash()
  }

  #handle(host: Host): void {
    const to = 1 + below(this.#random, 6)
    const what = below(this.#random, 4)
    this.#try(host, (node) => {
      if (what < 2) node.transferLeader(to)
      else if (what === 2) node.campaign()
      else node.forgetLeader()
    })
  }

  #try(host: Host, what: (node: GroupNode) => void): void {
    if (!host.isUp) return
    try {
      host.do(what)
    } catch (error) {
      if (!(error instanceof RaftProposalDroppedError || error instanceof RaftPeerNotFoundError)) throw error
    }
  }

  #any(): Host {
    const hosts = [...this.#hosts.values()]
    return hosts[below(this.#random, hosts.length)]!
  }

  /** One time in so many. */
  #one(of: number): boolean {
    return below(this.#random, of) === 0
  }
}

const nobody: ConfState = { voters: [], learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
const nothing: MachineState = { index: 0, term: 0, confState: nobody, digest: 0 }

function optionsBy(random: Random): Omit<RaftOptions, 'id'> {
  const flag = (): boolean => below(random, 2) === 0
  const heartbeatTicks = 1 + below(random, 2)
  const limits = [0, 60, 300] as const
  return {
    heartbeatTicks,
    electionTicks: heartbeatTicks + 2 + below(random, 6),
    checkQuorum: flag(),
    preVote: flag(),
    stepsDownOnRemoval: flag(),
    reportsCommit: flag(),
    ...(flag() ? { messageBytesMax: limits[below(random, 3)]! } : {}),
    ...(flag() ? { applyingBytesMax: 1 + below(random, 200) } : {}),
    ...(flag() ? { uncommittedBytesMax: 1 + below(random, 300) } : {}),
    ...(flag() ? { inflightCountMax: 1 + below(random, 4) } : {}),
    ...(flag() ? { inflightBytesMax: 1 + below(random, 300) } : {}),
    tellsCommitLater: flag(),
  }
}
