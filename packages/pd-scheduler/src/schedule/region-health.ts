import type { Peer, StoreId } from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'
import type { ClusterView } from './cluster-view.ts'
import { isJoint } from './operator-step.ts'

/** Why a peer has to be replaced; `undefined`: it may stay. */
export function peerTrouble({ downPeers }: RegionState, peer: Peer, view: ClusterView): 'down' | 'offline' | undefined {
  const store = view.store(peer.storeId)
  if (store === undefined || store.state === 'Offline' || store.state === 'Tombstone') return 'offline'
  const isSilent = downPeers.some((down) => down.peer.id === peer.id)
  return isSilent && store.state === 'Down' ? 'down' : undefined
}

/** Heard from, and with all the data: it counts for a majority. */
export function isHealthy({ downPeers, pendingPeers }: RegionState, peer: Peer, view: ClusterView): boolean {
  if (downPeers.some((down) => down.peer.id === peer.id)) return false
  if (pendingPeers.some((pending) => pending.id === peer.id)) return false
  const state = view.store(peer.storeId)?.state
  return state === 'Up' || state === 'Offline'
}

/** Every peer is heard from and has the data. */
export function isWhole({ downPeers, pendingPeers }: RegionState): boolean {
  return downPeers.length === 0 && pendingPeers.length === 0
}

/** As many voters as there should be, nothing else, all of them well: only such a region is moved for balance or merged. */
export function isSettled(state: RegionState, view: ClusterView): boolean {
  const { region, leader } = state
  if (leader === undefined || !isWhole(state) || isJoint(region)) return false
  if (region.peers.length !== view.config.maxReplicas || region.peers.some(({ role }) => role !== 'voter')) return false
  return region.peers.every(({ storeId }) => view.store(storeId)?.state === 'Up')
}

export function storeIds(peers: readonly Peer[]): StoreId[] {
  return peers.map(({ storeId }) => storeId)
}
