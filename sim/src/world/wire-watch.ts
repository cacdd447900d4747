import type { Checksum, StoreId } from '@stratakv/core'
import { MessageType } from '@stratakv/proto/eraftpb'
import { RaftMessage } from '@stratakv/proto/raft-serverpb'

/** What only a leader says. */
const leaderOnly: ReadonlySet<MessageType> = new Set([
  MessageType.MsgAppend,
  MessageType.MsgHeartbeat,
  MessageType.MsgSnapshot,
  MessageType.MsgTimeoutNow,
])

/**
 * Two of Raft's promises, checked on what the stores say to each other: a term has one leader at most (election safety), and an index and a
 * term name one entry (log matching; Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", figure 3).
 */
export class WireWatch {
  readonly #checksum: Checksum
  readonly #leaders = new Map<string, number>()
  readonly #entries = new Map<string, number>()
  /** Of everything that was sent, in order: two runs from one seed have the same. */
  digest = 0
  readonly violations: string[] = []

  constructor(checksum: Checksum) {
    this.#checksum = checksum
  }

  see(from: StoreId, to: StoreId, bytes: Uint8Array): void {
    this.digest = this.#checksum.crc32c(bytes, (this.digest + from * 31 + to) >>> 0)
    const { regionId, fromPeer, message, isTombstone, extraMsg } = RaftMessage.decode(bytes)
    // What is said beside Raft carries an empty message.
    if (message === undefined || fromPeer === undefined || isTombstone || extraMsg !== undefined) return
    if (!leaderOnly.has(message.msgType)) return
    const term = `${regionId}/${message.term}`
    const leader = this.#leaders.get(term)
    if (leader === undefined) this.#leaders.set(term, Number(fromPeer.id))
    else if (leader !== Number(fromPeer.id)) {
      this.violations.push(
        `region ${regionId} has two leaders in term ${message.term}: peers ${leader} and ${fromPeer.id}`,
      )
    }
    for (const entry of message.entries) {
      const name = `${regionId}/${entry.term}/${entry.index}`
      const content = this.#checksum.crc32c(entry.data, entry.entryType)
      const seen = this.#entries.get(name)
      if (seen === undefined) this.#entries.set(name, content)
      else if (seen !== content) {
        this.violations.push(`region ${regionId} has two entries at index ${entry.index} of term ${entry.term}`)
      }
    }
  }
}
