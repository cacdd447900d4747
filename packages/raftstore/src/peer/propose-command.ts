import type { ConfChangeCodec, ReadyNumbersNode } from '@stratakv/raft'
import { confChangeOf } from '../apply/change-peers.ts'
import type { RegionCommand } from '../command/region-command.ts'
import { encodeCommand } from '../wire/command-record.ts'

/** Flags that travel with an entry. (TiKV components/raftstore/src/store/peer.rs, ProposalContext.) */
const splitContext = Uint8Array.of(2)
const noBytes = new Uint8Array(0)

/** @throws RaftProposalDroppedError */
export function proposeCommand(node: ReadyNumbersNode, confChanges: ConfChangeCodec, command: RegionCommand): void {
  const data = encodeCommand(command)
  const { body } = command
  if (body.type === 'change-peers') {
    node.proposeConfChange('conf-change-v2', confChanges.encode(confChangeOf(body.changes, data)))
  } else node.propose(data, body.type === 'split' ? splitContext : noBytes)
}
