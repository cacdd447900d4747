import { createClient, type TikvClient } from '@stratakv/client'
import { type Clock, noTelemetry, type Random } from '@stratakv/core'
import type { UnreliableLink } from './injected-faults.ts'
import type { TestCluster } from './test-cluster.ts'

/** A client and the way on which its calls travel. */
export interface TestClient {
  readonly client: TikvClient
  readonly link: UnreliableLink
}

export function connectClient(
  cluster: TestCluster,
  link: UnreliableLink,
  deps: { readonly clock: Clock; readonly random: Random },
): TestClient {
  const { placementDriver } = cluster
  const client = createClient(
    { ...deps, rpc: link.rpc, placementDriver, telemetry: noTelemetry() },
    // A budget that is used up now and then: its errors are part of what is tested.
    { txn: { budgetMs: 20_000 }, regionCache: { regionCountMax: 8 } },
  )
  return { client, link }
}
