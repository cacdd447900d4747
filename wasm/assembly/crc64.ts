import { crc64Tables, crc64TablesBytes } from './layout'

const polynomial: u64 = 0xc96c5795d7870f42

export function buildCrc64Tables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let register: u64 = byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >>> 1) ^ polynomial : register >>> 1
    store<u64>(crc64Tables + (byte << 3), register)
  }
  const end = crc64Tables + crc64TablesBytes
  for (let entry = crc64Tables + 2048; entry < end; entry += 8) {
    const previous = load<u64>(entry - 2048)
    store<u64>(entry, (previous >>> 8) ^ load<u64>((<u32>previous & 0xff) << 3, crc64Tables))
  }
}

/** CRC-64/XZ, eight bytes a step. */
export function crc64(pointer: usize, length: u32, seed: u64): u64 {
  const end = pointer + length
  let register = ~seed
  for (; pointer + 8 <= end; pointer += 8) {
    register ^= load<u64>(pointer)
    const low = <u32>register
    const high = <u32>(register >>> 32)
    register =
      load<u64>((low & 0xff) << 3, crc64Tables + 7 * 2048) ^
      load<u64>((low >>> 5) & 0x7f8, crc64Tables + 6 * 2048) ^
      load<u64>((low >>> 13) & 0x7f8, crc64Tables + 5 * 2048) ^
      load<u64>((low >>> 21) & 0x7f8, crc64Tables + 4 * 2048) ^
      load<u64>((high & 0xff) << 3, crc64Tables + 3 * 2048) ^
      load<u64>((high >>> 5) & 0x7f8, crc64Tables + 2 * 2048) ^
      load<u64>((high >>> 13) & 0x7f8, crc64Tables + 2048) ^
      load<u64>((high >>> 21) & 0x7f8, crc64Tables)
  }
  for (; pointer < end; pointer++) {
    register = (register >>> 8) ^ load<u64>(((<u32>register ^ load<u8>(pointer)) & 0xff) << 3, crc64Tables)
  }
  return ~register
}
