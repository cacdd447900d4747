import { readdirSync } from 'node:fs'
import { type MessageDefinition, ProtoDecodeError } from '@stratakv/proto'
import fc from 'fast-check'
import Long from 'long'
import protobuf from 'protobufjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { TypeIndex } from '../codegen/type-index.ts'
import { buildDescriptorSet } from './descriptor-set.ts'
import { MessageArbitraries } from './message-arbitrary.ts'

const runsPerMessage = 40

interface Subject {
  readonly fullName: string
  readonly definition: MessageDefinition<Record<string, unknown>>
  readonly values: fc.Arbitrary<Record<string, unknown>>
  /** Holds a map with 64-bit keys, which protobufjs 7 does not write back as it read them. */
  readonly beyondPeer: boolean
}

/** Every generated message there is, found through the definitions, with values to try it on. */
describe('every message', () => {
  let subjects: Subject[]
  let peer: protobuf.Root

  beforeAll(async () => {
    const types = new TypeIndex(buildDescriptorSet())
    const arbitraries = new MessageArbitraries(types)
    const modules = new Map<string, Record<string, unknown>>()
    for (const { module } of types.messages.values()) {
      if (!modules.has(module))
        modules.set(module, (await import(`../src/gen/${module}.ts`)) as Record<string, unknown>)
    }
    subjects = [...types.messages.values()]
      .filter(({ descriptor }) => descriptor.options?.mapEntry !== true)
      .map(({ fullName, module, tsName }) => ({
        fullName,
        definition: modules.get(module)![tsName] as Subject['definition'],
        values: arbitraries.message(fullName),
        beyondPeer: types.someField(fullName, (field) => {
          const key = types.mapEntry(field)?.key
          return key?.type === 'TYPE_UINT64'
        }),
      }))
    // Without it protobufjs reads 64-bit integers as doubles.
    protobuf.util.Long = Long
    protobuf.configure()
    const protoFolder = new URL('../proto/', import.meta.url).pathname
    peer = new protobuf.Root()
    peer.resolvePath = (_origin, target) => (target.startsWith('/') ? target : protoFolder + target)
    await peer.load(readdirSync(protoFolder), { keepCase: true })
  })

  it('comes back from its bytes as it was', () => {
    for (const { definition, values } of subjects) {
      fc.assert(
        fc.property(values, (value) => {
          expect(definition.decode(definition.encode(value))).toEqual(value)
        }),
        { numRuns: runsPerMessage },
      )
    }
    expect(subjects.length).toBeGreaterThan(500)
  })

  it('has the bytes that another implementation reads and writes', () => {
    const compared = subjects.filter((each) => !each.beyondPeer)
    expect(compared.length).toBeGreaterThan(subjects.length - 10)
    for (const { fullName, definition, values } of compared) {
      const type = peer.lookupType(fullName)
      fc.assert(
        fc.property(values, (value) => {
          fc.pre(keepsOrderInObjects(value))
          const bytes = definition.encode(value)
          expect(hex(type.encode(type.decode(bytes)).finish())).toBe(hex(bytes))
        }),
        { numRuns: runsPerMessage },
      )
    }
  })

  it('is created with the defaults that no bytes mean', () => {
    for (const { definition } of subjects) {
      expect(definition.create()).toEqual(definition.decode(new Uint8Array(0)))
      expect(definition.encode(definition.create())).toHaveLength(0)
    }
  })

  it('is decoded or refused with ProtoDecodeError, whatever is done to its bytes', () => {
    let refused = 0
    for (const { fullName, definition, values } of subjects) {
      fc.assert(
        fc.property(values, fc.infiniteStream(fc.nat({ max: 255 })), fc.nat(), (value, noise, cut) => {
          const bytes = definition.encode(value)
          if (bytes.length === 0) return
          const damaged = bytes.slice(0, 1 + (cut % bytes.length))
          damaged[cut % damaged.length] = noise.next().value as number
          try {
            definition.decode(damaged)
          } catch (error) {
            if (!(error instanceof ProtoDecodeError)) throw error
            expect(error.messageType).toBe(fullName.slice(1))
            expect(error.offset).toBeLessThanOrEqual(damaged.length)
            refused++
          }
        }),
        { numRuns: runsPerMessage },
      )
    }
    expect(refused).toBeGreaterThan(subjects.length)
  })
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/**
 * protobufjs holds a map as an object, which has keys that read as an index, such as "0", before all others. Ours are written from the last
 * to the first.
 */
function keepsOrderInObjects(value: unknown): boolean {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return true
  if (!(value instanceof Map)) return Object.values(value).every(keepsOrderInObjects)
  const keys = [...value.keys()].map(String).reverse()
  const asObject = Object.keys(Object.fromEntries(keys.map((key) => [key, true])))
  return keys.every((key, at) => key === asObject[at]) && [...value.values()].every(keepsOrderInObjects)
}
