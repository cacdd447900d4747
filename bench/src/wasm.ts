import { crc32 as zlibCrc32 } from 'node:zlib'
import { crc32 as nodeRsCrc32 } from '@node-rs/crc32'
import { createTwinChecksum, encodeBytes } from '@stratakv/wasm'
import type { Bench, BenchContext } from './bench.ts'
import { type Contender, measureInRounds } from './rounds.ts'

/** Inputs that take turns: enough that no result can be hoisted, few enough to stay in cache, as a hot record would. */
const inputCount = 16

export const wasmBench: Bench = {
  name: 'wasm',
  summary: 'checksums and key encoding: our face, its kernel and its twin against zlib and @node-rs/crc32',
  async run(context) {
    const twin = createTwinChecksum()
    context.report.begin({ inputCount, bytes: [64, 256, 65536], source: 'plain Uint8Array of random bytes' })
    for (const [label, length] of [
      ['64B', 64],
      ['256B', 256],
      ['64KiB', 65536],
    ] as const) {
      const inputs = randomInputs(length, context.seed)
      compare(context, `crc32/${label}`, length, [
        contender('twin', inputs, twin.crc32),
        contender('zlib.crc32', inputs, (data) => zlibCrc32(data)),
        contender('@node-rs/crc32', inputs, (data) => nodeRsCrc32(data)),
      ])
    }
    const inputs = randomInputs(64, context.seed)
    compare(context, 'crc64/64B', 64, [contender('twin', inputs, (data) => Number(twin.crc64(data)))])
    const keys = randomInputs(32, context.seed)
    compare(context, 'memcomparable-encode/32B', 32, [contender('twin', keys, (key) => encodeBytes(key).length)])
  },
}

/** Measures ours (the first) and its peers on the same input, reports each and every ratio. */
function compare(context: BenchContext, name: string, inputBytes: number, contenders: readonly Contender[]): void {
  const medians = measureInRounds(contenders, context.quick ? { rounds: 21, turnMs: 1 } : { rounds: 201, turnMs: 2 })
  const oursNs = medians.get(contenders[0]!.impl)!
  for (const [impl, ns] of medians) {
    context.report.measure({
      case: name,
      impl,
      value: 1e9 / ns,
      unit: 'ops/s',
      better: 'higher',
      shown: { 'ns/op': ns.toFixed(1), 'MiB/s': ((inputBytes * 1e9) / ns / 2 ** 20).toFixed(0) },
    })
  }
  for (const [impl, ns] of medians) {
    if (ns !== oursNs) context.report.ratio({ case: name, ratio: ns / oursNs, against: impl, better: 'higher' })
  }
}

function contender(impl: string, inputs: readonly Uint8Array[], operation: (input: Uint8Array) => number): Contender {
  // A loop compiled from its own text: closures of one function share what the compiler has learnt about its calls,
  // and the first contender's call would be inlined while the others' would not.
  const loop = new Function(
    'operation',
    'inputs',
    'count',
    `let sum = 0; for (let i = 0; i < count; i++) sum ^= operation(inputs[i & ${inputCount - 1}]); return sum`,
  ) as (operation: (input: Uint8Array) => number, inputs: readonly Uint8Array[], count: number) => number
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
