#!/bin/sh
# Writes what kvproto, etcd and gRPC's health service (at the versions in go.mod) say about themselves to test/testdata.
# Needs Go and a module proxy.
set -eu
cd "$(dirname "$0")"
data=../test/testdata
go run . apipb coprocessor deadlock disk_usage encryptionpb eraftpb errorpb import_sstpb keyspacepb kvrpcpb meta_storagepb metapb \
  pdpb raft_cmdpb raft_serverpb replication_modepb resource_manager tikvpb tracepb > $data/kvproto-descriptors.json
go run . etcdserverpb mvccpb grpc.health.v1 > $data/etcd-and-health-descriptors.json
