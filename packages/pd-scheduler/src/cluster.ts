import { assert, type ClusterId, type Random, type Region, type StoreMeta } from '@stratakv/core'
import { InvalidBootstrapError } from './errors.ts'

/** Replicas a region is meant to have; PD's `max-replicas`. */
export const defaultMaxPeerCount = 3

/** Unix seconds in the upper 32 bits, chance in the lower: two clusters made in the same second differ all the same. Never 0, which clients take for a failure. */
export function createClusterId(unixMs: number, random: Random): ClusterId {
  const seconds = BigInt(Math.floor(unixMs / 1000)) & 0xffff_ffffn
  return nonZero((seconds << 32n) | BigInt(random.uint32()))
}

/** Random 64 bits. Never 0: client-java refuses a leader whose member id is 0. */
export function createMemberId(random: Random): bigint {
  return nonZero((BigInt(random.uint32()) << 32n) | BigInt(random.uint32()))
}

/** What TiKV 6.1's PD demands of the first store and region. @throws InvalidBootstrapError naming the first rule that is broken */
export function checkBootstrap(store: StoreMeta, region: Region): void {
  const demand = (holds: boolean, violated: string) => {
    if (!holds) throw new InvalidBootstrapError(violated)
  }
  demand(store.id > 0, 'the store id is zero')
  demand(region.startKey.length === 0 && region.endKey.length === 0, 'the first region does not cover all keys')
  demand(region.id > 0, 'the region id is zero')
  demand(region.peers.length === 1, `the first region has ${region.peers.length} peers, not one`)
  const peer = region.peers[0]
  assert(peer !== undefined, 'the peer was counted')
  demand(peer.storeId === store.id, `the peer is on store ${peer.storeId}, the store is ${store.id}`)
  demand(peer.id > 0, 'the peer id is zero')
}

function nonZero(value: bigint): bigint {
  return value === 0n ? 1n : value
}
