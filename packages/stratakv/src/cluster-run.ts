import { sleep, systemClock } from '@stratakv/core'
import { type CheckedConfig, type Logger, PlacementDriverNode, StorageNode } from '@stratakv/server'
import { greet, openLog, stopSignal, warnOfUnknownKeys } from './node-run.ts'
import { ProgressLine } from './progress-line.ts'
import { StoreProcess } from './store-process.ts'

/** A cluster that a command runs until a signal. */
export interface ClusterRun {
  /** Of the placement driver, and of every store but for its addresses and its folder. */
  readonly checked: CheckedConfig
  readonly stores: readonly ClusterStoreRun[]
  /** The placement driver's folder. */
  readonly pdDirectory: string
  /** Where the greeting says that the data is. */
  readonly data: string
  /** Each store in a process of its own. */
  readonly processes: boolean
}

export interface ClusterStoreRun {
  readonly address: string
  readonly statusAddress: string
  /** `storage.data-dir`. */
  readonly dataDir: string
}

/** A store that runs, here or in a process of its own. */
interface RunningStore {
  readonly address: string
  readonly status: string | undefined
  /** Of a process. */
  readonly processId: number | undefined
  close(): Promise<void>
}

/**
 * Runs a placement driver and stores until SIGINT or SIGTERM, and says on standard output where they are, once every region has its
 * replicas.
 *
 * @throws what opening, serving or closing threw; all is closed then
 */
export async function runCluster(run: ClusterRun): Promise<void> {
  const { config, unknownKeys } = run.checked
  const logger = openLog(config)
  warnOfUnknownKeys(unknownKeys, logger)
  const stop = stopSignal()
  const progress = new ProgressLine(process.stderr, systemClock())
  await using pd = await PlacementDriverNode.open({ directory: run.pdDirectory, config, logger })
  const pdAddress = await pd.serve()
  const running: RunningStore[] = []
  let isStopped = false
  void stop.then(() => {
    isStopped = true
  })
  try {
    for (const [at, store] of run.stores.entries()) {
      progress.show(`starting store ${at + 1} of ${run.stores.length}`)
      running.push(await (run.processes ? startProcess : startHere)(run, store, pdAddress, logger))
    }
    await replicated(pd, run.stores.length, progress, () => isStopped)
    greet(greeting(pd, pdAddress, running, run.data), logger)
    logger.info(`${await stop}: shutting down`)
  } finally {
    progress.end()
    // The last one first: it has the least to hand over.
    for (const store of running.reverse()) await store.close()
  }
  logger.info('shut down cleanly')
}

async function startHere(
  { checked }: ClusterRun,
  { address, statusAddress, dataDir }: ClusterStoreRun,
  pdAddress: string,
  logger: Logger,
): Promise<RunningStore> {
  const node = await StorageNode.open({
    config: {
      ...checked.config,
      'server.addr': address,
      'server.status-addr': statusAddress,
      'storage.data-dir': dataDir,
      'pd.endpoints': [pdAddress],
    },
    logger,
  })
  try {
    const { store, status } = await node.serve()
    return { address: store, status, processId: undefined, close: () => node.close() }
  } catch (error) {
    await node.close()
    throw error
  }
}

async function startProcess({ checked }: ClusterRun, store: ClusterStoreRun, pdAddress: string): Promise<RunningStore> {
  const child = await StoreProcess.start({ ...store, pdAddress, config: checked.config })
  return { address: child.address, status: child.status, processId: child.id, close: () => child.stop() }
}

/** How often the placement driver is asked how far it is. */
const pollMs = 50

/** Resolves when every region has its replicas. */
async function replicated(
  { placementDriver }: PlacementDriverNode,
  storeCount: number,
  progress: ProgressLine,
  isStopped: () => boolean,
): Promise<void> {
  const clock = systemClock()
  for (;;) {
    const { regionCount, wholeCount, voterCount } = placementDriver.replication()
    const isWhole = regionCount > 0 && wholeCount === regionCount
    const text = `replicating to ${storeCount} stores: ${wholeCount} of ${regionCount} regions have ${voterCount} replicas`
    progress.show(text, isWhole)
    if (isWhole || isStopped()) return
    await sleep(clock, pollMs)
  }
}

function greeting(pd: PlacementDriverNode, pdAddress: string, stores: readonly RunningStore[], data: string): string {
  const lines = stores.map(({ address, status, processId }, at) => {
    const where = `  store ${at + 1}            ${address}`
    const more = [status && `http://${status}/metrics`, processId && `process ${processId}`].filter(Boolean)
    return more.length === 0 ? where : `${where}      ${more.join(', ')}`
  })
  return `
StrataKV is ready (cluster ${pd.placementDriver.id}, ${stores.length} stores)

  placement driver   ${pdAddress}      give this one to TiKV clients
${lines.join('\n')}
  data               ${data}

Ctrl-C stops it.
`
}
