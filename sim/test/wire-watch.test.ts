import { Entry, Message, MessageType } from '@stratakv/proto/eraftpb'
import { Peer } from '@stratakv/proto/metapb'
import { RaftMessage } from '@stratakv/proto/raft-serverpb'
import { createTwinChecksum } from '@stratakv/wasm'
import { describe, expect, it } from 'vitest'
import { WireWatch } from '../src/world/wire-watch.ts'

function said(peerId: number, fields: Partial<Message>, more: Partial<RaftMessage> = {}): Uint8Array {
  const fromPeer = Peer.create({ id: peerId, storeId: peerId })
  const message = Message.create({ msgType: MessageType.MsgAppend, term: 5, ...fields })
  return RaftMessage.encode(RaftMessage.create({ regionId: 7, fromPeer, message, ...more }))
}

const entry = (data: string) => Entry.create({ term: 5, index: 10, data: new TextEncoder().encode(data) })

describe('WireWatch', () => {
  it('finds two leaders in one term', () => {
    const wire = new WireWatch(createTwinChecksum())
    wire.see(1, 2, said(1, {}))
    wire.see(1, 3, said(1, { msgType: MessageType.MsgHeartbeat }))
    wire.see(2, 3, said(2, { term: 6 }))
    wire.see(2, 1, said(2, { msgType: MessageType.MsgRequestVote }))
    expect(wire.violations).toEqual([])
    wire.see(2, 3, said(2, {}))
    expect(wire.violations).toEqual(['region 7 has two leaders in term 5: peers 1 and 2'])
  })

  it('finds two entries at one index of one term', () => {
    const wire = new WireWatch(createTwinChecksum())
    wire.see(1, 2, said(1, { entries: [entry('a')] }))
    wire.see(1, 3, said(1, { entries: [entry('a')] }))
    expect(wire.violations).toEqual([])
    wire.see(1, 3, said(1, { entries: [entry('b')] }))
    expect(wire.violations).toEqual(['region 7 has two entries at index 10 of term 5'])
  })

  it('does not look into what is said beside Raft', () => {
    const wire = new WireWatch(createTwinChecksum())
    wire.see(1, 2, said(1, { term: 0 }))
    wire.see(2, 1, said(2, { term: 0 }, { isTombstone: true }))
    expect(wire.violations).toEqual([])
  })
})
