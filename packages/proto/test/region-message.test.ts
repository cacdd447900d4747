import { peerFromMessage, regionFromMessage, regionToMessage, UnknownPeerRoleError } from '@stratakv/proto'
import * as metapb from '@stratakv/proto/metapb'
import { describe, expect, it } from 'vitest'

describe('regions and peers as messages', () => {
  it('come back as they were', () => {
    const region = {
      id: 2,
      startKey: Uint8Array.of(1),
      endKey: Uint8Array.of(2, 3),
      epoch: { confVer: 4, version: 5 },
      peers: (['voter', 'learner', 'incoming-voter', 'demoting-voter'] as const).map((role, index) => ({
        id: 10 + index,
        storeId: 20 + index,
        role,
      })),
    }
    expect(regionFromMessage(metapb.Region.decode(metapb.Region.encode(regionToMessage(region))))).toEqual(region)
  })

  it('does not take an unknown role for a voter', () => {
    const peer = metapb.Peer.create({ id: 3, storeId: 1, role: 9 as metapb.PeerRole })
    expect(() => peerFromMessage(peer)).toThrow(UnknownPeerRoleError)
  })
})
