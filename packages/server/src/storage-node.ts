import {
  type Clock,
  ClosedError,
  type FileSystem,
  type KvEngine,
  type PlacementDriver,
  type Random,
  systemClock,
  systemRandom,
  type Telemetry,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import type { Storage } from '@stratakv/storage'
import { type ComposedNode, composeNode } from './compose-node.ts'
import { completeConfig } from './config/config.ts'
import type { Config } from './config/keys.ts'
import { type DataDirectory, openDataDirectory } from './data-directory/data-directory.ts'
import { type Logger, silentLogger } from './log/logger.ts'
import { type Endpoints, type ServedNode, serveNode } from './node-edges.ts'
import { type PrometheusTelemetry, prometheusTelemetry } from './prometheus-telemetry.ts'
import { type ShutdownStep, shutDown } from './shutdown.ts'
import { productVersion } from './version.ts'

export interface StorageNodeOptions {
  /** Where everything is kept; overrides `storage.data-dir`. Ignored with `storage.engine = "memory"`. */
  readonly dataDir?: string
  /** Defaults for what is left out; bytes and milliseconds as numbers. `checkConfig` makes one from a file's values. */
  readonly config?: Partial<Config>
  readonly logger?: Logger
  /**
   * Shows the figures of the process (CPU, memory, event loop, garbage collection) among the node's. For a process that is
   * the node; default false, because an embedding program has its own, and collecting them never ends before the process does.
   */
  readonly processMetrics?: boolean
}

interface Owned {
  readonly node: ComposedNode
  readonly placementDriver: EmbeddedPlacementDriver
  readonly directory: DataDirectory | undefined
  readonly telemetry: PrometheusTelemetry
}

/**
 * A whole storage node in this process: engine, embedded placement driver, transactions; sockets only when asked for.
 *
 * @example
 * await using node = await StorageNode.open({ dataDir: './data' })
 * const { pd } = await node.serve()
 */
export class StorageNode implements AsyncDisposable {
  readonly #owned: Owned
  #served: Promise<ServedNode> | undefined
  #closing: Promise<void> | undefined

  private constructor(owned: Owned) {
    this.#owned = owned
  }

  /**
   * Opens, or makes, the node in its data directory. No socket is opened.
   *
   * @throws ConfigValueError, DataDirectoryInUseError, DataDirectoryTooNewError, ForeignDataDirectoryError,
   * DamagedMarkerError, EngineMismatchError, DataDirectoryIncompleteError, DataDirectoryClusterError, and what the engine, the placement driver and composeNode throw. Nothing is
   * left open or locked then.
   */
  static async open(options: StorageNodeOptions = {}): Promise<StorageNode> {
    const given = options.dataDir === undefined ? {} : { 'storage.data-dir': options.dataDir }
    const config = completeConfig({ ...options.config, ...given })
    const logger = options.logger ?? silentLogger()
    const clock = systemClock()
    const random = systemRandom()
    const telemetry = prometheusTelemetry({ clock }, { processMetrics: options.processMetrics ?? false })
    const isMemory = config['storage.engine'] === 'memory'
    const fs = isMemory ? createMemoryDisk({ random }) : createNodeFileSystem()
    const directory = isMemory
      ? undefined
      : await openDataDirectory(
          { fs, logger },
          { path: config['storage.data-dir'], engine: config['storage.engine'], version: productVersion },
        )
    const undo: ShutdownStep[] = []
    if (directory !== undefined) undo.push(() => directory.release())
    try {
      const placementDriver = await openEmbeddedPd(fs, { clock, random, telemetry }, directory, config)
      undo.push(() => placementDriver.close())
      directory?.checkCluster(placementDriver.id)
      const engine = await openEngine(directory, config)
      const node = await composeNode(
        {
          engine,
          placementDriver,
          clock,
          telemetry,
          logger,
          ...(directory === undefined ? {} : { diskSpace: () => fs.diskSpace(directory.path) }),
        },
        config,
      )
      undo.push(() => node.close())
      await directory?.claim(node.clusterId)
      return new StorageNode({ node, placementDriver, directory, telemetry })
    } catch (error) {
      // What could not be opened is the news, not what could not be closed after it.
      await shutDown(undo.reverse()).catch((failure) => {
        logger.error('closing after a failed start failed too', { error: String(failure) })
      })
      throw error
    }
  }

  /** Transactions and raw commands, in this process. */
  get storage(): Storage {
    return this.#owned.node.storage
  }

  /** Where this node's region is found, and timestamps come from, in this process. */
  get placementDriver(): PlacementDriver {
    return this.#owned.placementDriver
  }

  get clusterId(): bigint {
    return this.#owned.node.clusterId
  }

  get config(): Config {
    return this.#owned.node.config
  }

  /**
   * Opens the sockets that the configuration names: store, placement driver, status. Once; later calls give the same answer.
   *
   * @throws AddressTakenError naming the configuration key, ListenError, ClosedError
   */
  async serve(): Promise<Endpoints> {
    if (this.#closing !== undefined) throw new ClosedError('storage node')
    this.#served ??= serveNode(this.#owned)
    return (await this.#served).endpoints
  }

  /** Ends calls, waits for what was promised, releases the directory. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const { node, placementDriver, directory } = this.#owned
    await shutDown([
      async () => {
        // A failed serve has closed what it opened, and its caller has heard of it.
        const served = await this.#served?.catch(() => undefined)
        await served?.close()
      },
      () => node.close(),
      () => placementDriver.close(),
      async () => directory?.release(),
    ])
  }
}

function openEmbeddedPd(
  fs: FileSystem,
  deps: { readonly clock: Clock; readonly random: Random; readonly telemetry: Telemetry },
  directory: DataDirectory | undefined,
  config: Config,
): Promise<EmbeddedPlacementDriver> {
  const address = config['embedded-pd.advertise-addr'] || config['embedded-pd.addr']
  return openPlacementDriver(
    { fs, ...deps },
    { directory: directory?.placementDriverPath ?? '/pd', clientUrls: [`http://${address}`] },
  )
}

function openEngine(directory: DataDirectory | undefined, config: Config): Promise<KvEngine> | KvEngine {
  if (directory === undefined) return createMemoryEngine()
  return openLevelEngine({ path: directory.enginePath, blockCacheBytes: config['storage.block-cache.capacity'] })
}
