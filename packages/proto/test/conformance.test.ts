import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as proto from '@stratakv/proto'
import { beforeAll, describe, expect, it } from 'vitest'

/** As conformance/main.go writes it: a field is `3 repeated uint64 request_ids [oneof NAME]`, a method `stream a.B -> c.D`. */
interface Facts {
  readonly sources: readonly string[]
  readonly messages: Readonly<Record<string, readonly string[]>>
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly services: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface Message {
  readonly name: string
  readonly field?: readonly {
    readonly name: string
    readonly number: number
    readonly label: string
    readonly type: string
    readonly typeName?: string
    readonly oneofIndex?: number
  }[]
  readonly nestedType?: readonly Message[]
  readonly enumType?: readonly Enum[]
  readonly oneofDecl?: readonly { readonly name: string }[]
}

interface Enum {
  readonly name: string
  readonly value: readonly { readonly name: string; readonly number?: number }[]
}

interface File {
  readonly package: string
  readonly messageType?: readonly Message[]
  readonly enumType?: readonly Enum[]
  readonly service?: readonly {
    readonly name: string
    readonly method: readonly {
      readonly name: string
      readonly inputType: string
      readonly outputType: string
      readonly clientStreaming?: boolean
      readonly serverStreaming?: boolean
    }[]
  }[]
}

const packageRoot = new URL('..', import.meta.url)

/** What buf makes of proto/, in the shape of the recorded facts. */
function ourFacts(): Facts {
  const buf = new URL('../../node_modules/.bin/buf', packageRoot)
  const text = execFileSync(buf.pathname, ['build', '-o', '-#format=json'], { cwd: packageRoot, maxBuffer: 64 << 20 })
  const set = JSON.parse(text.toString()) as { file: File[] }
  const messages: Record<string, string[]> = {}
  const enums: Record<string, Record<string, number>> = {}
  const services: Record<string, Record<string, string>> = {}
  const addEnum = (prefix: string, each: Enum): void => {
    enums[`${prefix}.${each.name}`] = Object.fromEntries(each.value.map((value) => [value.name, value.number ?? 0]))
  }
  const addMessage = (prefix: string, message: Message): void => {
    const name = `${prefix}.${message.name}`
    messages[name] = [...(message.field ?? [])]
      .sort((a, b) => a.number - b.number)
      .map((field) => {
        const kind = field.typeName?.slice(1) ?? field.type.slice('TYPE_'.length).toLowerCase()
        const label = field.label.slice('LABEL_'.length).toLowerCase()
        const oneof = field.oneofIndex === undefined ? '' : ` oneof ${message.oneofDecl![field.oneofIndex]!.name}`
        return `${field.number} ${label} ${kind} ${field.name}${oneof}`
      })
    for (const each of message.nestedType ?? []) addMessage(name, each)
    for (const each of message.enumType ?? []) addEnum(name, each)
  }
  for (const file of set.file) {
    for (const each of file.messageType ?? []) addMessage(file.package, each)
    for (const each of file.enumType ?? []) addEnum(file.package, each)
    for (const service of file.service ?? []) {
      services[`${file.package}.${service.name}`] = Object.fromEntries(
        service.method.map((method) => {
          const input = `${method.clientStreaming ? 'stream ' : ''}${method.inputType.slice(1)}`
          const output = `${method.serverStreaming ? 'stream ' : ''}${method.outputType.slice(1)}`
          return [method.name, `${input} -> ${output}`]
        }),
      )
    }
  }
  return { sources: [], messages, enums, services }
}

function recorded(name: string): Facts {
  return JSON.parse(readFileSync(new URL(`test/testdata/${name}`, packageRoot), 'utf8')) as Facts
}

/** Services we take a part of: what is left out is listed, so that a new method of theirs is noticed. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'etcdserverpb.KV': ['RangeStream'],
  'etcdserverpb.Maintenance': ['Downgrade', 'Hash'],
  'grpc.health.v1.Health': ['List'],
}

describe('our .proto files against what kvproto, etcd and gRPC say of themselves', () => {
  let ours: Facts
  let theirs: Facts

  beforeAll(() => {
    ours = ourFacts()
    const kvproto = recorded('kvproto-descriptors.json')
    const others = recorded('etcd-and-health-descriptors.json')
    theirs = {
      sources: [...kvproto.sources, ...others.sources],
      messages: { ...kvproto.messages, ...others.messages },
      enums: { ...kvproto.enums, ...others.enums },
      services: { ...kvproto.services, ...others.services },
    }
  })

  it('every message has exactly their fields: number, label, type, name, oneof', () => {
    const wrong: string[] = []
    for (const [name, fields] of Object.entries(ours.messages)) {
      const known = theirs.messages[name]
      if (known === undefined) wrong.push(`${name}: they have no such message`)
      else {
        for (const field of fields) if (!known.includes(field)) wrong.push(`${name}: ours only: ${field}`)
        for (const field of known) if (!fields.includes(field)) wrong.push(`${name}: missing: ${field}`)
      }
    }
    expect(wrong).toEqual([])
    expect(Object.keys(ours.messages).length).toBeGreaterThan(500)
  })

  it('every enum has exactly their values', () => {
    for (const [name, values] of Object.entries(ours.enums))
      expect({ name, values }).toEqual({ name, values: theirs.enums[name] })
  })

  it('no message is left out of the packages we take whole', () => {
    const whole = [
      ...[
        'coprocessor',
        'deadlock',
        'disk_usage',
        'eraftpb',
        'errorpb',
        'keyspacepb',
        'kvrpcpb',
        'meta_storagepb',
        'metapb',
      ],
      ...['mvccpb', 'pdpb', 'raft_cmdpb', 'raft_serverpb', 'replication_modepb', 'tikvpb'],
    ]
    const missing = [...Object.keys(theirs.messages), ...Object.keys(theirs.enums)].filter(
      (name) =>
        whole.includes(name.split('.')[0]!) && ours.messages[name] === undefined && ours.enums[name] === undefined,
    )
    expect(missing).toEqual([])
  })

  it('every service method is defined, known as undefined, or left out by name', () => {
    for (const [service, methods] of Object.entries(ours.services)) {
      const known = theirs.services[service]!
      for (const [method, signature] of Object.entries(methods))
        expect(`${method} ${signature}`).toBe(`${method} ${known[method]}`)
      const undefinedHere = proto.undefinedMethods
        .filter(({ path }) => path.startsWith(`/${service}/`))
        .map(({ path }) => path.split('/')[2]!)
      const accounted = [...Object.keys(methods), ...undefinedHere, ...(leftOut[service] ?? [])]
      expect({ service, methods: accounted.sort() }).toEqual({ service, methods: Object.keys(known).sort() })
    }
  })

  it('the known but undefined methods have the right kinds', () => {
    for (const { path, kind } of proto.undefinedMethods) {
      const [, service, method] = path.split('/') as [string, string, string]
      const [input, output] = theirs.services[service]![method]!.split(' -> ') as [string, string]
      const streams = [input.startsWith('stream '), output.startsWith('stream ')].join()
      const kinds: Record<string, string> = {
        'false,false': 'unary',
        'true,false': 'client-stream',
        'false,true': 'server-stream',
        'true,true': 'bidi',
      }
      expect(`${path} ${kind}`).toBe(`${path} ${kinds[streams]}`)
    }
  })

  it('the method tables carry every defined method with its path and kind', () => {
    const tables = Object.entries(proto).filter(([name]) => name.endsWith('Methods') && name !== 'undefinedMethods')
    const listed = tables.flatMap(([, table]) => Object.values(table as Record<string, { path: string; kind: string }>))
    const expected = Object.entries(ours.services).flatMap(([service, methods]) =>
      Object.entries(methods).map(([method, signature]) => {
        const [input, output] = signature.split(' -> ') as [string, string]
        const kind = input.startsWith('stream ')
          ? output.startsWith('stream ')
            ? 'bidi'
            : 'client-stream'
          : output.startsWith('stream ')
            ? 'server-stream'
            : 'unary'
        return `/${service}/${method} ${kind}`
      }),
    )
    expect(listed.map(({ path, kind }) => `${path} ${kind}`).sort()).toEqual(expected.sort())
  })
})
