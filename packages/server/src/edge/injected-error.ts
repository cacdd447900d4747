import {
  EpochNotMatchError,
  MaxTimestampNotSyncedError,
  NotLeaderError,
  RaftEntryTooLargeError,
  type Region,
  type RegionError,
  RegionNotFoundError,
  ServerIsBusyError,
  StaleCommandError,
  StoreDiskFullError,
  type StoreId,
} from '@stratakv/core'
import type { Context } from '@stratakv/proto/kvrpcpb'
import type { RegionFault } from '../faults/fault-rule.ts'

/** What the errors tell of the node that gives them. */
export interface InjectingNode {
  readonly storeId: StoreId
  readonly raftEntryMaxBytes: number
  regionById(id: number): Region | undefined
}

/** The error that a store in such a state gives to a command with this context. */
export function injectedError(fault: RegionFault, context: Context | undefined, node: InjectingNode): RegionError {
  const regionId = context?.regionId ?? 0
  switch (fault) {
    case 'NotLeader':
      // The leader unknown, as during an election: the client is to ask the placement driver, or again.
      return new NotLeaderError(regionId, undefined)
    case 'EpochNotMatch': {
      const { confVer = 0, version = 0 } = context?.regionEpoch ?? {}
      const region = node.regionById(regionId)
      return new EpochNotMatchError(regionId, { confVer, version }, region === undefined ? [] : [region])
    }
    case 'ServerIsBusy':
      return new ServerIsBusyError('scheduler is busy')
    case 'RegionNotFound':
      return new RegionNotFoundError(regionId)
    case 'StaleCommand':
      return new StaleCommandError()
    case 'RaftEntryTooLarge':
      return new RaftEntryTooLargeError(regionId, node.raftEntryMaxBytes + 1, node.raftEntryMaxBytes)
    case 'MaxTimestampNotSynced':
      return new MaxTimestampNotSyncedError(regionId)
    case 'DiskFull':
      return new StoreDiskFullError([node.storeId], 'injected by a fault rule')
  }
}
