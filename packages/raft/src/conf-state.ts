/** A group's node. 0 is nobody. */
export type NodeId = number

/**
 * Membership as it is stored. In a joint configuration `votersOutgoing` is not empty: both majorities decide, until it is left.
 * Lists are in ascending order and hold no id twice.
 */
export interface ConfState {
  readonly voters: readonly NodeId[]
  readonly learners: readonly NodeId[]
  readonly votersOutgoing: readonly NodeId[]
  /** Voters of the outgoing half that become learners when the joint configuration is left. */
  readonly learnersNext: readonly NodeId[]
  /** Whether the leader leaves the joint configuration by itself once it is applied. */
  readonly autoLeave: boolean
}
