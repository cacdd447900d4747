import type { PlacementDriver, Rpc } from '@stratakv/core'
import { PdClient } from '@stratakv/grpc/pd-client'
import { type EmbeddedPlacementDriver, openPlacementDriver, type PlacementDriverDeps } from '@stratakv/pd-scheduler'
import type { Config } from './config/keys.ts'
import type { DataDirectory } from './data-directory/data-directory.ts'
import type { Logger } from './log/logger.ts'
import { isSecured } from './node-security.ts'
import { placementConfigOf } from './raft-options.ts'
import { ReplicationReporter } from './replication-news.ts'

/** The placement driver of a node: its own, or one elsewhere. */
export interface NodePlacementDriver {
  readonly face: PlacementDriver
  /** Absent: it is elsewhere. */
  readonly embedded: EmbeddedPlacementDriver | undefined
  close(): Promise<void>
}

export interface EmbeddedPdDeps extends PlacementDriverDeps {
  /** Is told how far replicas are, and stores that leave. */
  readonly logger: Logger
}

export interface NodePdDeps extends EmbeddedPdDeps {
  /** For one that is elsewhere. */
  readonly rpc: Rpc
}

/** One in this process, and how to end it. */
export interface OpenEmbeddedPd {
  readonly placementDriver: EmbeddedPlacementDriver
  close(): Promise<void>
}

/** Opens the embedded placement driver, or speaks with those at `pd.endpoints`. */
export async function openNodePd(
  { rpc, ...deps }: NodePdDeps,
  directory: DataDirectory | undefined,
  config: Config,
): Promise<NodePlacementDriver> {
  const endpoints = config['pd.endpoints']
  if (endpoints.length > 0) {
    const client = new PdClient({ rpc, ...deps }, { endpoints })
    return { face: client, embedded: undefined, close: async () => client.close() }
  }
  const { placementDriver, close } = await openEmbeddedPd(deps, directory?.placementDriverPath ?? '/pd', config)
  return { face: placementDriver, embedded: placementDriver, close }
}

/** As the configuration has it, with its metadata in `directory`. */
export async function openEmbeddedPd(
  { logger, ...deps }: EmbeddedPdDeps,
  directory: string,
  config: Config,
): Promise<OpenEmbeddedPd> {
  const address = config['embedded-pd.advertise-addr'] || config['embedded-pd.addr']
  const clientUrls = [`${isSecured(config) ? 'https' : 'http'}://${address}`]
  const placement = placementConfigOf(config)
  const placementDriver = await openPlacementDriver(deps, { directory, clientUrls, placement })
  const reporter = new ReplicationReporter({ placementDriver, clock: deps.clock, logger })
  return {
    placementDriver,
    async close() {
      reporter.close()
      await placementDriver.close()
    },
  }
}
