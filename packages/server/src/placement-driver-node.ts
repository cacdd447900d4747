import { ClosedError, systemClock, systemRandom } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import type { EmbeddedPlacementDriver } from '@stratakv/pd-scheduler'
import { completeConfig } from './config/config.ts'
import type { Config } from './config/keys.ts'
import { reportingUnexpected, servingLimits } from './listen.ts'
import { type Logger, silentLogger } from './log/logger.ts'
import { machineMemoryBytes } from './machine-memory.ts'
import { memoryShares } from './memory-shares.ts'
import { openNodeDisk } from './node-disk.ts'
import { openEmbeddedPd } from './node-pd.ts'
import { openNodeSecurity } from './node-security.ts'
import { type OpenEdge, openPdEdge } from './pd-edge.ts'
import { type PrometheusTelemetry, prometheusTelemetry } from './prometheus-telemetry.ts'
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
      const { placementDriver, close } = await openEmbeddedPd(
        { fs, clock, random, telemetry, logger },
        directory,
        config,
      )
      steps.push(close)
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
    const security = await openNodeSecurity(this.#config, this.#logger)
    const edge = await openPdEdge(
      {
        placementDriver: this.placementDriver,
        clock: systemClock(),
        telemetry: this.#telemetry,
        security,
        onUnexpectedError: reportingUnexpected(this.#logger),
      },
      this.#config,
      servingLimits(this.#config, memoryShares(this.#config, machineMemoryBytes())),
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
