import { checkLog, type LogCheckReport } from '@stratakv/raft-engine/tools'
import { Command } from 'commander'
import { counted, type LogFlags, logExitCodes, mebibytes, runOnLog, withLogFlags } from './log-command.ts'

/** `stratakv raft-engine check PATH`. */
export function checkCommand(): Command {
  return withLogFlags(new Command('check'))
    .description('Read a log from its first byte to its last and say what is wrong with it. Changes nothing.')
    .option('--json', 'one JSON object on standard output')
    .addHelpText(
      'after',
      '\nEnds with 0 when the log is whole (there may be remarks: what crashes, preallocation and recycling leave), 1 with errors or warnings, 2\nwhen it could not be looked at.\n',
    )
    .action((path: string, flags: LogFlags) =>
      runOnLog(path, flags, async (deps, options) => {
        const report = await checkLog(deps, options)
        process.stdout.write(flags.json ? `${JSON.stringify({ path, ...report })}\n` : checkText(report))
        const isWhole = report.findings.every(({ severity }) => severity === 'info')
        return isWhole ? logExitCodes.fine : logExitCodes.findings
      }),
    )
}

/** For people. Ends in a newline. */
export function checkText({
  fileCount,
  totalBytes,
  batchCount,
  entryCount,
  regionCount,
  findings,
  holes,
}: LogCheckReport): string {
  const countOf = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length
  const [errors, warnings] = [countOf('error'), countOf('warning')]
  const lines = [
    `${counted(fileCount, 'file')}, ${mebibytes(totalBytes)}, ${counted(batchCount, 'batch', 'batches')}, ${counted(entryCount, 'entry', 'entries')}, ${counted(regionCount, 'region')}`,
    ...findings.map(
      ({ severity, code, path, offset, detail }) => `${severity}: ${code} ${path} at ${offset}: ${detail}`,
    ),
    ...holes.map(({ regionId, lastGoodIndex }) => `region ${regionId}: good up to ${lastGoodIndex}`),
    errors + warnings === 0 ? 'whole' : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
  ]
  return `${lines.join('\n')}\n`
}
