import type { Clock, FileSystem, PlacementDriver, Random, Rpc, Telemetry } from '@stratakv/core'
import { PdClient } from '@stratakv/grpc/pd-client'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import type { Config } from './config/keys.ts'
import type { DataDirectory } from './data-directory/data-directory.ts'
import { isSecured } from './node-security.ts'
import { placementConfigOf } from './raft-options.ts'

/** The placement driver of a node: its own, or one elsewhere. */
export interface NodePlacementDriver {
  readonly face: PlacementDriver
  /** Absent: it is elsewhere. */
  readonly embedded: EmbeddedPlacementDriver | undefined
  close(): Promise<void>
}

export interface NodePdDeps {
  readonly fs: FileSystem
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
  /** For one that is elsewhere. */
  readonly rpc: Rpc
}

/** Opens the embedded placement driver, or speaks with those at `pd.endpoints`. */
export async function openNodePd(
  { fs, rpc, ...deps }: NodePdDeps,
  directory: DataDirectory | undefined,
  config: Config,
): Promise<NodePlacementDriver> {
  const endpoints = config['pd.endpoints']
  if (endpoints.length > 0) {
    const client = new PdClient({ rpc, ...deps }, { endpoints })
    return { face: client, embedded: undefined, close: async () => client.close() }
  }
  const address = config['embedded-pd.advertise-addr'] || config['embedded-pd.addr']
  const embedded = await openPlacementDriver(
    { fs, ...deps },
    {
      directory: directory?.placementDriverPath ?? '/pd',
      clientUrls: [`${isSecured(config) ? 'https' : 'http'}://${address}`],
      placement: placementConfigOf(config),
    },
  )
  return { face: embedded, embedded, close: () => embedded.close() }
}
