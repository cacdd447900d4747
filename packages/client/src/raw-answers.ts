import type * as kvrpcpb from '@stratakv/proto/kvrpcpb'
import { InvalidArgumentError, serverError } from './errors.ts'
import type { KeyValue } from './raw-options.ts'
import type { CallKind } from './user-calls.ts'

/** @throws ServerError for a response that says in words what is wrong */
export function refuseText(kind: CallKind, response: { readonly error: string }): void {
  if (response.error !== '') throw serverError(kind.name, response.error)
}

/** The pairs of an answer, through `own`. @throws ServerError when one of them is an error */
export function ownPairs(
  kind: CallKind,
  pairs: readonly kvrpcpb.KvPair[],
  own: (bytes: Uint8Array) => Uint8Array,
): KeyValue[] {
  return pairs.map(({ key, value, error }) => {
    if (error !== undefined) throw serverError(kind.name, error.abort || error.retryable)
    return { key: own(key), value: own(value) }
  })
}

/** @throws InvalidArgumentError unless `count` is a whole number from `least` to `most` */
export function checkCount(argument: string, count: number, most: number, least = 0): void {
  if (Number.isInteger(count) && count >= least && count <= most) return
  throw new InvalidArgumentError(argument, `is a whole number from ${least} to ${most}, not ${count}`)
}
