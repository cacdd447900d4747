import { StrataError } from '@stratakv/core'
import type { MessageType } from './message.ts'

/** Nobody took the proposal: there is no leader, it is handing over, or too much is uncommitted. It may be made again. */
export class RaftProposalDroppedError extends StrataError {
  readonly code = 'RAFT_PROPOSAL_DROPPED'
  constructor() {
    super('raft proposal dropped')
  }
}

/** A message that a node only sends to itself came from outside. */
export class RaftLocalMessageError extends StrataError {
  readonly code = 'RAFT_LOCAL_MESSAGE'
  readonly type: MessageType
  constructor(type: MessageType) {
    super('raft: cannot step raft local message')
    this.type = type
  }
}

/** An answer came from a node that is no member. */
export class RaftPeerNotFoundError extends StrataError {
  readonly code = 'RAFT_PEER_NOT_FOUND'
  constructor() {
    super('raft: cannot step as peer not found')
  }
}
