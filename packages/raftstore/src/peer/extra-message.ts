import type { Peer } from '@stratakv/core'
import { newMessage } from '@stratakv/raft'
import type { PeerExtra, PeerMessage } from '../store/peer-message.ts'
import type { Peer as RegionPeer } from './peer.ts'

/** What a peer says to another beside Raft. */
export function extraMessage(peer: RegionPeer, to: Peer, extra: PeerExtra): PeerMessage {
  const { regionId, region, meta, term } = peer
  const message = newMessage('heartbeat', to.id, meta.id, term, { index: peer.node.lastIndex })
  return { regionId, from: meta, to, epoch: region.epoch, range: undefined, isTombstone: false, extra, message }
}
