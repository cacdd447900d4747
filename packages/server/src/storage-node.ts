import type { RawClient, RunOptions, Snapshot, SnapshotAtOptions, Transaction } from '@stratakv/client'
import {
  below,
  ClosedError,
  type KvEngine,
  type MethodBinding,
  type PlacementDriver,
  type RaftLogEngine,
  type Random,
  type Rpc,
  systemClock,
  systemRandom,
  type Telemetry,
} from '@stratakv/core'
import { grpcRpc } from '@stratakv/grpc/channel'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import type { Storage } from '@stratakv/storage'
import { type ComposedNode, composeNode, type NodeIdentity } from './compose-node.ts'
import { isLoopback } from './config/addresses.ts'
import { completeConfig } from './config/config.ts'
import type { Config } from './config/keys.ts'
import {
  type DataDirectory,
  engineFolder,
  openDataDirectory,
  placementDriverFolder,
  raftLogFolder,
} from './data-directory/data-directory.ts'
import { faultableMethods } from './edge/faulty-calls.ts'
import { FaultsExposedError, FaultsOffError } from './faults/errors.ts'
import { type FaultOptions, type Faults, NodeFaults } from './faults/node-faults.ts'
import { type Logger, silentLogger } from './log/logger.ts'
import { type NodeDisk, openNodeDisk } from './node-disk.ts'
import { type Endpoints, type ServedNode, serveNode } from './node-edges.ts'
import { type NodePlacementDriver, openNodePd } from './node-pd.ts'
import { channelSecurityOf } from './node-security.ts'
import type { RaftLogDeps } from './open-raft-log.ts'
import { type PrometheusTelemetry, prometheusTelemetry } from './prometheus-telemetry.ts'
import { type ShutdownStep, shutDown } from './shutdown.ts'
import { storeTransport } from './store-transport.ts'
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
  /**
   * The node can fail on purpose, for tests: see {@link StorageNode.faults}. Absent: it cannot, and nothing of it is there to cost.
   * A configuration file cannot ask for it, only a program.
   */
  readonly faults?: FaultOptions
}

interface Owned {
  readonly node: ComposedNode
  readonly placementDriver: NodePlacementDriver
  readonly rpc: Rpc
  /** What other stores call here. */
  readonly storeMethods: readonly MethodBinding[]
  readonly directory: DataDirectory | undefined
  readonly disk: NodeDisk
  readonly telemetry: PrometheusTelemetry
  readonly faults: NodeFaults | undefined
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
   * @throws ConfigValueError, IoBackendUnavailableError, DataDirectoryInUseError, DataDirectoryTooNewError, ForeignDataDirectoryError,
   * DamagedMarkerError, EngineMismatchError, DataDirectoryIncompleteError, DataDirectoryClusterError, FaultsExposedError, and what
   * the engine, the placement driver and composeNode throw. Nothing is
   * left open or locked then.
   */
  static async open(options: StorageNodeOptions = {}): Promise<StorageNode> {
    const given = options.dataDir === undefined ? {} : { 'storage.data-dir': options.dataDir }
    const config = completeConfig({ ...options.config, ...given })
    const logger = options.logger ?? silentLogger()
    const clock = systemClock()
    const random = systemRandom()
    const telemetry = prometheusTelemetry({ clock }, { processMetrics: options.processMetrics ?? false })
    const faults = openFaults(options.faults, { random, telemetry, logger }, config)
    const isMemory = config['storage.engine'] === 'memory'
    const disk = isMemory ? memoryDisk(random) : await openNodeDisk(config['storage.io-backend'], { logger })
    const { fs } = disk
    const undo: ShutdownStep[] = [() => disk.close()]
    try {
      const directory = isMemory
        ? undefined
        : await openDataDirectory(
            { fs, logger },
            {
              path: config['storage.data-dir'],
              engine: config['storage.engine'],
              version: productVersion,
              raftEnginePath: config['raft-engine.dir'],
              isPlacementDriverElsewhere: config['pd.endpoints'].length > 0,
            },
          )
      if (directory !== undefined) undo.push(() => directory.release())
      const rpc = grpcRpc({ clock, random }, { ...channelSecurityOf(config) })
      undo.push(() => rpc.close())
      const placementDriver = await openNodePd({ fs, clock, random, telemetry, rpc, logger }, directory, config)
      undo.push(() => placementDriver.close())
      let storeMethods: readonly MethodBinding[] = []
      const transport = (self: NodeIdentity) => {
        const made = storeTransport({ rpc, clock, random, logger, placementDriver: placementDriver.face }, self, config)
        storeMethods = made.methods
        return made
      }
      const { engine, logEngine } = await openEngines({ fs, clock, telemetry, logger }, directory, config)
      const node = await composeNode(
        {
          engine,
          ...(logEngine === undefined ? {} : { logEngine }),
          ...(directory === undefined ? {} : { snapshots: { fileSystem: fs, directory: directory.snapshotPath } }),
          faults,
          placementDriver: placementDriver.face,
          transport,
          rpc,
          clock,
          random,
          // Requests that came in together are one write of the log, and one message to each follower.
          schedule: (turn) => void setImmediate(turn),
          telemetry,
          logger,
          ...(directory === undefined ? {} : { diskSpace: () => fs.diskSpace(directory.path) }),
        },
        config,
      )
      undo.push(() => node.close())
      const pdFolder = placementDriver.embedded === undefined ? [] : [placementDriverFolder]
      await directory?.claim(node.clusterId, [engineFolder, ...pdFolder, raftLogFolder(config)])
      return new StorageNode({ node, placementDriver, rpc, storeMethods, directory, disk, telemetry, faults })
    } catch (error) {
      // What could not be opened is the news, not what could not be closed after it.
      await shutDown(undo.reverse()).catch((failure) => {
        logger.error('closing after a failed start failed too', { error: String(failure) })
      })
      throw error
    }
  }

  /** Keys and values without transactions, in this process. */
  get raw(): RawClient {
    return this.#owned.node.raw
  }

  /**
   * Runs `work` in a transaction in this process and commits it. When another transaction was in the way, all of it runs again:
   * `work` must bear that. Gives what `work` gave. @throws as `TikvClient.txn` does
   */
  txn<T>(work: (txn: Transaction) => Promise<T> | T, options?: RunOptions): Promise<T> {
    return this.#owned.node.txn(work, options)
  }

  /** A transaction that the caller commits or rolls back. */
  begin(options?: RunOptions): Promise<Transaction> {
    return this.#owned.node.begin(options)
  }

  /** All keys as they are now, or were at an earlier timestamp. */
  snapshot(options?: SnapshotAtOptions): Promise<Snapshot> {
    return this.#owned.node.snapshot(options)
  }

  /** Resolves when the store does nothing any more, because its disk failed: close it, look at the disk, and open it again. */
  get failed(): Promise<Error> {
    return this.#owned.node.failed
  }

  /** One level below: the commands that clients send, in domain types. */
  get storage(): Storage {
    return this.#owned.node.storage
  }

  /** Where regions are found, and timestamps come from: in this process, or at `pd.endpoints`. */
  get placementDriver(): PlacementDriver {
    return this.#owned.placementDriver.face
  }

  get clusterId(): bigint {
    return this.#owned.node.clusterId
  }

  get config(): Config {
    return this.#owned.node.config
  }

  /** What goes wrong on purpose. @throws FaultsOffError when it was opened without `faults` */
  get faults(): Faults {
    const { faults } = this.#owned
    if (faults === undefined) throw new FaultsOffError()
    return faults
  }

  /**
   * Opens the sockets that the configuration names: store, placement driver, status. Once; later calls give the same answer.
   *
   * @throws AddressTakenError naming the configuration key, ListenError, SecurityFilesError, ConfigValueError, ClosedError
   */
  async serve(): Promise<Endpoints> {
    if (this.#closing !== undefined) throw new ClosedError('storage node')
    this.#served ??= this.#serve()
    return (await this.#served).endpoints
  }

  async #serve(): Promise<Awaited<ReturnType<typeof serveNode>>> {
    const served = await serveNode({ ...this.#owned, placementDriver: this.#owned.placementDriver.embedded })
    this.#owned.disk.announce()
    return served
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
    const { node, placementDriver, rpc, directory, disk } = this.#owned
    await shutDown([
      async () => {
        // A failed serve has closed what it opened, and its caller has heard of it.
        const served = await this.#served?.catch(() => undefined)
        await served?.close()
      },
      () => node.close(),
      () => placementDriver.close(),
      () => rpc.close(),
      async () => directory?.release(),
      () => disk.close(),
    ])
  }
}

function memoryDisk(random: Random): NodeDisk {
  return { fs: createMemoryDisk({ random }), announce() {}, close: async () => {} }
}

/** Seeds are short, so that a person can type one again. */
const drawnSeedsMax = 1_000_000

function openFaults(
  options: FaultOptions | undefined,
  deps: { readonly random: Random; readonly telemetry: Telemetry; readonly logger: Logger },
  config: Config,
): NodeFaults | undefined {
  if (options === undefined) return undefined
  for (const key of ['server.addr', 'embedded-pd.addr', 'server.status-addr'] as const) {
    if (!options.exposed && config[key] !== '' && !isLoopback(config[key]))
      throw new FaultsExposedError(key, config[key])
  }
  const seed = options.seed ?? below(deps.random, drawnSeedsMax)
  deps.logger.info('this node can fail on purpose', { faultSeed: seed })
  return new NodeFaults(deps, { seed, methods: faultableMethods() })
}

/** The engine, and its log where they are on disk. Both are closed when the second cannot be opened. */
async function openEngines(
  deps: RaftLogDeps,
  directory: DataDirectory | undefined,
  config: Config,
): Promise<{ readonly engine: KvEngine; readonly logEngine?: RaftLogEngine }> {
  if (directory === undefined) return { engine: createMemoryEngine() }
  // Loaded here, with its native part, because a node in memory starts without.
  const { openLevelEngine } = await import('@stratakv/level-engine')
  const { openRaftLog } = await import('./open-raft-log.ts')
  const engine = await openLevelEngine({
    path: directory.enginePath,
    blockCacheBytes: config['storage.block-cache.capacity'],
  })
  try {
    return { engine, logEngine: await openRaftLog(deps, directory, config) }
  } catch (error) {
    await engine.close()
    throw error
  }
}
