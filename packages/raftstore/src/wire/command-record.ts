import { type ColumnFamily, columnFamilies, type Modify, type Region } from '@stratakv/core'
import { peerFromMessage, peerToMessage, regionFromMessage, regionToMessage } from '@stratakv/proto'
import * as eraftpb from '@stratakv/proto/eraftpb'
import type * as metapb from '@stratakv/proto/metapb'
import * as raftCmd from '@stratakv/proto/raft-cmdpb'
import type { CommandBody, PeerChange, RegionCommand, SplitPart } from '../command/region-command.ts'
import { CommandRecordError } from './command-record-error.ts'
import { entryFromMessage, entryToMessage } from './entry-record.ts'

const { CmdType, AdminCmdType } = raftCmd

/** As TiKV's entries have it: raft_cmdpb.RaftCmdRequest. */
export function encodeCommand({ epoch, body }: RegionCommand): Uint8Array {
  const header = raftCmd.RaftRequestHeader.create({ regionEpoch: { confVer: epoch.confVer, version: epoch.version } })
  if (body.type === 'write') {
    return raftCmd.RaftCmdRequest.encode(
      raftCmd.RaftCmdRequest.create({ header, requests: body.changes.map(toRequest) }),
    )
  }
  return raftCmd.RaftCmdRequest.encode(raftCmd.RaftCmdRequest.create({ header, adminRequest: toAdmin(body) }))
}

/** Keys and values are views of `data`. @throws CommandRecordError */
export function decodeCommand(data: Uint8Array): RegionCommand {
  let request: raftCmd.RaftCmdRequest
  try {
    request = raftCmd.RaftCmdRequest.decode(data)
  } catch (cause) {
    throw new CommandRecordError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
  const epoch = request.header?.regionEpoch
  return {
    epoch: { confVer: epoch?.confVer ?? 0, version: epoch?.version ?? 0 },
    body:
      request.adminRequest === undefined
        ? { type: 'write', changes: request.requests.map(fromRequest) }
        : fromAdmin(request.adminRequest),
  }
}

function toRequest(change: Modify): raftCmd.Request {
  switch (change.type) {
    case 'put': {
      const { cf, key, value } = change
      return raftCmd.Request.create({ cmdType: CmdType.Put, put: { cf, key, value } })
    }
    case 'delete':
      return raftCmd.Request.create({ cmdType: CmdType.Delete, delete: { cf: change.cf, key: change.key } })
    case 'delete-range': {
      const { cf, start: startKey, end: endKey } = change
      return raftCmd.Request.create({
        cmdType: CmdType.DeleteRange,
        deleteRange: { cf, startKey, endKey, notifyOnly: false },
      })
    }
  }
}

function fromRequest({ cmdType, put, delete: removed, deleteRange }: raftCmd.Request): Modify {
  if (cmdType === CmdType.Put && put !== undefined) {
    return { type: 'put', cf: familyOf(put.cf), key: put.key, value: put.value }
  }
  if (cmdType === CmdType.Delete && removed !== undefined) {
    return { type: 'delete', cf: familyOf(removed.cf), key: removed.key }
  }
  if (cmdType === CmdType.DeleteRange && deleteRange !== undefined) {
    const { cf, startKey, endKey } = deleteRange
    return { type: 'delete-range', cf: familyOf(cf), start: startKey, end: endKey }
  }
  throw new CommandRecordError(`request of type ${cmdType}`)
}

/** TiKV leaves the name of the default family out. */
function familyOf(name: string): ColumnFamily {
  if (name === '') return 'default'
  const family = columnFamilies.find((known) => known === name)
  if (family === undefined) throw new CommandRecordError(`column family ${name}`)
  return family
}

const changeTypes = {
  'add-node': eraftpb.ConfChangeType.AddNode,
  'remove-node': eraftpb.ConfChangeType.RemoveNode,
  'add-learner-node': eraftpb.ConfChangeType.AddLearnerNode,
} as const

function toAdmin(body: Exclude<CommandBody, { readonly type: 'write' }>): raftCmd.AdminRequest {
  switch (body.type) {
    case 'compact-log':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.CompactLog,
        compactLog: raftCmd.CompactLogRequest.create({ compactIndex: body.index, compactTerm: body.term }),
      })
    case 'change-peers':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.ChangePeerV2,
        changePeerV2: {
          changes: body.changes.map(({ type, peer }) => ({ changeType: changeTypes[type], peer: peerToMessage(peer) })),
        },
      })
    case 'split':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.BatchSplit,
        splits: raftCmd.BatchSplitRequest.create({
          requests: body.parts.map(({ splitKey, regionId, peerIds }) =>
            raftCmd.SplitRequest.create({ splitKey, newRegionId: regionId, newPeerIds: [...peerIds] }),
          ),
          rightDerive: body.rightDerive,
        }),
      })
    case 'prepare-merge':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.PrepareMerge,
        prepareMerge: raftCmd.PrepareMergeRequest.create({
          minIndex: body.minIndex,
          target: regionToMessage(body.target),
        }),
      })
    case 'commit-merge':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.CommitMerge,
        commitMerge: raftCmd.CommitMergeRequest.create({
          source: regionToMessage(body.source),
          commit: body.commit,
          entries: body.entries.map(entryToMessage),
        }),
      })
    case 'rollback-merge':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.RollbackMerge,
        rollbackMerge: raftCmd.RollbackMergeRequest.create({ commit: body.commit }),
      })
    case 'compute-hash':
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.ComputeHash,
        computeHash: raftCmd.ComputeHashRequest.create({ context: body.context }),
      })
    case 'verify-hash': {
      const { index, hash, context } = body
      return raftCmd.AdminRequest.create({
        cmdType: AdminCmdType.VerifyHash,
        verifyHash: raftCmd.VerifyHashRequest.create({ index, hash, context }),
      })
    }
  }
}

function fromAdmin(request: raftCmd.AdminRequest): CommandBody {
  const { cmdType, compactLog, changePeerV2, splits, prepareMerge, commitMerge, rollbackMerge } = request
  const { computeHash, verifyHash } = request
  if (cmdType === AdminCmdType.CompactLog && compactLog !== undefined) {
    return { type: 'compact-log', index: compactLog.compactIndex, term: compactLog.compactTerm }
  }
  if (cmdType === AdminCmdType.ChangePeerV2) {
    return { type: 'change-peers', changes: (changePeerV2?.changes ?? []).map(fromPeerChange) }
  }
  if (cmdType === AdminCmdType.BatchSplit && splits !== undefined) {
    return { type: 'split', parts: splits.requests.map(fromSplit), rightDerive: splits.rightDerive }
  }
  if (cmdType === AdminCmdType.PrepareMerge && prepareMerge !== undefined) {
    return { type: 'prepare-merge', minIndex: prepareMerge.minIndex, target: regionOf(prepareMerge.target) }
  }
  if (cmdType === AdminCmdType.CommitMerge && commitMerge !== undefined) {
    const { source, commit, entries } = commitMerge
    return { type: 'commit-merge', source: regionOf(source), commit, entries: entries.map(entryFromMessage) }
  }
  if (cmdType === AdminCmdType.RollbackMerge && rollbackMerge !== undefined) {
    return { type: 'rollback-merge', commit: rollbackMerge.commit }
  }
  if (cmdType === AdminCmdType.ComputeHash && computeHash !== undefined) {
    return { type: 'compute-hash', context: computeHash.context }
  }
  if (cmdType === AdminCmdType.VerifyHash && verifyHash !== undefined) {
    const { index, hash, context } = verifyHash
    return { type: 'verify-hash', index, hash, context }
  }
  throw new CommandRecordError(`admin command of type ${cmdType}`)
}

function regionOf(message: metapb.Region | undefined): Region {
  if (message === undefined) throw new CommandRecordError('a merge without a region')
  return regionFromMessage(message)
}

function fromPeerChange({ changeType, peer }: raftCmd.ChangePeerRequest): PeerChange {
  for (const type of ['add-node', 'remove-node', 'add-learner-node'] as const) {
    if (changeTypes[type] === changeType && peer !== undefined) return { type, peer: peerFromMessage(peer) }
  }
  throw new CommandRecordError(`change of type ${changeType}${peer === undefined ? ' without a peer' : ''}`)
}

function fromSplit({ splitKey, newRegionId: regionId, newPeerIds: peerIds }: raftCmd.SplitRequest): SplitPart {
  return { splitKey, regionId, peerIds }
}
