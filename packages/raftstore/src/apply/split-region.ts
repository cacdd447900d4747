import { compareBytes, emptyBytes, keyInRange, type Peer, type Region, StrataError, toHex } from '@stratakv/core'
import type { SplitPart } from '../command/region-command.ts'

/** A split does not fit the region. Nothing was changed. */
export class SplitError extends StrataError {
  readonly code = 'RAFTSTORE_SPLIT'
  constructor(region: Region, detail: string) {
    super(`region ${region.id}: ${detail}`)
  }
}

export interface SplitRegions {
  /** The region that was split, with what it keeps. */
  readonly derived: Region
  /** By ascending key. */
  readonly created: readonly Region[]
}

/**
 * Cuts the region at the keys. With `rightDerive` it keeps the last piece and the parts are the pieces before it; else it keeps
 * the first. All take over its peers' stores and roles, and a version that has grown by the number of parts.
 * @throws SplitError
 */
export function splitRegion(region: Region, parts: readonly SplitPart[], rightDerive: boolean): SplitRegions {
  if (parts.length === 0) throw new SplitError(region, 'a split needs a key')
  const keys = parts.map(({ splitKey }) => splitKey)
  for (const [at, key] of keys.entries()) {
    const after = at === 0 ? region.startKey : keys[at - 1]!
    const isInside = keyInRange(key, region.startKey, region.endKey) && key.length > 0
    if (!isInside || compareBytes(key, after) <= 0) {
      throw new SplitError(region, `split key ${toHex(key)} is not inside of what it is to cut`)
    }
  }
  const epoch = { ...region.epoch, version: region.epoch.version + parts.length }
  const bounds = [region.startKey, ...keys, region.endKey]
  const pieceOf = (at: number) => ({ startKey: bounds[at] ?? emptyBytes, endKey: bounds[at + 1] ?? emptyBytes })
  const created = parts.map((part, at): Region => {
    return { id: part.regionId, epoch, peers: peersOf(region, part), ...pieceOf(rightDerive ? at : at + 1) }
  })
  return { derived: { ...region, epoch, ...pieceOf(rightDerive ? parts.length : 0) }, created }
}

function peersOf(region: Region, { regionId, peerIds }: SplitPart): Peer[] {
  if (peerIds.length !== region.peers.length) {
    throw new SplitError(
      region,
      `it has ${region.peers.length} peers, and region ${regionId} is given ${peerIds.length} ids`,
    )
  }
  return region.peers.map((peer, at): Peer => ({ ...peer, id: peerIds[at]! }))
}
