import type { Checksum } from '@stratakv/core'

/** A key with its value; neither is changed by anybody who is handed it. */
export interface Pair {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** What many pairs come to. Independent of their order, and the same that TiKV's `RawChecksum` and TiDB's `ADMIN CHECKSUM` say. */
export interface PairSum {
  readonly count: number
  /** Of keys and values. */
  readonly bytes: number
  /** The CRC-64/XZ of each key and its value, XORed. */
  readonly crc64Xor: bigint
}

export const emptySum: PairSum = { count: 0, bytes: 0, crc64Xor: 0n }

/** Sums pairs up one by one. */
export class PairSummer {
  readonly #checksum: Checksum
  #count = 0
  #bytes = 0
  #crc64Xor = 0n

  constructor(checksum: Checksum) {
    this.#checksum = checksum
  }

  add({ key, value }: Pair): void {
    this.#count++
    this.#bytes += key.length + value.length
    this.#crc64Xor ^= this.#checksum.crc64(value, this.#checksum.crc64(key))
  }

  get sum(): PairSum {
    return { count: this.#count, bytes: this.#bytes, crc64Xor: this.#crc64Xor }
  }
}

export function addSums(sums: readonly PairSum[]): PairSum {
  let [count, bytes, crc64Xor] = [0, 0, 0n]
  for (const sum of sums) {
    count += sum.count
    bytes += sum.bytes
    crc64Xor ^= sum.crc64Xor
  }
  return { count, bytes, crc64Xor }
}

export function equalSums(left: PairSum, right: PairSum): boolean {
  return left.count === right.count && left.bytes === right.bytes && left.crc64Xor === right.crc64Xor
}
