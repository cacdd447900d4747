import { assert, below, type LogIndex, type Random, type Term } from '@stratakv/core'
import {
  AppendMessagesNode,
  appendThread,
  applyThread,
  type Entry,
  type GroupNode,
  type Message,
  type NodeId,
  type NumberedReady,
  type RaftDeps,
  RaftMembershipError,
  type RaftOptions,
  RaftPeerNotFoundError,
  type Ready,
  ReadyNumbersNode,
  SyncNode,
} from '@stratakv/raft'
import { jsonConfChanges } from '../json-conf-changes.ts'
import { Disk, type Image, lastIndexOf, type MachineState, machineOf, termAt, type Write, written } from './disk.ts'
import type { Seen, Witness } from './witness.ts'

/** `sync`: {@link SyncNode}. `messages`: {@link AppendMessagesNode}. `numbers`: {@link ReadyNumbersNode}. */
export type NodeKind = 'sync' | 'messages' | 'numbers'

export interface HostDeps {
  readonly kind: NodeKind
  readonly random: Random
  readonly witness: Witness
  readonly options: RaftOptions
  /** What leaves. */
  readonly post: (message: Message) => void
  readonly onRead: (context: Uint8Array, index: LogIndex) => void
}

/** One node with its disk and state machine, and the work that it has given to them. */
export class Host {
  readonly id: NodeId
  readonly disk: Disk
  readonly #deps: HostDeps
  #driver: Driver
  /** The log with all writes that are under way. */
  #log: Pick<Image, 'base' | 'entries'>
  machine: MachineState
  isUp = true

  constructor(deps: HostDeps, image: Image) {
    this.#deps = deps
    this.id = deps.options.id
    this.disk = new Disk(image, deps.random)
    this.#log = image
    this.machine = image.machine
    this.#driver = this.#start()
  }

  get node(): GroupNode {
    return this.#driver.node
  }

  get seen(): Seen {
    return { status: this.node.status, durable: this.disk.durable, log: this.#log }
  }

  /** Does something to the node. */
  do(what: (node: GroupNode) => void): void {
    assert(this.isUp, 'a node that is down does nothing')
    what(this.node)
    this.#deps.witness.changed(this.seen)
  }

  get hasWork(): boolean {
    return this.isUp && (this.node.hasReady || this.#driver.hasWork)
  }

  /** One step of what is to do: a Ready, a write, an application; which, is chance. */
  work(): void {
    const { random, witness } = this.#deps
    if (this.node.hasReady && (!this.#driver.hasWork || below(random, 2) === 0)) this.#driver.takeReady()
    else if (this.#driver.hasWork) this.#driver.work()
    witness.changed(this.seen)
  }

  crash(): void {
    this.isUp = false
    this.disk.crash(this.#driver.begun)
    this.#deps.witness.crashed(this.id)
  }

  restart(): void {
    assert(!this.isUp, 'who is up is not started')
    this.isUp = true
    this.#log = this.disk.image
    this.machine = this.disk.image.machine
    this.#driver = this.#start()
    this.#deps.witness.changed(this.seen)
  }

  /** Makes the state machine durable; what is in front of `index` may go then. */
  store(): void {
    // A snapshot that came in is a newer one, and durable with the log.
    if (this.machine.index > this.disk.durable.machine.index) this.disk.storeMachine(this.machine)
  }

  #start(): Driver {
    const { kind, random, options } = this.#deps
    const deps = { storage: this.disk, confChanges: jsonConfChanges, random }
    const { index } = this.machine
    return new drivers[kind](deps, index > 0 ? { ...options, applied: index } : options, this)
  }

  // For drivers.

  get random(): Random {
    return this.#deps.random
  }

  /** A Ready was taken: what it says is under way. */
  taken({ entries, snapshot, hardState, readStates }: Ready): Write {
    const { witness, onRead } = this.#deps
    if (entries.length > 0) {
      const { index } = entries[0]!
      // Its snapshot is in front of the entries, or the log is.
      const before = snapshot?.index === index - 1 ? snapshot.term : this.#termBefore(index)
      witness.appended(entries, before)
    }
    const write = { entries, snapshot, hardState }
    const { base, entries: log } = this.#log
    this.#log = written(
      { ...this.disk.image, machine: { ...this.machine, index: base.index }, base, entries: log },
      write,
    )
    if (hardState !== undefined) witness.learnt(this.seen, hardState.commit)
    for (const { index, context } of readStates) onRead(context, index)
    return write
  }

  send(messages: readonly Message[]): void {
    for (const message of messages) {
      this.#deps.witness.sent(message, this.disk.durable)
      this.#deps.post(message)
    }
  }

  /** A snapshot is durable. */
  installed(write: Write): void {
    const { snapshot } = write
    if (snapshot === undefined) return
    assert(snapshot.index > this.machine.index, 'a snapshot is newer than what it replaces')
    this.machine = machineOf(snapshot)
    this.#deps.witness.applied(this.id, this.machine.index, this.machine.digest)
  }

  /** Committed entries, which are durable here; what a snapshot has brought since is passed over. */
  apply(entries: readonly Entry[]): void {
    for (const { index, term, type, data } of entries) {
      if (index <= this.machine.index) continue
      assert(index === this.machine.index + 1, `node ${this.id}: applies ${index} behind ${this.machine.index}`)
      assert(termAt(this.disk.durable, index) === term, `node ${this.id}: applies ${index}, which is not durable`)
      let { confState } = this.machine
      if (type !== 'normal') {
        try {
          confState = this.node.applyConfChange(jsonConfChanges.decode(type, data))
        } catch (error) {
          // It does not fit any more, for nobody.
          if (!(error instanceof RaftMembershipError)) throw error
        }
      }
      this.machine = { index, term, confState, digest: digestOf(this.machine.digest, data) }
      this.#deps.witness.applied(this.id, index, this.machine.digest)
      this.#deps.witness.changed(this.seen)
    }
  }

  #termBefore(index: LogIndex): Term {
    const before = termAt(this.#log, index - 1)
    assert(
      before !== undefined,
      `node ${this.id}: a hole in front of ${index}, the log ends at ${lastIndexOf(this.#log)}`,
    )
    return before
  }
}

function digestOf(before: number, data: Uint8Array): number {
  let digest = before
  for (const byte of data) digest = (Math.imul(digest, 31) + byte + 1) >>> 0
  return (Math.imul(digest, 31) + 7) >>> 0
}

/** How a host of one kind of node does its work. */
interface Driver {
  readonly node: GroupNode
  readonly hasWork: boolean
  /** Writes that were asked for and not done. */
  readonly begun: readonly Write[]
  takeReady(): void
  work(): void
}

class SyncDriver implements Driver {
  readonly node: SyncNode
  readonly hasWork = false
  readonly begun: readonly Write[] = []
  readonly #host: Host

  constructor(deps: RaftDeps, options: RaftOptions, host: Host) {
    this.node = new SyncNode(deps, options)
    this.#host = host
  }

  takeReady(): void {
    const host = this.#host
    const ready = this.node.ready()
    const write = host.taken(ready)
    host.disk.write(write)
    if (ready.mustSync || ready.snapshot !== undefined) host.disk.sync()
    host.installed(write)
    host.send(ready.messages)
    host.apply(ready.committedEntries)
    this.node.advance()
  }

  work(): void {}
}

class MessagesDriver implements Driver {
  readonly node: AppendMessagesNode
  readonly #host: Host
  readonly #appends: Message[] = []
  readonly #applies: Message[] = []

  constructor(deps: RaftDeps, options: RaftOptions, host: Host) {
    this.node = new AppendMessagesNode(deps, options)
    this.#host = host
  }

  get hasWork(): boolean {
    return this.#appends.length + this.#applies.length > 0
  }

  get begun(): readonly Write[] {
    return this.#appends.map(writeOf)
  }

  takeReady(): void {
    const ready = this.node.ready()
    this.#host.taken(ready)
    for (const message of ready.messages) {
      if (message.to === appendThread) this.#appends.push(message)
      else if (message.to === applyThread) this.#applies.push(message)
      else this.#host.send([message])
    }
  }

  work(): void {
    const isAppend = this.#applies.length === 0 || (this.#appends.length > 0 && below(this.#host.random, 2) === 0)
    if (isAppend) {
      const work = this.#appends.shift()!
      const write = writeOf(work)
      this.#host.disk.write(write)
      if (work.responses.length > 0) this.#host.disk.sync()
      this.#host.installed(write)
      this.#respond(work)
    } else {
      const work = this.#applies.shift()!
      this.#host.apply(work.entries)
      this.#respond(work)
    }
  }

  #respond({ responses }: Message): void {
    for (const response of responses) {
      if (response.to === this.#host.id) this.#stepOwn(response)
      else this.#host.send([response])
    }
  }

  #stepOwn(response: Message): void {
    try {
      this.node.step(response)
    } catch (error) {
      // It has left the group since.
      if (!(error instanceof RaftPeerNotFoundError)) throw error
    }
  }
}

function writeOf({ term, vote, commit, entries, snapshot }: Message): Write {
  return { hardState: term > 0 ? { term, vote, commit } : undefined, entries, snapshot }
}

class NumbersDriver implements Driver {
  readonly node: ReadyNumbersNode
  readonly #host: Host
  readonly #writes: { readonly ready: NumberedReady; readonly write: Write }[] = []
  readonly #applies: Entry[] = []

  constructor(deps: RaftDeps, options: RaftOptions, host: Host) {
    this.node = new ReadyNumbersNode(deps, options)
    this.#host = host
  }

  get hasWork(): boolean {
    return this.#writes.length + this.#applies.length > 0
  }

  get begun(): readonly Write[] {
    return this.#writes.map(({ write }) => write)
  }

  takeReady(): void {
    const ready = this.node.ready()
    this.#writes.push({ ready, write: this.#host.taken(ready) })
    this.#host.send(ready.messages)
    this.#applies.push(...ready.committedEntries)
  }

  work(): void {
    const isWrite = this.#applies.length === 0 || (this.#writes.length > 0 && below(this.#host.random, 2) === 0)
    if (isWrite) this.#persist(1 + below(this.#host.random, this.#writes.length))
    else {
      // Not as it was handed out: some of one, or of several.
      const entries = this.#applies.splice(0, 1 + below(this.#host.random, this.#applies.length))
      this.#host.apply(entries)
      this.node.appliedTo(entries.at(-1)!.index)
    }
  }

  #persist(count: number): void {
    const host = this.#host
    const done = this.#writes.splice(0, count)
    for (const { write } of done) host.disk.write(write)
    host.disk.sync()
    for (const { ready, write } of done) {
      host.installed(write)
      host.send(ready.persistedMessages)
    }
    this.node.persisted(done.at(-1)!.ready.number)
  }
}

const drivers = { sync: SyncDriver, messages: MessagesDriver, numbers: NumbersDriver } as const
