import { below } from '@stratakv/core'
import type { MemoryDisk } from '@stratakv/memory'
import { forSeeds, InterceptedFileSystem } from '@stratakv/testkit'
import { describe, it } from 'vitest'
import { openRaftEngine } from '../../src/index.ts'
import { anyOptions, clock, LogWorkload, newDisk } from './log-workload.ts'

/** More by hand: STRATA_SEED=1..5000. */
const seedCount = 40
const roundCount = 40

describe('a power cut', () => {
  it('between any two calls leaves the log as it was behind some write, the last synced one at least', {
    timeout: 600_000,
  }, async () => {
    await forSeeds(seedCount, async (seed, random) => {
      const options = anyOptions(random.fork('options'))
      const cuts = random.fork('cuts')
      const workload = new LogWorkload(seed)
      const disk = newDisk(seed)
      const clones: { disk: MemoryDisk; syncedCount: number; knownCount: number }[] = []
      const cut = (): void => {
        const { syncedCount, states } = workload.written
        clones.push({ disk: disk.clonePowerCut(cuts), syncedCount, knownCount: states.length })
      }
      // Between any two calls, and within a sync before and after it settles something.
      const fileSystem = new InterceptedFileSystem(disk, async (_call, run) => {
        const result = await run()
        if (below(cuts, 12) === 0) cut()
        return result
      })
      disk.onSync(() => {
        if (below(cuts, 6) === 0) cut()
      })
      const engine = await openRaftEngine({ fileSystem, clock }, options)
      for (let round = 0; round < roundCount; round++) {
        await workload.round(engine)
        for (const { disk: clone, syncedCount, knownCount } of clones.splice(0)) {
          await workload.written.check(clone, options, { syncedCount, knownCount })
          // What was recovered is durable: cut again, it is the same.
          if (below(cuts, 4) === 0) {
            const count = await workload.written.check(clone, options, { syncedCount, knownCount })
            await workload.written.check(clone.clonePowerCut(cuts), options, {
              syncedCount: count,
              knownCount: count + 1,
            })
          }
        }
      }
      await engine.close()
      await workload.written.check(disk, options, {
        syncedCount: workload.written.states.length - 1,
        knownCount: workload.written.states.length,
      })
    })
  })

  it('in the middle of a recovery, and again, loses nothing more', { timeout: 3_600_000 }, async () => {
    await forSeeds(seedCount / 2, async (seed, random) => {
      const options = anyOptions(random.fork('options'))
      const cuts = random.fork('cuts')
      const workload = new LogWorkload(seed)
      let disk = newDisk(seed)
      for (let life = 0; life < 5; life++) {
        const during: MemoryDisk[] = []
        const stop = disk.onSync(() => {
          if (below(cuts, 3) === 0) during.push(disk.clonePowerCut(cuts))
        })
        const engine = await openRaftEngine({ fileSystem: disk, clock }, options)
        stop()
        const { states, syncedCount } = workload.written
        for (const clone of during)
          await workload.written.check(clone, options, { syncedCount, knownCount: states.length })
        for (let round = 0; round < roundCount / 4; round++) await workload.round(engine)
        const cut = disk.clonePowerCut(cuts)
        const { syncedCount: synced, states: known } = workload.written
        await engine.close()
        const count = await workload.written.check(cut, options, { syncedCount: synced, knownCount: known.length })
        workload.goOnBehind(count)
        disk = cut
      }
    })
  })
})
