import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep, systemClock } from '@stratakv/core'
import { type Config, StorageNode } from '@stratakv/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** Small intervals: what takes minutes in production is seen in seconds. */
const quick: Partial<Config> = {
  'server.addr': '127.0.0.1:0',
  'server.status-addr': '',
  'embedded-pd.addr': '127.0.0.1:0',
  'raftstore.raft-base-tick-interval': 50,
  'raftstore.pd-heartbeat-tick-interval': 1000,
  'raftstore.pd-store-heartbeat-tick-interval': 1000,
}

let parent: string
const nodes: StorageNode[] = []

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stratakv-cluster-'))
})
afterEach(async () => {
  for (const node of nodes.splice(0).reverse()) await node.close()
  await rm(parent, { recursive: true })
})

async function startNode(name: string, config: Partial<Config>): Promise<{ node: StorageNode; pd: string }> {
  const node = await StorageNode.open({ dataDir: join(parent, name), config: { ...quick, ...config } })
  nodes.push(node)
  const { pd } = await node.serve()
  return { node, pd }
}

/** Polls, as clusters do things by themselves; the bound is the test's own timeout. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const clock = systemClock()
  while (!(await isSo())) await sleep(clock, 50)
}

describe('three stores', () => {
  it('come to hold what the first one had, and serve without it', { timeout: 120_000 }, async () => {
    const { node: first, pd } = await startNode('one', {})
    for (let at = 0; at < 100; at++) await first.raw.put(`key ${at}`, `value ${at}`)
    const { node: second } = await startNode('two', { 'pd.endpoints': [pd] })
    const { node: third } = await startNode('three', { 'pd.endpoints': [pd] })
    await until(async () => {
      const route = await first.placementDriver.regionByKey(new Uint8Array(0))
      const { peers } = route!.region
      return peers.length === 3 && peers.every(({ role }) => role === 'voter')
    })
    for (const node of [second, third]) {
      const text = new TextDecoder().decode(await node.raw.get('key 42'))
      expect(text).toBe('value 42')
    }
    await second.raw.put('since', 'then')
    expect(new TextDecoder().decode(await third.raw.get('since'))).toBe('then')
  })
})
