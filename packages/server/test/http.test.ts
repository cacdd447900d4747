import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawPut, type ServedTestNode, serveTestNode } from './support/test-node.ts'

let served: ServedTestNode
beforeAll(async () => {
  served = await serveTestNode()
  await rawPut(served.store, served.route, 'k', 'v')
})
afterAll(async () => served[Symbol.asyncDispose]())

const status = (path: string, init?: RequestInit) => fetch(`http://${served.endpoints.status}${path}`, init)
const pd = (path: string, init?: RequestInit) => fetch(`http://${served.endpoints.pd}${path}`, init)

/** Sends text as it stands and gives all that comes back until the connection ends. */
function exchange(address: string, request: string): Promise<string> {
  const [host, port] = address.split(':')
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host, () => socket.write(request))
    let got = ''
    socket.on('data', (chunk) => {
      got += chunk
    })
    socket.on('close', () => resolve(got))
    socket.on('error', reject)
  })
}

describe('the status server', () => {
  it('answers /status with 200 and nothing', async () => {
    const answer = await status('/status')
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it("answers /config as JSON with TiKV's keys, which clients look at for storage.api-version", async () => {
    for (const path of ['/config', '/config?full=true', '/config?full=false']) {
      const answer = await status(path)
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(await answer.json()).toMatchObject({
        storage: { 'api-version': 1, engine: 'memory', 'block-cache': { capacity: '128MiB' } },
        raftstore: { 'raft-entry-max-size': '8MiB' },
        server: { addr: '127.0.0.1:0' },
      })
    }
    expect((await status('/config?full=maybe')).status).toBe(400)
  })

  it("answers /metrics in Prometheus' format with TiKV's names", async () => {
    const answer = await status('/metrics')
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    expect(text).toContain('tikv_grpc_msg_duration_seconds_count{type="raw_put"} 1\n')
    for (const name of ['tikv_grpc_msg_fail_total', 'tikv_server_grpc_req_batch_size', 'pd_tso_events']) {
      expect(text).toContain(`# TYPE ${name} `)
    }
    // The process is not the node's to measure here.
    expect(text).not.toContain('process_cpu')
    // Each name is declared once, and nothing else stands between the lines.
    const declared = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    expect(new Set(declared).size).toBe(declared.length)
    for (const line of text.split('\n')) expect(line).toMatch(/^$|^# (HELP|TYPE) |^\w+(\{.*\})? \S+$/)
  })

  it('refuses other paths and methods by status', async () => {
    expect((await status('/nowhere')).status).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await status('/config', { method })).status).toBe(405)
    const head = await status('/metrics', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('the placement driver port', () => {
  it('serves HTTP beside gRPC', async () => {
    expect(await (await pd('/pd/api/v1/version')).json()).toMatchObject({ version: expect.stringMatching(/^v?\d+\./) })
    const members = await (await pd('/pd/api/v1/members')).json()
    expect(members).toMatchObject({ members: [{ client_urls: [`http://${served.endpoints.pd}`] }] })
    // The cluster id is over 2^53: it must be there digit by digit.
    expect(await (await pd('/pd/api/v1/cluster')).text()).toContain(String(served.route.clusterId))
  })

  it('knows the store where it serves and the region of all keys', async () => {
    const { count, stores } = (await (await pd('/pd/api/v1/stores')).json()) as {
      count: number
      stores: { store: { address: string; status_address: string; version: string; state_name: string } }[]
    }
    expect(count).toBe(1)
    expect(stores[0]!.store).toMatchObject({
      address: served.endpoints.store,
      status_address: served.endpoints.status,
      version: '6.1.0',
      state_name: 'Up',
    })
    expect(await (await pd('/pd/api/v1/regions')).json()).toMatchObject({ count: 1 })
  })

  it('answers what it does not serve with 404', async () => {
    expect((await pd('/pd/api/v1/nowhere')).status).toBe(404)
    expect((await pd('/')).status).toBe(404)
  })

  it('refuses a body over the limit, and the answer arrives', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024)
    const answer = await pd('/pd/api/v1/members', { method: 'POST', body })
    expect(answer.status).toBe(413)
  })
})

describe('what is no HTTP request', () => {
  it('with a target that is no path is answered 400, and the process lives', async () => {
    for (const address of [served.endpoints.status!, served.endpoints.pd]) {
      const answer = await exchange(address, 'GET // HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n')
      expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    }
    expect((await status('/status')).status).toBe(200)
  })

  it('is refused on every port, and the process lives', async () => {
    for (const address of [served.endpoints.status!, served.endpoints.pd, served.endpoints.store]) {
      const answer = await exchange(address, 'nonsense\r\n\r\n').catch(() => '')
      expect(answer).toMatch(/^$|^HTTP\/1\.1 400 /)
    }
    expect((await status('/status')).status).toBe(200)
    expect((await pd('/pd/api/v1/version')).status).toBe(200)
    await rawPut(served.store, served.route, 'k', 'v')
  })
})
