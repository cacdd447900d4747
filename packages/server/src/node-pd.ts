import type { Clock, FileSystem, PlacementDriver, Random, Rpc, Telemetry } from '@stratakv/core'
import { PdClient } from '@stratakv/grpc/pd-client'
import { type EmbeddedPlacementDriver, openPlacementDriver, type PlacementDriverDeps } from '@stratakv/pd-scheduler'
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
  const embedded = await openEmbeddedPd({ fs, ...deps }, directory?.placementDriverPath ?? '/pd', config)
  return { face: embedded, embedded, close: () => embedded.close() }
}

/** As the configuration has it, with its metadata in `directory`. */
export function openEmbeddedPd(
  deps: PlacementDriverDeps,
  directory: string,
  config: Config,
): Promise<EmbeddedPlacementDriver> {
  const address = config['embedded-pd.advertise-addr'] || config['embedded-pd.addr']
  const clientUrls = [`${isSecured(config) ? 'https' : 'http'}://${address}`]
  return openPlacementDriver(deps, { directory, clientUrls, placement: placementConfigOf(config) })
}
