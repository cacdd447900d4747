import type { RegionId } from '@stratakv/core'
import { type DumpRecord, dumpLog } from '@stratakv/raft-engine/tools'
import { Command } from 'commander'
import { FlagValueError } from '../playground-command.ts'
import { counted, hexOf, type LogFlags, logExitCodes, runOnLog, withLogFlags } from './log-command.ts'
import { TextOutput } from './text-output.ts'

interface DumpFlags extends LogFlags {
  readonly regions?: string
  readonly payloads?: boolean
}

/** `stratakv raft-engine dump PATH`. */
export function dumpCommand(): Command {
  return withLogFlags(new Command('dump'))
    .description('Print every item of a log in the order in which recovery meets them. Changes nothing.')
    .option('--regions <ids>', 'only of these regions, such as 1,2,3')
    .option('--payloads', 'with the payloads of the entries, in hex')
    .option('--json', 'one JSON object a line; bytes in hex')
    .addHelpText(
      'after',
      '\nEnds with 0, with 1 when something of the log cannot be read (a line says where), with 2 when nothing could be printed.\n',
    )
    .action((path: string, flags: DumpFlags) =>
      runOnLog(path, flags, async (deps, options) => {
        const output = new TextOutput(process.stdout)
        const regions = flags.regions === undefined ? undefined : regionsOf(flags.regions)
        let exitCode: number = logExitCodes.fine
        // Nobody sees how far it is when the lines themselves run by.
        const { onProgress: _, ...quiet } = options
        const dump = dumpLog(deps, {
          ...quiet,
          payloads: flags.payloads ?? false,
          ...(regions === undefined ? {} : { regions }),
        })
        for await (const record of dump) {
          if (record.type === 'fault') exitCode = logExitCodes.findings
          await output.write(`${flags.json ? JSON.stringify(record, hexInJson) : dumpText(record)}\n`)
          if (output.isClosed) break
        }
        await output.flush()
        return exitCode
      }),
    )
}

/** @throws FlagValueError */
function regionsOf(text: string): RegionId[] {
  const ids = text.split(',').map((id) => (/^\d{1,16}$/.test(id) ? Number(id) : Number.NaN))
  if (!ids.every(Number.isSafeInteger)) throw new FlagValueError('--regions', text, 'region ids such as 1,2,3')
  return ids
}

function hexInJson(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? hexOf(value) : value
}

/** One record on one line. */
export function dumpText(record: DumpRecord): string {
  if (record.type === 'file') {
    const { path, queue, seq, version, sizeBytes } = record
    return `${path}: ${queue} file ${seq}, version ${version}, ${counted(sizeBytes, 'byte')}`
  }
  return `  ${String(record.offset).padStart(10)}  ${itemText(record)}`
}

function itemText(record: Exclude<DumpRecord, { type: 'file' }>): string {
  switch (record.type) {
    case 'entries': {
      const { regionId, firstIndex, count, bytes, compression, payloads = [] } = record
      const stored = compression === 'none' ? '' : `, ${compression}`
      const span = count === 1 ? `entry ${firstIndex}` : `entries ${firstIndex} to ${firstIndex + count - 1}`
      const hex = payloads.map((payload) => ` ${hexOf(payload)}`).join('')
      return `region ${regionId}: ${span}, ${counted(bytes, 'byte')}${stored}${hex}`
    }
    case 'clean':
      return `region ${record.regionId}: clean`
    case 'compact':
      return `region ${record.regionId}: compact to ${record.index}`
    case 'put':
      return `region ${record.regionId}: put ${hexOf(record.key)} = ${hexOf(record.value)}`
    case 'delete':
      return `region ${record.regionId}: delete ${hexOf(record.key)}`
    case 'atomic-group':
      return `atomic group ${record.groupId}: ${record.part}`
    case 'fault':
      return `FAULT ${record.fault}: ${record.detail}`
  }
}
