import { seededRandom } from '@stratakv/core'
import {
  type ConfChangeCodec,
  type Entry,
  MemoryRaftStorage,
  type Message,
  type RaftOptions,
  SyncNode,
} from '@stratakv/raft'

const noBytes = new Uint8Array(0)
const noConfChanges: ConfChangeCodec = {
  encode: () => noBytes,
  decode: () => ({ transition: 'auto', changes: [], context: noBytes }),
}

export const electionTicks = 10
export const text = (word: string) => new TextEncoder().encode(word)

interface Member {
  readonly node: SyncNode
  readonly storage: MemoryRaftStorage
  readonly applied: string[]
}

/** Nodes 1 to n on a network that the test cuts. What is written is durable at once. */
export class Group {
  readonly members = new Map<number, Member>()
  readonly sent: Message[] = []
  readonly away = new Set<number>()
  /** What is for these waits in `held`, until the test has them step it. */
  readonly slow = new Set<number>()
  readonly held: Message[] = []
  readonly #options: Partial<RaftOptions>

  constructor(size: number, options: Partial<RaftOptions> = {}) {
    this.#options = options
    const voters = Array.from({ length: size }, (_, at) => at + 1)
    const confState = { voters, learners: [], votersOutgoing: [], learnersNext: [], autoLeave: false }
    for (const id of voters) {
      const storage = new MemoryRaftStorage({ index: 1, term: 1, confState, data: noBytes })
      this.members.set(id, { storage, node: this.#open(id, storage), applied: [] })
    }
  }

  #open(id: number, storage: MemoryRaftStorage): SyncNode {
    return new SyncNode(
      { storage, confChanges: noConfChanges, random: seededRandom(id) },
      { id, electionTicks, heartbeatTicks: 1, ...this.#options },
    )
  }

  /** With what it had written. */
  restart(id: number): void {
    const member = this.members.get(id)!
    this.members.set(id, { ...member, node: this.#open(id, member.storage) })
  }

  node(id: number): SyncNode {
    return this.members.get(id)!.node
  }

  /** Until nobody has anything to say. */
  run(): void {
    for (let hasMoved = true; hasMoved; ) {
      hasMoved = false
      for (const [id, { node, storage, applied }] of this.members) {
        while (node.hasReady) {
          hasMoved = true
          const ready = node.ready()
          if (ready.hardState !== undefined) storage.setHardState(ready.hardState)
          storage.append(ready.entries)
          for (const { data } of ready.committedEntries)
            if (data.length > 0) applied.push(new TextDecoder().decode(data))
          for (const message of ready.messages) {
            this.sent.push(message)
            if (this.slow.has(message.to)) this.held.push(message)
            else if (!this.away.has(id) && !this.away.has(message.to)) this.members.get(message.to)!.node.step(message)
          }
          node.advance()
        }
      }
    }
  }

  tick(id: number, count: number): void {
    for (let tick = 0; tick < count; tick++) {
      this.node(id).tick()
      this.run()
    }
  }

  elect(id: number): void {
    this.node(id).campaign()
    this.run()
  }

  log(id: number): readonly Entry[] {
    const { storage } = this.members.get(id)!
    return storage.entries(storage.firstIndex(), storage.lastIndex() + 1, Number.POSITIVE_INFINITY)
  }
}
