import { MiB, NoSpaceError, StrataError, systemClock } from '@stratakv/core'
import {
  type CheckedConfig,
  type Config,
  type Endpoints,
  type FaultOptions,
  type Logger,
  pinoLogger,
  StorageNode,
  type UnknownKey,
} from '@stratakv/server'

/** What a command runs until a signal. */
export interface NodeRun {
  readonly checked: CheckedConfig
  /** Where the greeting says that the data is. */
  readonly data: string
  /** Absent: nothing fails on purpose. */
  readonly faults?: FaultOptions
  /** From the start on, each in one line. */
  readonly faultRules?: readonly string[]
}

/** Standard error, so that standard output can be read by programs. */
const stderrFd = 2

/**
 * Runs one node until SIGINT or SIGTERM, and says on standard output where it is.
 *
 * @throws what opening, serving or closing it threw; it is closed then
 */
export async function runNode({ checked, data, faults, faultRules = [] }: NodeRun): Promise<void> {
  const { config, unknownKeys } = checked
  const logger = openLog(config)
  warnOfUnknownKeys(unknownKeys, logger)
  const stop = stopSignal()
  const node = await StorageNode.open({
    config,
    logger,
    processMetrics: true,
    ...(faults === undefined ? {} : { faults }),
  })
  let reason: string
  try {
    if (faults !== undefined) node.faults.addAll(faultRules)
    const endpoints = await node.serve()
    greet(greeting(node, endpoints, data, faults === undefined ? undefined : node.faults.seed), logger)
    reason = await Promise.race([stop, failure(node)])
  } catch (error) {
    await node.close()
    throw error
  }
  logger.info(`${reason}: shutting down`)
  await node.close()
  logger.info('shut down cleanly')
}

/** What a store cannot go on after. With a full disk it still has something to read. */
async function failure(node: StorageNode): Promise<string> {
  const error = await node.failed
  const isFull = error instanceof NoSpaceError || error.cause instanceof NoSpaceError
  if (isFull) return new Promise(() => {})
  process.exitCode = 1
  return `the disk failed (${error.message})`
}

export function warnOfUnknownKeys(unknownKeys: readonly UnknownKey[], logger: Logger): void {
  for (const { key, nearest } of unknownKeys) {
    logger.warn(`configuration key ${key} is unknown and ignored${nearest ? `; did you mean ${nearest}?` : ''}`)
  }
}

/** @throws LogFileError */
export function openLog(config: Config): Logger {
  const path = config['log.file.filename']
  const output =
    path === ''
      ? { fd: stderrFd }
      : {
          path,
          sizeBytesMax: MiB(config['log.file.max-size']),
          daysMax: config['log.file.max-days'],
          backupCountMax: config['log.file.max-backups'],
        }
  return pinoLogger({ clock: systemClock() }, { level: config['log.level'], format: config['log.format'], output })
}

/** Runs a command to its end. What an operator can mend is one line that says how; anything else is a bug and keeps its stack. */
export async function tellingErrors(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const text = error instanceof StrataError ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`error: ${text}\n`)
    process.exitCode = 1
  }
}

/** What a shell reports for a process that a signal ended: 128 and the signal's number. */
const exitCodeOf = { SIGINT: 130, SIGTERM: 143 } as const

/** The first signal asks for a clean end; a second one of either kind, for those in a hurry, ends at once: data is safe either way. */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let isAsked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(exitCodeOf[signal])
        isAsked = true
        resolve(signal)
      })
    }
    // A store of a playground ends with it.
    process.once('disconnect', () => resolve('the parent process is gone'))
    // Being listened to would keep the process from ending by itself.
    process.channel?.unref()
  })
}

/** Whoever started us may have closed its end, as `| head` does: nobody reading the greeting is no reason to stop serving. */
export function greet(text: string, logger: Logger): void {
  process.stdout.on('error', (error) => logger.debug('the greeting was not read', { error: String(error) }))
  process.stdout.write(text)
}

function greeting(node: StorageNode, endpoints: Endpoints, data: string, faultSeed: number | undefined): string {
  const { pd, store, status } = endpoints
  const isSecured = node.config['security.cert-path'] !== ''
  const scheme = isSecured ? 'https' : 'http'
  const faults =
    faultSeed === undefined
      ? ''
      : `\n  faults             ${status === undefined ? '' : `${scheme}://${status}/faults, `}seed ${faultSeed}`
  return `
StrataKV is ready (cluster ${node.clusterId}${isSecured ? ', TLS' : ''})

  placement driver   ${pd}      give this one to TiKV clients
  store              ${store}
  status             ${status === undefined ? 'off' : `${scheme}://${status}/metrics`}
  data               ${data}${faults}

  Go:      rawkv.NewClientWithOpts(ctx, []string{"${pd}"})
  go-ycsb: go-ycsb load tikv -P workloads/workloada -p tikv.pd=${pd} -p tikv.type=raw

Ctrl-C stops it.
`
}
