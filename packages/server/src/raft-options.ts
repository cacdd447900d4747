import { KiB, MiB, type StoreId } from '@stratakv/core'
import type { PlacementConfig } from '@stratakv/pd-scheduler'
import type { RaftEngineOptions } from '@stratakv/raft-engine'
import type { RaftStoreOptions, RegionAgentOptions } from '@stratakv/raftstore'
import { ConfigValueError } from './config/errors.ts'
import type { Config } from './config/keys.ts'

/** Committed entries of one region that are handed out to be applied, at once. */
const applyingBytesMax = MiB(16)
/** Of one write to the engine by the apply loop. */
const applyBatchBytesMax = MiB(1)
/** A few hundred hand-overs to the engine a second, instead of one for each write of the log. */
const applyDelayMs = 5
/** Of one chunk of a snapshot. */
const snapshotChunkBytes = KiB(512)

/** @throws ConfigValueError for keys that do not go together */
export function raftStoreOptions(
  config: Config,
  store: { readonly storeId: StoreId; readonly snapshotDirectory: string },
): RaftStoreOptions {
  const baseTickMs = config['raftstore.raft-base-tick-interval']
  const electionTicks = config['raftstore.raft-election-timeout-ticks']
  const heartbeatTicks = config['raftstore.raft-heartbeat-ticks']
  if (heartbeatTicks >= electionTicks) {
    throw new ConfigValueError(
      'raftstore.raft-heartbeat-ticks',
      heartbeatTicks,
      `fewer than raftstore.raft-election-timeout-ticks (${electionTicks})`,
    )
  }
  return {
    ...store,
    baseTickMs,
    electionTicks,
    heartbeatTicks,
    leaseMs: Math.min(config['raftstore.raft-store-max-leader-lease'], (electionTicks - 1) * baseTickMs),
    messageBytesMax: config['raftstore.raft-max-size-per-msg'],
    inflightCountMax: config['raftstore.raft-max-inflight-msgs'],
    applyingBytesMax,
    hibernation: {
      isOn: config['raftstore.hibernate-regions'],
      staleCheckTicks: Math.ceil(config['raftstore.peer-stale-state-check-interval'] / baseTickMs),
    },
    storeIoPoolSize: config['raftstore.store-io-pool-size'],
    applyBatchBytesMax,
    applyDelayMs,
    consistencyCheckMs: config['raftstore.consistency-check-interval'],
    logCompactSyncMs: config['raftstore.raft-log-compact-sync-interval'],
    logPurgeMs: config['raftstore.raft-engine-purge-interval'],
    logGc: {
      intervalMs: config['raftstore.raft-log-gc-tick-interval'],
      threshold: config['raftstore.raft-log-gc-threshold'],
      countMax: config['raftstore.raft-log-gc-count-limit'],
      bytesMax: config['raftstore.raft-log-gc-size-limit'],
      reserveRoundsMax: config['raftstore.raft-log-reserve-max-ticks'],
    },
    merge: {
      checkMs: config['raftstore.merge-check-tick-interval'],
      logGapMax: config['raftstore.merge-max-log-gap'],
      entryBytesMax: config['raftstore.raft-entry-max-size'],
    },
    snapshotChunkBytes,
  }
}

/** @throws ConfigValueError for keys that do not go together */
export function regionAgentOptions(config: Config): RegionAgentOptions {
  for (const [part, whole] of [
    ['coprocessor.region-split-size', 'coprocessor.region-max-size'],
    ['coprocessor.region-split-keys', 'coprocessor.region-max-keys'],
  ] as const) {
    if (config[part] > config[whole])
      throw new ConfigValueError(part, config[part], `at most ${whole} (${config[whole]})`)
  }
  return {
    heartbeatMs: config['raftstore.pd-heartbeat-tick-interval'],
    peerDownMs: config['raftstore.max-peer-down-duration'],
    splitCheckMs: config['raftstore.split-region-check-tick-interval'],
    splitCheckDiffBytes: config['raftstore.region-split-check-diff'],
    stalePeers: {
      checkMs: config['raftstore.peer-stale-state-check-interval'],
      leaderMissingMsMax: config['raftstore.max-leader-missing-duration'],
    },
    split: {
      splitBytes: config['coprocessor.region-split-size'],
      maxBytes: config['coprocessor.region-max-size'],
      splitKeys: config['coprocessor.region-split-keys'],
      maxKeys: config['coprocessor.region-max-keys'],
      keysMax: config['coprocessor.batch-split-limit'],
    },
  }
}

export function raftEngineOptions(config: Config, directory: string): RaftEngineOptions {
  const formatVersion = config['raft-engine.format-version']
  return {
    directory,
    recoveryMode: config['raft-engine.recovery-mode'],
    recoveryReadBlockSize: config['raft-engine.recovery-read-block-size'],
    recoveryThreads: config['raft-engine.recovery-threads'],
    batchCompressionThreshold: config['raft-engine.batch-compression-threshold'],
    bytesPerSync: config['raft-engine.bytes-per-sync'],
    targetFileSize: config['raft-engine.target-file-size'],
    purgeThreshold: config['raft-engine.purge-threshold'],
    formatVersion: formatVersion === 1 ? 1 : 2,
    enableLogRecycle: config['raft-engine.enable-log-recycle'] && formatVersion !== 1,
    prefillForRecycle: config['raft-engine.prefill-for-recycle'],
  }
}

export function placementConfigOf(config: Config): PlacementConfig {
  return {
    maxReplicas: config['replication.max-replicas'],
    locationLabels: config['replication.location-labels'],
    maxStoreDownTimeMs: config['schedule.max-store-down-time'],
    leaderScheduleLimit: config['schedule.leader-schedule-limit'],
    regionScheduleLimit: config['schedule.region-schedule-limit'],
    replicaScheduleLimit: config['schedule.replica-schedule-limit'],
    mergeScheduleLimit: config['schedule.merge-schedule-limit'],
    maxSnapshotCount: config['schedule.max-snapshot-count'],
    maxPendingPeerCount: config['schedule.max-pending-peer-count'],
    maxMergeRegionSizeMiB: config['schedule.max-merge-region-size'],
    maxMergeRegionKeys: config['schedule.max-merge-region-keys'],
    splitMergeIntervalMs: config['schedule.split-merge-interval'],
    lowSpaceRatio: config['schedule.low-space-ratio'],
    tolerantSizeRatio: config['schedule.tolerant-size-ratio'],
    enableOneWayMerge: config['schedule.enable-one-way-merge'],
    enableJointConsensus: config['schedule.enable-joint-consensus'],
    enableRemoveDownReplica: config['schedule.enable-remove-down-replica'],
    enableReplaceOfflineReplica: config['schedule.enable-replace-offline-replica'],
    enableMakeUpReplica: config['schedule.enable-make-up-replica'],
    enableRemoveExtraReplica: config['schedule.enable-remove-extra-replica'],
    enableLocationReplacement: config['schedule.enable-location-replacement'],
    addPeerPerMinute: 15,
    removePeerPerMinute: 15,
  }
}
