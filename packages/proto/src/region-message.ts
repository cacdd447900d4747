import type { Peer, PeerRole, Region } from '@stratakv/core'
import * as metapb from './gen/metapb.ts'

const roleByNumber: readonly PeerRole[] = ['voter', 'learner', 'incoming-voter', 'demoting-voter']

export function peerToMessage(peer: Peer): metapb.Peer {
  return metapb.Peer.create({
    id: peer.id,
    storeId: peer.storeId,
    role: roleByNumber.indexOf(peer.role) as metapb.PeerRole,
  })
}

export function peerFromMessage(message: metapb.Peer): Peer {
  return { id: message.id, storeId: message.storeId, role: roleByNumber[message.role] ?? 'voter' }
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

/** Keys are shared, not copied. A missing epoch reads as version 0, which no region has. */
export function regionFromMessage(message: metapb.Region): Region {
  return {
    id: message.id,
    startKey: message.startKey,
    endKey: message.endKey,
    epoch: { confVer: message.regionEpoch?.confVer ?? 0, version: message.regionEpoch?.version ?? 0 },
    peers: message.peers.map(peerFromMessage),
  }
}
