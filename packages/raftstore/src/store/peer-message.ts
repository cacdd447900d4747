import type { Peer, Region, RegionEpoch, RegionId } from '@stratakv/core'
import type { Message } from '@stratakv/raft'

/** What one peer of a region says to another: raft_serverpb.RaftMessage. */
export interface PeerMessage {
  readonly regionId: RegionId
  readonly from: Peer
  readonly to: Peer
  /** Of the sender's region. */
  readonly epoch: RegionEpoch
  /** Of the region, where the receiver may have to make a peer: with what a candidate or a leader says first. */
  readonly range: { readonly startKey: Uint8Array; readonly endKey: Uint8Array } | undefined
  /** The receiver is no member any more, and should go. `message` says nothing then. */
  readonly isTombstone: boolean
  /** With `isTombstone`: not the receiver alone has gone, but its region, into this one. */
  readonly mergedInto?: Region | undefined
  /** Said between peers beside Raft. `message` carries the sender's term, and its last index, and is not for Raft. */
  readonly extra?: PeerExtra | undefined
  readonly message: Message
}

/** A leader asks whether a member would sleep, a member would, and a member wakes its leader: raft_serverpb.ExtraMessageType. */
export type PeerExtra = 'wake-up' | 'hibernate-request' | 'hibernate-response'

/** Brings messages to other stores, or does not: Raft says again what was lost. Never throws, never waits. */
export interface PeerTransport {
  send(message: PeerMessage): void
  /**
   * Brings a message of type `snapshot`, with the data in chunks that are made as they are taken. `done` is called once, with whether the
   * other store has it whole: else Raft tries again.
   */
  sendSnapshot(message: PeerMessage, chunks: AsyncIterable<Uint8Array>, done: (isTaken: boolean) => void): void
}
