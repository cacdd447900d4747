import type { Peer, Region, RegionOperator, RegionOrder } from '@stratakv/core'
import { describe, expect, it } from 'vitest'
import { RegionHeartbeatResponse } from '../src/gen/pdpb.ts'
import { operatorFromMessage, operatorToMessage } from '../src/operator-message.ts'

const peer: Peer = { id: 7, storeId: 3, role: 'voter' }
const learner: Peer = { id: 8, storeId: 4, role: 'learner' }
const region: Region = {
  id: 2,
  startKey: Uint8Array.of(1),
  endKey: Uint8Array.of(2),
  epoch: { confVer: 5, version: 6 },
  peers: [peer, learner],
}

const orders: readonly RegionOrder[] = [
  { type: 'change-peer', change: { type: 'add-voter', peer } },
  { type: 'change-peer', change: { type: 'add-learner', peer: learner } },
  { type: 'change-peer', change: { type: 'remove', peer } },
  {
    type: 'change-peers',
    changes: [
      { type: 'add-voter', peer },
      { type: 'add-learner', peer: learner },
    ],
  },
  { type: 'change-peers', changes: [] },
  { type: 'transfer-leader', peer, peers: [] },
  { type: 'transfer-leader', peer, peers: [peer, { ...peer, id: 9, storeId: 5 }] },
  { type: 'split', policy: 'scan', keys: [] },
  { type: 'split', policy: 'approximate', keys: [] },
  { type: 'split', policy: 'use-keys', keys: [Uint8Array.of(9), Uint8Array.of(10)] },
  { type: 'merge', target: region },
]

describe('operator messages', () => {
  for (const order of orders) {
    it(`carry ${order.type} over the wire`, () => {
      const operator: RegionOperator = { regionId: 1, epoch: { confVer: 3, version: 4 }, targetPeer: peer, order }
      const bytes = RegionHeartbeatResponse.encode(operatorToMessage(operator))
      expect(operatorFromMessage(RegionHeartbeatResponse.decode(bytes))).toEqual(operator)
    })
  }

  it('order nothing when they only keep a stream alive', () => {
    expect(operatorFromMessage(RegionHeartbeatResponse.create({ regionId: 1 }))).toBe(undefined)
  })

  it('are left alone when they hold a change that is not known', () => {
    const wire = operatorToMessage({
      regionId: 1,
      epoch: region.epoch,
      targetPeer: peer,
      order: { type: 'change-peers', changes: [{ type: 'add-voter', peer }] },
    })
    wire.changePeerV2!.changes.push({ changeType: 9 as 0, peer: undefined })
    const message = RegionHeartbeatResponse.decode(RegionHeartbeatResponse.encode(wire))
    expect(operatorFromMessage(message)).toBe(undefined)
  })
})
