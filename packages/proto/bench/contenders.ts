import { existsSync } from 'node:fs'
import type { MessageDefinition } from '@stratakv/proto'
import * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import * as pdpb from '@stratakv/proto/pdpb'
import * as tikvpb from '@stratakv/proto/tikvpb'

/** One codec under test, bound to one message type. */
export interface BoundCodec {
  decode(bytes: Uint8Array): unknown
  encode(message: unknown): Uint8Array
}

export interface Contender {
  readonly name: string
  bind(type: string): BoundCodec
}

type Module = Record<string, unknown>
const ours: Record<string, Module> = { kvrpcpb, pdpb, tikvpb }

function split(type: string): [module: string, message: string] {
  return type.split('.') as [string, string]
}

const stratakv: Contender = {
  name: 'stratakv',
  bind(type) {
    const [module, name] = split(type)
    const definition = ours[module]![name] as MessageDefinition<unknown>
    return { decode: (bytes) => definition.decode(bytes), encode: (message) => definition.encode(message) }
  },
}

/** As seen from bench/dist, where this file is compiled to. */
const root = new URL('../peers/dist/', import.meta.url)

/** Ours, then whatever `peers/prepare.mjs` has put in place. */
export async function loadContenders(): Promise<Contender[]> {
  const found = [stratakv]
  if (!existsSync(root)) return found
  const load = (path: string): Promise<Module> => import(new URL(path, root).href)
  const tsProto: Record<string, Module> = {}
  const es: Record<string, Module> = {}
  for (const module of Object.keys(ours)) {
    tsProto[module] = await load(`ts-proto/${module}.js`)
    es[module] = await load(`protobuf-es/${module}_pb.js`)
  }
  const protobufjs = (await load('protobufjs/proto.js')).default as Record<string, Module>
  const { toBinary, fromBinary } = (await load('../node_modules/@bufbuild/protobuf/dist/esm/index.js')) as {
    toBinary(schema: unknown, message: unknown): Uint8Array
    fromBinary(schema: unknown, bytes: Uint8Array): unknown
  }
  found.push({
    name: 'ts-proto',
    bind(type) {
      const [module, name] = split(type)
      const fns = tsProto[module]![name] as {
        decode(b: Uint8Array): unknown
        encode(m: unknown): { finish(): Uint8Array }
      }
      return { decode: (bytes) => fns.decode(bytes), encode: (message) => fns.encode(message).finish() }
    },
  })
  found.push({
    name: 'protobufjs',
    bind(type) {
      const [module, name] = split(type)
      const fns = protobufjs[module]![name] as {
        decode(b: Uint8Array): unknown
        encode(m: unknown): { finish(): Uint8Array }
      }
      return { decode: (bytes) => fns.decode(bytes), encode: (message) => fns.encode(message).finish() }
    },
  })
  found.push({
    name: 'protobuf-es',
    bind(type) {
      const [module, name] = split(type)
      const schema = es[module]![`${name}Schema`]
      return { decode: (bytes) => fromBinary(schema, bytes), encode: (message) => toBinary(schema, message) }
    },
  })
  return found
}
