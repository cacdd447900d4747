import { StrataError } from '@stratakv/core'

/**
 * A region's rewritten entries that are copied in several batches are one group: each batch has a mark, a put of this key whose
 * region field is the group's id. Recovery takes a group as a whole or not at all.
 * (raft-engine 0.4, `src/purge.rs`; engines before it, TiKV 6.1's among them, take the marks for values of users.)
 */
const groupMarkKey = Uint8Array.of(0x5f, 0x5f, 0x01)

/** A batch's place in its group; on disk by number. */
export type GroupPart = 'begin' | 'middle' | 'end'
const groupParts: readonly GroupPart[] = ['begin', 'middle', 'end']

export function groupMark(part: GroupPart): { readonly key: Uint8Array; readonly value: Uint8Array } {
  return { key: groupMarkKey, value: Uint8Array.of(groupParts.indexOf(part)) }
}

export function isGroupMark(key: Uint8Array): boolean {
  return key.length === 3 && key[0] === 0x5f && key[1] === 0x5f && key[2] === 0x01
}

/** `undefined` for a value that stands for none. */
export function groupPartOf(value: Uint8Array): GroupPart | undefined {
  return value.length === 1 ? groupParts[value[0]!] : undefined
}

/** The key is the log's own. */
export class RaftEngineReservedKeyError extends StrataError {
  readonly code = 'RAFT_ENGINE_RESERVED_KEY'
  constructor() {
    super('the key 5F 5F 01 marks groups of batches in the log and cannot be a value of a region')
  }
}

/** @throws RaftEngineReservedKeyError */
export function checkNotReserved(key: Uint8Array): void {
  if (isGroupMark(key)) throw new RaftEngineReservedKeyError()
}
