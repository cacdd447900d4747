import type { WriteStage } from '@stratakv/core'
import type { ConfChangeCodec, ReadyNumbersNode } from '@stratakv/raft'
import { confChangeOf } from '../apply/change-peers.ts'
import type { CommandBody, RegionCommand } from '../command/region-command.ts'
import { encodeCommand } from '../wire/command-record.ts'

/** One that was asked for, and has not gone to Raft. */
export interface WaitingCommand {
  readonly command: RegionCommand
  readonly onStage?: ((stage: WriteStage) => void) | undefined
  readonly settle: (error?: Error) => void
}

/** What goes to Raft in one call: several writes, or one command of another kind. In the order of the log. */
export interface CommandRun {
  readonly waiting: readonly WaitingCommand[]
  /** Encoded, one for each. */
  readonly data: readonly Uint8Array[]
}

/** Commands in runs, in their order. A run of writes is no longer than an append may be, if it is more than one. */
export function* runsOf(waiting: readonly WaitingCommand[], bytesMax: number): Iterable<CommandRun> {
  let run: { readonly waiting: WaitingCommand[]; readonly data: Uint8Array[] } = { waiting: [], data: [] }
  let bytes = 0
  let isWrites = true
  for (const one of waiting) {
    const data = encodeCommand(one.command)
    const isWrite = one.command.body.type === 'write'
    const fits = isWrite && isWrites && bytes + data.length <= bytesMax
    if (run.data.length > 0 && !fits) {
      yield run
      run = { waiting: [], data: [] }
      bytes = 0
    }
    run.waiting.push(one)
    run.data.push(data)
    bytes += data.length
    isWrites = isWrite
  }
  if (run.data.length > 0) yield run
}

/** Flags that travel with an entry. (TiKV components/raftstore/src/store/peer.rs, ProposalContext.) */
const contexts: Partial<Record<CommandBody['type'], Uint8Array>> = {
  split: Uint8Array.of(2),
  'prepare-merge': Uint8Array.of(4),
  'commit-merge': Uint8Array.of(8),
}

/** @throws RaftProposalDroppedError, and none of the run is taken */
export function proposeRun(node: ReadyNumbersNode, confChanges: ConfChangeCodec, { waiting, data }: CommandRun): void {
  const { body } = waiting[0]!.command
  if (body.type === 'write') node.proposeAll(data)
  else if (body.type === 'change-peers') {
    node.proposeConfChange('conf-change-v2', confChanges.encode(confChangeOf(body.changes, data[0]!)))
  } else node.propose(data[0]!, contexts[body.type])
}
