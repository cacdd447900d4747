import type { Peer, Region, RegionId } from '@stratakv/core'
import type { Message } from '@stratakv/raft'
import type { PeerMessage } from '../store/peer-message.ts'

/** What Raft says, with who says it for which region; the range is told where the receiver may have to make a peer. */
export function stamped(
  message: Message,
  { regionId, region, meta }: { readonly regionId: RegionId; readonly region: Region; readonly meta: Peer },
  to: Peer,
): PeerMessage {
  const { type, commit } = message
  const isFirst = type === 'vote' || type === 'pre-vote' || (type === 'heartbeat' && commit === 0)
  const { startKey, endKey, epoch } = region
  const range = isFirst ? { startKey, endKey } : undefined
  return { regionId, from: meta, to, epoch, range, isTombstone: false, message }
}
