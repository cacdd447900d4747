import type { Clock, PlacementDriver, Random, Rpc } from '@stratakv/core'
import { GrpcTransport } from '@stratakv/grpc/transport'
import type { NodeIdentity } from './compose-node.ts'
import type { Config } from './config/keys.ts'
import type { Logger } from './log/logger.ts'

export interface StoreTransportDeps {
  readonly rpc: Rpc
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Knows where stores are. */
  readonly placementDriver: PlacementDriver
}

/** The way to other stores, over gRPC, as `server.*` bounds it. */
export function storeTransport(deps: StoreTransportDeps, self: NodeIdentity, config: Config): GrpcTransport {
  const { placementDriver, logger } = deps
  return new GrpcTransport(
    {
      ...deps,
      resolve: async (storeId) => {
        const store = await placementDriver.store(storeId)
        if (store === undefined || store.state === 'tombstone')
          throw new Error(`store ${storeId} is not in the cluster`)
        return store.address
      },
      onTrouble: (storeId, error) =>
        logger.warn('another store is not reached, or refuses this one', { storeId, error: error.message }),
    },
    {
      ...self,
      queueCountMax: config['server.raft-client-queue-size'],
      batchCountMax: config['server.raft-msg-max-batch-size'],
      sendingCountMax: config['server.concurrent-send-snap-limit'],
      receivingCountMax: config['server.concurrent-recv-snap-limit'],
      snapshotBytesPerSecond: config['server.snap-max-write-bytes-per-sec'],
    },
  )
}
