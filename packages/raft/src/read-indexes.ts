import type { LogIndex } from '@stratakv/core'
import type { NodeId } from './conf-state.ts'
import type { Message } from './message.ts'
import { type JointVoters, jointCommitted } from './quorum/joint.ts'

/** A read that waits for a majority to say that the leader still is one. */
export interface PendingRead {
  readonly request: Message
  /** The commit index when it was asked: what the answer must have applied. */
  readonly index: LogIndex
}

/**
 * A leader's reads in the order in which they were asked. Each has a position; heartbeats carry that of the last, and an answer
 * to it speaks for all before. (Raft dissertation, section 6.4.)
 */
export class ReadIndexes {
  #pending: PendingRead[] = []
  /** Of the first that waits. */
  #firstPosition = 1
  readonly #acked = new Map<NodeId, number>()

  add(request: Message, index: LogIndex): void {
    this.#pending.push({ request, index })
  }

  /** What heartbeats carry; nothing when nobody waits. */
  get context(): Uint8Array {
    if (this.#pending.length === 0) return noContext
    const context = new Uint8Array(8)
    const view = new DataView(context.buffer)
    const position = this.#firstPosition + this.#pending.length - 1
    view.setUint32(0, position % 2 ** 32, true)
    view.setUint32(4, Math.floor(position / 2 ** 32), true)
    return context
  }

  /** A node has answered a heartbeat that carried this; returns the reads that a majority answers for now. */
  acknowledge(id: NodeId, context: Uint8Array, voters: JointVoters): readonly PendingRead[] {
    if (context.length !== 8) return []
    const view = new DataView(context.buffer, context.byteOffset)
    const position = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
    if (position <= (this.#acked.get(id) ?? 0)) return []
    this.#acked.set(id, position)
    const confirmed = jointCommitted(voters, (voter) => this.#acked.get(voter))
    const count = Math.min(this.#pending.length, confirmed - this.#firstPosition + 1)
    if (count <= 0) return []
    this.#firstPosition += count
    return this.#pending.splice(0, count)
  }
}

const noContext = new Uint8Array(0)
