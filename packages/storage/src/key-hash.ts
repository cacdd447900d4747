/**
 * 32 bits of a key, unsigned: four bytes a step in the manner of MurmurHash3 (Appleby), whose finisher makes every
 * input bit reach the low bits, which are all that the latches look at. In memory only: free to change.
 */
export function hashKey(key: Uint8Array): number {
  const { length } = key
  const whole = length & ~3
  let hash = length
  for (let at = 0; at < whole; at += 4) {
    hash = mix(hash, key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24))
  }
  if (whole < length) {
    let rest = 0
    for (let at = length - 1; at >= whole; at--) rest = (rest << 8) | key[at]!
    hash = mix(hash, rest)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51)
  const turned = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593)
  return Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64
}
