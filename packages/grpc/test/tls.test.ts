import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import { type RpcStatusError, rpcStatus, streaming, systemClock, systemRandom, unary } from '@stratakv/core'
import {
  type SecurityFilesError,
  ServerSecurity,
  startRpcServer,
  SecurityFilesError as UnusableFiles,
} from '@stratakv/grpc'
import { type ChannelSecurityOptions, grpcRpc } from '@stratakv/grpc/channel'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Authority, type CertificateFolder, certificateFolder, createAuthority } from './certificates.ts'

const clock = systemClock()
const raw = { encode: (message: Uint8Array) => message, decode: (bytes: Uint8Array) => bytes }
const get = { path: '/test.Raw/Get', kind: 'unary', request: raw, response: raw } as const
const chat = { path: '/test.Raw/Chat', kind: 'bidi', request: raw, response: raw } as const
const message = Uint8Array.of(1, 2, 3)

let folder: CertificateFolder
let authority: Authority
let foreign: Authority
let ca: string
let foreignCa: string

beforeAll(async () => {
  folder = await certificateFolder()
  authority = await createAuthority('test authority')
  foreign = await createAuthority('another authority')
  ca = await folder.write('ca.pem', authority.cert)
  foreignCa = await folder.write('foreign-ca.pem', foreign.cert)
})
afterAll(() => folder.remove())

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function files(name: string, issued: { cert: string; key: string }) {
  return {
    certPath: await folder.write(`${name}.pem`, issued.cert),
    keyPath: await folder.write(`${name}.key`, issued.key),
  }
}

async function serve({ mutual = false, allowed = [] as readonly string[] } = {}) {
  const refusals: string[] = []
  const unusable: SecurityFilesError[] = []
  const own = await files('server', await authority.issue({ name: 'server' }))
  const security = await ServerSecurity.open(
    { onRefused: (_peer, reason) => refusals.push(reason), onUnusableFiles: (error) => unusable.push(error) },
    { ...own, ...(mutual ? { caPath: ca } : {}), allowedCommonNames: allowed },
  )
  const methods = [
    unary(get, (bytes) => bytes),
    streaming(chat, (stream) => stream.onMessage((bytes) => stream.write(bytes))),
  ]
  const server = await startRpcServer(
    { clock, methods, security, http1: (_request, response) => response.end('http1'), onUnexpectedError: () => {} },
    { host: '127.0.0.1', port: 0, receiveBytesMax: 1024 ** 2, concurrentStreamsMax: 100 },
  )
  undo.push(() => server.close(0))
  return { server, own, refusals, unusable, address: `127.0.0.1:${server.port}` }
}

function channel(security: ChannelSecurityOptions) {
  const rpc = grpcRpc({ clock, random: systemRandom() }, { security })
  undo.push(() => rpc.close())
  return rpc
}

const failureOf = (call: unknown): Promise<RpcStatusError> =>
  Promise.resolve(call)
    .then(() => expect.unreachable('the call went through'))
    .catch((error) => error)

/** Shakes hands and says what the server showed. */
function shake(port: number, ALPNProtocols?: string[]): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const options = ALPNProtocols === undefined ? {} : { ALPNProtocols }
    const socket = connectTls({ host: '127.0.0.1', port, ca: authority.cert, ...options }, () => resolve(socket))
    socket.once('error', reject)
    undo.push(() => socket.destroy())
  })
}

async function shownSerial(port: number): Promise<string> {
  const socket = await shake(port, ['h2'])
  return new X509Certificate(socket.getPeerCertificate(true).raw).serialNumber
}

function httpsText(port: number, options: object = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    httpsRequest({ host: '127.0.0.1', port, ca: authority.cert, agent: false, ...options }, (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })
}

describe('TLS on the shared port', () => {
  it('carries gRPC, from our channel and from others, and HTTP/1.1 beside it', async () => {
    const { server, address } = await serve()
    const rpc = channel({ caPath: ca })
    expect(await rpc.unary(address, get, message)).toEqual(Buffer.from(message))
    const client = new Client(address, credentials.createSsl(Buffer.from(authority.cert)))
    undo.push(() => client.close())
    const answer = await new Promise((resolve, reject) =>
      client.makeUnaryRequest(
        get.path,
        (bytes: Uint8Array) => Buffer.from(bytes),
        (bytes) => bytes,
        message,
        (error, bytes) => (error ? reject(error) : resolve(bytes)),
      ),
    )
    expect(answer).toEqual(Buffer.from(message))
    expect(await httpsText(server.port)).toBe('http1')
    // As curl offers them; and by somebody who does not say what it speaks.
    expect((await shake(server.port, ['h2', 'http/1.1'])).alpnProtocol).toBe('http/1.1')
    expect((await shake(server.port, ['h2'])).alpnProtocol).toBe('h2')
    const silent = await shake(server.port)
    silent.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of silent) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 200[\s\S]*http1$/)
  })

  it('is not mistaken for another server, and takes no cleartext', async () => {
    const { address, refusals } = await serve()
    const wrongAuthority = await failureOf(channel({ caPath: foreignCa }).unary(address, get, message))
    expect(wrongAuthority).toMatchObject({ status: rpcStatus.unavailable })
    expect(wrongAuthority.message).toMatch(/certificate|self.signed|verify/)
    const wrongName = await failureOf(channel({ caPath: ca, serverName: 'somebody-else' }).unary(address, get, message))
    expect(wrongName).toMatchObject({ status: rpcStatus.unavailable })
    expect(await channel({ caPath: ca, serverName: 'server' }).unary(address, get, message)).toHaveLength(3)
    const cleartext = grpcRpc({ clock, random: systemRandom() })
    undo.push(() => cleartext.close())
    expect(await failureOf(cleartext.unary(address, get, message))).toMatchObject({ status: rpcStatus.unavailable })
    expect(refusals.length).toBeGreaterThan(0)
  })

  it('asks clients for certificates, and lets in only those it should', async () => {
    const { server, address, refusals } = await serve({ mutual: true, allowed: ['client-a', 'client-b'] })
    const a = await files('client-a', await authority.issue({ name: 'client-a' }))
    expect(await channel({ caPath: ca, ...a }).unary(address, get, message)).toHaveLength(3)
    const refused = {
      'no certificate': {},
      'another name': await files('client-c', await authority.issue({ name: 'client-c' })),
      'another authority': await files('client-x', await foreign.issue({ name: 'client-a' })),
      expired: await files('expired', await authority.issue({ name: 'client-a', validFromDays: -3, validToDays: -2 })),
    }
    for (const [why, own] of Object.entries(refused)) {
      const before = refusals.length
      const error = await failureOf(channel({ caPath: ca, ...own }).unary(address, get, message))
      expect(error, why).toMatchObject({ status: rpcStatus.unavailable })
      expect(refusals.length, why).toBe(before + 1)
      if (why === 'no certificate') expect(error.message).toMatch(/alert certificate required/)
    }
    expect(refusals[0]).toMatch(/did not return a certificate/)
    expect(refusals[1]).toBe('the common name "client-c" is not among those allowed')
    expect(refusals[2]).toMatch(/^its certificate is not accepted: /)
    expect(refusals[3]).toBe('its certificate is not accepted: CERT_HAS_EXPIRED')
    await expect(httpsText(server.port)).rejects.toThrow()
  })

  it('shows replaced certificates to new connections, and leaves the others alone', async () => {
    const { server, address, own, unusable } = await serve()
    const rpc = channel({ caPath: ca })
    const stream = rpc.stream(address, chat)
    const echoed = () =>
      new Promise<Uint8Array>((resolve) => {
        stream.onMessage(resolve)
        stream.write(message)
      })
    let hasEnded = false
    stream.onEnd(() => {
      hasEnded = true
    })
    await echoed()
    const before = await shownSerial(server.port)
    const next = await authority.issue({ name: 'server' })
    // A new certificate whose key is not there yet is of no use: the old pair goes on.
    await writeFile(own.certPath, next.cert)
    expect(await shownSerial(server.port)).toBe(before)
    expect(await shownSerial(server.port)).toBe(before)
    expect(unusable.map((error) => error.paths)).toEqual([[own.certPath, own.keyPath]])
    await writeFile(own.keyPath, next.key)
    expect(await shownSerial(server.port)).toBe(new X509Certificate(next.cert).serialNumber)
    await writeFile(own.certPath, 'no certificate at all')
    expect(await shownSerial(server.port)).toBe(new X509Certificate(next.cert).serialNumber)
    expect(unusable).toHaveLength(2)
    expect(await echoed()).toHaveLength(3)
    expect(hasEnded).toBe(false)
  })

  it('does not begin with files that are of no use', async () => {
    const deps = { onRefused: () => {}, onUnusableFiles: () => {} }
    const missing = {
      certPath: folder.path('missing.pem'),
      keyPath: folder.path('missing.key'),
      allowedCommonNames: [],
    }
    await expect(ServerSecurity.open(deps, missing)).rejects.toThrow(UnusableFiles)
    const one = await files('one', await authority.issue({ name: 'server' }))
    const two = await files('two', await authority.issue({ name: 'server' }))
    const mixed = { certPath: one.certPath, keyPath: two.keyPath, allowedCommonNames: [] }
    await expect(ServerSecurity.open(deps, mixed)).rejects.toThrow(UnusableFiles)
  })

  it('gives a client its own new certificate with the next connection', async () => {
    const { address } = await serve({ mutual: true, allowed: ['client-new'] })
    const own = await files('client', await authority.issue({ name: 'client-old' }))
    const rpc = channel({ caPath: ca, ...own })
    expect(await failureOf(rpc.unary(address, get, message))).toMatchObject({ status: rpcStatus.unavailable })
    const next = await authority.issue({ name: 'client-new' })
    await Promise.all([writeFile(own.certPath, next.cert), writeFile(own.keyPath, next.key)])
    await expect.poll(() => Promise.resolve(rpc.unary(address, get, message)).catch(() => undefined)).toHaveLength(3)
  })
})
