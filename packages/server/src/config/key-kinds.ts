import { parseAddress } from './addresses.ts'
import { ConfigValueError } from './errors.ts'
import { formatDuration, formatSize, parseDuration, parseSize } from './quantities.ts'

/** One configuration key: how a value is checked, shown and explained. */
export interface ConfigKey<T> {
  readonly default: T
  /** One sentence for the operator; says so when our default differs from TiKV's, and why. */
  readonly doc: string
  /** @throws ConfigValueError naming `key` */
  parse(key: string, value: unknown): T
  /** The form in which the file and `/config` show it. */
  show(value: T): unknown
}

export function path(defaultValue: string, doc: string): ConfigKey<string> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'string' || value === '') throw new ConfigValueError(key, value, 'the path of a folder')
      return value
    },
    show: (value) => value,
  }
}

/** A file; empty means what `whenEmpty` says. */
export function optionalPath(
  defaultValue: string,
  doc: string,
  { whenEmpty }: { readonly whenEmpty: string },
): ConfigKey<string> {
  return {
    default: defaultValue,
    doc: `${doc} "" = ${whenEmpty}.`,
    parse(key, value) {
      if (typeof value !== 'string')
        throw new ConfigValueError(key, value, `the path of a file, or "" for ${whenEmpty}`)
      return value
    },
    show: (value) => value,
  }
}

/** `host:port`; empty is allowed where `optional` says what that means. */
export function address(
  defaultValue: string,
  doc: string,
  optional?: { readonly whenEmpty: string },
): ConfigKey<string> {
  const takes = `an address such as "127.0.0.1:20160"${optional ? `, or "" for ${optional.whenEmpty}` : ''}`
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (value === '' && optional !== undefined) return ''
      if (typeof value !== 'string' || parseAddress(value) === undefined) throw new ConfigValueError(key, value, takes)
      return value
    },
    show: (value) => value,
  }
}

export function oneOf<T extends string | number>(defaultValue: T, choices: readonly T[], doc: string): ConfigKey<T> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      const chosen = choices.find((choice) => choice === value)
      if (chosen === undefined)
        throw new ConfigValueError(key, value, choices.map((choice) => JSON.stringify(choice)).join(' or '))
      return chosen
    },
    show: (value) => value,
  }
}

export function flag(defaultValue: boolean, doc: string): ConfigKey<boolean> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'boolean') throw new ConfigValueError(key, value, 'true or false')
      return value
    },
    show: (value) => value,
  }
}

export function whole(
  defaultValue: number,
  range: { readonly min: number; readonly max: number },
  doc: string,
): ConfigKey<number> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < range.min || value > range.max) {
        throw new ConfigValueError(key, value, `a whole number from ${range.min} to ${range.max}`)
      }
      return value
    },
    show: (value) => value,
  }
}

/** Bytes inside, `"8MiB"` outside. */
export function size(
  defaultText: string,
  range: { readonly min: string; readonly max?: string },
  doc: string,
): ConfigKey<number> {
  const min = parseSize(range.min)!
  const max = range.max === undefined ? Number.MAX_SAFE_INTEGER : parseSize(range.max)!
  const takes = `a size such as "${defaultText}", at least ${range.min}${range.max === undefined ? '' : ` and at most ${range.max}`}`
  return {
    default: parseSize(defaultText)!,
    doc,
    parse(key, value) {
      const bytes = typeof value === 'number' ? value : typeof value === 'string' ? parseSize(value) : undefined
      if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < min || bytes > max) {
        throw new ConfigValueError(key, value, takes)
      }
      return bytes
    },
    show: formatSize,
  }
}

/** Milliseconds inside, `"10s"` outside. */
export function duration(defaultText: string, min: string, doc: string): ConfigKey<number> {
  const minMs = parseDuration(min)!
  return {
    default: parseDuration(defaultText)!,
    doc,
    parse(key, value) {
      const durationMs = typeof value === 'string' ? parseDuration(value) : undefined
      if (durationMs === undefined || durationMs < minMs) {
        throw new ConfigValueError(key, value, `a duration such as "${defaultText}", at least ${min}`)
      }
      return durationMs
    },
    show: formatDuration,
  }
}

export function names(doc: string): ConfigKey<readonly string[]> {
  return {
    default: [],
    doc,
    parse(key, value) {
      if (!Array.isArray(value) || value.some((name) => typeof name !== 'string' || name === '')) {
        throw new ConfigValueError(key, value, 'a list of names such as ["client", "tidb"]')
      }
      return value
    },
    show: (value) => value,
  }
}

/** `host:port` each. */
export function addresses(doc: string): ConfigKey<readonly string[]> {
  return {
    default: [],
    doc,
    parse(key, value) {
      const isList =
        Array.isArray(value) && value.every((at) => typeof at === 'string' && parseAddress(at) !== undefined)
      if (!isList) throw new ConfigValueError(key, value, 'a list of addresses such as ["127.0.0.1:2379"]')
      return value as readonly string[]
    },
    show: (value) => value,
  }
}

/** From 0 to 1. */
export function fraction(defaultValue: number, doc: string): ConfigKey<number> {
  return {
    default: defaultValue,
    doc,
    parse(key, value) {
      if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
        throw new ConfigValueError(key, value, 'a number from 0 to 1')
      }
      return value
    },
    show: (value) => value,
  }
}
