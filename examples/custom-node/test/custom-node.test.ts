import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCustomNode } from '../src/custom-node.ts'

const anywhere = { 'server.addr': '127.0.0.1:0', 'embedded-pd.addr': '127.0.0.1:0', 'server.status-addr': '' }

async function askPd(address: string, what: string): Promise<unknown> {
  return (await fetch(`http://${address}/pd/api/v1/${what}`)).json()
}

describe('a custom node', () => {
  it('serves, and is the same cluster after it was closed and opened again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'custom-node-'))
    const clusterIds: unknown[] = []
    try {
      for (let round = 0; round < 2; round++) {
        const { endpoints, close } = await openCustomNode(dataDir, anywhere)
        const members = (await askPd(endpoints.pd, 'members')) as { header: { cluster_id: number } }
        const { stores } = (await askPd(endpoints.pd, 'stores')) as { stores: { store: { address: string } }[] }
        expect(stores.map(({ store }) => store.address)).toEqual([endpoints.store])
        clusterIds.push(members.header.cluster_id)
        await close()
      }
      expect(clusterIds[0]).toBeGreaterThan(0)
      expect(clusterIds[1]).toBe(clusterIds[0])
    } finally {
      await rm(dataDir, { recursive: true })
    }
  })

  it('is thirty lines at most', async () => {
    const source = await readFile(new URL('../src/custom-node.ts', import.meta.url), 'utf8')
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  })
})
