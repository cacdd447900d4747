import {
  applyRepair,
  type LogHole,
  parseRepairRule,
  planRepair,
  type RepairAction,
  type RepairPlan,
  type RepairReport,
} from '@stratakv/raft-engine/tools'
import { Command, Option } from 'commander'
import { type LogFlags, logExitCodes, runOnLog, withLogFlags } from './log-command.ts'

interface RepairFlags extends LogFlags {
  readonly rule: readonly string[]
  readonly damage: 'cut' | 'skip'
  readonly apply?: boolean
}

/** `stratakv raft-engine repair PATH`. */
export function repairCommand(): Command {
  return withLogFlags(new Command('repair'))
    .description('Say what to change in a damaged log so that it can be opened; with --apply, change it.')
    .option(
      '--rule <rule>',
      "what to do about a case, such as 'hole:drop-incoming queue=append regions=1,2'; repeatable, the first that fits counts",
      (rule, rules: readonly string[]) => [...rules, rule],
      [],
    )
    .addOption(
      new Option(
        '--damage <way>',
        'where whole batches are behind a damaged one: cut them off too, or skip the damaged one',
      )
        .choices(['cut', 'skip'])
        .default('cut'),
    )
    .option('--apply', 'do it: each changed file is kept with .bak behind its name')
    .option('--json', 'one JSON object on standard output')
    .addHelpText(
      'after',
      `
A rule is CASE:VERDICT. Cases: hole (entries behind a gap in their region's indexes), overlap (entries that replace others), below-first
(entries below the region's first), entries (any), compact, clean. Verdicts: keep, drop-incoming, drop-existing (the entries that the region
had). Holes need a rule; everything else is kept without one.

Ends with 0 when there is nothing to do or it was done, 1 when there is something to do or to decide, 2 when it could not be done.
`,
    )
    .action((path: string, flags: RepairFlags) =>
      runOnLog(path, flags, async (deps, options) => {
        const rules = flags.rule.map(parseRepairRule)
        const plan = await planRepair(deps, { ...options, rules, damage: flags.damage })
        const isResolved = plan.unresolved.length === 0
        const report = flags.apply && isResolved ? await applyRepair(deps, plan, options) : undefined
        process.stdout.write(
          flags.json ? `${JSON.stringify({ path, ...plan, ...report })}\n` : repairText(plan, report),
        )
        const isDone = isResolved && ((plan.files.length === 0 && plan.setAside.length === 0) || report !== undefined)
        return isDone ? logExitCodes.fine : logExitCodes.findings
      }),
    )
}

/** For people. Ends in a newline. */
export function repairText({ files, setAside, unresolved }: RepairPlan, report: RepairReport | undefined): string {
  const lines = [
    ...files.flatMap(({ file, actions }) =>
      actions.map((action) => `${file.path} at ${action.offset}: ${actionText(action)}`),
    ),
    ...setAside.map(({ path }) => `${path}: set it aside (behind it a file is missing, or it is there twice)`),
    ...unresolved.map(holeText),
    ...(report?.changed ?? []).map(({ path, backup }) => `changed ${path}, as it was: ${backup}`),
    summaryOf(files.length + setAside.length, unresolved.length, report !== undefined),
  ]
  return `${lines.join('\n')}\n`
}

const actionWords = {
  empty: 'empty the file',
  cut: 'cut off',
  skip: 'leave out',
  'drop-batch': 'leave out the batch of',
  'drop-item': 'leave out',
  'drop-existing': 'drop what was there before',
} as const

function actionText(action: RepairAction): string {
  const bytes = 'lengthBytes' in action ? ` ${action.lengthBytes} bytes` : ''
  return `${actionWords[action.kind]}${bytes} (${action.detail})`
}

function holeText({ regionId, lastGoodIndex, nextIndex, path, offset }: LogHole): string {
  return `${path} at ${offset}: region ${regionId} goes on at ${nextIndex} behind ${lastGoodIndex}: give a rule, such as --rule 'hole:drop-incoming regions=${regionId}'`
}

function summaryOf(fileCount: number, unresolvedCount: number, isApplied: boolean): string {
  if (unresolvedCount > 0) return `${unresolvedCount} to decide; nothing was changed`
  if (fileCount === 0) return 'nothing to do'
  return isApplied ? 'done' : `${fileCount} to change; --apply does it`
}
