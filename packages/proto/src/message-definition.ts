import type { MessageCodec } from '@stratakv/core'
import type { WireReader } from './wire-reader.ts'
import type { WireWriter } from './wire-writer.ts'

/** What a generated message offers; it is a `MessageCodec`, so it can stand in a method definition as it is. */
export interface MessageDefinition<T> extends MessageCodec<T> {
  /** Full protobuf name, e.g. `kvrpcpb.GetRequest`. */
  readonly typeName: string
  /** A message with defaults (0, 0n, false, '', no bytes, [], absent message) where `init` says nothing. Nothing in `init` is copied. */
  create(init?: Partial<T>): T
  /** For generated code: reads fields up to `end`, merging into `into`. */
  readFrom(reader: WireReader, end: number, into?: T): T
  /** For generated code: prepends the fields of `message`. */
  writeTo(writer: WireWriter, message: T): void
}
