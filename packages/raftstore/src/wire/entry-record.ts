import * as eraftpb from '@stratakv/proto/eraftpb'
import type { Entry, EntryType } from '@stratakv/raft'
import { CommandRecordError } from './command-record-error.ts'

const entryTypes: readonly EntryType[] = ['normal', 'conf-change', 'conf-change-v2']

export function entryToMessage({ type, term, index, data, context }: Entry): eraftpb.Entry {
  const entryType = entryTypes.indexOf(type) as eraftpb.EntryType
  return eraftpb.Entry.create({ entryType, term, index, data, context })
}

/** @throws CommandRecordError */
export function entryFromMessage({ entryType, term, index, data, context }: eraftpb.Entry): Entry {
  const type = entryTypes[entryType]
  if (type === undefined) throw new CommandRecordError(`entry of type ${entryType}`)
  return { type, term, index, data, context }
}

/** As the log engine stores it: eraftpb.Entry. */
export function encodeEntry(entry: Entry): Uint8Array {
  return eraftpb.Entry.encode(entryToMessage(entry))
}

/** `data` and `context` are views of the record. @throws CommandRecordError */
export function decodeEntry(record: Uint8Array): Entry {
  let entry: eraftpb.Entry
  try {
    entry = eraftpb.Entry.decode(record)
  } catch (cause) {
    throw new CommandRecordError(`entry: ${(cause as Error).message}`, { cause })
  }
  return entryFromMessage(entry)
}
