import type { Message } from '@stratakv/raft'
import type { PeerMessage } from '../src/index.ts'

export function anyPeerMessage(message: Message, fields: Partial<PeerMessage> = {}): PeerMessage {
  return {
    regionId: 300,
    from: { id: 3, storeId: 1, role: 'voter' },
    to: { id: 4, storeId: 2, role: 'learner' },
    epoch: { confVer: 2, version: 5 },
    range: undefined,
    isTombstone: false,
    message,
    ...fields,
  }
}
