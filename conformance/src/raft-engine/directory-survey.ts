import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a directory really holds, so that a case which misses its point fails instead of passing. */
export interface DirectorySurvey {
  /** Of the files that hold anything. */
  readonly formatVersions: ReadonlySet<number>
  readonly compressedCount: number
  readonly uncompressedCount: number
  /** Batches in the rewrite queue. */
  readonly rewrittenCount: number
  /** A batch there names a part of an atomic group. */
  readonly hasAtomicGroups: boolean
  /** The first file of the append queue was purged. */
  readonly isPurged: boolean
  /** A number is missing between those of two append files. */
  readonly hasGap: boolean
  /** Zeros behind the last batch of some file: it was laid out before it was needed. */
  readonly hasZeroTail: boolean
  /** Old bytes behind the last batch of some file. */
  readonly hasStaleTail: boolean
}

const magicBytes = 53
/** Put of the three-byte key `__\x01`: type, operation, length, key. */
const atomicGroupPut = Buffer.from('0301035f5f01', 'hex')

export async function surveyDirectory(dir: string): Promise<DirectorySurvey> {
  const formatVersions = new Set<number>()
  const counts = { compressedCount: 0, uncompressedCount: 0, rewrittenCount: 0 }
  let [hasAtomicGroups, hasZeroTail, hasStaleTail] = [false, false, false]
  const sequences: number[] = []
  for (const name of await readdir(dir)) {
    const [, sequence, queue] = /^(\d{16})\.(raftlog|rewrite)$/.exec(name) ?? []
    if (sequence === undefined) continue
    const bytes = await readFile(join(dir, name))
    if (queue === 'raftlog') sequences.push(Number(sequence))
    if (bytes.length < magicBytes + 8) continue
    const version = bytes[magicBytes + 7]!
    formatVersions.add(version)
    let at = magicBytes + (version === 2 ? 16 : 8)
    for (let batch = batchAt(bytes, at); batch !== undefined; batch = batchAt(bytes, at)) {
      counts[batch.compressed ? 'compressedCount' : 'uncompressedCount']++
      if (queue === 'rewrite') {
        counts.rewrittenCount++
        const footer = bytes.subarray(at + batch.footerOffset, at + batch.length)
        hasAtomicGroups ||= footer.includes(atomicGroupPut)
      }
      at += batch.length
    }
    const tail = bytes.subarray(at)
    if (tail.every((byte) => byte === 0)) hasZeroTail ||= tail.length > 0
    else hasStaleTail = true
  }
  sequences.sort((left, right) => left - right)
  const isPurged = sequences[0] !== 1
  const hasGap = sequences.some((sequence, at) => at > 0 && sequence !== sequences[at - 1]! + 1)
  return { formatVersions, ...counts, hasAtomicGroups, isPurged, hasGap, hasZeroTail, hasStaleTail }
}

/** By the two words of its header alone. */
function batchAt(
  bytes: Buffer,
  at: number,
): { readonly length: number; readonly footerOffset: number; readonly compressed: boolean } | undefined {
  if (at + 16 > bytes.length) return undefined
  const word = bytes.readBigUInt64BE(at)
  const [length, type] = [Number(word >> 8n), Number(word & 0xffn)]
  const footerOffset = Number(bytes.readBigUInt64BE(at + 8))
  const sane = type <= 1 && footerOffset >= 16 && footerOffset < length && at + length <= bytes.length
  return sane ? { length, footerOffset, compressed: type === 1 } : undefined
}
