import { ClosedError, systemClock, systemRandom } from '@stratakv/core'
import type { ServerSecurity } from '@stratakv/grpc'
import { createMemoryDisk } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import { completeConfig } from './config/config.ts'
import type { Config } from './config/keys.ts'
import { type Logger, silentLogger } from './log/logger.ts'
import { machineMemoryBytes } from './machine-memory.ts'
import { memoryShares } from './memory-shares.ts'
import { openNodeDisk } from './node-disk.ts'
import { isSecured, openNodeSecurity } from './node-security.ts'
import { type OpenEdge, openPdEdge } from './pd-edge.ts'
import { type PrometheusTelemetry, prometheusTelemetry } from './prometheus-telemetry.ts'
import { placementConfigOf } from './raft-options.ts'
import { type ShutdownStep, shutDown } from './shutdown.ts'

export interface PlacementDriverNodeOptions {
  /** Its metadata; made when it is not there. Ignored with `storage.engine = "memory"`, which keeps nothing. */
  readonly directory: string
  /** Defaults for what is left out. Of a node's keys those of the placement driver, its address, memory and security count. */
  readonly config?: Partial<Config>
  readonly logger?: Logger
}

/**
 * A placement driver without a store beside it, for stores that find it at `pd.endpoints`. It is one member, and does not replicate
 * itself: while it is down nobody gets timestamps, and transactions wait.
 */
export class PlacementDriverNode implements AsyncDisposable {
  readonly placementDriver: EmbeddedPlacementDriver
  readonly #config: Config
  readonly #telemetry: PrometheusTelemetry
  readonly #logger: Logger
  readonly #steps: ShutdownStep[]
  #edge: OpenEdge | undefined
  #closing: Promise<void> | undefined

  private constructor(
    placementDriver: EmbeddedPlacementDriver,
    parts: { readonly config: Config; readonly telemetry: PrometheusTelemetry; readonly logger: Logger },
    steps: ShutdownStep[],
  ) {
    this.placementDriver = placementDriver
    this.#config = parts.config
    this.#telemetry = parts.telemetry
    this.#logger = parts.logger
    this.#steps = steps
  }

  /** No socket is opened. @throws ConfigValueError, FileLockedError, MetadataCorruptionError and its like */
  static async open(options: PlacementDriverNodeOptions): Promise<PlacementDriverNode> {
    const config = completeConfig(options.config ?? {})
    const logger = options.logger ?? silentLogger()
    const [clock, random] = [systemClock(), systemRandom()]
    const telemetry = prometheusTelemetry({ clock }, { processMetrics: false })
    const isMemory = config['storage.engine'] === 'memory'
    const disk = isMemory ? undefined : await openNodeDisk(config['storage.io-backend'], { logger })
    const steps: ShutdownStep[] = [async () => disk?.close()]
    try {
      const directory = isMemory ? '/pd' : options.directory
      const fs = disk?.fs ?? createMemoryDisk({ random })
      await fs.createDirectory(directory)
      const placementDriver = await openPlacementDriver(
        { fs, clock, random, telemetry },
        {
          directory,
          clientUrls: [`${isSecured(config) ? 'https' : 'http'}://${config['embedded-pd.addr']}`],
          placement: placementConfigOf(config),
        },
      )
      steps.push(() => placementDriver.close())
      return new PlacementDriverNode(placementDriver, { config, telemetry, logger }, steps)
    } catch (error) {
      await shutDown(steps.reverse()).catch(() => {})
      throw error
    }
  }

  /** Opens `embedded-pd.addr`; answers where it is, `host:port`. @throws AddressTakenError, ListenError, SecurityFilesError */
  async serve(): Promise<string> {
    if (this.#closing !== undefined) throw new ClosedError('placement driver')
    if (this.#edge !== undefined) return this.#edge.address
    const security: ServerSecurity | undefined = await openNodeSecurity(this.#config, this.#logger)
    const { unreadReplies } = memoryShares(this.#config, machineMemoryBytes())
    const edge = await openPdEdge(
      {
        placementDriver: this.placementDriver,
        clock: systemClock(),
        telemetry: this.#telemetry,
        security,
        onUnexpectedError: (path, error) => this.#logger.error(`${path} failed unexpectedly`, { error: String(error) }),
      },
      this.#config,
      {
        unreadReplies,
        receiveBytesMax: this.#config['server.grpc-receive-size-max'],
        concurrentStreamsMax: this.#config['server.grpc-concurrent-stream'],
      },
    )
    this.#edge = edge
    this.#steps.push(() => edge.close())
    return edge.address
  }

  /** Ends calls and releases the directory. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= shutDown([...this.#steps].reverse())
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
