/** Bytes of hex digits in pairs; spaces, line breaks and the bars that part a batch are for the eye. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/[\s|]/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Error(`not hex: ${text}`)
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
