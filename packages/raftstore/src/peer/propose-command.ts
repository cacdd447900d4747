import type { ConfChangeCodec, ReadyNumbersNode } from '@stratakv/raft'
import { confChangeOf } from '../apply/change-peers.ts'
import type { CommandBody, RegionCommand } from '../command/region-command.ts'
import { encodeCommand } from '../wire/command-record.ts'

/** Flags that travel with an entry. (TiKV components/raftstore/src/store/peer.rs, ProposalContext.) */
const contexts: Partial<Record<CommandBody['type'], Uint8Array>> = {
  split: Uint8Array.of(2),
  'prepare-merge': Uint8Array.of(4),
  'commit-merge': Uint8Array.of(8),
}

/** @throws RaftProposalDroppedError */
export function proposeCommand(node: ReadyNumbersNode, confChanges: ConfChangeCodec, command: RegionCommand): void {
  const data = encodeCommand(command)
  const { body } = command
  if (body.type === 'change-peers') {
    node.proposeConfChange('conf-change-v2', confChanges.encode(confChangeOf(body.changes, data)))
  } else node.propose(data, contexts[body.type])
}
