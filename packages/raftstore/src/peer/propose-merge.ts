import { MergingModeError, NotLeaderError, type Region } from '@stratakv/core'
import { type MergeLimits, mergeMinIndex } from './merge-readiness.ts'
import type { Peer } from './peer.ts'

/**
 * Resolves when it is prepared that the peer's region becomes part of `target`, which is this store's replica of a neighbour; the rest is
 * done without being asked. @throws MergeError where it does not fit, or a replica is not up to date; and what `Peer.propose` does
 */
export async function proposeMerge(peer: Peer, target: Region, limits: MergeLimits): Promise<void> {
  const { region, regionId, node, log, merging, meta } = peer
  if (!peer.isLeader) throw new NotLeaderError(regionId, peer.leader)
  if (merging !== undefined) throw new MergingModeError(regionId)
  peer.proposeWaiting()
  const members = [...node.progress].filter(([id]) => id !== meta.id).map(([, progress]) => progress)
  const { committed, lastIndex, persisted } = node.status
  const facts = { region, target, members, committed, lastIndex, persisted, log }
  const minIndex = mergeMinIndex(facts, limits)
  await peer.propose({ epoch: region.epoch, body: { type: 'prepare-merge', target, minIndex } })
}
