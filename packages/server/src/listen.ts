import { StrataError } from '@stratakv/core'
import { AddressInUseError, type ReportUnexpected, type RpcServer, type RpcServerOptions } from '@stratakv/grpc'
import { type HostPort, parseAddress } from './config/addresses.ts'
import type { Config, ConfigKeyName } from './config/keys.ts'
import type { Logger } from './log/logger.ts'
import type { MemoryShares } from './memory-shares.ts'

/** What the ports of a node may hold at once. */
export type ServingLimits = Omit<RpcServerOptions, 'host' | 'port'>

export function servingLimits(config: Config, { unreadReplies }: MemoryShares): ServingLimits {
  return {
    unreadReplies,
    receiveBytesMax: config['server.grpc-receive-size-max'],
    concurrentStreamsMax: config['server.grpc-concurrent-stream'],
  }
}

/** Of an error that no handler meant as an answer: a bug, with its stack. */
export function reportingUnexpected(logger: Logger): ReportUnexpected {
  return (path, error) => {
    logger.error(`${path} failed unexpectedly`, {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}

/** A port of the configuration is taken by another process. */
export class AddressTakenError extends StrataError {
  readonly code = 'SERVER_ADDRESS_TAKEN'
  readonly address: string
  /** The key that moves it elsewhere. */
  readonly key: ConfigKeyName
  constructor(address: string, key: ConfigKeyName, options?: ErrorOptions) {
    super(`${address} is in use by another process: stop it, or set ${key} to another address`, options)
    this.address = address
    this.key = key
  }
}

/** Running calls get this long at shutdown; streams that never end are broken then. */
export const graceMs = 500

/** Runs `start` on the address that `key` holds. @throws AddressTakenError naming the key */
export async function listen(
  key: 'server.addr' | 'embedded-pd.addr' | 'server.status-addr',
  config: Config,
  start: (at: HostPort) => Promise<RpcServer>,
): Promise<RpcServer> {
  try {
    return await start(parseAddress(config[key])!)
  } catch (cause) {
    if (cause instanceof AddressInUseError) throw new AddressTakenError(config[key], key, { cause })
    throw cause
  }
}

/** The address, with the port that was bound. */
export function bound(configured: string, port: number): string {
  return `${configured.slice(0, configured.lastIndexOf(':'))}:${port}`
}
