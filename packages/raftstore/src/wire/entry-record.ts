import * as eraftpb from '@stratakv/proto/eraftpb'
import type { Entry, EntryType } from '@stratakv/raft'
import { CommandRecordError } from './command-record.ts'

const entryTypes: readonly EntryType[] = ['normal', 'conf-change', 'conf-change-v2']

/** As the log engine stores it: eraftpb.Entry. */
export function encodeEntry({ type, term, index, data, context }: Entry): Uint8Array {
  const entryType = entryTypes.indexOf(type) as eraftpb.EntryType
  return eraftpb.Entry.encode(eraftpb.Entry.create({ entryType, term, index, data, context }))
}

/** `data` and `context` are views of the record. @throws CommandRecordError */
export function decodeEntry(record: Uint8Array): Entry {
  const { entryType, term, index, data, context } = eraftpb.Entry.decode(record)
  const type = entryTypes[entryType]
  if (type === undefined) throw new CommandRecordError(`entry of type ${entryType}`)
  return { type, term, index, data, context }
}
