// Generated from the services in proto/ by `npm run generate -w packages/proto`. Do not edit.
import { defineMethod } from '../method.ts'
import * as coprocessor from './coprocessor.ts'
import * as deadlock from './deadlock.ts'
import * as etcdserverpb from './etcdserverpb.ts'
import * as health from './health.ts'
import * as keyspacepb from './keyspacepb.ts'
import * as kvrpcpb from './kvrpcpb.ts'
import * as meta_storagepb from './meta_storagepb.ts'
import * as pdpb from './pdpb.ts'
import * as raft_serverpb from './raft_serverpb.ts'
import * as tikvpb from './tikvpb.ts'

export const deadlockMethods = {
  detect: defineMethod('/deadlock.Deadlock/Detect', 'bidi', deadlock.DeadlockRequest, deadlock.DeadlockResponse),
  getWaitForEntries: defineMethod('/deadlock.Deadlock/GetWaitForEntries', 'unary', deadlock.WaitForEntriesRequest, deadlock.WaitForEntriesResponse),
}

export const etcdKvMethods = {
  range: defineMethod('/etcdserverpb.KV/Range', 'unary', etcdserverpb.RangeRequest, etcdserverpb.RangeResponse),
  put: defineMethod('/etcdserverpb.KV/Put', 'unary', etcdserverpb.PutRequest, etcdserverpb.PutResponse),
  deleteRange: defineMethod('/etcdserverpb.KV/DeleteRange', 'unary', etcdserverpb.DeleteRangeRequest, etcdserverpb.DeleteRangeResponse),
  txn: defineMethod('/etcdserverpb.KV/Txn', 'unary', etcdserverpb.TxnRequest, etcdserverpb.TxnResponse),
  compact: defineMethod('/etcdserverpb.KV/Compact', 'unary', etcdserverpb.CompactionRequest, etcdserverpb.CompactionResponse),
}

export const etcdLeaseMethods = {
  leaseGrant: defineMethod('/etcdserverpb.Lease/LeaseGrant', 'unary', etcdserverpb.LeaseGrantRequest, etcdserverpb.LeaseGrantResponse),
  leaseRevoke: defineMethod('/etcdserverpb.Lease/LeaseRevoke', 'unary', etcdserverpb.LeaseRevokeRequest, etcdserverpb.LeaseRevokeResponse),
  leaseKeepAlive: defineMethod('/etcdserverpb.Lease/LeaseKeepAlive', 'bidi', etcdserverpb.LeaseKeepAliveRequest, etcdserverpb.LeaseKeepAliveResponse),
  leaseTimeToLive: defineMethod('/etcdserverpb.Lease/LeaseTimeToLive', 'unary', etcdserverpb.LeaseTimeToLiveRequest, etcdserverpb.LeaseTimeToLiveResponse),
  leaseLeases: defineMethod('/etcdserverpb.Lease/LeaseLeases', 'unary', etcdserverpb.LeaseLeasesRequest, etcdserverpb.LeaseLeasesResponse),
}

export const etcdWatchMethods = {
  watch: defineMethod('/etcdserverpb.Watch/Watch', 'bidi', etcdserverpb.WatchRequest, etcdserverpb.WatchResponse),
}

export const etcdClusterMethods = {
  memberList: defineMethod('/etcdserverpb.Cluster/MemberList', 'unary', etcdserverpb.MemberListRequest, etcdserverpb.MemberListResponse),
  memberAdd: defineMethod('/etcdserverpb.Cluster/MemberAdd', 'unary', etcdserverpb.MemberAddRequest, etcdserverpb.MemberAddResponse),
  memberRemove: defineMethod('/etcdserverpb.Cluster/MemberRemove', 'unary', etcdserverpb.MemberRemoveRequest, etcdserverpb.MemberRemoveResponse),
  memberUpdate: defineMethod('/etcdserverpb.Cluster/MemberUpdate', 'unary', etcdserverpb.MemberUpdateRequest, etcdserverpb.MemberUpdateResponse),
  memberPromote: defineMethod('/etcdserverpb.Cluster/MemberPromote', 'unary', etcdserverpb.MemberPromoteRequest, etcdserverpb.MemberPromoteResponse),
}

export const etcdMaintenanceMethods = {
  status: defineMethod('/etcdserverpb.Maintenance/Status', 'unary', etcdserverpb.StatusRequest, etcdserverpb.StatusResponse),
  alarm: defineMethod('/etcdserverpb.Maintenance/Alarm', 'unary', etcdserverpb.AlarmRequest, etcdserverpb.AlarmResponse),
  defragment: defineMethod('/etcdserverpb.Maintenance/Defragment', 'unary', etcdserverpb.DefragmentRequest, etcdserverpb.DefragmentResponse),
  moveLeader: defineMethod('/etcdserverpb.Maintenance/MoveLeader', 'unary', etcdserverpb.MoveLeaderRequest, etcdserverpb.MoveLeaderResponse),
  hashKV: defineMethod('/etcdserverpb.Maintenance/HashKV', 'unary', etcdserverpb.HashKVRequest, etcdserverpb.HashKVResponse),
  snapshot: defineMethod('/etcdserverpb.Maintenance/Snapshot', 'server-stream', etcdserverpb.SnapshotRequest, etcdserverpb.SnapshotResponse),
}

export const healthMethods = {
  check: defineMethod('/grpc.health.v1.Health/Check', 'unary', health.HealthCheckRequest, health.HealthCheckResponse),
  watch: defineMethod('/grpc.health.v1.Health/Watch', 'server-stream', health.HealthCheckRequest, health.HealthCheckResponse),
}

export const pdMethods = {
  batchScanRegions: defineMethod('/pdpb.PD/BatchScanRegions', 'unary', pdpb.BatchScanRegionsRequest, pdpb.BatchScanRegionsResponse),
  advanceGCSafePoint: defineMethod('/pdpb.PD/AdvanceGCSafePoint', 'unary', pdpb.AdvanceGCSafePointRequest, pdpb.AdvanceGCSafePointResponse),
  advanceTxnSafePoint: defineMethod('/pdpb.PD/AdvanceTxnSafePoint', 'unary', pdpb.AdvanceTxnSafePointRequest, pdpb.AdvanceTxnSafePointResponse),
  allocID: defineMethod('/pdpb.PD/AllocID', 'unary', pdpb.AllocIDRequest, pdpb.AllocIDResponse),
  askBatchSplit: defineMethod('/pdpb.PD/AskBatchSplit', 'unary', pdpb.AskBatchSplitRequest, pdpb.AskBatchSplitResponse),
  askSplit: defineMethod('/pdpb.PD/AskSplit', 'unary', pdpb.AskSplitRequest, pdpb.AskSplitResponse),
  bootstrap: defineMethod('/pdpb.PD/Bootstrap', 'unary', pdpb.BootstrapRequest, pdpb.BootstrapResponse),
  deleteGCBarrier: defineMethod('/pdpb.PD/DeleteGCBarrier', 'unary', pdpb.DeleteGCBarrierRequest, pdpb.DeleteGCBarrierResponse),
  deleteGlobalGCBarrier: defineMethod('/pdpb.PD/DeleteGlobalGCBarrier', 'unary', pdpb.DeleteGlobalGCBarrierRequest, pdpb.DeleteGlobalGCBarrierResponse),
  getAllGCSafePointV2: defineMethod('/pdpb.PD/GetAllGCSafePointV2', 'unary', pdpb.GetAllGCSafePointV2Request, pdpb.GetAllGCSafePointV2Response),
  getAllKeyspacesGCStates: defineMethod('/pdpb.PD/GetAllKeyspacesGCStates', 'unary', pdpb.GetAllKeyspacesGCStatesRequest, pdpb.GetAllKeyspacesGCStatesResponse),
  getAllStores: defineMethod('/pdpb.PD/GetAllStores', 'unary', pdpb.GetAllStoresRequest, pdpb.GetAllStoresResponse),
  getClusterConfig: defineMethod('/pdpb.PD/GetClusterConfig', 'unary', pdpb.GetClusterConfigRequest, pdpb.GetClusterConfigResponse),
  getClusterInfo: defineMethod('/pdpb.PD/GetClusterInfo', 'unary', pdpb.GetClusterInfoRequest, pdpb.GetClusterInfoResponse),
  getDCLocationInfo: defineMethod('/pdpb.PD/GetDCLocationInfo', 'unary', pdpb.GetDCLocationInfoRequest, pdpb.GetDCLocationInfoResponse),
  getExternalTimestamp: defineMethod('/pdpb.PD/GetExternalTimestamp', 'unary', pdpb.GetExternalTimestampRequest, pdpb.GetExternalTimestampResponse),
  getGCSafePoint: defineMethod('/pdpb.PD/GetGCSafePoint', 'unary', pdpb.GetGCSafePointRequest, pdpb.GetGCSafePointResponse),
  getGCSafePointV2: defineMethod('/pdpb.PD/GetGCSafePointV2', 'unary', pdpb.GetGCSafePointV2Request, pdpb.GetGCSafePointV2Response),
  getGCState: defineMethod('/pdpb.PD/GetGCState', 'unary', pdpb.GetGCStateRequest, pdpb.GetGCStateResponse),
  getMembers: defineMethod('/pdpb.PD/GetMembers', 'unary', pdpb.GetMembersRequest, pdpb.GetMembersResponse),
  getMinTS: defineMethod('/pdpb.PD/GetMinTS', 'unary', pdpb.GetMinTSRequest, pdpb.GetMinTSResponse),
  getOperator: defineMethod('/pdpb.PD/GetOperator', 'unary', pdpb.GetOperatorRequest, pdpb.GetOperatorResponse),
  getPrevRegion: defineMethod('/pdpb.PD/GetPrevRegion', 'unary', pdpb.GetRegionRequest, pdpb.GetRegionResponse),
  getRegion: defineMethod('/pdpb.PD/GetRegion', 'unary', pdpb.GetRegionRequest, pdpb.GetRegionResponse),
  getRegionByID: defineMethod('/pdpb.PD/GetRegionByID', 'unary', pdpb.GetRegionByIDRequest, pdpb.GetRegionResponse),
  getStore: defineMethod('/pdpb.PD/GetStore', 'unary', pdpb.GetStoreRequest, pdpb.GetStoreResponse),
  isBootstrapped: defineMethod('/pdpb.PD/IsBootstrapped', 'unary', pdpb.IsBootstrappedRequest, pdpb.IsBootstrappedResponse),
  isSnapshotRecovering: defineMethod('/pdpb.PD/IsSnapshotRecovering', 'unary', pdpb.IsSnapshotRecoveringRequest, pdpb.IsSnapshotRecoveringResponse),
  loadGlobalConfig: defineMethod('/pdpb.PD/LoadGlobalConfig', 'unary', pdpb.LoadGlobalConfigRequest, pdpb.LoadGlobalConfigResponse),
  putClusterConfig: defineMethod('/pdpb.PD/PutClusterConfig', 'unary', pdpb.PutClusterConfigRequest, pdpb.PutClusterConfigResponse),
  putStore: defineMethod('/pdpb.PD/PutStore', 'unary', pdpb.PutStoreRequest, pdpb.PutStoreResponse),
  queryRegion: defineMethod('/pdpb.PD/QueryRegion', 'bidi', pdpb.QueryRegionRequest, pdpb.QueryRegionResponse),
  regionHeartbeat: defineMethod('/pdpb.PD/RegionHeartbeat', 'bidi', pdpb.RegionHeartbeatRequest, pdpb.RegionHeartbeatResponse),
  reportBatchSplit: defineMethod('/pdpb.PD/ReportBatchSplit', 'unary', pdpb.ReportBatchSplitRequest, pdpb.ReportBatchSplitResponse),
  reportBuckets: defineMethod('/pdpb.PD/ReportBuckets', 'client-stream', pdpb.ReportBucketsRequest, pdpb.ReportBucketsResponse),
  reportMinResolvedTS: defineMethod('/pdpb.PD/ReportMinResolvedTS', 'unary', pdpb.ReportMinResolvedTsRequest, pdpb.ReportMinResolvedTsResponse),
  reportSplit: defineMethod('/pdpb.PD/ReportSplit', 'unary', pdpb.ReportSplitRequest, pdpb.ReportSplitResponse),
  scanRegions: defineMethod('/pdpb.PD/ScanRegions', 'unary', pdpb.ScanRegionsRequest, pdpb.ScanRegionsResponse),
  scatterRegion: defineMethod('/pdpb.PD/ScatterRegion', 'unary', pdpb.ScatterRegionRequest, pdpb.ScatterRegionResponse),
  setExternalTimestamp: defineMethod('/pdpb.PD/SetExternalTimestamp', 'unary', pdpb.SetExternalTimestampRequest, pdpb.SetExternalTimestampResponse),
  setGCBarrier: defineMethod('/pdpb.PD/SetGCBarrier', 'unary', pdpb.SetGCBarrierRequest, pdpb.SetGCBarrierResponse),
  setGlobalGCBarrier: defineMethod('/pdpb.PD/SetGlobalGCBarrier', 'unary', pdpb.SetGlobalGCBarrierRequest, pdpb.SetGlobalGCBarrierResponse),
  splitAndScatterRegions: defineMethod('/pdpb.PD/SplitAndScatterRegions', 'unary', pdpb.SplitAndScatterRegionsRequest, pdpb.SplitAndScatterRegionsResponse),
  splitRegions: defineMethod('/pdpb.PD/SplitRegions', 'unary', pdpb.SplitRegionsRequest, pdpb.SplitRegionsResponse),
  storeGlobalConfig: defineMethod('/pdpb.PD/StoreGlobalConfig', 'unary', pdpb.StoreGlobalConfigRequest, pdpb.StoreGlobalConfigResponse),
  storeHeartbeat: defineMethod('/pdpb.PD/StoreHeartbeat', 'unary', pdpb.StoreHeartbeatRequest, pdpb.StoreHeartbeatResponse),
  syncMaxTS: defineMethod('/pdpb.PD/SyncMaxTS', 'unary', pdpb.SyncMaxTSRequest, pdpb.SyncMaxTSResponse),
  syncRegions: defineMethod('/pdpb.PD/SyncRegions', 'bidi', pdpb.SyncRegionRequest, pdpb.SyncRegionResponse),
  tso: defineMethod('/pdpb.PD/Tso', 'bidi', pdpb.TsoRequest, pdpb.TsoResponse),
  updateGCSafePoint: defineMethod('/pdpb.PD/UpdateGCSafePoint', 'unary', pdpb.UpdateGCSafePointRequest, pdpb.UpdateGCSafePointResponse),
  updateGCSafePointV2: defineMethod('/pdpb.PD/UpdateGCSafePointV2', 'unary', pdpb.UpdateGCSafePointV2Request, pdpb.UpdateGCSafePointV2Response),
  updateServiceGCSafePoint: defineMethod('/pdpb.PD/UpdateServiceGCSafePoint', 'unary', pdpb.UpdateServiceGCSafePointRequest, pdpb.UpdateServiceGCSafePointResponse),
  updateServiceSafePointV2: defineMethod('/pdpb.PD/UpdateServiceSafePointV2', 'unary', pdpb.UpdateServiceSafePointV2Request, pdpb.UpdateServiceSafePointV2Response),
  watchGCSafePointV2: defineMethod('/pdpb.PD/WatchGCSafePointV2', 'server-stream', pdpb.WatchGCSafePointV2Request, pdpb.WatchGCSafePointV2Response),
  watchGlobalConfig: defineMethod('/pdpb.PD/WatchGlobalConfig', 'server-stream', pdpb.WatchGlobalConfigRequest, pdpb.WatchGlobalConfigResponse),
}

export const keyspaceMethods = {
  getAllKeyspaces: defineMethod('/keyspacepb.Keyspace/GetAllKeyspaces', 'unary', keyspacepb.GetAllKeyspacesRequest, keyspacepb.GetAllKeyspacesResponse),
  loadKeyspace: defineMethod('/keyspacepb.Keyspace/LoadKeyspace', 'unary', keyspacepb.LoadKeyspaceRequest, keyspacepb.LoadKeyspaceResponse),
  loadKeyspaceByID: defineMethod('/keyspacepb.Keyspace/LoadKeyspaceByID', 'unary', keyspacepb.LoadKeyspaceByIDRequest, keyspacepb.LoadKeyspaceResponse),
  lookupKeyspace: defineMethod('/keyspacepb.Keyspace/LookupKeyspace', 'unary', keyspacepb.LookupKeyspaceRequest, keyspacepb.LookupKeyspaceResponse),
  updateKeyspaceState: defineMethod('/keyspacepb.Keyspace/UpdateKeyspaceState', 'unary', keyspacepb.UpdateKeyspaceStateRequest, keyspacepb.UpdateKeyspaceStateResponse),
  watchKeyspaces: defineMethod('/keyspacepb.Keyspace/WatchKeyspaces', 'server-stream', keyspacepb.WatchKeyspacesRequest, keyspacepb.WatchKeyspacesResponse),
}

export const namespaceMethods = {
  createNamespace: defineMethod('/keyspacepb.Namespace/CreateNamespace', 'unary', keyspacepb.CreateNamespaceRequest, keyspacepb.CreateNamespaceResponse),
  getAllNamespaces: defineMethod('/keyspacepb.Namespace/GetAllNamespaces', 'unary', keyspacepb.GetAllNamespacesRequest, keyspacepb.GetAllNamespacesResponse),
  loadNamespace: defineMethod('/keyspacepb.Namespace/LoadNamespace', 'unary', keyspacepb.LoadNamespaceRequest, keyspacepb.LoadNamespaceResponse),
  updateNamespaceState: defineMethod('/keyspacepb.Namespace/UpdateNamespaceState', 'unary', keyspacepb.UpdateNamespaceStateRequest, keyspacepb.UpdateNamespaceStateResponse),
}

export const metaStorageMethods = {
  delete: defineMethod('/meta_storagepb.MetaStorage/Delete', 'unary', meta_storagepb.DeleteRequest, meta_storagepb.DeleteResponse),
  get: defineMethod('/meta_storagepb.MetaStorage/Get', 'unary', meta_storagepb.GetRequest, meta_storagepb.GetResponse),
  put: defineMethod('/meta_storagepb.MetaStorage/Put', 'unary', meta_storagepb.PutRequest, meta_storagepb.PutResponse),
  watch: defineMethod('/meta_storagepb.MetaStorage/Watch', 'server-stream', meta_storagepb.WatchRequest, meta_storagepb.WatchResponse),
}

export const tikvMethods = {
  kvPessimisticRollback: defineMethod('/tikvpb.Tikv/KVPessimisticRollback', 'unary', kvrpcpb.PessimisticRollbackRequest, kvrpcpb.PessimisticRollbackResponse),
  kvBatchGet: defineMethod('/tikvpb.Tikv/KvBatchGet', 'unary', kvrpcpb.BatchGetRequest, kvrpcpb.BatchGetResponse),
  kvBatchRollback: defineMethod('/tikvpb.Tikv/KvBatchRollback', 'unary', kvrpcpb.BatchRollbackRequest, kvrpcpb.BatchRollbackResponse),
  kvBufferBatchGet: defineMethod('/tikvpb.Tikv/KvBufferBatchGet', 'unary', kvrpcpb.BufferBatchGetRequest, kvrpcpb.BufferBatchGetResponse),
  kvCheckSecondaryLocks: defineMethod('/tikvpb.Tikv/KvCheckSecondaryLocks', 'unary', kvrpcpb.CheckSecondaryLocksRequest, kvrpcpb.CheckSecondaryLocksResponse),
  kvCheckTxnStatus: defineMethod('/tikvpb.Tikv/KvCheckTxnStatus', 'unary', kvrpcpb.CheckTxnStatusRequest, kvrpcpb.CheckTxnStatusResponse),
  kvCleanup: defineMethod('/tikvpb.Tikv/KvCleanup', 'unary', kvrpcpb.CleanupRequest, kvrpcpb.CleanupResponse),
  kvCommit: defineMethod('/tikvpb.Tikv/KvCommit', 'unary', kvrpcpb.CommitRequest, kvrpcpb.CommitResponse),
  kvDeleteRange: defineMethod('/tikvpb.Tikv/KvDeleteRange', 'unary', kvrpcpb.DeleteRangeRequest, kvrpcpb.DeleteRangeResponse),
  kvFlashbackToVersion: defineMethod('/tikvpb.Tikv/KvFlashbackToVersion', 'unary', kvrpcpb.FlashbackToVersionRequest, kvrpcpb.FlashbackToVersionResponse),
  kvFlush: defineMethod('/tikvpb.Tikv/KvFlush', 'unary', kvrpcpb.FlushRequest, kvrpcpb.FlushResponse),
  kvGC: defineMethod('/tikvpb.Tikv/KvGC', 'unary', kvrpcpb.GCRequest, kvrpcpb.GCResponse),
  kvGet: defineMethod('/tikvpb.Tikv/KvGet', 'unary', kvrpcpb.GetRequest, kvrpcpb.GetResponse),
  kvImport: defineMethod('/tikvpb.Tikv/KvImport', 'unary', kvrpcpb.ImportRequest, kvrpcpb.ImportResponse),
  kvPessimisticLock: defineMethod('/tikvpb.Tikv/KvPessimisticLock', 'unary', kvrpcpb.PessimisticLockRequest, kvrpcpb.PessimisticLockResponse),
  kvPrepareFlashbackToVersion: defineMethod('/tikvpb.Tikv/KvPrepareFlashbackToVersion', 'unary', kvrpcpb.PrepareFlashbackToVersionRequest, kvrpcpb.PrepareFlashbackToVersionResponse),
  kvPrewrite: defineMethod('/tikvpb.Tikv/KvPrewrite', 'unary', kvrpcpb.PrewriteRequest, kvrpcpb.PrewriteResponse),
  kvResolveLock: defineMethod('/tikvpb.Tikv/KvResolveLock', 'unary', kvrpcpb.ResolveLockRequest, kvrpcpb.ResolveLockResponse),
  kvScan: defineMethod('/tikvpb.Tikv/KvScan', 'unary', kvrpcpb.ScanRequest, kvrpcpb.ScanResponse),
  kvScanLock: defineMethod('/tikvpb.Tikv/KvScanLock', 'unary', kvrpcpb.ScanLockRequest, kvrpcpb.ScanLockResponse),
  kvTxnHeartBeat: defineMethod('/tikvpb.Tikv/KvTxnHeartBeat', 'unary', kvrpcpb.TxnHeartBeatRequest, kvrpcpb.TxnHeartBeatResponse),
  rawBatchDelete: defineMethod('/tikvpb.Tikv/RawBatchDelete', 'unary', kvrpcpb.RawBatchDeleteRequest, kvrpcpb.RawBatchDeleteResponse),
  rawBatchGet: defineMethod('/tikvpb.Tikv/RawBatchGet', 'unary', kvrpcpb.RawBatchGetRequest, kvrpcpb.RawBatchGetResponse),
  rawBatchPut: defineMethod('/tikvpb.Tikv/RawBatchPut', 'unary', kvrpcpb.RawBatchPutRequest, kvrpcpb.RawBatchPutResponse),
  rawBatchScan: defineMethod('/tikvpb.Tikv/RawBatchScan', 'unary', kvrpcpb.RawBatchScanRequest, kvrpcpb.RawBatchScanResponse),
  rawChecksum: defineMethod('/tikvpb.Tikv/RawChecksum', 'unary', kvrpcpb.RawChecksumRequest, kvrpcpb.RawChecksumResponse),
  rawCompareAndSwap: defineMethod('/tikvpb.Tikv/RawCompareAndSwap', 'unary', kvrpcpb.RawCASRequest, kvrpcpb.RawCASResponse),
  rawCoprocessor: defineMethod('/tikvpb.Tikv/RawCoprocessor', 'unary', kvrpcpb.RawCoprocessorRequest, kvrpcpb.RawCoprocessorResponse),
  rawDelete: defineMethod('/tikvpb.Tikv/RawDelete', 'unary', kvrpcpb.RawDeleteRequest, kvrpcpb.RawDeleteResponse),
  rawDeleteRange: defineMethod('/tikvpb.Tikv/RawDeleteRange', 'unary', kvrpcpb.RawDeleteRangeRequest, kvrpcpb.RawDeleteRangeResponse),
  rawGet: defineMethod('/tikvpb.Tikv/RawGet', 'unary', kvrpcpb.RawGetRequest, kvrpcpb.RawGetResponse),
  rawGetKeyTTL: defineMethod('/tikvpb.Tikv/RawGetKeyTTL', 'unary', kvrpcpb.RawGetKeyTTLRequest, kvrpcpb.RawGetKeyTTLResponse),
  rawPut: defineMethod('/tikvpb.Tikv/RawPut', 'unary', kvrpcpb.RawPutRequest, kvrpcpb.RawPutResponse),
  rawScan: defineMethod('/tikvpb.Tikv/RawScan', 'unary', kvrpcpb.RawScanRequest, kvrpcpb.RawScanResponse),
  batchCommands: defineMethod('/tikvpb.Tikv/BatchCommands', 'bidi', tikvpb.BatchCommandsRequest, tikvpb.BatchCommandsResponse),
  batchCoprocessor: defineMethod('/tikvpb.Tikv/BatchCoprocessor', 'server-stream', coprocessor.BatchRequest, coprocessor.BatchResponse),
  batchRaft: defineMethod('/tikvpb.Tikv/BatchRaft', 'client-stream', tikvpb.BatchRaftMessage, raft_serverpb.Done),
  broadcastTxnStatus: defineMethod('/tikvpb.Tikv/BroadcastTxnStatus', 'unary', kvrpcpb.BroadcastTxnStatusRequest, kvrpcpb.BroadcastTxnStatusResponse),
  checkLeader: defineMethod('/tikvpb.Tikv/CheckLeader', 'unary', kvrpcpb.CheckLeaderRequest, kvrpcpb.CheckLeaderResponse),
  checkLockObserver: defineMethod('/tikvpb.Tikv/CheckLockObserver', 'unary', kvrpcpb.CheckLockObserverRequest, kvrpcpb.CheckLockObserverResponse),
  compact: defineMethod('/tikvpb.Tikv/Compact', 'unary', kvrpcpb.CompactRequest, kvrpcpb.CompactResponse),
  coprocessor: defineMethod('/tikvpb.Tikv/Coprocessor', 'unary', coprocessor.Request, coprocessor.Response),
  coprocessorStream: defineMethod('/tikvpb.Tikv/CoprocessorStream', 'server-stream', coprocessor.Request, coprocessor.Response),
  delegateCoprocessor: defineMethod('/tikvpb.Tikv/DelegateCoprocessor', 'unary', coprocessor.DelegateRequest, coprocessor.DelegateResponse),
  getEstimateTiCICount: defineMethod('/tikvpb.Tikv/GetEstimateTiCICount', 'unary', coprocessor.TiCIEstimateCountRequest, coprocessor.TiCIEstimateCountResponse),
  getHealthFeedback: defineMethod('/tikvpb.Tikv/GetHealthFeedback', 'unary', kvrpcpb.GetHealthFeedbackRequest, kvrpcpb.GetHealthFeedbackResponse),
  getLockWaitHistory: defineMethod('/tikvpb.Tikv/GetLockWaitHistory', 'unary', kvrpcpb.GetLockWaitHistoryRequest, kvrpcpb.GetLockWaitHistoryResponse),
  getLockWaitInfo: defineMethod('/tikvpb.Tikv/GetLockWaitInfo', 'unary', kvrpcpb.GetLockWaitInfoRequest, kvrpcpb.GetLockWaitInfoResponse),
  getStoreSafeTS: defineMethod('/tikvpb.Tikv/GetStoreSafeTS', 'unary', kvrpcpb.StoreSafeTSRequest, kvrpcpb.StoreSafeTSResponse),
  getTiFlashSystemTable: defineMethod('/tikvpb.Tikv/GetTiFlashSystemTable', 'unary', kvrpcpb.TiFlashSystemTableRequest, kvrpcpb.TiFlashSystemTableResponse),
  mvccGetByKey: defineMethod('/tikvpb.Tikv/MvccGetByKey', 'unary', kvrpcpb.MvccGetByKeyRequest, kvrpcpb.MvccGetByKeyResponse),
  mvccGetByStartTs: defineMethod('/tikvpb.Tikv/MvccGetByStartTs', 'unary', kvrpcpb.MvccGetByStartTsRequest, kvrpcpb.MvccGetByStartTsResponse),
  physicalScanLock: defineMethod('/tikvpb.Tikv/PhysicalScanLock', 'unary', kvrpcpb.PhysicalScanLockRequest, kvrpcpb.PhysicalScanLockResponse),
  raft: defineMethod('/tikvpb.Tikv/Raft', 'client-stream', raft_serverpb.RaftMessage, raft_serverpb.Done),
  readIndex: defineMethod('/tikvpb.Tikv/ReadIndex', 'unary', kvrpcpb.ReadIndexRequest, kvrpcpb.ReadIndexResponse),
  registerLockObserver: defineMethod('/tikvpb.Tikv/RegisterLockObserver', 'unary', kvrpcpb.RegisterLockObserverRequest, kvrpcpb.RegisterLockObserverResponse),
  removeLockObserver: defineMethod('/tikvpb.Tikv/RemoveLockObserver', 'unary', kvrpcpb.RemoveLockObserverRequest, kvrpcpb.RemoveLockObserverResponse),
  snapshot: defineMethod('/tikvpb.Tikv/Snapshot', 'client-stream', raft_serverpb.SnapshotChunk, raft_serverpb.Done),
  splitRegion: defineMethod('/tikvpb.Tikv/SplitRegion', 'unary', kvrpcpb.SplitRegionRequest, kvrpcpb.SplitRegionResponse),
  tabletSnapshot: defineMethod('/tikvpb.Tikv/TabletSnapshot', 'bidi', raft_serverpb.TabletSnapshotRequest, raft_serverpb.TabletSnapshotResponse),
  unsafeDestroyRange: defineMethod('/tikvpb.Tikv/UnsafeDestroyRange', 'unary', kvrpcpb.UnsafeDestroyRangeRequest, kvrpcpb.UnsafeDestroyRangeResponse),
}

export const versionedKvMethods = {
  versionedCoprocessor: defineMethod('/tikvpb.VersionedKv/VersionedCoprocessor', 'unary', coprocessor.Request, coprocessor.Response),
}
