/**
 * The client over gRPC, with everything it needs.
 *
 * @packageDocumentation
 * @example
 * await using client = await connect({ pd: ['127.0.0.1:2379'] })
 * await client.raw.put('key', 'value')
 */
import { noTelemetry, systemClock, systemRandom, type Telemetry } from '@stratakv/core'
import { type GrpcRpcOptions, grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { type ClientOptions, createClient, type TikvClient } from './client.ts'

export interface ConnectOptions extends ClientOptions {
  /** `host:port` of one or more placement drivers; the others, and the stores, are learnt from them. */
  readonly pd: readonly string[]
  /** Where figures go; absent: nowhere. */
  readonly telemetry?: Telemetry
  /** Of connections to placement drivers and stores. */
  readonly grpc?: GrpcRpcOptions
}

/**
 * A client of the cluster behind these placement drivers. Closing it closes its connections; until then they keep the process alive.
 *
 * @throws PdUnavailableError when none of them answers, and nothing is left open then
 */
export async function connect(options: ConnectOptions): Promise<TikvClient> {
  const clock = systemClock()
  const random = systemRandom()
  const rpc = grpcRpc({ clock, random }, options.grpc)
  const placementDriver = new PdClient({ rpc, clock, random }, { endpoints: options.pd })
  const disconnect = async () => {
    placementDriver.close()
    await rpc.close()
  }
  try {
    await placementDriver.clusterId()
  } catch (error) {
    await disconnect()
    throw error
  }
  const telemetry = options.telemetry ?? noTelemetry()
  const client = createClient({ rpc, placementDriver, clock, random, telemetry }, options)
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= client.close().finally(disconnect)
    return closing
  }
  return { ...client, close, [Symbol.asyncDispose]: close }
}
