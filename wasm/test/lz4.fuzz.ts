import { assert, CompressedBlockError, equalBytes, type SeededRandom } from '@stratakv/core'
import type { FuzzTarget } from '@stratakv/testkit'
import { createKernels } from '../src/kernels.ts'
import { lz4CompressBound } from '../src/lz4-block.ts'
import { createTwinCompressor } from '../src/twin/compressor.ts'

const inputBytesMax = 2048
/** What a block may be said to hold here: thirteen bits of the two bytes in front of it say it. */
const rawLengthMask = 8191
/** Bytes around source and target that must stay as they are. A copy in steps could go 31 bytes too far. */
const guardBytes = 64
const guardByte = 0xa5

const kernels = createKernels()
/** The block ends a guard before it. */
const target = kernels.arenaStart + inputBytesMax + 2 * guardBytes
kernels.reserveArena(target + rawLengthMask + guardBytes - kernels.arenaStart)
const twin = createTwinCompressor()

interface Decompressed {
  readonly raw: Uint8Array
  readonly block: Uint8Array
}

/** What the kernel makes of it, in the arena, having left everything around it alone. */
function byKernel(block: Uint8Array, rawLength: number): Uint8Array | CompressedBlockError {
  const view = kernels.view()
  const end = target + rawLength
  const source = target - guardBytes - block.length
  view.fill(guardByte, source - guardBytes, target)
  view.fill(guardByte, end, end + guardBytes)
  view.set(block, source)
  let refusal: CompressedBlockError | undefined
  try {
    kernels.lz4DecompressAt(source, block.length, target, rawLength)
  } catch (error) {
    if (!(error instanceof CompressedBlockError)) throw error
    refusal = error
  }
  assertGuards(view, source - guardBytes, source)
  assertGuards(view, target - guardBytes, target)
  assertGuards(view, end, end + guardBytes)
  assert(equalBytes(view.subarray(source, source + block.length), block), 'the block is as it was')
  return refusal ?? view.subarray(target, end)
}

function assertGuards(view: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) assert(view[at] === guardByte, `nothing is written at ${at}, target ${target}`)
}

/** Real blocks of JSON-like text, noise and repetitions, behind the length of what is inside. */
function seeds(random: SeededRandom): Uint8Array[] {
  const raws = [0, 1, 12, 13, 40, 300, 900].flatMap((length) => {
    let text = ''
    while (text.length < length) text += `{"id":${random.uint32() % 1000},"name":"user ${random.uint32() % 9}"},`
    const period = 1 + (length % 11)
    return [
      Uint8Array.from({ length }, (_, at) => text.charCodeAt(at)),
      Uint8Array.from({ length }, (_, at) => at % period),
      Uint8Array.from({ length: Math.min(length, 300) }, () => random.uint32() & 0xff),
    ]
  })
  raws.push(new Uint8Array(8_000))
  return raws.map((raw) => {
    const block = new Uint8Array(2 + lz4CompressBound(raw.length))
    block[0] = raw.length
    block[1] = raw.length >>> 8
    return block.slice(0, twin.compressInto(raw, block, 2))
  })
}

export const lz4Target: FuzzTarget<Decompressed> = {
  name: 'wasm/lz4',
  refusals: [CompressedBlockError],
  inputBytesMax,
  seeds,
  decode(input) {
    const block = input.subarray(2)
    const rawLength = (input[0] ?? 0) | (((input[1] ?? 0) << 8) & rawLengthMask)
    const found = byKernel(block, rawLength)
    try {
      const raw = twin.decompress(block, rawLength)
      assert(!(found instanceof CompressedBlockError) && equalBytes(found, raw), 'kernel and twin find the same bytes')
      return { raw, block }
    } catch (error) {
      if (!(error instanceof CompressedBlockError)) throw error
      assert(
        found instanceof CompressedBlockError && found.reason === error.reason && found.offset === error.offset,
        `kernel and twin find the same fault: ${error.message}`,
      )
      throw error
    }
  },
  check({ raw, block }) {
    // What was accepted can be said again, in a block that either reads.
    const again = twin.compress(raw)
    assert(equalBytes(twin.decompress(again, raw.length), raw), 'what was accepted survives another round')
    const found = byKernel(block, raw.length)
    assert(!(found instanceof CompressedBlockError) && equalBytes(found, raw), 'the kernel keeps nothing between calls')
  },
}
