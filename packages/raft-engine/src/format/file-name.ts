import { assert } from '@stratakv/core'

/** `append` holds what callers wrote; `rewrite` what purging copied out of older files because it was still needed. */
export type LogQueue = 'append' | 'rewrite'

export interface LogFileName {
  /** `reserved` files wait to be used as append files; their bytes mean nothing. */
  readonly kind: LogQueue | 'reserved'
  readonly seq: number
}

const seqDigits = 16
const suffixes = { append: '.raftlog', rewrite: '.rewrite', reserved: '.raftlog.reserved' } as const
const pattern = /^(\d{16})\.(raftlog|rewrite|raftlog\.reserved)$/
const kinds = { raftlog: 'append', rewrite: 'rewrite', 'raftlog.reserved': 'reserved' } as const

/** The name of a queue's file. Each queue counts its files from 1, without gaps. */
export function logFileName(queue: LogQueue, seq: number): string {
  return nameOf(queue, seq)
}

export function reservedFileName(seq: number): string {
  return nameOf('reserved', seq)
}

/**
 * What a name in a log folder stands for, or `undefined` if it is none of ours: another suffix, other than 16 digits,
 * sequence 0, or one past 2^53 - 1, which nobody can have counted to.
 *
 * The Rust engine looks at the first 16 characters and the suffix, whatever is between; we take only what it writes.
 */
export function parseFileName(name: string): LogFileName | undefined {
  const match = pattern.exec(name)
  if (match === null) return undefined
  const seq = Number(match[1])
  if (seq === 0 || !Number.isSafeInteger(seq)) return undefined
  return { kind: kinds[match[2] as keyof typeof kinds], seq }
}

function nameOf(kind: keyof typeof suffixes, seq: number): string {
  assert(Number.isSafeInteger(seq) && seq > 0, 'a file sequence is a safe integer from 1 on')
  return `${String(seq).padStart(seqDigits, '0')}${suffixes[kind]}`
}
