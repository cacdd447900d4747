import { chain, type EngineReader, type MaybePromise, type Timestamp } from '@stratakv/core'
import { DefaultNotFoundError } from './errors.ts'
import { appendTs, decodeKey } from './key.ts'

/** What a write record and a lock have in common. */
export interface ValueHolder {
  readonly startTs: Timestamp
  readonly shortValue: Uint8Array | undefined
}

/**
 * The value that a put record or a put lock stands for: in the record when short, else in the default column family.
 * @param key encoded
 * @throws DefaultNotFoundError
 */
export function loadValue(source: EngineReader, key: Uint8Array, record: ValueHolder): MaybePromise<Uint8Array> {
  if (record.shortValue !== undefined) return record.shortValue
  return chain(source.get('default', appendTs(key, record.startTs)), (value) => {
    if (value === undefined) throw new DefaultNotFoundError(decodeKey(key), record.startTs)
    return value
  })
}
