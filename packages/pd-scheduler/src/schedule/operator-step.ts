import {
  compareBytes,
  equalBytes,
  type Peer,
  type PeerId,
  type Region,
  type RegionId,
  type RegionOrder,
  type StoreId,
} from '@stratakv/core'
import type { RegionState } from '../region-cache.ts'

/** A peer that a step is about. */
export interface StepPeer {
  readonly id: PeerId
  readonly storeId: StoreId
}

/** One order and how to tell that it was carried out: PD's operator steps (pd v6.1.0, server/schedule/operator/step.go). */
export type OperatorStep =
  | { readonly type: 'add-peer'; readonly peer: StepPeer }
  | { readonly type: 'add-learner'; readonly peer: StepPeer }
  | { readonly type: 'promote-learner'; readonly peer: StepPeer }
  | { readonly type: 'remove-peer'; readonly peer: StepPeer }
  | { readonly type: 'transfer-leader'; readonly from: StoreId; readonly to: StoreId }
  | { readonly type: 'enter-joint'; readonly promote: readonly StepPeer[]; readonly demote: readonly StepPeer[] }
  | { readonly type: 'leave-joint'; readonly promote: readonly StepPeer[]; readonly demote: readonly StepPeer[] }
  | {
      readonly type: 'split-region'
      readonly from: Region
      readonly policy: 'scan' | 'approximate' | 'use-keys'
      readonly keys: readonly Uint8Array[]
    }
  /** Done when the region is gone, swallowed by `target`: no report of its own says so. */
  | { readonly type: 'merge-into'; readonly target: Region }
  /** The other half: `source` comes. Nothing is sent. */
  | { readonly type: 'merge-from'; readonly source: Region; readonly from: Region }

export function peerOn(region: Region, storeId: StoreId): Peer | undefined {
  return region.peers.find((peer) => peer.storeId === storeId)
}

export function isJoint(region: Region): boolean {
  return region.peers.some(({ role }) => role === 'incoming-voter' || role === 'demoting-voter')
}

/** Voters of the configuration that is in force once a joint one is left. */
export function isVoter(peer: Peer): boolean {
  return peer.role === 'voter' || peer.role === 'incoming-voter'
}

export function isPending(state: RegionState, storeId: StoreId): boolean {
  return state.pendingPeers.some((peer) => peer.storeId === storeId)
}

function roleOf(region: Region, peer: StepPeer): Peer['role'] | undefined {
  const found = peerOn(region, peer.storeId)
  return found?.id === peer.id ? found.role : undefined
}

export function stepIsDone(step: OperatorStep, state: RegionState): boolean {
  const { region, leader } = state
  switch (step.type) {
    case 'add-peer':
      return roleOf(region, step.peer) === 'voter' && !isPending(state, step.peer.storeId)
    case 'add-learner':
      // A learner that is still filled would hold up commits once it votes.
      return roleOf(region, step.peer) !== undefined && !isPending(state, step.peer.storeId)
    case 'promote-learner':
      return roleOf(region, step.peer) === 'voter'
    case 'remove-peer':
      return peerOn(region, step.peer.storeId) === undefined
    case 'transfer-leader':
      return leader?.storeId === step.to
    case 'enter-joint':
      return (
        step.promote.every((peer) => ['voter', 'incoming-voter'].includes(roleOf(region, peer) ?? '')) &&
        step.demote.every((peer) => ['learner', 'demoting-voter'].includes(roleOf(region, peer) ?? ''))
      )
    case 'leave-joint':
      return !isJoint(region)
    case 'split-region':
      return !sameRange(region, step.from)
    case 'merge-into':
      return false
    case 'merge-from':
      return covers(region, step.source)
  }
}

/** Why the step can no more be taken in the region as it is; `undefined`: it can. */
export function stepProblem(step: OperatorStep, state: RegionState): string | undefined {
  const { region, leader } = state
  const missing = (peers: readonly StepPeer[]) => peers.find((peer) => roleOf(region, peer) === undefined)
  switch (step.type) {
    case 'add-peer':
    case 'add-learner': {
      const present = peerOn(region, step.peer.storeId)
      return present === undefined || present.id === step.peer.id
        ? undefined
        : `store ${step.peer.storeId} already has peer ${present.id}`
    }
    case 'promote-learner':
      return missing([step.peer]) && `peer ${step.peer.id} is gone`
    case 'remove-peer':
      return leader?.storeId === step.peer.storeId ? `the peer on store ${step.peer.storeId} leads` : undefined
    case 'transfer-leader': {
      const target = peerOn(region, step.to)
      if (target === undefined) return `store ${step.to} has no peer`
      return isVoter(target) ? undefined : `the peer on store ${step.to} does not vote`
    }
    case 'enter-joint': {
      const gone = missing([...step.promote, ...step.demote])
      return gone && `peer ${gone.id} is gone`
    }
    case 'leave-joint':
      return peerOn(region, leader?.storeId ?? 0)?.role === 'demoting-voter' ? 'the leader is leaving' : undefined
    case 'split-region':
      return undefined
    case 'merge-into':
      return sameRange(region, step.target) ? 'the region became its target' : undefined
    case 'merge-from':
      return sameRange(region, step.from) && region.epoch.version === step.from.epoch.version
        ? undefined
        : 'the target has changed'
  }
}

/** By how much `conf_ver` grows with the step. */
export function stepConfVerDelta(step: OperatorStep): number {
  switch (step.type) {
    case 'transfer-leader':
    case 'split-region':
    case 'merge-from':
      return 0
    case 'enter-joint':
    case 'leave-joint':
      return step.promote.length + step.demote.length
    default:
      // A merge prepares its source, which is one change too.
      return 1
  }
}

/** What to send; `undefined`: nothing, only the other half of a merge moves. */
export function stepOrder(step: OperatorStep, { region }: RegionState): RegionOrder | undefined {
  switch (step.type) {
    case 'add-peer':
    case 'promote-learner':
      return { type: 'change-peer', change: { type: 'add-voter', peer: { ...step.peer, role: 'voter' } } }
    case 'add-learner':
      return { type: 'change-peer', change: { type: 'add-learner', peer: { ...step.peer, role: 'learner' } } }
    case 'remove-peer': {
      const peer = peerOn(region, step.peer.storeId)
      return peer && { type: 'change-peer', change: { type: 'remove', peer } }
    }
    case 'transfer-leader': {
      const peer = peerOn(region, step.to)
      return peer && { type: 'transfer-leader', peer, peers: [] }
    }
    case 'enter-joint':
      return {
        type: 'change-peers',
        changes: [
          ...step.promote.map((peer) => ({ type: 'add-voter', peer: { ...peer, role: 'voter' } }) as const),
          ...step.demote.map((peer) => ({ type: 'add-learner', peer: { ...peer, role: 'learner' } }) as const),
        ],
      }
    case 'leave-joint':
      return { type: 'change-peers', changes: [] }
    case 'split-region':
      return { type: 'split', policy: step.policy, keys: step.keys }
    case 'merge-into':
      return { type: 'merge', target: step.target }
    case 'merge-from':
      return undefined
  }
}

/** Stores that must be there for the step to succeed. */
export function stepTargets(step: OperatorStep): readonly StoreId[] {
  switch (step.type) {
    case 'add-peer':
    case 'add-learner':
    case 'promote-learner':
      return [step.peer.storeId]
    case 'transfer-leader':
      return [step.to]
    case 'enter-joint':
      return step.promote.map(({ storeId }) => storeId)
    default:
      return []
  }
}

const fastMsMin = 10_000
const fastMsPerMiB = 100
const slowMsMin = 600_000
const slowMsPerMiB = 6000

export function stepTimeoutMs(step: OperatorStep, sizeMiB: number): number {
  const fastMs = Math.max(fastMsMin, sizeMiB * fastMsPerMiB)
  switch (step.type) {
    case 'add-peer':
    case 'add-learner':
      return Math.max(slowMsMin, sizeMiB * slowMsPerMiB)
    case 'enter-joint':
    case 'leave-joint':
      return fastMs * (step.promote.length + step.demote.length + 1)
    case 'merge-into':
    case 'merge-from':
      return fastMs * 10
    default:
      return fastMs
  }
}

/** In PD's words, as its tools print them. */
export function formatStep(step: OperatorStep, regionId: RegionId): string {
  const list = (peers: readonly StepPeer[]) => peers.map(({ id, storeId }) => `${id} on store ${storeId}`).join(', ')
  switch (step.type) {
    case 'add-peer':
      return `add peer ${step.peer.id} on store ${step.peer.storeId}`
    case 'add-learner':
      return `add learner peer ${step.peer.id} on store ${step.peer.storeId}`
    case 'promote-learner':
      return `promote learner peer ${step.peer.id} on store ${step.peer.storeId} to voter`
    case 'remove-peer':
      return `remove peer on store ${step.peer.storeId}`
    case 'transfer-leader':
      return `transfer leader from store ${step.from} to store ${step.to}`
    case 'enter-joint':
      return `use joint consensus, promote learner peers [${list(step.promote)}], demote voter peers [${list(step.demote)}]`
    case 'leave-joint':
      return `leave joint state, promote learner peers [${list(step.promote)}], demote voter peers [${list(step.demote)}]`
    case 'split-region':
      return `split region with policy ${step.policy === 'use-keys' ? 'USEKEY' : step.policy.toUpperCase()}`
    case 'merge-into':
      return `merge region ${regionId} into region ${step.target.id}`
    case 'merge-from':
      return `merge region ${step.source.id} into region ${regionId}`
  }
}

function sameRange(left: Region, right: Region): boolean {
  return equalBytes(left.startKey, right.startKey) && equalBytes(left.endKey, right.endKey)
}

function covers(region: Region, part: Region): boolean {
  if (compareBytes(region.startKey, part.startKey) > 0) return false
  if (region.endKey.length === 0) return true
  return part.endKey.length > 0 && compareBytes(part.endKey, region.endKey) <= 0
}
