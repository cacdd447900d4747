import type { Clock, MethodBinding, Telemetry } from '@stratakv/core'
import type { EmbeddedPlacementDriver } from '../placement-driver.ts'
import { clusterBindings } from './cluster-methods.ts'
import { etcdBindings } from './etcd-methods.ts'
import { gcBindings } from './gc-methods.ts'
import { regionHeartbeatBinding, reportBucketsBinding } from './heartbeat-streams.ts'
import { keyspaceBindings } from './keyspace-methods.ts'
import { operatorBindings } from './operator-methods.ts'
import { regionBindings } from './region-methods.ts'
import { tsoBinding } from './tso-stream.ts'

export interface PdServicesDeps {
  readonly clock: Clock
  readonly telemetry: Telemetry
}

/**
 * Everything a client, a store or a tool may call on a placement driver's address, but for the health check, which is the
 * port's own: whoever binds these adds it. A method that is not among them is to
 * be answered UNIMPLEMENTED, which clients take as "an older PD".
 *
 * Replies and keys of requests may be many: the server should take messages of at least 150 MiB, as PD does.
 */
export function pdServices(pd: EmbeddedPlacementDriver, deps: PdServicesDeps): MethodBinding[] {
  return [
    ...clusterBindings(pd),
    ...regionBindings(pd),
    ...operatorBindings(pd, deps.clock),
    ...gcBindings(pd),
    tsoBinding(pd, deps),
    regionHeartbeatBinding(pd),
    reportBucketsBinding(pd),
    ...keyspaceBindings(pd),
    ...etcdBindings(pd),
  ]
}
