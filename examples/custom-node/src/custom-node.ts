import { systemClock, systemRandom } from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { openRaftEngine } from '@stratakv/raft-engine'
import { type Config, completeConfig, composeNode, prometheusTelemetry, serveNode } from '@stratakv/server'
import { openSqliteEngine } from '@stratakv-examples/sqlite-engine'

/** A TiKV that keeps its data in SQLite, for any TiKV client: what `StorageNode.open` and `serve` do, with an engine of our own. */
export async function openCustomNode(dataDir: string, settings: Partial<Config> = {}) {
  const config = completeConfig(settings)
  const [fs, clock, random] = [createNodeFileSystem(), systemClock(), systemRandom()]
  const telemetry = prometheusTelemetry({ clock }, { processMetrics: false })
  const placementDriver = await openPlacementDriver(
    { fs, clock, random, telemetry },
    { directory: `${dataDir}/pd`, clientUrls: [`http://${config['embedded-pd.addr']}`] },
  )
  const engine = await openSqliteEngine({ fs }, `${dataDir}/sqlite`)
  const logEngine = await openRaftEngine({ fileSystem: fs, clock, telemetry }, { directory: `${dataDir}/raft-engine` })
  const node = await composeNode({ engine, logEngine, placementDriver, clock, telemetry }, config)
  const { endpoints, close } = await serveNode({ node, placementDriver, telemetry })
  return {
    endpoints,
    async close() {
      await close()
      await node.close()
      await placementDriver.close()
    },
  }
}
