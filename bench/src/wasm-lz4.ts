import type { Random } from '@stratakv/core'
import { createCompressor, createKernels, createTwinCompressor, lz4CompressBound } from '@stratakv/wasm'
import { compressSync, uncompressSync } from 'lz4-napi'
import { type Compare, contender, inputCount, randomInputs } from './kernel-contender.ts'

export const lz4Notes = [
  'LZ4: from bytes of JavaScript to a fresh array, both sides with the raw length as four bytes in front of the block. Ours',
  '  compresses into a buffer that is used again and copies that into a fresh one; lz4-napi (lz4_flex) gives a Buffer. Each side',
  '  decompresses what lz4-napi has compressed. stratakv-in-place: source and target in WASM memory, nothing allocated.',
]

const lengthBytes = 4

/** LZ4 of JSON-like text, which shrinks to a half or a third, and of random bytes, which do not. */
export function compareLz4(compare: Compare, random: Random): void {
  const compressor = createCompressor()
  const twin = createTwinCompressor()

  for (const [label, length] of [
    ['512B', 512],
    ['64KiB', 65536],
  ] as const) {
    for (const [suffix, inputs] of [
      ['', jsonInputs(length, random)],
      ['-incompressible', randomInputs(length, random)],
    ] as const) {
      const kernels = createKernels()
      const bound = lz4CompressBound(length)
      // In compression a target behind the sources, in decompression one behind the blocks.
      kernels.reserveArena((inputCount + 1) * bound)
      const sources = inputs.map((input, index) => {
        kernels.view().set(input, kernels.arenaStart + index * length)
        return kernels.arenaStart + index * length
      })
      const target = kernels.arenaStart + inputCount * length
      const room = Buffer.alloc(lengthBytes + bound)
      const buffers = inputs.map((input) => Buffer.from(input))
      compare(`lz4-compress/${label}${suffix}`, length, [
        contender('stratakv', buffers, (raw) => {
          room.writeUInt32LE(raw.length)
          return Buffer.from(room.subarray(0, compressor.compressInto(raw, room, lengthBytes))).length
        }),
        contender('stratakv-in-place', sources, (source) => kernels.lz4CompressAt(source, length, target)),
        contender('twin', buffers, (raw) => twin.compress(raw).length),
        contender('lz4-napi', buffers, (raw) => compressSync(raw).length),
      ])

      const sized = buffers.map((raw) => compressSync(raw))
      const places = sized.map((each, index) => {
        const start = kernels.arenaStart + index * bound
        kernels.view().set(each.subarray(lengthBytes), start)
        return { start, length: each.length - lengthBytes }
      })
      const rawAt = kernels.arenaStart + inputCount * bound
      compare(`lz4-decompress/${label}${suffix}`, length, [
        contender(
          'stratakv',
          sized,
          (each) => compressor.decompress(each.subarray(lengthBytes), each.readUInt32LE()).length,
        ),
        contender('stratakv-in-place', places, (block) => {
          kernels.lz4DecompressAt(block.start, block.length, rawAt, length)
          return kernels.view()[rawAt]!
        }),
        contender('twin', sized, (each) => twin.decompress(each.subarray(lengthBytes), each.readUInt32LE()).length),
        contender('lz4-napi', sized, (each) => uncompressSync(each).length),
      ])
    }
  }
}

/** Records as an application would send them: few names, numbers that differ, tags that repeat. */
function jsonInputs(length: number, random: Random): Uint8Array[] {
  const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']
  return Array.from({ length: inputCount }, () => {
    let text = '['
    while (text.length < length) {
      const number = random.uint32()
      text += `{"id":${random.uint32()},"user":"${names[number % names.length]}","active":${(number & 64) === 0},`
      text += `"balance":${(random.uint32() / 10_000).toFixed(2)},"tags":["t${number % 97}","t${number % 89}"]},`
    }
    return Uint8Array.from({ length }, (_, at) => text.charCodeAt(at))
  })
}
