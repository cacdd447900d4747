import { distance } from 'fastest-levenshtein'
import { parse as parseToml, stringify as stringifyToml, TomlError } from 'smol-toml'
import { ConfigFileError, ConfigValueError } from './errors.ts'
import type { ConfigKey } from './key-kinds.ts'
import { type Config, type ConfigKeyName, configKeys } from './keys.ts'

/** A key of the file that nothing here knows. */
export interface UnknownKey {
  readonly key: string
  /** The known key that is spelt most alike, if any is near. */
  readonly nearest: ConfigKeyName | undefined
}

export interface CheckedConfig {
  readonly config: Config
  readonly unknownKeys: readonly UnknownKey[]
}

const names = Object.keys(configKeys) as ConfigKeyName[]
/** Edits, beyond which two spellings are not taken for the same word. */
const nearestDistanceMax = 6

function keyOf(name: ConfigKeyName): ConfigKey<unknown> {
  return configKeys[name] as ConfigKey<unknown>
}

/** `in` would also find what every object inherits: a file may well have a key called `constructor`. */
function isKnown(key: string): key is ConfigKeyName {
  return Object.hasOwn(configKeys, key)
}

export function defaultConfig(): Config {
  return Object.fromEntries(names.map((name) => [name, keyOf(name).default])) as unknown as Config
}

/**
 * Checks values by dotted key, over the defaults.
 *
 * @throws ConfigValueError for the first value that a key does not take
 */
export function checkConfig(values: ReadonlyMap<string, unknown>): CheckedConfig {
  const config: Record<string, unknown> = { ...defaultConfig() }
  const unknownKeys: UnknownKey[] = []
  for (const [key, value] of values) {
    if (isKnown(key)) config[key] = keyOf(key).parse(key, value)
    else unknownKeys.push({ key, nearest: nearestKey(key) })
  }
  return { config: config as unknown as Config, unknownKeys }
}

/**
 * Checks values that a program gives, in the form in which {@link Config} holds them, over the defaults.
 *
 * @throws ConfigValueError for the first value that a key does not take, or a key that nothing here knows
 */
export function completeConfig(given: Partial<Config>): Config {
  const config: Record<string, unknown> = { ...defaultConfig() }
  for (const [name, value] of Object.entries(given)) {
    if (!isKnown(name)) throw new ConfigValueError(name, value, `nothing: it is no key${suggestion(nearestKey(name))}`)
    if (value === undefined) continue
    const key = keyOf(name)
    // A duration is a number here and a text in the file, so its check goes by way of the text.
    const parsed = key.parse(name, typeof value === typeof key.default ? key.show(value) : value)
    if (parsed !== value) throw new ConfigValueError(name, value, `whole bytes or milliseconds, such as ${parsed}`)
    config[name] = value
  }
  return config as unknown as Config
}

function suggestion(nearest: ConfigKeyName | undefined): string {
  return nearest === undefined ? '' : ` (${nearest} is)`
}

/**
 * The dotted keys of a TOML text.
 *
 * @throws ConfigFileError with the line that is wrong
 */
export function readToml(path: string, source: string): Map<string, unknown> {
  const values = new Map<string, unknown>()
  try {
    flatten(parseToml(source), '', values)
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause
    throw new ConfigFileError(path, `line ${cause.line}, column ${cause.column}: not valid TOML`, { cause })
  }
  return values
}

function flatten(table: object, prefix: string, into: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(table)) {
    const key = prefix + name
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    if (isTable && !isKnown(key)) flatten(value, `${key}.`, into)
    else into.set(key, value)
  }
}

function nearestKey(key: string): ConfigKeyName | undefined {
  let best: ConfigKeyName | undefined
  let bestDistance = nearestDistanceMax + 1
  for (const name of names) {
    const edits = distance(key, name)
    if (edits < bestDistance) {
      best = name
      bestDistance = edits
    }
  }
  return best
}

/** Nested tables with the file's spelling of every value: what TiKV's `/config` answers. */
export function showConfig(config: Config): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const name of names) {
    const path = name.split('.')
    const leaf = path.pop()!
    let table = root
    for (const part of path) {
      table[part] ??= {}
      table = table[part] as Record<string, unknown>
    }
    table[leaf] = keyOf(name).show(config[name])
  }
  return root
}

/** The TOML file that says all of this. */
export function configToml(config: Config): string {
  return stringifyToml(showConfig(config))
}

/** The reference of all keys, one line each, for `--help` and the docs. */
export function describeKeys(): readonly { readonly key: string; readonly default: string; readonly doc: string }[] {
  return names.map((name) => ({
    key: name,
    default: JSON.stringify(keyOf(name).show(keyOf(name).default)),
    doc: keyOf(name).doc,
  }))
}
