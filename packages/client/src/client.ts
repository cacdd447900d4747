import type { Clock, PlacementDriver, Random, Rpc, Telemetry } from '@stratakv/core'
import { type BatchTransportOptions, batchTransport, defaultBatchTransportOptions } from './batch-transport.ts'
import { CallScopes } from './call-scope.ts'
import { directTransport } from './command-transport.ts'
import { RawClient } from './raw-client.ts'
import type { RawClientOptions } from './raw-options.ts'
import { defaultRegionCacheOptions, type RegionCacheOptions } from './region-cache.ts'
import { RegionDispatcher } from './region-dispatcher.ts'
import { UserCalls } from './user-calls.ts'

export interface ClientDeps {
  /** Calls to stores. Stays its owner's: closing the client does not close it. */
  readonly rpc: Rpc
  readonly placementDriver: PlacementDriver
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
}

export interface ClientOptions {
  readonly raw?: Partial<RawClientOptions>
  readonly regionCache?: Partial<RegionCacheOptions>
  /** Of no effect where batching does not pay. */
  readonly batch?: Partial<BatchTransportOptions>
  /** What requests say about their origin (`Context.request_source`), for the server's metrics. */
  readonly requestSource?: string
}

/** A client of one cluster. One for a whole program is right: it shares what it learns among its calls. */
export interface TikvClient extends AsyncDisposable {
  readonly raw: RawClient
  /** New calls fail with ClosedError; running ones end. Idempotent. */
  close(): Promise<void>
}

/** Makes a client. Nothing is asked or connected before the first call. */
export function createClient(deps: ClientDeps, options: ClientOptions = {}): TikvClient {
  const { rpc, telemetry } = deps
  const transport = rpc.supports.batchingPays
    ? batchTransport(deps, { ...defaultBatchTransportOptions, ...options.batch })
    : directTransport(rpc)
  const scopes = new CallScopes(deps)
  const requests = new RegionDispatcher(
    { ...deps, transport },
    {
      cache: { ...defaultRegionCacheOptions, ...options.regionCache },
      requestSource: options.requestSource ?? '',
    },
  )
  const calls = new UserCalls({ ...deps, scopes })
  const sharesMessages = !rpc.supports.batchingPays
  const close = async () => {
    calls.close()
    transport.close()
  }
  return {
    raw: new RawClient({ requests, calls, telemetry, sharesMessages }, options.raw),
    close,
    [Symbol.asyncDispose]: close,
  }
}
