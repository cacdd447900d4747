import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CallRefusedError, createClient, UndeterminedError } from '@stratakv/client'
import { type RawClientFixture, rawClientCases } from '@stratakv/client/compliance'
import { connect } from '@stratakv/client/grpc'
import {
  InProcessServers,
  inProcessRpc,
  type KvEngine,
  noTelemetry,
  type RaftLogEngine,
  systemClock,
  systemRandom,
} from '@stratakv/core'
import { createNodeFileSystem } from '@stratakv/file-io'
import { openLevelEngine } from '@stratakv/level-engine'
import { createMemoryDisk, createMemoryEngine } from '@stratakv/memory'
import { openPlacementDriver } from '@stratakv/pd-scheduler'
import { openRaftEngine } from '@stratakv/raft-engine'
import { composeNode, defaultConfig } from '@stratakv/server'
import { describe, expect, it } from 'vitest'
import { tikvService } from '../src/edge/tikv-service.ts'
import { serveTestNode } from './support/test-node.ts'

const clock = systemClock()
const random = systemRandom()

/** A client and a node that know each other without a socket between them. */
async function inProcess(engine: KvEngine, logEngine?: RaftLogEngine): Promise<RawClientFixture> {
  const placementDriver = await openPlacementDriver(
    { fs: createMemoryDisk({ random }), clock, random, telemetry: noTelemetry() },
    { directory: '/pd', clientUrls: ['http://127.0.0.1:2379'] },
  )
  const config = defaultConfig()
  const node = await composeNode({ engine, placementDriver, ...(logEngine && { logEngine }) }, config)
  const servers = new InProcessServers()
  const onUnexpectedError = (path: string, error: unknown) => {
    throw new Error(`${path} failed`, { cause: error })
  }
  servers.serve(config['server.addr'], tikvService({ node, onUnexpectedError, faultyCalls: undefined }))
  const rpc = inProcessRpc({ clock }, servers)
  const client = createClient({ rpc, placementDriver, clock, random, telemetry: noTelemetry() })
  return {
    client,
    async dispose() {
      await client.close()
      await node.close()
      await placementDriver.close()
    },
  }
}

describe('raw client in the process of a node in memory', () => {
  rawClientCases(
    { describe, it, expect },
    { supports: { ttl: false, checksum: true }, create: () => inProcess(createMemoryEngine()) },
  )
})

describe('raw client in the process of a node on LevelDB', () => {
  rawClientCases(
    { describe, it, expect },
    {
      supports: { ttl: false, checksum: true },
      async create() {
        const path = await mkdtemp(join(tmpdir(), 'stratakv-client-'))
        const fileSystem = createNodeFileSystem()
        const logEngine = await openRaftEngine({ fileSystem, clock }, { directory: join(path, 'raft-engine') })
        const subject = await inProcess(await openLevelEngine({ path: join(path, 'kv') }), logEngine)
        return {
          client: subject.client,
          async dispose() {
            await subject.dispose()
            await rm(path, { recursive: true })
          },
        }
      },
    },
  )
})

describe('raw client over gRPC', () => {
  rawClientCases(
    { describe, it, expect },
    {
      supports: { ttl: false, checksum: true },
      async create() {
        const served = await serveTestNode()
        const client = await connect({ pd: [served.endpoints.pd] })
        return {
          client,
          async dispose() {
            await client.close()
            await served[Symbol.asyncDispose]()
          },
        }
      },
    },
  )
})

describe('raw client over gRPC: a write that is more than the store takes', () => {
  it('is refused, and takes no other call with it', async () => {
    await using served = await serveTestNode({ 'server.grpc-receive-size-max': 1 << 20 })
    await using client = await connect({ pd: [served.endpoints.pd] })
    await client.raw.put('first', 'v')
    const huge = client.raw.put('huge', new Uint8Array(2 << 20)).catch((error: unknown) => error)
    const others = Array.from({ length: 50 }, (_, index) => client.raw.put(`other-${index}`, 'v'))
    await Promise.all(others)
    expect(await huge).toBeInstanceOf(UndeterminedError)
    expect(((await huge) as UndeterminedError).cause).toBeInstanceOf(CallRefusedError)
    expect(await client.raw.get('huge')).toBe(undefined)
    expect(await client.raw.get('other-49')).toBeDefined()
  })
})
