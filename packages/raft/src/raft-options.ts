import { assert, type LogIndex, type Random } from '@stratakv/core'
import type { ConfChangeCodec } from './conf-change.ts'
import type { NodeId } from './conf-state.ts'
import { type RaftLogger, silentLogger } from './logger.ts'
import type { RaftStorage } from './storage.ts'

/** What a node needs. */
export interface RaftDeps {
  readonly storage: RaftStorage
  readonly confChanges: ConfChangeCodec
  /** Draws one election timeout at each change of role or term. */
  readonly random: Random
  readonly logger?: RaftLogger
}

/** Sizes are bytes of encoded entries, unless it says payload. */
export interface RaftOptions {
  readonly id: NodeId
  /** Ticks without a leader until a follower campaigns; the timeout is drawn from `[electionTicks, 2 electionTicks)`. */
  readonly electionTicks: number
  /** Ticks between a leader's heartbeats. Less than `electionTicks`. */
  readonly heartbeatTicks: number
  /** What the state machine has applied already: nothing up to here is handed out again. Default: what storage has dropped. */
  readonly applied?: LogIndex
  /** Of entries in one append; 0 sends one entry a message. Default: no limit. */
  readonly messageBytesMax?: number
  /** Of committed entries that are handed out and not yet applied. Default: as `messageBytesMax`. */
  readonly applyingBytesMax?: number
  /** Payload of entries that are not committed yet, from where on a leader takes no more. Default: no limit. */
  readonly uncommittedBytesMax?: number
  /** Appends to a follower that are not acknowledged. Default: no limit. */
  readonly inflightCountMax?: number
  /** Payload of such appends. Default: no limit. */
  readonly inflightBytesMax?: number
  /**
   * A leader steps down when it has not heard of a majority for an election timeout, and a follower that has heard of its leader
   * ignores candidates. Leases rest on it. Default: false.
   */
  readonly checkQuorum?: boolean
  /** A node asks whether it would be elected before it disturbs the others with a higher term. Default: false. */
  readonly preVote?: boolean
  /**
   * `safe`: a read waits until a majority has answered a heartbeat. `lease`: the leader trusts its clock, which needs
   * `checkQuorum` and clocks that run alike. Default: `safe`.
   */
  readonly reads?: 'safe' | 'lease'
  /** A leader that is no voter any more becomes a follower once that is applied. Default: it leads on, without counting itself. */
  readonly stepsDownOnRemoval?: boolean
  /** Takes changes of membership that the present one does not allow; for groups that make sure by themselves. Default: false. */
  readonly skipsConfChangeChecks?: boolean
  /** Followers say how far they have committed in their answers, as raft-rs' do and region merge needs. Default: false. */
  readonly reportsCommit?: boolean
  /**
   * While entries are on their way to a follower, a leader tells it of a commit with the next append, and with no message of its own: under
   * load that is half the messages. (raft-rs' `skip_bcast_commit` leaves it to heartbeats.) Default: false.
   */
  readonly tellsCommitLater?: boolean
}

/** Options with their defaults. */
export type SanitizedRaftOptions = Required<Omit<RaftOptions, 'applied'>> & {
  readonly applied: LogIndex | undefined
  readonly logger: RaftLogger
}

export function sanitizeRaftOptions(options: RaftOptions, logger: RaftLogger = silentLogger): SanitizedRaftOptions {
  const none = Number.POSITIVE_INFINITY
  const messageBytesMax = options.messageBytesMax ?? none
  const sanitized: SanitizedRaftOptions = {
    id: options.id,
    electionTicks: options.electionTicks,
    heartbeatTicks: options.heartbeatTicks,
    applied: options.applied,
    messageBytesMax,
    applyingBytesMax: options.applyingBytesMax ?? (messageBytesMax > 0 ? messageBytesMax : none),
    uncommittedBytesMax: options.uncommittedBytesMax ?? none,
    inflightCountMax: options.inflightCountMax ?? none,
    inflightBytesMax: options.inflightBytesMax ?? none,
    checkQuorum: options.checkQuorum ?? false,
    preVote: options.preVote ?? false,
    reads: options.reads ?? 'safe',
    stepsDownOnRemoval: options.stepsDownOnRemoval ?? false,
    skipsConfChangeChecks: options.skipsConfChangeChecks ?? false,
    reportsCommit: options.reportsCommit ?? false,
    tellsCommitLater: options.tellsCommitLater ?? false,
    logger,
  }
  assert(Number.isSafeInteger(sanitized.id) && sanitized.id > 0, 'a node id is a safe integer from 1 on')
  assert(sanitized.heartbeatTicks > 0, 'there is a tick between two heartbeats')
  assert(sanitized.electionTicks > sanitized.heartbeatTicks, 'an election takes longer than a heartbeat')
  assert(sanitized.inflightCountMax > 0, 'an append may be under way')
  assert(sanitized.inflightBytesMax >= sanitized.messageBytesMax || sanitized.inflightBytesMax > 0, 'a message fits')
  assert(sanitized.reads === 'safe' || sanitized.checkQuorum, 'lease reads need checkQuorum')
  return sanitized
}
