import { StrataError, systemClock } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { type DoctorReport, defaultConfig, examineDirectory, type Finding, productVersion } from '@stratakv/server'
import { createChecksum, createKernels, findNativeChecksum } from '@stratakv/wasm'
import { Command } from 'commander'
import { ProgressLine } from './progress-line.ts'

interface DoctorFlags {
  readonly dataDir?: string
  readonly repair?: boolean
  readonly json?: boolean
  readonly scratch?: string
}

/** What programs may rely on. */
export const doctorExitCodes = { healthy: 0, findings: 1, couldNotLook: 2 } as const

/** `stratakv doctor`: looks at a data directory whose node is not running. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Examine a data directory whose node is not running; with --repair, mend what can be mended.')
    .option('-s, --data-dir <folder>', 'the folder to look at (default: ./stratakv-data)')
    .option('--repair', 'mend what can be mended, after a copy of what is changed, and look again')
    .option('--json', 'one JSON object on standard output')
    .option(
      '--scratch <folder>',
      'where as much as the log of the engine may be written for the time (default: the system folder for temporary files)',
    )
    .addHelpText(
      'after',
      '\nEnds with 0 when the directory is healthy, 1 with findings (warnings or errors), 2 when it could not be looked at:\nit is in use, of a newer version, not a data directory, or not readable. Without --repair nothing is changed.\n',
    )
    .action(runDoctor)
}

async function runDoctor(flags: DoctorFlags): Promise<void> {
  const directory = flags.dataDir ?? defaultConfig()['storage.data-dir']
  const clock = systemClock()
  const line = new ProgressLine(process.stderr, clock)
  try {
    const report = await examineDirectory(
      {
        fs: createNodeFileSystem(),
        clock,
        checksum: createChecksum({ kernels: createKernels(), native: findNativeChecksum() }),
        onProgress: ({ phase, done, total }) =>
          line.show(
            phase === 'records'
              ? `records: ${done} looked at`
              : `files: ${total === 0 ? 100 : Math.floor((100 * done) / total!)}% looked at`,
          ),
      },
      {
        directory,
        repair: flags.repair ?? false,
        version: productVersion,
        ...(flags.scratch === undefined ? {} : { scratchParent: flags.scratch }),
      },
    )
    line.end()
    process.stdout.write(flags.json ? `${doctorJson(report)}\n` : doctorText(report))
    const isHealthy = report.findings.every(({ severity }) => severity === 'info')
    process.exitCode = isHealthy ? doctorExitCodes.healthy : doctorExitCodes.findings
  } catch (error) {
    line.end()
    if (flags.json) {
      const [code, message] = error instanceof StrataError ? [error.code, error.message] : ['UNEXPECTED', String(error)]
      process.stdout.write(`${JSON.stringify({ directory, error: { code, message } })}\n`)
    }
    const text = error instanceof StrataError ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`error: ${text}\n`)
    process.exitCode = doctorExitCodes.couldNotLook
  }
}

/** 64-bit ids as decimal text. */
export function doctorJson(report: DoctorReport): string {
  return JSON.stringify(report, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
}

/** For people. Ends in a newline. */
export function doctorText({ directory, findings, repairs, facts }: DoctorReport): string {
  const { records, clusterIds } = facts
  const lines = [
    `${directory}`,
    `  format    ${facts.format ?? 'unknown'}${facts.lastOpenedBy === undefined ? '' : `, last opened by ${facts.lastOpenedBy}`}`,
    `  cluster   ${clusterIds.kv ?? clusterIds.pd ?? clusterIds.marker ?? 'unknown'}`,
    `  store     ${facts.storeId ?? 'unknown'}, ${facts.regionCount ?? 'unknown'} regions`,
    `  records   ${records === undefined ? 'not looked at' : `${records.locks} locks, ${records.writes} writes, ${records.values} values`}`,
    '',
    ...repairs.map((repair) => `repaired: ${repair}`),
    ...findings.flatMap(findingLines),
    summary(findings),
  ]
  return `${lines.join('\n')}\n`
}

function findingLines({ severity, code, place, detail, advice }: Finding): string[] {
  return [`${severity}: ${code} ${place}`, `  ${detail}`, `  what to do: ${advice}`, '']
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  return errors + warnings === 0 ? 'healthy' : `${errors} errors, ${warnings} warnings`
}
