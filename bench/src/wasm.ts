import { crc32 as zlibCrc32 } from 'node:zlib'
import { crc32 as nodeRsCrc32 } from '@node-rs/crc32'
import {
  createChecksum,
  createKernels,
  createTwinChecksum,
  encodeBytes,
  encodeBytesInto,
  encodedLength,
  findNativeChecksum,
} from '@stratakv/wasm'
import type { Bench, BenchContext } from './bench.ts'
import { type Contender, measureInRounds } from './rounds.ts'

/** Inputs that take turns: enough that no result can be hoisted, few enough to stay in cache, as a hot record would. */
const inputCount = 16

export const wasmBench: Bench = {
  name: 'wasm',
  summary: 'checksums and key encoding: ours against zlib, @node-rs/crc32 and the TypeScript twin',
  async run(context) {
    const rounds = context.quick ? { rounds: 31, turnMs: 1 } : { rounds: 301, turnMs: 3 }
    context.report.begin({
      inputs: `${inputCount} plain Uint8Arrays of random bytes in turn, hot in cache`,
      rounds: rounds.rounds,
      turnMs: rounds.turnMs,
      statistic: 'median of rounds',
    })
    const compare = (name: string, inputBytes: number, contenders: readonly Contender[]): void =>
      reportCase(context, name, inputBytes, measureInRounds(contenders, rounds))

    const kernels = createKernels()
    const twin = createTwinChecksum()
    const checksum = createChecksum({ kernels, native: findNativeChecksum() })

    for (const [label, length] of [
      ['64B', 64],
      ['256B', 256],
      ['64KiB', 65536],
    ] as const) {
      const inputs = randomInputs(length, context.seed)
      compare(`crc32/${label}`, length, [
        contender('stratakv', inputs, (data) => checksum.crc32(data)),
        contender('stratakv-kernel', inputs, (data) => kernels.crc32(data)),
        contender('twin', inputs, (data) => twin.crc32(data)),
        contender('zlib.crc32', inputs, (data) => zlibCrc32(data)),
        contender('@node-rs/crc32', inputs, (data) => nodeRsCrc32(data)),
      ])
      kernels.reserveArena(length * inputCount)
      const pointers = inputs.map((input, index) => {
        kernels.view().set(input, kernels.arenaStart + index * length)
        return kernels.arenaStart + index * length
      })
      compare(`crc32/${label}-in-wasm-memory`, length, [
        contender('stratakv', pointers, (pointer) => kernels.crc32At(pointer, length)),
        contender('zlib.crc32', inputs, (data) => zlibCrc32(data)),
        contender('@node-rs/crc32', inputs, (data) => nodeRsCrc32(data)),
      ])
    }

    const records = randomInputs(64, context.seed)
    compare('crc64/64B', 64, [
      contender('stratakv', records, (data) => Number(checksum.crc64(data) & 0xffn)),
      contender('twin', records, (data) => Number(twin.crc64(data) & 0xffn)),
    ])

    const keyBytes = 32
    const keys = randomInputs(keyBytes, context.seed)
    const target = new Uint8Array(encodedLength(keyBytes))
    const pointers = keys.map((key, index) => {
      kernels.view().set(key, kernels.arenaStart + index * keyBytes)
      return kernels.arenaStart + index * keyBytes
    })
    const keysEnd = kernels.arenaStart + inputCount * keyBytes
    compare('memcomparable-encode/32B', keyBytes, [
      contender('stratakv', keys, (key) => encodeBytes(key).length),
      contender('stratakv-kernel', keys, (key) => {
        kernels.view().set(key, kernels.arenaStart)
        const length = kernels.encodeBytesAt(kernels.arenaStart, key.length, keysEnd)
        return kernels.view().slice(keysEnd, keysEnd + length).length
      }),
    ])
    compare('memcomparable-encode/32B-in-wasm-memory', keyBytes, [
      contender('stratakv', pointers, (pointer) => kernels.encodeBytesAt(pointer, keyBytes, keysEnd)),
      contender('twin', keys, (key) => encodeBytesInto(key, target, 0)),
    ])

    context.report.note(
      'stratakv: what createChecksum or encodeBytes chooses. From JavaScript bytes that is the kernel for',
    )
    context.report.note(
      'CRC-32 below 512 B and for CRC-64, @node-rs/crc32 for longer CRC-32, and TypeScript for key encoding.',
    )
    context.report.note(
      'stratakv-kernel: the kernel with its copies in and out. twin: plain TypeScript on JavaScript bytes.',
    )
  },
}

/** Ours is the first entry; every other gets a ratio. */
function reportCase(context: BenchContext, name: string, inputBytes: number, mediansNs: Map<string, number>): void {
  const entries = [...mediansNs]
  for (const [impl, ns] of entries) {
    context.report.measure({
      case: name,
      impl,
      value: 1e9 / ns,
      unit: 'ops/s',
      better: 'higher',
      shown: { 'ns/op': ns.toFixed(1), 'MiB/s': ((inputBytes * 1e9) / ns / 2 ** 20).toFixed(0) },
    })
  }
  const [, oursNs] = entries[0]!
  for (const [impl, ns] of entries.slice(1)) {
    context.report.ratio({ case: name, ratio: ns / oursNs, against: impl, better: 'higher' })
  }
}

function contender<Input>(impl: string, inputs: readonly Input[], operation: (input: Input) => number): Contender {
  // A loop compiled from its own text: closures of one function share what the compiler has learnt about its calls,
  // and the first contender's call would be inlined while the others' would not.
  const loop = new Function(
    'operation',
    'inputs',
    'count',
    `let sum = 0; for (let i = 0; i < count; i++) sum ^= operation(inputs[i & ${inputCount - 1}]); return sum`,
  ) as (operation: (input: Input) => number, inputs: readonly Input[], count: number) => number
  return { impl, run: (count) => loop(operation, inputs, count) }
}

function randomInputs(length: number, seed: number): Uint8Array[] {
  let state = seed >>> 0
  return Array.from({ length: inputCount }, () =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    }),
  )
}
