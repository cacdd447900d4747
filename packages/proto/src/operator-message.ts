import type { PeerChange, RegionOperator, RegionOrder } from '@stratakv/core'
import { ConfChangeType } from './gen/eraftpb.ts'
import * as metapb from './gen/metapb.ts'
import * as pdpb from './gen/pdpb.ts'
import { peerFromMessage, peerToMessage, regionFromMessage, regionToMessage } from './region-message.ts'

const changeTypes = {
  'add-voter': ConfChangeType.AddNode,
  'add-learner': ConfChangeType.AddLearnerNode,
  remove: ConfChangeType.RemoveNode,
} as const
const policies = {
  scan: pdpb.CheckPolicy.SCAN,
  approximate: pdpb.CheckPolicy.APPROXIMATE,
  'use-keys': pdpb.CheckPolicy.USEKEY,
} as const

/** Without a header. Keys are shared, not copied. */
export function operatorToMessage({
  regionId,
  epoch,
  targetPeer,
  order,
}: RegionOperator): pdpb.RegionHeartbeatResponse {
  return pdpb.RegionHeartbeatResponse.create({
    regionId,
    regionEpoch: { confVer: epoch.confVer, version: epoch.version },
    targetPeer: peerToMessage(targetPeer),
    ...orderFields(order),
  })
}

/** `undefined`: nothing is ordered that this build knows, as in a reply that keeps a stream alive. Keys are shared. @throws UnknownPeerRoleError */
export function operatorFromMessage(message: pdpb.RegionHeartbeatResponse): RegionOperator | undefined {
  const { regionId, regionEpoch, targetPeer } = message
  const order = orderOf(message)
  if (order === undefined || targetPeer === undefined) return undefined
  const epoch = { confVer: regionEpoch?.confVer ?? 0, version: regionEpoch?.version ?? 0 }
  return { regionId, epoch, targetPeer: peerFromMessage(targetPeer), order }
}

function orderFields(order: RegionOrder): Partial<pdpb.RegionHeartbeatResponse> {
  switch (order.type) {
    case 'change-peer':
      return { changePeer: changeToMessage(order.change) }
    case 'change-peers':
      return { changePeerV2: { changes: order.changes.map(changeToMessage) } }
    case 'transfer-leader':
      return { transferLeader: { peer: peerToMessage(order.peer), peers: order.peers.map(peerToMessage) } }
    case 'split':
      return { splitRegion: { policy: policies[order.policy], keys: [...order.keys] } }
    case 'merge':
      return { merge: { target: regionToMessage(order.target) } }
  }
}

function orderOf(message: pdpb.RegionHeartbeatResponse): RegionOrder | undefined {
  const { changePeer, changePeerV2, transferLeader, splitRegion, merge } = message
  if (changePeer !== undefined) {
    const change = changeFromMessage(changePeer)
    return change && { type: 'change-peer', change }
  }
  if (changePeerV2 !== undefined) {
    const changes = changePeerV2.changes.map(changeFromMessage)
    // An order that is understood in part must not be carried out in part.
    const known = changes.filter((change) => change !== undefined)
    return known.length === changes.length ? { type: 'change-peers', changes: known } : undefined
  }
  if (transferLeader?.peer !== undefined) {
    const { peer, peers } = transferLeader
    return { type: 'transfer-leader', peer: peerFromMessage(peer), peers: peers.map(peerFromMessage) }
  }
  if (splitRegion !== undefined) {
    const policy = (['scan', 'approximate', 'use-keys'] as const).find((name) => policies[name] === splitRegion.policy)
    return policy && { type: 'split', policy, keys: splitRegion.keys }
  }
  return merge?.target && { type: 'merge', target: regionFromMessage(merge.target) }
}

function changeToMessage({ type, peer }: PeerChange): pdpb.ChangePeer {
  return { changeType: changeTypes[type], peer: peerToMessage(peer) }
}

function changeFromMessage({ changeType, peer }: pdpb.ChangePeer): PeerChange | undefined {
  const type = (['add-voter', 'add-learner', 'remove'] as const).find((name) => changeTypes[name] === changeType)
  return type && { type, peer: peerFromMessage(peer ?? metapb.Peer.create()) }
}
