import { FileIoError, NoSpaceError, type RegionId } from '@stratakv/core'
import { createMemoryRaftLog } from '@stratakv/memory'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { LogPurger } from '../src/store/log-purger.ts'

function startPurger(purge: () => Promise<RegionId[]>) {
  const clock = simulatedClock()
  const heard: unknown[] = []
  const purger = new LogPurger(
    {
      logEngine: Object.assign(createMemoryRaftLog(), { purge }),
      clock,
      onHeldBack: (regions) => heard.push(regions),
      onFailed: (error) => heard.push(error),
    },
    { intervalMs: 100 },
  )
  purger.start()
  return { clock, heard, purger }
}

describe('giving back space of the log', () => {
  it('is done every interval, and names the regions that hold it up', async () => {
    let rounds = 0
    const { clock, heard, purger } = startPurger(async () => (rounds++ === 0 ? [7] : []))
    await clock.advance(350)
    expect(rounds).toBe(3)
    expect(heard).toEqual([[7]])
    purger.close()
    await clock.advance(1000)
    expect(rounds).toBe(3)
    clock.assertIdle()
  })

  it("is tried again on a full disk, and any other failure is the store's", async () => {
    const broken = new FileIoError('sync', '/raft', 'EIO')
    let rounds = 0
    const { clock, heard, purger } = startPurger(async () => {
      throw rounds++ === 0 ? new NoSpaceError('/raft') : broken
    })
    await clock.advance(100)
    expect(heard).toEqual([])
    await clock.advance(100)
    expect(heard).toEqual([broken])
    purger.close()
  })
})
