import type { Peer, PeerRole, Region } from '@stratakv/core'
import { UnknownPeerRoleError } from './errors.ts'
import * as metapb from './gen/metapb.ts'

const roleByNumber: readonly PeerRole[] = ['voter', 'learner', 'incoming-voter', 'demoting-voter']

export function peerToMessage(peer: Peer): metapb.Peer {
  return metapb.Peer.create({
    id: peer.id,
    storeId: peer.storeId,
    role: roleByNumber.indexOf(peer.role) as metapb.PeerRole,
  })
}

/** @throws UnknownPeerRoleError */
export function peerFromMessage(message: metapb.Peer): Peer {
  const role = roleByNumber[message.role]
  if (role === undefined) throw new UnknownPeerRoleError(message.id, message.role)
  return { id: message.id, storeId: message.storeId, role }
}

/** Keys are shared, not copied. */
export function regionToMessage(region: Region): metapb.Region {
  return metapb.Region.create({
    id: region.id,
    startKey: region.startKey,
    endKey: region.endKey,
    regionEpoch: { confVer: region.epoch.confVer, version: region.epoch.version },
    peers: region.peers.map(peerToMessage),
  })
}

/** Keys are shared, not copied. A missing epoch reads as version 0, which no region has. @throws UnknownPeerRoleError */
export function regionFromMessage(message: metapb.Region): Region {
  return {
    id: message.id,
    startKey: message.startKey,
    endKey: message.endKey,
    epoch: { confVer: message.regionEpoch?.confVer ?? 0, version: message.regionEpoch?.version ?? 0 },
    peers: message.peers.map(peerFromMessage),
  }
}
