import { deepStrictEqual } from 'node:assert/strict'
import { newMessage } from '@stratakv/raft'
import type { FuzzTarget } from '@stratakv/testkit'
import type { PeerMessage } from '../src/store/peer-message.ts'
import { decodePeerMessage, encodePeerMessage, PeerMessageError } from '../src/wire/peer-message-record.ts'
import { anyPeerMessage } from './peer-messages.ts'

export const peerMessageTarget: FuzzTarget<PeerMessage> = {
  name: 'raftstore/peer-message',
  refusals: [PeerMessageError],
  seeds: () => [
    encodePeerMessage(anyPeerMessage(newMessage('heartbeat', 4, 3, 6, { commit: 9 }))),
    encodePeerMessage(
      anyPeerMessage(
        newMessage('append', 4, 3, 6, {
          logTerm: 5,
          index: 8,
          entries: [{ type: 'normal', term: 6, index: 9, data: Uint8Array.of(1), context: Uint8Array.of(2) }],
        }),
      ),
    ),
  ],
  decode: decodePeerMessage,
  check: (decoded) => deepStrictEqual(decodePeerMessage(encodePeerMessage(decoded)), decoded),
}
