import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClosedError } from '@stratakv/core'
import { healthMethods } from '@stratakv/proto'
import { HealthCheckRequest, HealthCheckResponse_ServingStatus as Status } from '@stratakv/proto/health'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { BatchCommandsRequest } from '@stratakv/proto/tikvpb'
import { AddressTakenError, type ConfigKeyName, StorageNode } from '@stratakv/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RpcClient, tikvMethods } from './support/rpc-client.ts'
import { anyPorts, bytes, findRoute, rawGet, rawPut, serveTestNode } from './support/test-node.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stratakv-life-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

/** Holds a port until disposed of. */
async function takenPort(): Promise<AsyncDisposable & { readonly address: string }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `127.0.0.1:${(server.address() as { port: number }).port}`
  return {
    address,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

describe('serving', () => {
  for (const key of ['server.addr', 'embedded-pd.addr', 'server.status-addr'] as const satisfies ConfigKeyName[]) {
    it(`names the port that is taken and ${key}, and frees the others`, async () => {
      await using taken = await takenPort()
      const config = { ...anyPorts, [key]: taken.address }
      await using node = await StorageNode.open({ dataDir, config })
      const refusal = await node.serve().catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(AddressTakenError)
      expect(String(refusal)).toContain(`${taken.address} is in use by another process`)
      expect(String(refusal)).toContain(key)
      await node.close()
      // Nothing of it is left open or locked.
      await using again = await StorageNode.open({ dataDir, config: anyPorts })
      expect((await again.serve()).store).toMatch(/^127\.0\.0\.1:\d+$/)
    })
  }

  it('leaves no port open when one is taken', async () => {
    await using free = await takenPort()
    const store = free.address
    await free[Symbol.asyncDispose]()
    await using taken = await takenPort()
    await using node = await StorageNode.open({
      dataDir,
      config: { ...anyPorts, 'server.addr': store, 'embedded-pd.addr': taken.address },
    })
    await expect(node.serve()).rejects.toBeInstanceOf(AddressTakenError)
    // The store's port, opened first, can be listened on again although the node still lives.
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(Number(store.split(':')[1]), '127.0.0.1', resolve)
    })
    await new Promise((resolve) => server.close(resolve))
  })

  it('gives the same answer when asked again, and none after close', async () => {
    await using node = await StorageNode.open({ dataDir, config: anyPorts })
    const endpoints = await node.serve()
    expect(await node.serve()).toEqual(endpoints)
    await node.close()
    await expect(node.serve()).rejects.toBeInstanceOf(ClosedError)
  })

  it('without a status address opens none', async () => {
    await using node = await StorageNode.open({ dataDir, config: { ...anyPorts, 'server.status-addr': '' } })
    expect((await node.serve()).status).toBeUndefined()
  })

  it('tells clients the addresses they are to use', async () => {
    await using served = await serveTestNode({
      'server.advertise-addr': 'db1.example:20160',
      'embedded-pd.advertise-addr': 'pd1.example:2379',
    })
    const stores = await (await fetch(`http://${served.endpoints.pd}/pd/api/v1/stores`)).text()
    expect(stores).toContain('db1.example:20160')
    const members = await (await fetch(`http://${served.endpoints.pd}/pd/api/v1/members`)).text()
    expect(members).toContain('http://pd1.example:2379')
  })

  it('answers the health check on both gRPC ports', async () => {
    await using served = await serveTestNode()
    for (const client of [served.store, served.pd]) {
      expect(await client.call(healthMethods.check, HealthCheckRequest.create())).toEqual({ status: Status.SERVING })
    }
  })
})

describe('closing', () => {
  it('is idempotent, and releases the folder', async () => {
    const node = await StorageNode.open({ dataDir, config: anyPorts })
    await node.serve()
    await Promise.all([node.close(), node.close()])
    await node.close()
    await (await StorageNode.open({ dataDir })).close()
  })

  it('waits for a serve that is under way', async () => {
    const node = await StorageNode.open({ dataDir, config: anyPorts })
    const serving = node.serve()
    await node.close()
    const { store } = await serving
    const client = new RpcClient(store)
    const failure = await client.failure(
      tikvMethods.rawGet,
      kvrpcpb.RawGetRequest.encode(kvrpcpb.RawGetRequest.create()),
    )
    expect(failure.code).toBeGreaterThan(0)
    client[Symbol.dispose]()
  })

  it('amid requests loses nothing that was acknowledged, on either road', async () => {
    const node = await StorageNode.open({ dataDir, config: anyPorts })
    const { store: storeAddress, pd: pdAddress } = await node.serve()
    using store = new RpcClient(storeAddress)
    using pd = new RpcClient(pdAddress)
    const route = await findRoute(pd)
    const acknowledged = new Set<string>()
    let enough: () => void
    const underWay = new Promise<void>((resolve) => {
      enough = resolve
    })
    const acknowledge = (key: string) => {
      acknowledged.add(key)
      if (acknowledged.size >= 100) enough()
    }
    const callers = Array.from({ length: 16 }, async (_, caller) => {
      for (let index = 0; index < 100_000; index++) {
        const key = `unary ${caller} ${index}`
        try {
          await rawPut(store, route, key, key)
        } catch {
          return
        }
        acknowledge(key)
      }
    })
    const stream = store.stream(tikvMethods.batchCommands)
    const streamEnded = new Promise((resolve) => stream.once('status', resolve))
    let nextId = 0
    const send = () => {
      const id = nextId++
      const key = bytes(`batch ${id}`)
      const value = kvrpcpb.RawPutRequest.create({ context: route.context, key, value: key })
      const requests = [{ cmd: { case: 'rawPut' as const, value } }]
      stream.write(BatchCommandsRequest.encode(BatchCommandsRequest.create({ requests, requestIds: [id] })))
    }
    stream.on('data', ({ requestIds, responses }) => {
      for (const [index, { cmd }] of responses.entries()) {
        if (cmd?.case === 'rawPut' && cmd.value.error === '' && cmd.value.regionError === undefined) {
          acknowledge(`batch ${requestIds[index]}`)
          send()
        }
      }
    })
    for (let window = 0; window < 16; window++) send()
    await underWay
    await node.close()
    await Promise.all([...callers, streamEnded])
    await using again = await serveTestNode({}, { dataDir })
    expect(acknowledged.size).toBeGreaterThanOrEqual(100)
    for (const key of acknowledged) expect(await rawGet(again.store, again.route, key)).toBe(key)
  })
})
