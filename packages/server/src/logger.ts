import type { LoggerOptions, Logger as PinoLogger } from 'pino'
import pino from 'pino'
import { prettyFactory } from 'pino-pretty'

/** Fields that go with a message. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the node says what happens. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly format: 'text' | 'json'
  /** File descriptor of the output. */
  readonly fd: number
}

/** Says nothing: the default of an embedded node. */
export function silentLogger(): Logger {
  return { debug() {}, info() {}, warn() {}, error() {} }
}

const prettify = prettyFactory({ translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l', singleLine: true })

/** Log lines that could not be written wait for the next one, up to so many characters; what comes then is dropped. */
const unwrittenMax = 64 * 1024

/**
 * pino, as text for people or one JSON object a line. Writes synchronously, so that nothing is lost when the process ends.
 * An output that takes nothing, such as a file on a full disk, costs lines: the node says that the disk is full, and must
 * not end because of it.
 */
export function pinoLogger(options: LogOptions): Logger {
  const settings: LoggerOptions = { level: options.level, base: null }
  const output = pino.destination({ fd: options.fd, sync: true, maxLength: unwrittenMax })
  output.on('error', () => {})
  const destination = options.format === 'json' ? output : { write: (line: string) => output.write(prettify(line)) }
  const log: PinoLogger = pino(settings, destination)
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  }
}
