import type { Bench } from './bench.ts'
import { clientBench } from './client/client.ts'
import { fileIoBench } from './file-io/file-io.ts'
import { idleRegionsBench } from './idle-regions/idle-regions.ts'
import { kvBench } from './kv/kv.ts'
import { asyncIoBench } from './raft/async-io.ts'
import { raftBench } from './raft/raft.ts'
import { raftEngineBench } from './raft-engine/raft-engine.ts'
import { startBench } from './start/start.ts'
import { wasmBench } from './wasm.ts'

/** Every benchmark, in the order in which the list shows them. A new one is one import and one entry. */
export const benches: readonly Bench[] = [
  wasmBench,
  kvBench,
  startBench,
  clientBench,
  fileIoBench,
  raftEngineBench,
  raftBench,
  asyncIoBench,
  idleRegionsBench,
]
