import { convertLog } from '@stratakv/raft-engine/tools'
import { Command, Option } from 'commander'
import { counted, type LogFlags, logExitCodes, mebibytes, runOnLog, withLogFlags } from './log-command.ts'

interface ConvertFlags extends LogFlags {
  readonly formatVersion: '1' | '2'
}

/** `stratakv raft-engine convert PATH TARGET`. */
export function convertCommand(): Command {
  return withLogFlags(new Command('convert'))
    .description('Copy a log into files of the other format version, then read both and compare them.')
    .argument('<target>', 'a folder that does not exist; until all is in it, it has .part behind its name')
    .addOption(
      new Option('--format-version <version>', '1 for TiKV up to 6.1, 2 for later ones and for this node')
        .choices(['1', '2'])
        .makeOptionMandatory(),
    )
    .option('--json', 'one JSON object on standard output')
    .addHelpText(
      'after',
      '\nThe log itself stays as it is. Ends with 0 when it was done, with 2 when not: a damaged log must be repaired first.\n',
    )
    .action((path: string, target: string, flags: ConvertFlags) =>
      runOnLog(path, flags, async (deps, options) => {
        const version = flags.formatVersion === '1' ? 1 : 2
        const report = await convertLog(deps, { ...options, target, version })
        const { fileCount, batchCount, bytes, leftOutCount } = report
        const leftOut = leftOutCount === 0 ? '' : `, ${leftOutCount} of incomplete groups left out`
        process.stdout.write(
          flags.json
            ? `${JSON.stringify({ path, target, version, ...report })}\n`
            : `${target}: version ${version}, ${counted(fileCount, 'file')}, ${mebibytes(bytes)}, ${counted(batchCount, 'batch', 'batches')}${leftOut}; compared with ${path}\n`,
        )
        return logExitCodes.fine
      }),
    )
}
