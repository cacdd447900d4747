import { createClient } from '@stratakv/client'
import { type Clock, noTelemetry, type Random } from '@stratakv/core'
import { type ChannelSecurityOptions, grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { ClientCluster, rawBatchBytesMax } from './backup/client-cluster.ts'

export interface ClusterConnection extends AsyncDisposable {
  readonly cluster: ClientCluster
}

/** Flags of every command that speaks to a cluster; the names of TiKV's own tools. */
export interface SecurityFlags {
  readonly caPath?: string
  readonly certPath?: string
  readonly keyPath?: string
}

/** @returns undefined when the cluster is spoken to in the clear */
export function securityOf({ caPath, certPath, keyPath }: SecurityFlags): ChannelSecurityOptions | undefined {
  if (caPath === undefined && certPath === undefined && keyPath === undefined) return undefined
  return {
    ...(caPath === undefined ? {} : { caPath }),
    ...(certPath === undefined ? {} : { certPath }),
    ...(keyPath === undefined ? {} : { keyPath }),
  }
}

/**
 * A cluster by the addresses of its placement driver.
 *
 * @throws PdUnavailableError when none of them answers
 */
export async function connectCluster(
  deps: { readonly clock: Clock; readonly random: Random },
  endpoints: readonly string[],
  security?: ChannelSecurityOptions,
): Promise<ClusterConnection> {
  const rpc = grpcRpc(deps, security === undefined ? {} : { security })
  const placementDriver = new PdClient({ ...deps, rpc }, { endpoints })
  const client = createClient(
    { ...deps, rpc, placementDriver, telemetry: noTelemetry() },
    { requestSource: 'stratakv-backup', raw: { batchBytesMax: rawBatchBytesMax } },
  )
  const close = async () => {
    await client.close()
    placementDriver.close()
    await rpc.close()
  }
  try {
    return { cluster: await ClientCluster.open({ client, placementDriver }), [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}
