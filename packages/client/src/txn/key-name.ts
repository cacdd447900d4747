/** A key as a string with one character a byte: equal and ordered as the keys are, and usable in a Map. */
export function keyName(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1')
}
