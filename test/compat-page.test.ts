import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as proto from '@stratakv/proto'
import * as tikvpb from '@stratakv/proto/tikvpb'
import { StorageNode } from '@stratakv/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GrpcProbe, unimplementedStatus } from './grpc-probe.ts'
import { tableRows } from './markdown-table.ts'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'compat.md'), 'utf8')
const rpcRows = tableRows(page, '## RPCs').map(([path, status, notes]) => ({ path: path!, status, notes }))
const tables = Object.entries(proto).flatMap(([name, table]) =>
  name.endsWith('Methods') && !Array.isArray(table) ? Object.values(table) : [],
)
const knownPaths = [...tables, ...proto.undefinedMethods].map(({ path }) => path)

/** Which ports the page puts a service on. */
function portsOf(path: string): GrpcProbe[] {
  if (path.startsWith('/grpc.health.v1.')) return [store, pd]
  return /^\/(tikvpb|deadlock)\./.test(path) ? [store] : [pd]
}

let node: StorageNode
let store: GrpcProbe
let pd: GrpcProbe
let pdUrl: string
let statusUrl: string

beforeAll(async () => {
  node = await StorageNode.open({
    config: {
      'storage.engine': 'memory',
      'server.addr': '127.0.0.1:0',
      'server.status-addr': '127.0.0.1:0',
      'embedded-pd.addr': '127.0.0.1:0',
    },
  })
  const endpoints = await node.serve()
  store = new GrpcProbe(endpoints.store)
  pd = new GrpcProbe(endpoints.pd)
  pdUrl = `http://${endpoints.pd}`
  statusUrl = `http://${endpoints.status}`
})
afterAll(async () => {
  store[Symbol.dispose]()
  pd[Symbol.dispose]()
  await node.close()
})

describe('docs/compat.md', () => {
  it('claims the clients that conformance/ pins', () => {
    const conformance = join(root, 'conformance')
    const pinsIn = (file: string): string[] =>
      readdirSync(conformance)
        .map((folder) => join(conformance, folder, file))
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'utf8'))
    const [goMods, cargoLocks, poms] = ['go.mod', 'Cargo.lock', 'pom.xml'].map(pinsIn)
    const isPinned = (client: string, version: string): boolean => {
      const [group, artifact] = client.split(':')
      return artifact !== undefined
        ? poms!.some((pom) =>
            new RegExp(
              `<groupId>${group}</groupId>\\s*<artifactId>${artifact}</artifactId>\\s*<version>${version}<`,
            ).test(pom),
          )
        : client.endsWith(' (Rust)')
          ? cargoLocks!.some((lock) =>
              lock.includes(`name = "${client.replace(' (Rust)', '')}"\nversion = "${version}"\n`),
            )
          : goMods!.some((goMod) => goMod.includes(`${client} ${version}\n`))
    }
    const rows = tableRows(page, '## Clients')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(([client, version]) => !isPinned(client!, version!))).toEqual([])
    // And none that is run goes unnamed.
    expect(rows.map(([client]) => client)).toEqual(
      expect.arrayContaining(['tikv-client (Rust)', 'org.tikv:tikv-client-java']),
    )
  })

  it('lists every method there is exactly once', () => {
    expect(rpcRows.map(({ path }) => path).sort()).toEqual([...knownPaths].sort())
  })

  it('says of each what it is, and of a partial one what is missing', () => {
    for (const { path, status, notes } of rpcRows) {
      expect(['served', 'partial', 'unimplemented'], path).toContain(status)
      if (status === 'partial') expect(notes, path).not.toBe('')
    }
  })

  it('agrees with what a node answers, method by method', async () => {
    const disagreeing: string[] = []
    for (const { path, status } of rpcRows) {
      for (const port of portsOf(path)) {
        const answer = await port.call(path)
        const isServed = answer.status !== unimplementedStatus
        if (isServed !== (status !== 'unimplemented'))
          disagreeing.push(`${path}: ${status}, but gives ${answer.status}`)
      }
    }
    expect(disagreeing).toEqual([])
  })

  it('agrees with what BatchCommands answers, command by command', async () => {
    const rows = tableRows(page, '## Commands in BatchCommands')
    const numbers = new Map(rows.map(([number, name, status]) => [Number(number), { name, status }]))
    const answered: Record<string, string> = {}
    for (const [number, { name }] of numbers) {
      const request = batchOf(number)
      expect(tikvpb.BatchCommandsRequest.decode(request).requests[0]!.cmd?.case, `command ${number}`).toBe(name)
      const { messages } = await store.call(tikvStreamPath, request)
      const { responses } = tikvpb.BatchCommandsResponse.decode(messages[0]!)
      const isRefused = messages[0]!.includes('is not served by this version')
      answered[name!] = responses[0]!.cmd === undefined ? 'unknown' : isRefused ? 'refused' : 'served'
    }
    expect(answered).toEqual(Object.fromEntries(rows.map(([, name, status]) => [name, status])))
    const known = fieldNumbersMax.filter(
      (number) => tikvpb.BatchCommandsRequest.decode(batchOf(number)).requests[0]!.cmd,
    )
    expect([...numbers.keys()].sort(ascending)).toEqual(known)
  })

  it('names the HTTP paths that are there', async () => {
    for (const [path, port] of tableRows(page, '## HTTP paths')) {
      const url = `${port === 'status' ? statusUrl : pdUrl}${path!.replace('{id}', '1').replace('{key}', 'a')}`
      const { status } = await fetch(url)
      expect(status === 404 ? `404 of ${url}: ${await (await fetch(url)).text()}` : 'there').toMatch(/there|store \d+/)
    }
  })

  it('names every metric that a node exposes, and no other', async () => {
    const exposition = await (await fetch(`${statusUrl}/metrics`)).text()
    const exposed = [...exposition.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name, type]) => [name, type])
    const own = exposed.filter(([name]) => !/^(process|nodejs)_/.test(name!))
    const listed = tableRows(page, '## Metrics').map(([name, type]) => [name, type])
    expect(listed).toEqual(own.sort())
  })
})

const tikvStreamPath = '/tikvpb.Tikv/BatchCommands'
const ascending = (left: number, right: number) => left - right
/** Above every field of the oneof. */
const fieldNumbersMax = Array.from({ length: 300 }, (_, index) => index + 1)

/** A BatchCommandsRequest (requests = 1, request_ids = 2) with one empty command, by its field number in the oneof. */
function batchOf(fieldNumber: number): Uint8Array {
  const command = [...varint((fieldNumber << 3) | 2), 0]
  return Uint8Array.from([0x0a, command.length, ...command, 0x12, 1, 7])
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
