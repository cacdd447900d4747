// Generated from proto/replication_modepb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'

export const RegionReplicationState = {
  UNKNOWN: 0,
  SIMPLE_MAJORITY: 1,
  INTEGRITY_OVER_LABEL: 2,
} as const
/** A number that is not listed is kept as it came. */
export type RegionReplicationState = (typeof RegionReplicationState)[keyof typeof RegionReplicationState]

export const ReplicationMode = {
  MAJORITY: 0,
  DR_AUTO_SYNC: 1,
} as const
/** A number that is not listed is kept as it came. */
export type ReplicationMode = (typeof ReplicationMode)[keyof typeof ReplicationMode]

export const DRAutoSyncState = {
  SYNC: 0,
  ASYNC_WAIT: 1,
  ASYNC: 2,
  SYNC_RECOVER: 3,
} as const
/** A number that is not listed is kept as it came. */
export type DRAutoSyncState = (typeof DRAutoSyncState)[keyof typeof DRAutoSyncState]

export interface RegionReplicationStatus {
  state: RegionReplicationState
  stateId: number
}

export const RegionReplicationStatus: MessageDefinition<RegionReplicationStatus> = {
  typeName: 'replication_modepb.RegionReplicationStatus',
  create: (init) => ({
    state: init?.state ?? 0,
    stateId: init?.stateId ?? 0,
  }),
  encode: (message) => encodeWith(writeRegionReplicationStatus, message),
  decode: (bytes) => decodeWith('replication_modepb.RegionReplicationStatus', readRegionReplicationStatus, bytes),
  readFrom: readRegionReplicationStatus,
  writeTo: writeRegionReplicationStatus,
}

const RegionReplicationStatusFields: readonly number[] = [1, 2]

function readRegionReplicationStatus(reader: WireReader, end: number, into?: RegionReplicationStatus): RegionReplicationStatus {
  const message: RegionReplicationStatus = into ?? { state: 0, stateId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.state = reader.int32() as RegionReplicationState
        break
      case 16:
        message.stateId = reader.uint64Number()
        break
      default:
        reader.skip(tag, RegionReplicationStatusFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionReplicationStatus(writer: WireWriter, message: RegionReplicationStatus): void {
  if (message.stateId !== 0) {
    writer.uint64Number(message.stateId)
    writer.tag1(16)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(8)
  }
}

export interface ReplicationStatus {
  mode: ReplicationMode
  drAutoSync: DRAutoSync | undefined
}

export const ReplicationStatus: MessageDefinition<ReplicationStatus> = {
  typeName: 'replication_modepb.ReplicationStatus',
  create: (init) => ({
    mode: init?.mode ?? 0,
    drAutoSync: init?.drAutoSync,
  }),
  encode: (message) => encodeWith(writeReplicationStatus, message),
  decode: (bytes) => decodeWith('replication_modepb.ReplicationStatus', readReplicationStatus, bytes),
  readFrom: readReplicationStatus,
  writeTo: writeReplicationStatus,
}

const ReplicationStatusFields: readonly number[] = [1, 2]

function readReplicationStatus(reader: WireReader, end: number, into?: ReplicationStatus): ReplicationStatus {
  const message: ReplicationStatus = into ?? { mode: 0, drAutoSync: undefined }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.mode = reader.int32() as ReplicationMode
        break
      case 18:
        message.drAutoSync = readDRAutoSync(reader, reader.end(), message.drAutoSync)
        break
      default:
        reader.skip(tag, ReplicationStatusFields)
    }
  }
  reader.close(end)
  return message
}

function writeReplicationStatus(writer: WireWriter, message: ReplicationStatus): void {
  if (message.drAutoSync !== undefined) {
    const mark2 = writer.size
    writeDRAutoSync(writer, message.drAutoSync)
    writer.length(mark2)
    writer.tag1(18)
  }
  if (message.mode !== 0) {
    writer.int32(message.mode)
    writer.tag1(8)
  }
}

export interface DRAutoSync {
  labelKey: string
  state: DRAutoSyncState
  stateId: number
  waitSyncTimeoutHint: number
  availableStores: number[]
  pauseRegionSplit: boolean
}

export const DRAutoSync: MessageDefinition<DRAutoSync> = {
  typeName: 'replication_modepb.DRAutoSync',
  create: (init) => ({
    labelKey: init?.labelKey ?? '',
    state: init?.state ?? 0,
    stateId: init?.stateId ?? 0,
    waitSyncTimeoutHint: init?.waitSyncTimeoutHint ?? 0,
    availableStores: init?.availableStores ?? [],
    pauseRegionSplit: init?.pauseRegionSplit ?? false,
  }),
  encode: (message) => encodeWith(writeDRAutoSync, message),
  decode: (bytes) => decodeWith('replication_modepb.DRAutoSync', readDRAutoSync, bytes),
  readFrom: readDRAutoSync,
  writeTo: writeDRAutoSync,
}

const DRAutoSyncFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readDRAutoSync(reader: WireReader, end: number, into?: DRAutoSync): DRAutoSync {
  const message: DRAutoSync = into ?? { labelKey: '', state: 0, stateId: 0, waitSyncTimeoutHint: 0, availableStores: [], pauseRegionSplit: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.labelKey = reader.string()
        break
      case 16:
        message.state = reader.int32() as DRAutoSyncState
        break
      case 24:
        message.stateId = reader.uint64Number()
        break
      case 32:
        message.waitSyncTimeoutHint = reader.int32()
        break
      case 40:
        message.availableStores.push(reader.uint64Number())
        break
      case 42:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.availableStores.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 48:
        message.pauseRegionSplit = reader.bool()
        break
      default:
        reader.skip(tag, DRAutoSyncFields)
    }
  }
  reader.close(end)
  return message
}

function writeDRAutoSync(writer: WireWriter, message: DRAutoSync): void {
  if (message.pauseRegionSplit) {
    writer.bool(message.pauseRegionSplit)
    writer.tag1(48)
  }
  if (message.availableStores.length !== 0) {
    const mark = writer.size
    for (let at = message.availableStores.length - 1; at >= 0; at--) writer.uint64Number(message.availableStores[at]!)
    writer.length(mark)
    writer.tag1(42)
  }
  if (message.waitSyncTimeoutHint !== 0) {
    writer.int32(message.waitSyncTimeoutHint)
    writer.tag1(32)
  }
  if (message.stateId !== 0) {
    writer.uint64Number(message.stateId)
    writer.tag1(24)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(16)
  }
  if (message.labelKey !== '') {
    writer.string(message.labelKey)
    writer.tag1(10)
  }
}

export interface StoreDRAutoSyncStatus {
  state: DRAutoSyncState
  stateId: number
}

export const StoreDRAutoSyncStatus: MessageDefinition<StoreDRAutoSyncStatus> = {
  typeName: 'replication_modepb.StoreDRAutoSyncStatus',
  create: (init) => ({
    state: init?.state ?? 0,
    stateId: init?.stateId ?? 0,
  }),
  encode: (message) => encodeWith(writeStoreDRAutoSyncStatus, message),
  decode: (bytes) => decodeWith('replication_modepb.StoreDRAutoSyncStatus', readStoreDRAutoSyncStatus, bytes),
  readFrom: readStoreDRAutoSyncStatus,
  writeTo: writeStoreDRAutoSyncStatus,
}

const StoreDRAutoSyncStatusFields: readonly number[] = [1, 2]

function readStoreDRAutoSyncStatus(reader: WireReader, end: number, into?: StoreDRAutoSyncStatus): StoreDRAutoSyncStatus {
  const message: StoreDRAutoSyncStatus = into ?? { state: 0, stateId: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.state = reader.int32() as DRAutoSyncState
        break
      case 16:
        message.stateId = reader.uint64Number()
        break
      default:
        reader.skip(tag, StoreDRAutoSyncStatusFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreDRAutoSyncStatus(writer: WireWriter, message: StoreDRAutoSyncStatus): void {
  if (message.stateId !== 0) {
    writer.uint64Number(message.stateId)
    writer.tag1(16)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(8)
  }
}
