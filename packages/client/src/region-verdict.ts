import type { RegionId } from '@stratakv/core'
import type * as errorpb from '@stratakv/proto/errorpb'
import type { BackoffKind } from './backoff-curve.ts'
import {
  FlashbackError,
  InvalidTimestampError,
  RegionErrorMet,
  type RegionRefusedError,
  WriteTooLargeError,
} from './errors.ts'

/**
 * What to do about a region error:
 * - `again`: the same peer may serve it in a while;
 * - `follow-leader`: the error says where the leader is;
 * - `next-peer`: another peer may lead;
 * - `adopt`: the error says what the region has become;
 * - `relocate`: the region is not there any more; ask the placement driver;
 * - `relocate-store`: that, and the store's address may be another store's by now;
 * - `refuse`: no retry cures it.
 */
export type RegionAction = 'again' | 'follow-leader' | 'next-peer' | 'adopt' | 'relocate' | 'relocate-store' | 'refuse'

export interface RegionVerdict {
  /** client-go's name of the kind, for metrics and texts. */
  readonly label: string
  readonly action: RegionAction
  /** How long to wait before acting on it. */
  readonly backoff: BackoffKind
  /** The command may have been executed all the same. */
  readonly isUndetermined: boolean
}

function verdict(label: string, action: RegionAction, backoff: BackoffKind, isUndetermined = false): RegionVerdict {
  return { label, action, backoff, isUndetermined }
}

const notLeader = verdict('not_leader', 'follow-leader', 'region-scheduling')
const noLeader = verdict('not_leader', 'next-peer', 'region-scheduling')
const deadlineExceeded = verdict('deadline_exceeded', 'again', 'tikv-rpc')
const unknown = verdict('unknown', 'relocate', 'region-miss')

/** By the field of errorpb.Error that is set; the first one in this order counts (client-go `internal/locate/region_request.go`). */
const byField: readonly (readonly [Exclude<keyof errorpb.Error, 'message'>, RegionVerdict])[] = [
  ['regionNotFound', verdict('region_not_found', 'relocate', 'region-miss')],
  ['keyNotInRegion', verdict('key_not_in_region', 'relocate', 'region-miss')],
  ['epochNotMatch', verdict('epoch_not_match', 'adopt', 'region-miss')],
  ['serverIsBusy', verdict('server_is_busy', 'again', 'server-busy')],
  // The leader's term has passed: whether the entry was still replicated by the next leader, nobody says.
  ['staleCommand', verdict('stale_command', 'again', 'stale-command', true)],
  ['storeNotMatch', verdict('store_not_match', 'relocate-store', 'region-miss')],
  ['raftEntryTooLarge', verdict('raft_entry_too_large', 'refuse', 'region-miss')],
  ['maxTimestampNotSynced', verdict('max_timestamp_not_synced', 'again', 'max-ts-not-synced')],
  ['readIndexNotReady', verdict('read_index_not_ready', 'again', 'region-scheduling')],
  ['proposalInMergingMode', verdict('proposal_in_merging_mode', 'again', 'region-scheduling')],
  ['dataIsNotReady', verdict('data_is_not_ready', 'again', 'region-scheduling')],
  ['regionNotInitialized', verdict('region_not_initialized', 'again', 'region-not-initialized')],
  ['diskFull', verdict('disk_full', 'again', 'disk-full')],
  ['recoveryInProgress', verdict('recovery_in_progress', 'relocate', 'region-recovery')],
  ['flashbackInProgress', verdict('flashback_in_progress', 'refuse', 'region-miss')],
  ['flashbackNotPrepared', verdict('flashback_not_prepared', 'refuse', 'region-miss')],
  ['isWitness', verdict('peer_is_witness', 'relocate', 'is-witness')],
  ['mismatchPeerId', verdict('mismatch_peer_id', 'relocate', 'region-miss')],
  ['bucketVersionNotMatch', verdict('bucket_version_not_match', 'relocate', 'region-miss')],
  ['undeterminedResult', verdict('undetermined_result', 'again', 'tikv-rpc', true)],
]

/** Kinds that TiKV tells in words only: no field of the protocol carries them. */
const byText: readonly (readonly [RegExp, RegionVerdict])[] = [
  [/Deadline is exceeded/, deadlineExceeded],
  [/mismatch peer id/, verdict('mismatch_peer_id', 'relocate', 'region-miss')],
  // The store is going down and its regions' leaders move, if they can.
  [/TiKV is Closing/i, verdict('tikv_is_closing', 'next-peer', 'tikv-rpc')],
  [/invalid max_ts update/, verdict('invalid_max_ts_update', 'refuse', 'region-miss')],
]

/** Pure: the error alone decides. */
export function judgeRegionError(error: errorpb.Error): RegionVerdict {
  if (error.notLeader !== undefined) return error.notLeader.leader === undefined ? noLeader : notLeader
  for (const [field, found] of byField) {
    if (error[field] === undefined) continue
    if (field === 'serverIsBusy' && /deadline is exceeded/.test(error.serverIsBusy?.reason ?? ''))
      return deadlineExceeded
    return found
  }
  for (const [text, found] of byText) if (text.test(error.message)) return found
  return unknown
}

/** The error that is thrown for an error whose verdict is `refuse`. */
export function refusal(error: errorpb.Error, regionId: RegionId): RegionRefusedError {
  const { raftEntryTooLarge, flashbackInProgress, flashbackNotPrepared, message } = error
  if (raftEntryTooLarge !== undefined) return new WriteTooLargeError(regionId, raftEntryTooLarge.entrySize)
  if (flashbackInProgress !== undefined) {
    const startTs = flashbackInProgress.flashbackStartTs
    return new FlashbackError(regionId, `region ${regionId} is in a flashback that began at ${startTs}`)
  }
  if (flashbackNotPrepared !== undefined) {
    return new FlashbackError(regionId, `region ${regionId} is not prepared for a flashback`)
  }
  return new InvalidTimestampError(regionId, message)
}

/** For causes and histories. */
export function regionErrorMet(error: errorpb.Error, label: string, regionId: RegionId): RegionErrorMet {
  return new RegionErrorMet(label, regionId, error.serverIsBusy?.reason || error.message)
}
