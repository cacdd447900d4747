import { compareBytes, type MethodBinding, RpcStatusError, rpcStatus, type SplitIds } from '@stratakv/core'
import { pdMethods, regionFromMessage, storeFromMessage } from '@stratakv/proto'
import type { Region as RegionMessage } from '@stratakv/proto/metapb'
import {
  AllocIDResponse,
  AskBatchSplitResponse,
  AskSplitResponse,
  BootstrapResponse,
  ErrorType,
  GetAllStoresResponse,
  GetClusterConfigResponse,
  GetClusterInfoResponse,
  GetMembersResponse,
  GetStoreResponse,
  IsBootstrappedResponse,
  PutStoreResponse,
  ReportBatchSplitResponse,
  ReportSplitResponse,
  ServiceMode,
  StoreHeartbeatResponse,
} from '@stratakv/proto/pdpb'
import { ReplicationMode, type ReplicationStatus } from '@stratakv/proto/replication-modepb'
import { StaleRegionError, StoreNotFoundError, UnknownRegionError } from '../errors.ts'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { memberMessage, storeMessage, storeReportFromMessage, storeStatsMessage } from './messages.ts'
import { bindCall, HeaderError } from './pd-call.ts'

/** Members, the cluster's beginning, ids, stores, splits. */
export function clusterBindings(pd: EmbeddedPlacementDriver): MethodBinding[] {
  return [
    bindCall(pd, pdMethods.getMembers, GetMembersResponse, 'open', () => ({
      members: [memberMessage(pd)],
      leader: memberMessage(pd),
      etcdLeader: memberMessage(pd),
    })),
    bindCall(pd, pdMethods.getClusterInfo, GetClusterInfoResponse, 'open', () => ({
      serviceModes: [ServiceMode.PD_SVC_MODE],
    })),
    bindCall(pd, pdMethods.isBootstrapped, IsBootstrappedResponse, 'same-cluster', () => ({
      bootstrapped: pd.bootstrapped,
    })),
    bindCall(pd, pdMethods.bootstrap, BootstrapResponse, 'same-cluster', async ({ store, region }) => {
      if (pd.bootstrapped) throw alreadyBootstrapped()
      const outcome = await pd.bootstrap(
        storeFromMessage(demand(store, 'missing store meta')),
        regionFromMessage(demand(region, 'missing region meta')),
      )
      if (outcome === 'already-bootstrapped') throw alreadyBootstrapped()
      return { replicationStatus }
    }),
    bindCall(pd, pdMethods.getClusterConfig, GetClusterConfigResponse, 'bootstrapped', () => ({
      cluster: { id: pd.id, maxPeerCount: pd.placement.maxReplicas },
    })),
    bindCall(pd, pdMethods.allocID, AllocIDResponse, 'same-cluster', async ({ count: asked }) => {
      // Before `count` came into the protocol every call was for one id; since then the reply names the last of them.
      const count = Math.max(1, asked)
      return { id: (await pd.allocateIds(count)) + count - 1, count }
    }),
    bindCall(pd, pdMethods.putStore, PutStoreResponse, 'bootstrapped', async ({ store }) => {
      await pd.putStore(storeFromMessage(demand(store, 'missing store meta')))
      return { replicationStatus }
    }),
    bindCall(pd, pdMethods.getStore, GetStoreResponse, 'bootstrapped', ({ storeId }) => {
      const record = pd.storeRecord(storeId)
      if (record === undefined) throw new StoreNotFoundError(storeId)
      return { store: storeMessage(record), stats: record.report && storeStatsMessage(record.report) }
    }),
    bindCall(pd, pdMethods.getAllStores, GetAllStoresResponse, 'bootstrapped', ({ excludeTombstoneStores }) => ({
      stores: pd.storeRecords({ includeTombstones: !excludeTombstoneStores }).map(storeMessage),
    })),
    bindCall(pd, pdMethods.storeHeartbeat, StoreHeartbeatResponse, 'bootstrapped', async ({ stats }) => {
      await pd.reportStore(
        storeReportFromMessage(demand(stats, 'invalid store heartbeat command, but stats are missing')),
      )
      return { replicationStatus, clusterVersion: pd.clusterVersion }
    }),
    bindCall(pd, pdMethods.askSplit, AskSplitResponse, 'bootstrapped', async ({ region }) => {
      const [ids] = await askSplit(pd, region, 1)
      return { newRegionId: ids!.regionId, newPeerIds: [...ids!.peerIds] }
    }),
    bindCall(pd, pdMethods.askBatchSplit, AskBatchSplitResponse, 'bootstrapped', async ({ region, splitCount }) => ({
      ids: (await askSplit(pd, region, splitCount)).map(({ regionId, peerIds }) => ({
        newRegionId: regionId,
        newPeerIds: [...peerIds],
      })),
    })),
    // What a split makes of its parent is learnt from the heartbeats that follow; these two only announce it.
    bindCall(pd, pdMethods.reportSplit, ReportSplitResponse, 'bootstrapped', ({ left, right }) => {
      checkAdjacent([demand(left, 'missing left region'), demand(right, 'missing right region')])
      return {}
    }),
    bindCall(pd, pdMethods.reportBatchSplit, ReportBatchSplitResponse, 'bootstrapped', ({ regions }) => {
      checkAdjacent(regions)
      return {}
    }),
  ]
}

const replicationStatus: ReplicationStatus = { mode: ReplicationMode.MAJORITY, drAutoSync: undefined }

function alreadyBootstrapped(): HeaderError {
  return new HeaderError(ErrorType.ALREADY_BOOTSTRAPPED, 'cluster is already bootstrapped')
}

function demand<T>(value: T | undefined, missing: string): T {
  if (value === undefined) throw new RpcStatusError(rpcStatus.unknown, missing)
  return value
}

async function askSplit(
  pd: EmbeddedPlacementDriver,
  region: RegionMessage | undefined,
  count: number,
): Promise<SplitIds[]> {
  try {
    return await pd.askSplit(regionFromMessage(demand(region, 'missing region for split')), count)
  } catch (error) {
    if (error instanceof UnknownRegionError || error instanceof StaleRegionError) {
      throw new HeaderError(ErrorType.UNKNOWN, error.message, { cause: error })
    }
    throw error
  }
}

function checkAdjacent(regions: readonly RegionMessage[]): void {
  if (regions.length === 0) throw new HeaderError(ErrorType.UNKNOWN, 'no region was reported')
  for (let index = 1; index < regions.length; index++) {
    const [left, right] = [regions[index - 1]!, regions[index]!]
    if (left.endKey.length === 0 || compareBytes(left.endKey, right.startKey) !== 0) {
      throw new HeaderError(ErrorType.UNKNOWN, `region ${left.id} does not end where region ${right.id} begins`)
    }
  }
}
