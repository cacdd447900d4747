import type { Entry } from './entry.ts'

/** Of an entry in a protobuf message, about: what message and batch limits are counted in. */
export function entryBytes({ term, index, data, context }: Entry): number {
  let bytes = 2 + 1 + varintBytes(term) + 1 + varintBytes(index)
  if (data.length > 0) bytes += 1 + varintBytes(data.length) + data.length
  if (context.length > 0) bytes += 1 + varintBytes(context.length) + context.length
  return bytes
}

export function entriesBytes(entries: readonly Entry[]): number {
  let bytes = 0
  for (const entry of entries) bytes += entryBytes(entry)
  return bytes
}

/** Of the payloads alone: what windows and the limit of uncommitted entries are counted in. An entry without one is free. */
export function payloadBytes(entries: readonly Pick<Entry, 'data'>[]): number {
  let bytes = 0
  for (const { data } of entries) bytes += data.length
  return bytes
}

/** The first entries, cut before the one that would pass `bytesMax`; at least one, if there is one. */
export function limitEntries(entries: readonly Entry[], bytesMax: number): readonly Entry[] {
  let bytes = 0
  for (let at = 0; at < entries.length; at++) {
    bytes += entryBytes(entries[at]!)
    if (bytes > bytesMax && at > 0) return entries.slice(0, at)
  }
  return entries
}

function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 128; rest /= 128) bytes++
  return bytes
}
