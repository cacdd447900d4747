/** Slots; a string whose slot holds another simply takes its place. */
const slotCount = 256
/** Longer strings are seldom repeated, and comparing them would cost what making them does. */
export const cachedStringBytesMax = 32

/**
 * Gives back the very string made last time from the same bytes. The strings in requests repeat without end (request source, column
 * family, resource group): comparing one costs a fifth of making it, and a thousand requests in flight share one copy.
 * Holds at most 256 strings of 32 ASCII bytes.
 */
export class StringCache {
  readonly #slots: string[] = new Array<string>(slotCount).fill('')

  /** The text of `bytes[start, end)`, at most {@link cachedStringBytesMax} long and not empty; undefined if not all ASCII. */
  get(bytes: Uint8Array, start: number, end: number): string | undefined {
    const length = end - start
    const slot =
      (bytes[start]! ^ (bytes[end - 1]! << 2) ^ (bytes[start + (length >> 1)]! << 4) ^ (length << 1)) % slotCount
    const cached = this.#slots[slot]!
    if (cached.length === length) {
      let at = 0
      while (at < length && cached.charCodeAt(at) === bytes[start + at]) at++
      if (at === length) return cached
    }
    let text = ''
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!
      if (byte >= 0x80) return undefined
      text += String.fromCharCode(byte)
    }
    this.#slots[slot] = text
    return text
  }
}
