// Generated from proto/metapb.proto by `npm run generate -w packages/proto`. Do not edit.
import { decodeWith, encodeWith } from '../message-codec.ts'
import type { MessageDefinition } from '../message-definition.ts'
import { emptyBytes, type WireReader } from '../wire-reader.ts'
import type { WireWriter } from '../wire-writer.ts'
import * as encryptionpb from './encryptionpb.ts'

export const PeerRole = {
  Voter: 0,
  Learner: 1,
  IncomingVoter: 2,
  DemotingVoter: 3,
} as const
/** A number that is not listed is kept as it came. */
export type PeerRole = (typeof PeerRole)[keyof typeof PeerRole]

export const StoreState = {
  Up: 0,
  Offline: 1,
  Tombstone: 2,
} as const
/** A number that is not listed is kept as it came. */
export type StoreState = (typeof StoreState)[keyof typeof StoreState]

export const NodeState = {
  Preparing: 0,
  Serving: 1,
  Removing: 2,
  Removed: 3,
} as const
/** A number that is not listed is kept as it came. */
export type NodeState = (typeof NodeState)[keyof typeof NodeState]

export interface BucketMeta {
  version: number
  keys: Uint8Array[]
}

export const BucketMeta: MessageDefinition<BucketMeta> = {
  typeName: 'metapb.BucketMeta',
  create: (init) => ({
    version: init?.version ?? 0,
    keys: init?.keys ?? [],
  }),
  encode: (message) => encodeWith(writeBucketMeta, message),
  decode: (bytes) => decodeWith('metapb.BucketMeta', readBucketMeta, bytes),
  readFrom: readBucketMeta,
  writeTo: writeBucketMeta,
}

const BucketMetaFields: readonly number[] = [1, 2]

function readBucketMeta(reader: WireReader, end: number, into?: BucketMeta): BucketMeta {
  const message: BucketMeta = into ?? { version: 0, keys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.version = reader.uint64Number()
        break
      case 18:
        message.keys.push(reader.bytes())
        break
      default:
        reader.skip(tag, BucketMetaFields)
    }
  }
  reader.close(end)
  return message
}

function writeBucketMeta(writer: WireWriter, message: BucketMeta): void {
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(18)
  }
  if (message.version !== 0) {
    writer.uint64Number(message.version)
    writer.tag1(8)
  }
}

export interface Buckets {
  regionId: number
  version: number
  keys: Uint8Array[]
  stats: BucketStats | undefined
  periodInMs: number
}

export const Buckets: MessageDefinition<Buckets> = {
  typeName: 'metapb.Buckets',
  create: (init) => ({
    regionId: init?.regionId ?? 0,
    version: init?.version ?? 0,
    keys: init?.keys ?? [],
    stats: init?.stats,
    periodInMs: init?.periodInMs ?? 0,
  }),
  encode: (message) => encodeWith(writeBuckets, message),
  decode: (bytes) => decodeWith('metapb.Buckets', readBuckets, bytes),
  readFrom: readBuckets,
  writeTo: writeBuckets,
}

const BucketsFields: readonly number[] = [1, 2, 3, 4, 5]

function readBuckets(reader: WireReader, end: number, into?: Buckets): Buckets {
  const message: Buckets = into ?? { regionId: 0, version: 0, keys: [], stats: undefined, periodInMs: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.regionId = reader.uint64Number()
        break
      case 16:
        message.version = reader.uint64Number()
        break
      case 26:
        message.keys.push(reader.bytes())
        break
      case 34:
        message.stats = readBucketStats(reader, reader.end(), message.stats)
        break
      case 40:
        message.periodInMs = reader.uint64Number()
        break
      default:
        reader.skip(tag, BucketsFields)
    }
  }
  reader.close(end)
  return message
}

function writeBuckets(writer: WireWriter, message: Buckets): void {
  if (message.periodInMs !== 0) {
    writer.uint64Number(message.periodInMs)
    writer.tag1(40)
  }
  if (message.stats !== undefined) {
    const mark4 = writer.size
    writeBucketStats(writer, message.stats)
    writer.length(mark4)
    writer.tag1(34)
  }
  for (let at = message.keys.length - 1; at >= 0; at--) {
    const value = message.keys[at]!
    writer.bytes(value)
    writer.tag1(26)
  }
  if (message.version !== 0) {
    writer.uint64Number(message.version)
    writer.tag1(16)
  }
  if (message.regionId !== 0) {
    writer.uint64Number(message.regionId)
    writer.tag1(8)
  }
}

export interface BucketStats {
  readBytes: number[]
  writeBytes: number[]
  readQps: number[]
  writeQps: number[]
  readKeys: number[]
  writeKeys: number[]
}

export const BucketStats: MessageDefinition<BucketStats> = {
  typeName: 'metapb.BucketStats',
  create: (init) => ({
    readBytes: init?.readBytes ?? [],
    writeBytes: init?.writeBytes ?? [],
    readQps: init?.readQps ?? [],
    writeQps: init?.writeQps ?? [],
    readKeys: init?.readKeys ?? [],
    writeKeys: init?.writeKeys ?? [],
  }),
  encode: (message) => encodeWith(writeBucketStats, message),
  decode: (bytes) => decodeWith('metapb.BucketStats', readBucketStats, bytes),
  readFrom: readBucketStats,
  writeTo: writeBucketStats,
}

const BucketStatsFields: readonly number[] = [1, 2, 3, 4, 5, 6]

function readBucketStats(reader: WireReader, end: number, into?: BucketStats): BucketStats {
  const message: BucketStats = into ?? { readBytes: [], writeBytes: [], readQps: [], writeQps: [], readKeys: [], writeKeys: [] }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.readBytes.push(reader.uint64Number())
        break
      case 10:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.readBytes.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 16:
        message.writeBytes.push(reader.uint64Number())
        break
      case 18:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.writeBytes.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 24:
        message.readQps.push(reader.uint64Number())
        break
      case 26:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.readQps.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 32:
        message.writeQps.push(reader.uint64Number())
        break
      case 34:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.writeQps.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 40:
        message.readKeys.push(reader.uint64Number())
        break
      case 42:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.readKeys.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      case 48:
        message.writeKeys.push(reader.uint64Number())
        break
      case 50:
        {
          const packedEnd = reader.end()
          while (reader.pos < packedEnd) message.writeKeys.push(reader.uint64Number())
          reader.close(packedEnd)
        }
        break
      default:
        reader.skip(tag, BucketStatsFields)
    }
  }
  reader.close(end)
  return message
}

function writeBucketStats(writer: WireWriter, message: BucketStats): void {
  if (message.writeKeys.length !== 0) {
    const mark = writer.size
    for (let at = message.writeKeys.length - 1; at >= 0; at--) writer.uint64Number(message.writeKeys[at]!)
    writer.length(mark)
    writer.tag1(50)
  }
  if (message.readKeys.length !== 0) {
    const mark = writer.size
    for (let at = message.readKeys.length - 1; at >= 0; at--) writer.uint64Number(message.readKeys[at]!)
    writer.length(mark)
    writer.tag1(42)
  }
  if (message.writeQps.length !== 0) {
    const mark = writer.size
    for (let at = message.writeQps.length - 1; at >= 0; at--) writer.uint64Number(message.writeQps[at]!)
    writer.length(mark)
    writer.tag1(34)
  }
  if (message.readQps.length !== 0) {
    const mark = writer.size
    for (let at = message.readQps.length - 1; at >= 0; at--) writer.uint64Number(message.readQps[at]!)
    writer.length(mark)
    writer.tag1(26)
  }
  if (message.writeBytes.length !== 0) {
    const mark = writer.size
    for (let at = message.writeBytes.length - 1; at >= 0; at--) writer.uint64Number(message.writeBytes[at]!)
    writer.length(mark)
    writer.tag1(18)
  }
  if (message.readBytes.length !== 0) {
    const mark = writer.size
    for (let at = message.readBytes.length - 1; at >= 0; at--) writer.uint64Number(message.readBytes[at]!)
    writer.length(mark)
    writer.tag1(10)
  }
}

export interface Cluster {
  id: bigint
  maxPeerCount: number
}

export const Cluster: MessageDefinition<Cluster> = {
  typeName: 'metapb.Cluster',
  create: (init) => ({
    id: init?.id ?? 0n,
    maxPeerCount: init?.maxPeerCount ?? 0,
  }),
  encode: (message) => encodeWith(writeCluster, message),
  decode: (bytes) => decodeWith('metapb.Cluster', readCluster, bytes),
  readFrom: readCluster,
  writeTo: writeCluster,
}

const ClusterFields: readonly number[] = [1, 2]

function readCluster(reader: WireReader, end: number, into?: Cluster): Cluster {
  const message: Cluster = into ?? { id: 0n, maxPeerCount: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64()
        break
      case 16:
        message.maxPeerCount = reader.uint32()
        break
      default:
        reader.skip(tag, ClusterFields)
    }
  }
  reader.close(end)
  return message
}

function writeCluster(writer: WireWriter, message: Cluster): void {
  if (message.maxPeerCount !== 0) {
    writer.uint32(message.maxPeerCount)
    writer.tag1(16)
  }
  if (message.id !== 0n) {
    writer.uint64(message.id)
    writer.tag1(8)
  }
}

export interface Region {
  id: number
  startKey: Uint8Array
  endKey: Uint8Array
  regionEpoch: RegionEpoch | undefined
  peers: Peer[]
  encryptionMeta: encryptionpb.EncryptionMeta | undefined
  isInFlashback: boolean
  flashbackStartTs: bigint
}

export const Region: MessageDefinition<Region> = {
  typeName: 'metapb.Region',
  create: (init) => ({
    id: init?.id ?? 0,
    startKey: init?.startKey ?? emptyBytes,
    endKey: init?.endKey ?? emptyBytes,
    regionEpoch: init?.regionEpoch,
    peers: init?.peers ?? [],
    encryptionMeta: init?.encryptionMeta,
    isInFlashback: init?.isInFlashback ?? false,
    flashbackStartTs: init?.flashbackStartTs ?? 0n,
  }),
  encode: (message) => encodeWith(writeRegion, message),
  decode: (bytes) => decodeWith('metapb.Region', readRegion, bytes),
  readFrom: readRegion,
  writeTo: writeRegion,
}

const RegionFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function readRegion(reader: WireReader, end: number, into?: Region): Region {
  const message: Region = into ?? { id: 0, startKey: emptyBytes, endKey: emptyBytes, regionEpoch: undefined, peers: [], encryptionMeta: undefined, isInFlashback: false, flashbackStartTs: 0n }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64Number()
        break
      case 18:
        message.startKey = reader.bytes()
        break
      case 26:
        message.endKey = reader.bytes()
        break
      case 34:
        message.regionEpoch = readRegionEpoch(reader, reader.end(), message.regionEpoch)
        break
      case 42:
        message.peers.push(readPeer(reader, reader.end()))
        break
      case 50:
        message.encryptionMeta = encryptionpb.EncryptionMeta.readFrom(reader, reader.end(), message.encryptionMeta)
        break
      case 56:
        message.isInFlashback = reader.bool()
        break
      case 64:
        message.flashbackStartTs = reader.uint64()
        break
      default:
        reader.skip(tag, RegionFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegion(writer: WireWriter, message: Region): void {
  if (message.flashbackStartTs !== 0n) {
    writer.uint64(message.flashbackStartTs)
    writer.tag1(64)
  }
  if (message.isInFlashback) {
    writer.bool(message.isInFlashback)
    writer.tag1(56)
  }
  if (message.encryptionMeta !== undefined) {
    const mark6 = writer.size
    encryptionpb.EncryptionMeta.writeTo(writer, message.encryptionMeta)
    writer.length(mark6)
    writer.tag1(50)
  }
  for (let at = message.peers.length - 1; at >= 0; at--) {
    const value = message.peers[at]!
    const mark5 = writer.size
    writePeer(writer, value)
    writer.length(mark5)
    writer.tag1(42)
  }
  if (message.regionEpoch !== undefined) {
    const mark4 = writer.size
    writeRegionEpoch(writer, message.regionEpoch)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.endKey.length !== 0) {
    writer.bytes(message.endKey)
    writer.tag1(26)
  }
  if (message.startKey.length !== 0) {
    writer.bytes(message.startKey)
    writer.tag1(18)
  }
  if (message.id !== 0) {
    writer.uint64Number(message.id)
    writer.tag1(8)
  }
}

export interface RegionEpoch {
  confVer: number
  version: number
}

export const RegionEpoch: MessageDefinition<RegionEpoch> = {
  typeName: 'metapb.RegionEpoch',
  create: (init) => ({
    confVer: init?.confVer ?? 0,
    version: init?.version ?? 0,
  }),
  encode: (message) => encodeWith(writeRegionEpoch, message),
  decode: (bytes) => decodeWith('metapb.RegionEpoch', readRegionEpoch, bytes),
  readFrom: readRegionEpoch,
  writeTo: writeRegionEpoch,
}

const RegionEpochFields: readonly number[] = [1, 2]

function readRegionEpoch(reader: WireReader, end: number, into?: RegionEpoch): RegionEpoch {
  const message: RegionEpoch = into ?? { confVer: 0, version: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.confVer = reader.uint64Number()
        break
      case 16:
        message.version = reader.uint64Number()
        break
      default:
        reader.skip(tag, RegionEpochFields)
    }
  }
  reader.close(end)
  return message
}

function writeRegionEpoch(writer: WireWriter, message: RegionEpoch): void {
  if (message.version !== 0) {
    writer.uint64Number(message.version)
    writer.tag1(16)
  }
  if (message.confVer !== 0) {
    writer.uint64Number(message.confVer)
    writer.tag1(8)
  }
}

export interface Peer {
  id: number
  storeId: number
  role: PeerRole
  isWitness: boolean
}

export const Peer: MessageDefinition<Peer> = {
  typeName: 'metapb.Peer',
  create: (init) => ({
    id: init?.id ?? 0,
    storeId: init?.storeId ?? 0,
    role: init?.role ?? 0,
    isWitness: init?.isWitness ?? false,
  }),
  encode: (message) => encodeWith(writePeer, message),
  decode: (bytes) => decodeWith('metapb.Peer', readPeer, bytes),
  readFrom: readPeer,
  writeTo: writePeer,
}

const PeerFields: readonly number[] = [1, 2, 3, 4]

function readPeer(reader: WireReader, end: number, into?: Peer): Peer {
  const message: Peer = into ?? { id: 0, storeId: 0, role: 0, isWitness: false }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64Number()
        break
      case 16:
        message.storeId = reader.uint64Number()
        break
      case 24:
        message.role = reader.int32() as PeerRole
        break
      case 32:
        message.isWitness = reader.bool()
        break
      default:
        reader.skip(tag, PeerFields)
    }
  }
  reader.close(end)
  return message
}

function writePeer(writer: WireWriter, message: Peer): void {
  if (message.isWitness) {
    writer.bool(message.isWitness)
    writer.tag1(32)
  }
  if (message.role !== 0) {
    writer.int32(message.role)
    writer.tag1(24)
  }
  if (message.storeId !== 0) {
    writer.uint64Number(message.storeId)
    writer.tag1(16)
  }
  if (message.id !== 0) {
    writer.uint64Number(message.id)
    writer.tag1(8)
  }
}

export interface Store {
  id: number
  address: string
  state: StoreState
  labels: StoreLabel[]
  version: string
  peerAddress: string
  statusAddress: string
  gitHash: string
  startTimestamp: number
  deployPath: string
  lastHeartbeat: bigint
  physicallyDestroyed: boolean
  nodeState: NodeState
}

export const Store: MessageDefinition<Store> = {
  typeName: 'metapb.Store',
  create: (init) => ({
    id: init?.id ?? 0,
    address: init?.address ?? '',
    state: init?.state ?? 0,
    labels: init?.labels ?? [],
    version: init?.version ?? '',
    peerAddress: init?.peerAddress ?? '',
    statusAddress: init?.statusAddress ?? '',
    gitHash: init?.gitHash ?? '',
    startTimestamp: init?.startTimestamp ?? 0,
    deployPath: init?.deployPath ?? '',
    lastHeartbeat: init?.lastHeartbeat ?? 0n,
    physicallyDestroyed: init?.physicallyDestroyed ?? false,
    nodeState: init?.nodeState ?? 0,
  }),
  encode: (message) => encodeWith(writeStore, message),
  decode: (bytes) => decodeWith('metapb.Store', readStore, bytes),
  readFrom: readStore,
  writeTo: writeStore,
}

const StoreFields: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

function readStore(reader: WireReader, end: number, into?: Store): Store {
  const message: Store = into ?? { id: 0, address: '', state: 0, labels: [], version: '', peerAddress: '', statusAddress: '', gitHash: '', startTimestamp: 0, deployPath: '', lastHeartbeat: 0n, physicallyDestroyed: false, nodeState: 0 }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 8:
        message.id = reader.uint64Number()
        break
      case 18:
        message.address = reader.string()
        break
      case 24:
        message.state = reader.int32() as StoreState
        break
      case 34:
        message.labels.push(readStoreLabel(reader, reader.end()))
        break
      case 42:
        message.version = reader.string()
        break
      case 50:
        message.peerAddress = reader.string()
        break
      case 58:
        message.statusAddress = reader.string()
        break
      case 66:
        message.gitHash = reader.string()
        break
      case 72:
        message.startTimestamp = reader.int64Number()
        break
      case 82:
        message.deployPath = reader.string()
        break
      case 88:
        message.lastHeartbeat = reader.int64()
        break
      case 96:
        message.physicallyDestroyed = reader.bool()
        break
      case 104:
        message.nodeState = reader.int32() as NodeState
        break
      default:
        reader.skip(tag, StoreFields)
    }
  }
  reader.close(end)
  return message
}

function writeStore(writer: WireWriter, message: Store): void {
  if (message.nodeState !== 0) {
    writer.int32(message.nodeState)
    writer.tag1(104)
  }
  if (message.physicallyDestroyed) {
    writer.bool(message.physicallyDestroyed)
    writer.tag1(96)
  }
  if (message.lastHeartbeat !== 0n) {
    writer.int64(message.lastHeartbeat)
    writer.tag1(88)
  }
  if (message.deployPath !== '') {
    writer.string(message.deployPath)
    writer.tag1(82)
  }
  if (message.startTimestamp !== 0) {
    writer.int64Number(message.startTimestamp)
    writer.tag1(72)
  }
  if (message.gitHash !== '') {
    writer.string(message.gitHash)
    writer.tag1(66)
  }
  if (message.statusAddress !== '') {
    writer.string(message.statusAddress)
    writer.tag1(58)
  }
  if (message.peerAddress !== '') {
    writer.string(message.peerAddress)
    writer.tag1(50)
  }
  if (message.version !== '') {
    writer.string(message.version)
    writer.tag1(42)
  }
  for (let at = message.labels.length - 1; at >= 0; at--) {
    const value = message.labels[at]!
    const mark4 = writer.size
    writeStoreLabel(writer, value)
    writer.length(mark4)
    writer.tag1(34)
  }
  if (message.state !== 0) {
    writer.int32(message.state)
    writer.tag1(24)
  }
  if (message.address !== '') {
    writer.string(message.address)
    writer.tag1(18)
  }
  if (message.id !== 0) {
    writer.uint64Number(message.id)
    writer.tag1(8)
  }
}

export interface StoreLabel {
  key: string
  value: string
}

export const StoreLabel: MessageDefinition<StoreLabel> = {
  typeName: 'metapb.StoreLabel',
  create: (init) => ({
    key: init?.key ?? '',
    value: init?.value ?? '',
  }),
  encode: (message) => encodeWith(writeStoreLabel, message),
  decode: (bytes) => decodeWith('metapb.StoreLabel', readStoreLabel, bytes),
  readFrom: readStoreLabel,
  writeTo: writeStoreLabel,
}

const StoreLabelFields: readonly number[] = [1, 2]

function readStoreLabel(reader: WireReader, end: number, into?: StoreLabel): StoreLabel {
  const message: StoreLabel = into ?? { key: '', value: '' }
  while (reader.pos < end) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        message.key = reader.string()
        break
      case 18:
        message.value = reader.string()
        break
      default:
        reader.skip(tag, StoreLabelFields)
    }
  }
  reader.close(end)
  return message
}

function writeStoreLabel(writer: WireWriter, message: StoreLabel): void {
  if (message.value !== '') {
    writer.string(message.value)
    writer.tag1(18)
  }
  if (message.key !== '') {
    writer.string(message.key)
    writer.tag1(10)
  }
}
