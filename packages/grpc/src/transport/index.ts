/**
 * Stores to stores over gRPC: the `Transport` seam on TiKV's own methods, BatchRaft, Raft and Snapshot.
 *
 * @packageDocumentation
 * @example
 * const transport = new GrpcTransport({ rpc, clock, random, resolve }, { clusterId, storeId })
 * const server = await startRpcServer({ clock, methods: transport.methods, onUnexpectedError }, options)
 */
export { NotStrataKvError } from './errors.ts'
export { GrpcTransport, type GrpcTransportDeps, type GrpcTransportOptions } from './grpc-transport.ts'
