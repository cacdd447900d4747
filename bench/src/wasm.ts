import { crc32 as zlibCrc32 } from 'node:zlib'
import { crc32 as nodeRsCrc32, crc32c as nodeRsCrc32c } from '@node-rs/crc32'
import { seededRandom } from '@stratakv/testkit'
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
import { type Compare, contender, inputCount, randomInputs } from './kernel-contender.ts'
import { measureInRounds } from './rounds.ts'
import { compareLz4, lz4Notes } from './wasm-lz4.ts'

const notes = [
  'stratakv: what the package chooses. From bytes of JavaScript: the kernel for CRC-32 below 512 B and for CRC-64,',
  '  @node-rs/crc32 (an optional peer) for longer CRC-32, TypeScript for key encoding. In WASM memory: the kernel in place,',
  '  from 512 B on createChecksum on a view, as the README advises.',
  'stratakv-kernel: the kernel alone, with the copies it needs. twin: plain TypeScript on bytes of JavaScript.',
  'Natives read bytes of JavaScript in every case.',
]

export const wasmBench: Bench = {
  name: 'wasm',
  summary: 'checksums, key encoding and LZ4: ours against zlib, @node-rs/crc32, lz4-napi and the TypeScript twin',
  async run(context) {
    const random = seededRandom(context.seed)
    const rounds = { rounds: context.quick ? 101 : 1001, turnMs: 0.5, random: random.fork('turns') }
    context.report.begin({
      inputs: `${inputCount} in turn, hot in cache: random bytes, and for LZ4 also JSON-like text`,
      rounds: rounds.rounds,
      turnMs: rounds.turnMs,
      statistic: 'median of rounds',
    })
    const compare: Compare = (name, inputBytes, contenders) =>
      reportCase(context, name, inputBytes, measureInRounds(contenders, rounds))

    const kernels = createKernels()
    const twin = createTwinChecksum()
    const checksum = createChecksum({ kernels, native: findNativeChecksum() })

    for (const [label, length] of [
      ['64B', 64],
      ['256B', 256],
      ['64KiB', 65536],
    ] as const) {
      const inputs = randomInputs(length, random)
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
      const inPlace = (pointer: number): number => kernels.crc32At(pointer, length)
      const onView = (pointer: number): number => checksum.crc32(kernels.view().subarray(pointer, pointer + length))
      compare(`crc32/${label}-in-wasm-memory`, length, [
        contender('stratakv', pointers, length < 512 ? inPlace : onView),
        contender('stratakv-kernel', pointers, inPlace),
        contender('zlib.crc32', inputs, (data) => zlibCrc32(data)),
        contender('@node-rs/crc32', inputs, (data) => nodeRsCrc32(data)),
      ])
    }

    for (const [label, length] of [
      ['64B', 64],
      ['512B', 512],
      ['64KiB', 65536],
    ] as const) {
      const inputs = randomInputs(length, random)
      kernels.reserveArena(length * inputCount)
      const pointers = inputs.map((input, index) => {
        kernels.view().set(input, kernels.arenaStart + index * length)
        return kernels.arenaStart + index * length
      })
      compare(`crc32c/${label}`, length, [
        contender('stratakv', inputs, (data) => checksum.crc32c(data)),
        contender('stratakv-kernel', inputs, (data) => kernels.crc32c(data)),
        contender('stratakv-in-place', pointers, (pointer) => kernels.crc32cAt(pointer, length)),
        contender('twin', inputs, (data) => twin.crc32c(data)),
        contender('@node-rs/crc32', inputs, (data) => nodeRsCrc32c(data)),
      ])
    }

    const records = randomInputs(64, random)
    compare('crc64/64B', 64, [
      contender('stratakv', records, (data) => Number(checksum.crc64(data) & 0xffn)),
      contender('twin', records, (data) => Number(twin.crc64(data) & 0xffn)),
    ])

    const keyBytes = 32
    const keys = randomInputs(keyBytes, random)
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

    compareLz4(compare, random)

    for (const note of [...notes, ...lz4Notes]) context.report.note(note)
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
