import { CompressedBlockError, type CompressedBlockFault } from '@stratakv/core'
import type { WasmGlobal, WasmMemory, WasmModule } from './web-assembly.ts'
import { webAssembly } from './web-assembly.ts'

/** The faults that assembly/lz4.ts reports, by its numbers from 1 on. */
const faults: readonly CompressedBlockFault[] = ['truncated', 'distance', 'overlong', 'short']

/** What the compiled module exports. Integers come back signed. Kept in step with assembly/ by the tests alone. */
export interface Lz4Kernels {
  readonly lz4FaultOffset: WasmGlobal
  readonly lz4TailBytes: WasmGlobal
  readonly arenaStart: WasmGlobal
  lz4Compress(source: number, length: number, target: number, acceleration: number): number
  /** Leaves out the last `lz4TailBytes` literals of the block. */
  lz4CompressHead(source: number, length: number, target: number, acceleration: number): number
  lz4Decompress(source: number, length: number, target: number, rawLength: number): number
}

/** `memory` has two pages at least. The module uses its own part of what lies below the arena. */
export function instantiateLz4(module: WasmModule, memory: WasmMemory): Lz4Kernels {
  return new (webAssembly().Instance)(module, { env: { memory } }).exports as Lz4Kernels
}

/** Decompresses, or throws `CompressedBlockError`. All ranges lie in memory. */
export function decompressOrThrow(
  lz4: Lz4Kernels,
  source: number,
  length: number,
  target: number,
  rawLength: number,
): void {
  const fault = lz4.lz4Decompress(source, length, target, rawLength)
  if (fault === 0) return
  throw new CompressedBlockError(faults[fault - 1]!, lz4.lz4FaultOffset.value >>> 0, length, rawLength)
}
