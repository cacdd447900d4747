import { describeKeys } from '@stratakv/server'
import { Command } from 'commander'

/** `stratakv config`: every key with its default, as a file to begin with. */
export function configCommand(): Command {
  return new Command('config')
    .description('Print a configuration file with every key, its default, and what it means.')
    .action(() => {
      process.stdout.write(defaultConfigFile())
    })
}

/** TOML with each key commented out under its explanation. */
export function defaultConfigFile(): string {
  const tables = new Map<string, string[]>()
  for (const { key, default: value, doc } of describeKeys()) {
    const dot = key.lastIndexOf('.')
    const table = key.slice(0, Math.max(0, dot))
    const lines = tables.get(table) ?? []
    lines.push(`# ${doc}`, `# ${key.slice(dot + 1)} = ${value}`, '')
    tables.set(table, lines)
  }
  // What stands in no table comes first: TOML has no way back out of one.
  return [...tables]
    .sort(([left], [right]) => Number(left !== '') - Number(right !== ''))
    .map(([table, lines]) => `${table === '' ? '' : `[${table}]\n`}${lines.join('\n')}`)
    .join('\n')
}
