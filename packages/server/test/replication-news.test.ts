import type { ReplicationProgress } from '@stratakv/pd-scheduler'
import { simulatedClock } from '@stratakv/testkit'
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../src/log/logger.ts'
import { ReplicationNews, ReplicationReporter } from '../src/replication-news.ts'

const whole: ReplicationProgress = { regionCount: 4, wholeCount: 4, voterCount: 3, draining: [] }

describe('the news of replicas', () => {
  it('are none while all is as it should be', () => {
    const news = new ReplicationNews()
    expect(news.next({ ...whole, regionCount: 0, wholeCount: 0 })).toEqual([])
    expect(news.next(whole)).toEqual([])
  })

  it('tell of each step on the way of a store that joins, and of its end', () => {
    const news = new ReplicationNews()
    expect(news.next({ ...whole, wholeCount: 1 })).toEqual(['replicas are being made: 1 of 4 regions have 3'])
    expect(news.next({ ...whole, wholeCount: 1 })).toEqual([])
    expect(news.next({ ...whole, wholeCount: 3 })).toEqual(['replicas are being made: 3 of 4 regions have 3'])
    expect(news.next(whole)).toEqual(['all 4 regions have 3 replicas'])
    expect(news.next(whole)).toEqual([])
  })

  it('tell how far stores are that leave', () => {
    const news = new ReplicationNews()
    const leaving = (replicaCount: number) => ({ ...whole, draining: [{ storeId: 7, replicaCount }] })
    expect(news.next(leaving(2))).toEqual(['store 7 is leaving, replicas left on it: 2'])
    expect(news.next(leaving(2))).toEqual([])
    expect(news.next(leaving(1))).toEqual(['store 7 is leaving, replicas left on it: 1'])
    expect(news.next(whole)).toEqual(['store 7 is leaving no more: it has left, or was taken back'])
  })

  it('are logged until the placement driver is closed', async () => {
    const clock = simulatedClock()
    const said: string[] = []
    let progress = whole
    const logger = { ...silentLogger(), info: (text: string) => said.push(text) }
    const reporter = new ReplicationReporter({ placementDriver: { replication: () => progress }, clock, logger })
    progress = { ...whole, wholeCount: 2 }
    await clock.advance(10_000)
    progress = whole
    await clock.advance(10_000)
    expect(said).toEqual(['replicas are being made: 2 of 4 regions have 3', 'all 4 regions have 3 replicas'])
    reporter.close()
    clock.assertIdle()
  })
})
