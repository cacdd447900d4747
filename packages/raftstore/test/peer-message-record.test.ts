import { toHex } from '@stratakv/core'
import { type Message, newMessage } from '@stratakv/raft'
import { describe, expect, it } from 'vitest'
import { decodePeerMessage, encodePeerMessage, PeerMessageError } from '../src/wire/peer-message-record.ts'
import { anyPeerMessage } from './peer-messages.ts'

const entry = {
  type: 'conf-change-v2',
  term: 6,
  index: 9,
  data: Uint8Array.of(1, 2),
  context: Uint8Array.of(3),
} as const
const confState = { voters: [3, 4], learners: [5], votersOutgoing: [3, 6], learnersNext: [6], autoLeave: true }

const messages: readonly Message[] = [
  newMessage('append', 4, 3, 6, { logTerm: 5, index: 8, entries: [entry], commit: 7 }),
  newMessage('append-response', 4, 3, 6, { index: 8, reject: true, rejectHint: 5, logTerm: 4 }),
  newMessage('vote', 4, 3, 6, { index: 8, logTerm: 5, context: Uint8Array.of(1) }),
  newMessage('vote-response', 4, 3, 6, { reject: true }),
  newMessage('pre-vote', 4, 3, 7, { index: 8, logTerm: 5 }),
  newMessage('pre-vote-response', 4, 3, 7),
  newMessage('heartbeat', 4, 3, 6, { commit: 7, context: Uint8Array.of(9) }),
  newMessage('heartbeat-response', 4, 3, 6, { context: Uint8Array.of(9) }),
  newMessage('snapshot', 4, 3, 6, { snapshot: { index: 8, term: 5, confState, data: Uint8Array.of(7) } }),
  newMessage('transfer-leader', 4, 3, 6),
  newMessage('timeout-now', 4, 3, 6),
  newMessage('read-index', 4, 3, 6, { context: Uint8Array.of(9) }),
  newMessage('read-index-response', 4, 3, 6, { index: 8, context: Uint8Array.of(9) }),
  newMessage('propose', 4, 3, 0, { entries: [entry] }),
]

describe('a message of a peer on the wire', () => {
  for (const message of messages) {
    it(`comes back as it was: ${message.type}`, () => {
      const all = [
        anyPeerMessage(message),
        anyPeerMessage(message, { isTombstone: true }),
        anyPeerMessage(message, { range: { startKey: new Uint8Array(0), endKey: new Uint8Array(0) } }),
        anyPeerMessage(message, { range: { startKey: Uint8Array.of(1), endKey: Uint8Array.of(2) } }),
      ]
      for (const one of all) expect(decodePeerMessage(encodePeerMessage(one))).toEqual(one)
    })
  }

  it('has the bytes of raft_serverpb.RaftMessage', () => {
    const bytes = encodePeerMessage(anyPeerMessage(newMessage('heartbeat', 4, 3, 6, { commit: 7 })))
    // region 300; peers 3 on store 1, and 4 on store 2, a learner; MsgHeartbeat 8 to 4 from 3 in term 6 with commit 7; epoch 2, 5.
    expect(toHex(bytes).toLowerCase()).toBe(
      '08ac02120408031001' + '1a06080410021801' + '220a0808100418032006' + '4007' + '2a0408021005',
    )
  })

  it('is refused with what is wrong with it', () => {
    const whole = encodePeerMessage(anyPeerMessage(messages[0]!))
    expect(() => decodePeerMessage(whole.subarray(0, whole.length - 1))).toThrow(PeerMessageError)
    expect(() => decodePeerMessage(new Uint8Array(0))).toThrow(/names no region/)
    expect(() => decodePeerMessage(Uint8Array.of(0x08, 5))).toThrow(/names no peers/)
    expect(() => decodePeerMessage(encodePeerMessage(anyPeerMessage(messages[0]!, { regionId: 0 })))).toThrow(
      /no region/,
    )
    expect(() => encodePeerMessage(anyPeerMessage(newMessage('hup', 3, 3, 0)))).toThrow(/stay in their store/)
  })
})
