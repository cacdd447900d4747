import type { StoreMeta } from '@stratakv/core'
import { NodeState, Store, StoreState } from './gen/metapb.ts'

const stateNumbers = {
  up: { state: StoreState.Up, nodeState: NodeState.Serving },
  offline: { state: StoreState.Offline, nodeState: NodeState.Removing },
  tombstone: { state: StoreState.Tombstone, nodeState: NodeState.Removed },
} as const

export function storeToMessage(meta: StoreMeta): Store {
  return Store.create({
    id: meta.id,
    address: meta.address,
    peerAddress: meta.peerAddress,
    statusAddress: meta.statusAddress,
    version: meta.version,
    gitHash: meta.gitHash,
    labels: meta.labels.map(({ key, value }) => ({ key, value })),
    startTimestamp: meta.startTimestamp,
    deployPath: meta.deployPath,
    ...stateNumbers[meta.state],
  })
}

export function storeFromMessage(message: Store): StoreMeta {
  return {
    id: message.id,
    address: message.address,
    peerAddress: message.peerAddress,
    statusAddress: message.statusAddress,
    version: message.version,
    gitHash: message.gitHash,
    state:
      message.state === StoreState.Tombstone ? 'tombstone' : message.state === StoreState.Offline ? 'offline' : 'up',
    labels: message.labels.map(({ key, value }) => ({ key, value })),
    startTimestamp: message.startTimestamp,
    deployPath: message.deployPath,
  }
}
