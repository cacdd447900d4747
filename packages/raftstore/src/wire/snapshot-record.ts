import type { Region } from '@stratakv/core'
import { regionFromMessage, regionToMessage } from '@stratakv/proto'
import { RaftSnapshotData } from '@stratakv/proto/raft-serverpb'
import { CommandRecordError } from './command-record-error.ts'

/** TiKV's number for snapshots in files. The data itself travels in chunks of our own. */
const snapshotVersion = 2

/** What travels with Raft's own words about a snapshot: raft_serverpb.RaftSnapshotData, of which we use the region. */
export function encodeSnapshotData(region: Region): Uint8Array {
  return RaftSnapshotData.encode(RaftSnapshotData.create({ region: regionToMessage(region), version: snapshotVersion }))
}

/** @throws CommandRecordError, DecodeError */
export function decodeSnapshotData(data: Uint8Array): Region {
  const { region } = RaftSnapshotData.decode(data)
  if (region === undefined || region.id === 0) throw new CommandRecordError('snapshot data without a region')
  return regionFromMessage(region)
}
