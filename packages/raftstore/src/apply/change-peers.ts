import { type Peer, type PeerRole, type Region, StrataError } from '@stratakv/core'
import type { ConfChange, ConfState } from '@stratakv/raft'
import type { PeerChange } from '../command/region-command.ts'

/** A change of peers does not fit the region. Nothing was changed. */
export class PeerChangeError extends StrataError {
  readonly code = 'RAFTSTORE_PEER_CHANGE'
  constructor(region: Region, detail: string) {
    super(`region ${region.id}: ${detail}`)
  }
}

/** Raft's membership is what the roles say. (TiKV components/raftstore/src/store/util.rs, conf_state_from_region.) */
export function confStateOfRegion({ peers }: Region): ConfState {
  const isJoint = peers.some(({ role }) => isJointRole(role))
  const idsOf = (...roles: PeerRole[]) => peers.filter(({ role }) => roles.includes(role)).map(({ id }) => id)
  const sorted = (ids: number[]) => ids.sort((left, right) => left - right)
  return {
    voters: sorted(idsOf('voter', 'incoming-voter')),
    learners: sorted(idsOf('learner')),
    votersOutgoing: isJoint ? sorted(idsOf('voter', 'demoting-voter')) : [],
    learnersNext: sorted(idsOf('demoting-voter')),
    autoLeave: false,
  }
}

export function isJointRegion({ peers }: Region): boolean {
  return peers.some(({ role }) => isJointRole(role))
}

function isJointRole(role: PeerRole): boolean {
  return role === 'incoming-voter' || role === 'demoting-voter'
}

/** What Raft is told of the same change. Leaving is a step of its own: the placement driver orders it. */
export function confChangeOf(changes: readonly PeerChange[], context: Uint8Array): ConfChange {
  return {
    transition: changes.length > 1 ? 'explicit' : 'auto',
    changes: changes.map(({ type, peer }) => ({ type, nodeId: peer.id })),
    context,
  }
}

/** The region when the change is done; its `confVer` grows by one a peer that changes. @throws PeerChangeError */
export function changePeers(region: Region, changes: readonly PeerChange[]): Region {
  if (changes.length === 0) return leaveJoint(region)
  if (isJointRegion(region))
    throw new PeerChangeError(region, 'it is in a joint configuration, which has to be left first')
  const stores = new Set(changes.map(({ peer }) => peer.storeId))
  if (stores.size < changes.length) throw new PeerChangeError(region, 'two changes on one store')
  const becomesJoint = changes.length > 1
  const peers = changes.reduce<readonly Peer[]>(
    (before, change) => withChange(region, before, change, becomesJoint),
    region.peers,
  )
  if (!peers.some(({ role }) => role === 'voter' || role === 'incoming-voter')) {
    throw new PeerChangeError(region, 'no voter would be left')
  }
  return withPeers(region, peers, changes.length)
}

function leaveJoint(region: Region): Region {
  if (!isJointRegion(region)) throw new PeerChangeError(region, 'it is in no joint configuration that could be left')
  let changeCount = 0
  const peers = region.peers.map((peer): Peer => {
    if (!isJointRole(peer.role)) return peer
    changeCount++
    return { ...peer, role: peer.role === 'incoming-voter' ? 'voter' : 'learner' }
  })
  return withPeers(region, peers, changeCount)
}

function withChange(
  region: Region,
  peers: readonly Peer[],
  { type, peer }: PeerChange,
  becomesJoint: boolean,
): readonly Peer[] {
  const existing = peers.find(({ storeId }) => storeId === peer.storeId)
  if (type === 'remove-node') {
    if (existing === undefined || existing.id !== peer.id)
      throw new PeerChangeError(region, `it has no peer ${peer.id} to remove`)
    if (becomesJoint && existing.role === 'voter') {
      throw new PeerChangeError(
        region,
        `voter ${peer.id} becomes a learner before it is removed together with other changes`,
      )
    }
    return peers.filter((candidate) => candidate !== existing)
  }
  const wanted = type === 'add-node' ? 'voter' : 'learner'
  if (existing === undefined) {
    const role = wanted === 'voter' && becomesJoint ? 'incoming-voter' : wanted
    return [...peers, { ...peer, role }]
  }
  if (existing.id !== peer.id)
    throw new PeerChangeError(region, `store ${peer.storeId} has peer ${existing.id} already`)
  if (existing.role === wanted) throw new PeerChangeError(region, `peer ${peer.id} is a ${wanted} already`)
  const role = !becomesJoint ? wanted : wanted === 'voter' ? 'incoming-voter' : 'demoting-voter'
  return peers.map((candidate) => (candidate === existing ? { ...existing, role } : candidate))
}

function withPeers(region: Region, peers: readonly Peer[], changeCount: number): Region {
  return { ...region, peers, epoch: { ...region.epoch, confVer: region.epoch.confVer + changeCount } }
}
