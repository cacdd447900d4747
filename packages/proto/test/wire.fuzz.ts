import { deepStrictEqual } from 'node:assert/strict'
import type { MethodDefinition, SeededRandom } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import fc from 'fast-check'
import { TypeIndex } from '../codegen/type-index.ts'
import { ProtoDecodeError } from '../src/errors.ts'
import * as methods from '../src/gen/methods.ts'
import * as raftCmd from '../src/gen/raft_cmdpb.ts'
import * as raftServer from '../src/gen/raft_serverpb.ts'
import type { MessageDefinition } from '../src/message-definition.ts'
import { buildDescriptorSet } from './descriptor-set.ts'
import { MessageArbitraries } from './message-arbitrary.ts'

type AnyMessage = Record<string, unknown>
type Definition = MessageDefinition<AnyMessage>

let arbitraries: MessageArbitraries | undefined

/** Real messages of each kind, in the bytes our writer gives them. */
function samples(definition: Definition, random: SeededRandom, count: number): Uint8Array[] {
  arbitraries ??= new MessageArbitraries(new TypeIndex(buildDescriptorSet()))
  const values = fc.sample(arbitraries.message(`.${definition.typeName}`), {
    numRuns: count,
    seed: random.uint32() | 0,
  })
  return values.map((value) => definition.encode(value))
}

/** The first two bytes of an input choose the message, so that one target covers a whole service. */
function messagesTarget(
  name: string,
  given: readonly Definition[],
): FuzzTarget<{ message: AnyMessage; of: Definition }> {
  const definitions = [...new Set(given)]
  const chosen = (input: Uint8Array) => definitions[(((input[0] ?? 0) << 8) | (input[1] ?? 0)) % definitions.length]!
  return {
    name: `proto/${name}`,
    refusals: [ProtoDecodeError],
    seeds: (random) =>
      definitions.flatMap((definition, index) =>
        samples(definition, random, definitions.length > 20 ? 3 : 40).map((bytes) =>
          Uint8Array.of(index >>> 8, index & 0xff, ...bytes),
        ),
      ),
    decode: (input) => ({ message: chosen(input).decode(input.subarray(2)), of: chosen(input) }),
    check: ({ message, of }) => deepStrictEqual(of.decode(of.encode(message)), message),
  }
}

function sides(tables: readonly Record<string, MethodDefinition<never, never>>[], side: 'request' | 'response') {
  return tables.flatMap((table) => Object.values(table).map((method) => method[side] as unknown as Definition))
}

const tikv = [methods.tikvMethods] as never
const pd = [methods.pdMethods, methods.keyspaceMethods, methods.metaStorageMethods] as never
const etcd = [
  methods.etcdKvMethods,
  methods.etcdLeaseMethods,
  methods.etcdWatchMethods,
  methods.etcdClusterMethods,
  methods.etcdMaintenanceMethods,
] as never

export const wireTargets = [
  messagesTarget('tikv-requests', sides(tikv, 'request')),
  messagesTarget('tikv-responses', sides(tikv, 'response')),
  messagesTarget('batch-commands', [
    methods.tikvMethods.batchCommands.request as unknown as Definition,
    methods.tikvMethods.batchCommands.response as unknown as Definition,
  ]),
  messagesTarget('pd-requests', sides(pd, 'request')),
  messagesTarget('pd-responses', sides(pd, 'response')),
  messagesTarget('etcd', [...sides(etcd, 'request'), ...sides(etcd, 'response')]),
  messagesTarget(
    'raft',
    [...Object.values(raftServer), ...Object.values(raftCmd)].filter(
      (each): each is never => typeof each === 'object' && 'typeName' in each,
    ),
  ),
]
