import {
  emptyBytes,
  type KvEngine,
  type Peer,
  type RaftLogEngine,
  type Region,
  seededRandom,
  systemClock,
} from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { createTwinChecksum } from '@stratakv/wasm'
import { type PeerMessage, RaftStore, type RaftStoreOptions } from '../src/index.ts'

export function wholeRegion(peers: readonly Peer[]): Region {
  return { id: 1, startKey: emptyBytes, endKey: emptyBytes, epoch: { confVer: 1, version: 1 }, peers }
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
    applyDelayMs: 5,
    consistencyCheckMs: 0,
    logCompactSyncMs: 200,
    logPurgeMs: 1000,
    logGc: { intervalMs: 300, threshold: 50, countMax: 10_000, bytesMax: 1024 * 1024, reserveRoundsMax: 6 },
    merge: { checkMs: 200, logGapMax: 10, entryBytesMax: 64 * 1024 },
    snapshotDirectory: '/snapshots',
    snapshotChunkBytes: 1024,
    ...options,
  }
}

/** Store 1, by the system's clock. What it says to others goes to `sent`. */
export function openLoneStore(
  engine: KvEngine,
  logEngine: RaftLogEngine,
  sent: PeerMessage[] = [],
): Promise<RaftStore> {
  return RaftStore.open(
    {
      engine,
      logEngine,
      fileSystem: createMemoryDisk({ random: seededRandom(1) }),
      checksum: createTwinChecksum(),
      transport: { send: (message) => sent.push(message), sendSnapshot() {} },
      clock: systemClock(),
      random: seededRandom(1),
    },
    anyStoreOptions({ storeId: 1 }),
  )
}
