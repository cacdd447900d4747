import { StrataError } from '@stratakv/core'

/** `truncated`: no final group before the end. `marker`: below F7. `padding`: a padding byte is not zero. */
export type MemcomparableFault = 'truncated' | 'marker' | 'padding'

/** The bytes are not a memcomparable encoding. */
export class MemcomparableError extends StrataError {
  readonly code = 'WASM_MEMCOMPARABLE_MALFORMED'
  /** Where in the input the fault was seen: the offending byte, or the input's length when it is cut short. */
  readonly offset: number
  readonly reason: MemcomparableFault

  constructor(offset: number, reason: MemcomparableFault) {
    super(`malformed memcomparable bytes at offset ${offset}: ${reason}`)
    this.offset = offset
    this.reason = reason
  }
}

/** The arena would take the kernels' linear memory past its limit; nothing was grown. */
export class KernelMemoryError extends StrataError {
  readonly code = 'WASM_MEMORY_LIMIT'
  /** What the memory would have had to be. */
  readonly memoryBytes: number
  /** The `memoryBytesMax` in force. */
  readonly memoryBytesMax: number

  constructor(memoryBytes: number, memoryBytesMax: number) {
    super(`kernel memory of ${memoryBytes} bytes is past its limit of ${memoryBytesMax} bytes`)
    this.memoryBytes = memoryBytes
    this.memoryBytesMax = memoryBytesMax
  }
}
