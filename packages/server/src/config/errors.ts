import { StrataError } from '@stratakv/core'

/** A configuration value cannot be used. The process does not start. */
export class ConfigValueError extends StrataError {
  readonly code = 'SERVER_CONFIG_VALUE'
  /** Dotted, as in the file: `storage.api-version`. */
  readonly key: string
  readonly got: string
  /** What the key takes. */
  readonly takes: string
  constructor(key: string, got: unknown, takes: string) {
    const shown = typeof got === 'string' ? JSON.stringify(got) : (JSON.stringify(got) ?? String(got))
    super(`configuration key ${key} takes ${takes}, but is ${shown}`)
    this.key = key
    this.got = shown
    this.takes = takes
  }
}

/** The configuration file cannot be read or is not TOML. */
export class ConfigFileError extends StrataError {
  readonly code = 'SERVER_CONFIG_FILE'
  readonly path: string
  constructor(path: string, detail: string, options?: ErrorOptions) {
    super(`configuration file ${path}: ${detail}`, options)
    this.path = path
  }
}
