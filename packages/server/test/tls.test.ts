import { request as httpsRequest } from 'node:https'
import { systemClock, systemRandom } from '@stratakv/core'
import { SecurityFilesError } from '@stratakv/grpc'
import { grpcRpc } from '@stratakv/grpc/channel'
import { PdClient } from '@stratakv/grpc/pd-client'
import { pdMethods, peerToMessage, regionToMessage, tikvMethods } from '@stratakv/proto'
import { Context, RawGetRequest, RawPutRequest } from '@stratakv/proto/kvrpcpb'
import { ConfigValueError, type Endpoints, StorageNode } from '@stratakv/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Authority,
  type CertificateFolder,
  certificateFolder,
  createAuthority,
} from '../../grpc/test/certificates.ts'

const clock = systemClock()
const random = systemRandom()
const anyPorts = {
  'storage.engine': 'memory',
  'server.addr': '127.0.0.1:0',
  'server.status-addr': '127.0.0.1:0',
  'embedded-pd.addr': '127.0.0.1:0',
} as const

let folder: CertificateFolder
let authority: Authority
let node: StorageNode
let endpoints: Endpoints
let server: { 'security.ca-path': string; 'security.cert-path': string; 'security.key-path': string }
let client: { caPath: string; certPath: string; keyPath: string; cert: string; key: string }

beforeAll(async () => {
  folder = await certificateFolder()
  authority = await createAuthority('node test')
  const caPath = await folder.write('ca.pem', authority.cert)
  const own = await authority.issue({ name: 'node' })
  server = {
    'security.ca-path': caPath,
    'security.cert-path': await folder.write('node.pem', own.cert),
    'security.key-path': await folder.write('node.key', own.key),
  }
  const theirs = await authority.issue({ name: 'app' })
  client = {
    ...theirs,
    caPath,
    certPath: await folder.write('app.pem', theirs.cert),
    keyPath: await folder.write('app.key', theirs.key),
  }
  node = await StorageNode.open({ config: { ...anyPorts, ...server, 'security.cert-allowed-cn': ['app'] } })
  endpoints = await node.serve()
})
afterAll(async () => {
  await node.close()
  await folder.remove()
})

function get(address: string, path: string, own: object): Promise<{ status: number | undefined; text: string }> {
  const [host, port] = address.split(':')
  return new Promise((resolve, reject) => {
    httpsRequest({ host, port, path, ca: authority.cert, agent: false, ...own }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
      .on('error', reject)
      .end()
  })
}

describe('a node with security.*', () => {
  it('serves store and placement driver over mutual TLS, and says https where it is found', async () => {
    const { caPath, certPath, keyPath } = client
    const rpc = grpcRpc({ clock, random }, { security: { caPath, certPath, keyPath } })
    const pd = new PdClient({ rpc, clock, random }, { endpoints: [`https://${endpoints.pd}`] })
    expect(await pd.timestamps(1)).toBeGreaterThan(0n)
    expect((await pd.members())[0]?.clientUrls).toEqual([`https://${endpoints.pd}`])
    const route = (await pd.regionByKey(new Uint8Array(0)))!
    const store = (await pd.store(route.leader!.storeId))!
    const { id, regionEpoch } = regionToMessage(route.region)
    const context = Context.create({ regionId: id, regionEpoch, peer: peerToMessage(route.leader!) })
    const [key, value] = [Uint8Array.of(1), Uint8Array.of(2)]
    const put = RawPutRequest.create({ context, key, value })
    expect(await rpc.unary(store.address, tikvMethods.rawPut, put)).toMatchObject({ error: '', regionError: undefined })
    const found = await rpc.unary(store.address, tikvMethods.rawGet, RawGetRequest.create({ context, key }))
    expect([...found.value]).toEqual([2])
    pd.close()
    await rpc.close()
  })

  it("serves the placement driver's HTTP and the status port likewise", async () => {
    const { cert, key } = client
    const members = await get(endpoints.pd, '/pd/api/v1/members', { cert, key })
    expect(JSON.parse(members.text).leader.client_urls).toEqual([`https://${endpoints.pd}`])
    expect(await get(endpoints.status!, '/status', { cert, key })).toEqual({ status: 200, text: '' })
    // As curl and browsers offer them.
    const both = { ALPNProtocols: ['h2', 'http/1.1'] }
    expect((await get(endpoints.status!, '/metrics', { cert, key, ...both })).text).toContain('tikv_')
    for (const address of [endpoints.pd, endpoints.status!]) await expect(get(address, '/', {})).rejects.toThrow()
    await expect(fetch(`http://${endpoints.status}/status`)).rejects.toThrow()
  })

  it('lets nobody in whose name is not on the list', async () => {
    const other = await authority.issue({ name: 'other' })
    await expect(get(endpoints.pd, '/pd/api/v1/members', other)).rejects.toThrow()
    await expect(get(endpoints.status!, '/status', other)).rejects.toThrow()
    const security = {
      caPath: client.caPath,
      certPath: await folder.write('other.pem', other.cert),
      keyPath: await folder.write('other.key', other.key),
    }
    const rpc = grpcRpc({ clock, random }, { security })
    await expect(rpc.unary(endpoints.pd, pdMethods.getMembers, { header: undefined })).rejects.toThrow()
    await rpc.close()
  })

  it('does not serve with half a configuration or without its files', async () => {
    const refused = [
      { config: { 'security.cert-path': server['security.cert-path'] }, error: ConfigValueError },
      { config: { 'security.ca-path': server['security.ca-path'] }, error: ConfigValueError },
      { config: { 'security.cert-allowed-cn': ['app'] }, error: ConfigValueError },
      { config: { ...server, 'security.key-path': folder.path('missing.key') }, error: SecurityFilesError },
    ]
    for (const { config, error } of refused) {
      const broken = await StorageNode.open({ config: { ...anyPorts, ...config } })
      await expect(broken.serve()).rejects.toThrow(error)
      await broken.close()
    }
  })
})
