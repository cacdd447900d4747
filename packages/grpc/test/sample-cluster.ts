import { type MethodBinding, noTelemetry, type RegionHeartbeat, systemClock, systemRandom } from '@stratakv/core'
import { createMemoryDisk } from '@stratakv/memory'
import { type EmbeddedPlacementDriver, openPlacementDriver } from '@stratakv/pd-scheduler'
import { pdServices } from '@stratakv/pd-scheduler/edge'

const clock = systemClock()
const random = systemRandom()

/** A placement driver of ours on a memory disk, that can be stopped and opened again. */
export interface SampleCluster {
  readonly pd: EmbeddedPlacementDriver
  methods(): MethodBinding[]
  /** Reports of regions that came in, whatever became of them. */
  readonly reportCount: number
  reopen(): Promise<void>
}

export async function sampleCluster(): Promise<SampleCluster> {
  const disk = createMemoryDisk({ random })
  let reportCount = 0
  const open = async () => {
    const pd = await openPlacementDriver(
      { fs: disk, clock, random, telemetry: noTelemetry() },
      { directory: 'pd', clientUrls: [] },
    )
    const report = pd.reportRegion.bind(pd)
    pd.reportRegion = (heartbeat: RegionHeartbeat) => {
      reportCount++
      return report(heartbeat)
    }
    return pd
  }
  let pd = await open()
  return {
    get pd() {
      return pd
    },
    get reportCount() {
      return reportCount
    },
    methods: () => pdServices(pd, { clock, telemetry: noTelemetry() }),
    async reopen() {
      await pd.close()
      pd = await open()
    },
  }
}
