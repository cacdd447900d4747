import { readFileSync } from 'node:fs'
import { type CheckedConfig, ConfigFileError, type ConfigKeyName, checkConfig, readToml } from '@stratakv/server'

/** By configuration key; `undefined` says nothing. */
export type KeyValues = Readonly<Partial<Record<ConfigKeyName, string | readonly string[] | undefined>>>

export interface ConfigSources {
  /** A command's own, where they are not the keys'. */
  readonly defaults?: KeyValues
  /** The path of a TOML file; `-` is standard input. */
  readonly file: string | undefined
  readonly flags: KeyValues
}

/**
 * The configuration of a node: what flags say wins over the file, and the file over the command's defaults.
 *
 * @throws ConfigFileError, ConfigValueError
 */
export function nodeConfig({ defaults = {}, file, flags }: ConfigSources): CheckedConfig {
  const values = new Map<string, unknown>(Object.entries(defaults))
  if (file !== undefined) for (const [key, value] of readToml(file, readConfigFile(file))) values.set(key, value)
  for (const [key, value] of Object.entries(flags)) if (value !== undefined) values.set(key, value)
  return checkConfig(values)
}

const stdinFd = 0

function readConfigFile(path: string): string {
  try {
    return readFileSync(path === '-' ? stdinFd : path, 'utf8')
  } catch (cause) {
    throw new ConfigFileError(path, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
