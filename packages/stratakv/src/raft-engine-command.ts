import { Command } from 'commander'
import { checkCommand } from './raft-engine/check-command.ts'
import { convertCommand } from './raft-engine/convert-command.ts'
import { dumpCommand } from './raft-engine/dump-command.ts'
import { repairCommand } from './raft-engine/repair-command.ts'
import { stressCommand } from './raft-engine/stress-command.ts'

/** `stratakv raft-engine`: tools for Raft logs on disk, ours or those of a TiKV. */
export function raftEngineCommand(): Command {
  return new Command('raft-engine')
    .description('Tools for a Raft log on disk, of this node or of a TiKV, which no process has open.')
    .addCommand(dumpCommand())
    .addCommand(checkCommand())
    .addCommand(repairCommand())
    .addCommand(convertCommand())
    .addCommand(stressCommand())
}
