/**
 * The `RaftLogEngine` seam on any `KvEngine`: what raft-engine replaces, to compare with it and to come from it.
 *
 * @packageDocumentation
 */
export { type KvRaftLogDeps, type KvRaftLogOptions, openKvRaftLog } from './kv-raft-log.ts'
