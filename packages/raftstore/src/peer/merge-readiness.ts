import { equalBytes, type LogIndex, type Region } from '@stratakv/core'
import { type Entry, entryBytes, type Progress, RaftUnavailableError } from '@stratakv/raft'
import { isJointRegion } from '../apply/change-peers.ts'
import { areNeighbours, haveSameStores, MergeError } from '../apply/merge-region.ts'
import type { CommandBody } from '../command/region-command.ts'
import { decodeCommand } from '../wire/command-record.ts'
import type { PeerLog } from './peer-log.ts'

export interface MergeLimits {
  /** `raftstore.merge-max-log-gap`: entries that a replica may lack. */
  readonly logGapMax: number
  /** `raftstore.raft-entry-max-size`: what they lack travels in one entry. */
  readonly entryBytesMax: number
}

export interface MergeFacts {
  readonly region: Region
  readonly target: Region
  /** What the leader knows of the others. */
  readonly members: readonly Pick<Readonly<Progress>, 'match' | 'committed' | 'state'>[]
  readonly committed: LogIndex
  readonly lastIndex: LogIndex
  /** Of the leader's own log, up to here. */
  readonly persisted: LogIndex
  readonly log: Pick<PeerLog, 'entries'>
}

/**
 * From where on not every replica has the region's log. None may lack much of it, nor what changes the region itself, which would have
 * to be done while it is taken over. (TiKV components/raftstore/src/store/peer.rs, pre_propose_prepare_merge.) @throws MergeError
 */
export function mergeMinIndex(facts: MergeFacts, limits: MergeLimits): LogIndex {
  const { region, target, members, committed, lastIndex, persisted, log } = facts
  const refuse = (detail: string): never => {
    throw new MergeError(region, `it cannot merge now: ${detail}`)
  }
  if (isJointRegion(region) || isJointRegion(target)) refuse("its peers, or the target's, are changing")
  if (!areNeighbours(region, target)) refuse(`region ${target.id} is no neighbour`)
  if (!haveSameStores(region, target)) refuse(`region ${target.id} is on other stores`)
  const matched = Math.min(persisted, ...members.map(({ match }) => match))
  const allCommitted = Math.min(committed, ...members.map((member) => member.committed))
  if (matched === 0 || members.some(({ state }) => state === 'snapshot')) refuse('a replica waits for a snapshot')
  if (lastIndex - matched > limits.logGapMax) refuse('a replica is too far behind')
  if (lastIndex - allCommitted > 2 * limits.logGapMax) refuse('a replica is too far behind in what it has applied')
  const entries = entriesBehind(log, Math.min(allCommitted, matched), lastIndex) ?? refuse('its log is being read')
  if (entries.some(changesRegion)) refuse('a command is under way')
  const bytes = entries.filter(({ index }) => index > matched).reduce((sum, entry) => sum + entryBytes(entry), 0)
  if (bytes > limits.entryBytesMax * 0.9) refuse('a replica lacks too much')
  return matched + 1
}

/** Those in `(from, to]`; `undefined` while they are read. */
export function entriesBehind(log: Pick<PeerLog, 'entries'>, from: LogIndex, to: LogIndex): Entry[] | undefined {
  const entries: Entry[] = []
  try {
    while (from + entries.length < to) {
      entries.push(...log.entries(from + entries.length + 1, to + 1, Number.POSITIVE_INFINITY))
    }
  } catch (error) {
    if (error instanceof RaftUnavailableError) return undefined
    throw error
  }
  return entries
}

/** What says nothing about the region itself. */
const harmless: ReadonlySet<CommandBody['type']> = new Set(['write', 'compute-hash', 'verify-hash'])

function changesRegion({ type, data }: Entry): boolean {
  return type !== 'normal' || (data.length > 0 && !harmless.has(decodeCommand(data).body.type))
}

/** Whether it is the same region, with nothing changed. */
export function isSameRegion(left: Region, right: Region): boolean {
  return (
    left.id === right.id &&
    left.epoch.version === right.epoch.version &&
    left.epoch.confVer === right.epoch.confVer &&
    equalBytes(left.startKey, right.startKey) &&
    equalBytes(left.endKey, right.endKey)
  )
}
