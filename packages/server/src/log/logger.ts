import type { Clock } from '@stratakv/core'
import pino from 'pino'
import { descriptorOutput, type LogFileOptions, type LogOutput, rotatingOutput } from './log-file.ts'
import { logTime, textLine } from './log-line.ts'

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
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  /** TiKV's text line, or TiKV's JSON object a line. */
  readonly format: 'text' | 'json'
  /** A file descriptor, or a file that is put aside when it is full. */
  readonly output: { readonly fd: number } | LogFileOptions
}

/** Says nothing: the default of an embedded node. */
export function silentLogger(): Logger {
  return { debug() {}, info() {}, warn() {}, error() {} }
}

/**
 * pino, in TiKV's two forms, so that what reads TiKV's logs reads these. A line is written when the call returns, so that nothing is
 * lost when the process ends. An output that takes nothing, such as a file on a full disk, costs lines: the node
 * says that the disk is full, and must not end because of it.
 *
 * @throws LogFileError
 */
export function pinoLogger(deps: { readonly clock: Clock }, options: LogOptions): Logger {
  const { clock } = deps
  const output = 'fd' in options.output ? descriptorOutput(options.output.fd) : rotatingOutput(deps, options.output)
  const log = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
      timestamp: () => `,"time":"${logTime(clock.unixMs())}"`,
    },
    options.format === 'json' ? output : textOutput(output),
  )
  return {
    debug: (message, fields = {}) => log.debug(showBigints(fields), message),
    info: (message, fields = {}) => log.info(showBigints(fields), message),
    warn: (message, fields = {}) => log.warn(showBigints(fields), message),
    error: (message, fields = {}) => log.error(showBigints(fields), message),
  }
}

/** Timestamps and cluster ids as decimal text: as JSON numbers their readers would round them. */
function showBigints(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  )
}

function textOutput(output: LogOutput): LogOutput {
  return {
    write(line) {
      const { level, time, message, ...fields } = JSON.parse(line) as { level: string; time: string; message: string }
      output.write(textLine(time, level, message, fields))
    },
  }
}
