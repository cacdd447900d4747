import { emptyBytes, type KvEngine, type Peer, type Region } from '@stratakv/core'
import type { RaftStoreOptions } from '../src/index.ts'
import { applyStateKey, regionStateKey } from '../src/keys.ts'
import { encodeInitialApplyState, encodeRegionState } from '../src/state-records.ts'

export function wholeRegion(peers: readonly Peer[]): Region {
  return { id: 1, startKey: emptyBytes, endKey: emptyBytes, epoch: { confVer: 1, version: 1 }, peers }
}

/** As bootstrap leaves it. */
export async function prepareRegion(engine: KvEngine, region: Region): Promise<void> {
  await engine.write(
    [
      { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region) },
      { type: 'put', cf: 'raft', key: applyStateKey(region.id), value: encodeInitialApplyState() },
    ],
    { sync: true },
  )
}

/** TiKV's proportions on a shorter tick. */
export function anyStoreOptions(
  options: Partial<RaftStoreOptions> & Pick<RaftStoreOptions, 'storeId'>,
): RaftStoreOptions {
  const baseTickMs = 100
  const electionTicks = 10
  return {
    baseTickMs,
    electionTicks,
    heartbeatTicks: 2,
    leaseMs: (electionTicks - 1) * baseTickMs,
    messageBytesMax: 64 * 1024,
    inflightCountMax: 16,
    applyingBytesMax: 256 * 1024,
    hibernation: { isOn: false, staleCheckTicks: 50 },
    storeIoPoolSize: 1,
    applyBatchBytesMax: 64 * 1024,
    logCompactSyncMs: 200,
    logPurgeMs: 1000,
    logGc: { intervalMs: 300, threshold: 50, countMax: 10_000, bytesMax: 1024 * 1024, reserveRoundsMax: 6 },
    merge: { checkMs: 200, logGapMax: 10, entryBytesMax: 64 * 1024 },
    snapshotDirectory: '/snapshots',
    snapshotChunkBytes: 1024,
    ...options,
  }
}
