import type { FuzzTarget } from '@stratakv/testkit'
import { logCheckTarget, snappyTarget, tableCheckTarget } from '../../packages/level-engine/test/files.fuzz.ts'
import { keyTarget, lockTarget, writeTarget } from '../../packages/mvcc/test/records.fuzz.ts'
import {
  decimalTarget,
  etcdEntryTarget,
  metadataFileTarget,
  metadataRecordTarget,
  percentTarget,
  regionRecordTarget,
  serviceSafePointTarget,
  storeRecordTarget,
} from '../../packages/pd-scheduler/test/metadata.fuzz.ts'
import { wireTargets } from '../../packages/proto/test/wire.fuzz.ts'
import {
  batchTarget,
  entriesBlockTarget,
  fileHeaderTarget,
  fileNameTarget,
  sealedBatchTarget,
} from '../../packages/raft-engine/test/format.fuzz.ts'
import { peerMessageTarget } from '../../packages/raftstore/test/peer-message-record.fuzz.ts'
import {
  preparedRegionTarget,
  regionStateTarget,
  storeIdentTarget,
} from '../../packages/raftstore/test/state-records.fuzz.ts'
import { addressTarget, configFileTarget, quantitiesTarget } from '../../packages/server/test/config.fuzz.ts'
import { markerTarget } from '../../packages/server/test/data-directory.fuzz.ts'
import {
  backupBlockHeaderTarget,
  backupFileHeaderTarget,
  backupManifestTarget,
  backupPairsTarget,
  backupSealTarget,
} from '../../packages/stratakv/test/backup.fuzz.ts'
import { lz4Target } from '../../wasm/test/lz4.fuzz.ts'
import { memcomparableTarget } from '../../wasm/test/memcomparable.fuzz.ts'

/** Every decoder that faces a wire or a file. A target stands with its package's tests, beside the decoder it feeds. */
export const targets: readonly FuzzTarget[] = [
  ...wireTargets,
  lockTarget,
  writeTarget,
  keyTarget,
  memcomparableTarget,
  lz4Target,
  regionStateTarget,
  preparedRegionTarget,
  storeIdentTarget,
  peerMessageTarget,
  metadataFileTarget,
  metadataRecordTarget,
  storeRecordTarget,
  regionRecordTarget,
  etcdEntryTarget,
  serviceSafePointTarget,
  decimalTarget,
  percentTarget,
  configFileTarget,
  markerTarget,
  snappyTarget,
  tableCheckTarget,
  logCheckTarget,
  batchTarget,
  sealedBatchTarget,
  entriesBlockTarget,
  fileHeaderTarget,
  fileNameTarget,
  backupManifestTarget,
  backupSealTarget,
  backupFileHeaderTarget,
  backupBlockHeaderTarget,
  backupPairsTarget,
  quantitiesTarget,
  addressTarget,
] as readonly FuzzTarget[]
