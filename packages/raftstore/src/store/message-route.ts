import type { Region } from '@stratakv/core'
import { newMessage } from '@stratakv/raft'
import type { Peer } from '../peer/peer.ts'
import type { PeerMessage } from './peer-message.ts'

/**
 * What is to be done with a message: nothing; make the peer that it is for, or take it from the store, as it is not a member any more;
 * believe that its region is part of another now; tell the sender that it is none; or let the peer hear it.
 */
export type MessageRoute = 'drop' | 'heed-merge' | 'create' | 'destroy' | 'bury' | 'step'

/** `peer`: that of the region, on the store that the message is for. */
export function routeOf(message: PeerMessage, peer: Peer | undefined): MessageRoute {
  const { to, epoch, isTombstone } = message
  if (peer === undefined) return 'create'
  if (peer.meta.id > to.id) return 'drop'
  if (peer.meta.id === to.id && message.mergedInto !== undefined) return 'heed-merge'
  if (peer.meta.id < to.id || (isTombstone && epoch.confVer > peer.region.epoch.confVer)) return 'destroy'
  if (isTombstone) return 'drop'
  return isStale(peer, message) ? 'bury' : 'step'
}

/** From a peer that was removed, and does not know it. */
function isStale({ region, isInitialized }: Peer, { from, epoch }: PeerMessage): boolean {
  return isInitialized && epoch.confVer < region.epoch.confVer && !region.peers.some(({ id }) => id === from.id)
}

/** Tells the sender that it is no member any more. */
export function tombstoneFor({ regionId, region, meta }: Peer, { from }: PeerMessage): PeerMessage {
  const message = newMessage('heartbeat', from.id, meta.id, 0)
  return { regionId, from: meta, to: from, epoch: region.epoch, range: undefined, isTombstone: true, message }
}

/** Tells the sender that its region has gone into another. `region` names the peer that was here. */
export function mergedNotice(region: Region, mergedInto: Region, { from, to }: PeerMessage): PeerMessage {
  const { id: regionId, epoch } = region
  const message = newMessage('heartbeat', from.id, to.id, 0)
  return { regionId, from: to, to: from, epoch, range: undefined, isTombstone: true, mergedInto, message }
}
