import { buildCrc32Tables } from './crc32'
import { buildCrc64Tables } from './crc64'

export { crc32, crc32c } from './crc32'
export { crc64 } from './crc64'
export { arenaStart, scratchBytes, scratchStart } from './layout'
export { compare, decodeBytes, encodeBytes } from './memcomparable'

/** Fills the tables. The host calls it once, before anything else. */
export function initialize(): void {
  buildCrc32Tables()
  buildCrc64Tables()
}
