import { WireReader } from './wire-reader.ts'
import { WireWriter } from './wire-writer.ts'

// Encoding never yields and never calls out, so one scratch buffer serves every message of the process.
const writer = new WireWriter()

/** For generated code: `MessageDefinition.encode` over a message's writer. */
export function encodeWith<T>(writeTo: (writer: WireWriter, message: T) => void, message: T): Uint8Array {
  writer.reset()
  writeTo(writer, message)
  return writer.finish()
}

/** For generated code: `MessageDefinition.decode` over a message's reader. */
export function decodeWith<T>(
  typeName: string,
  readFrom: (reader: WireReader, end: number) => T,
  bytes: Uint8Array,
): T {
  return readFrom(new WireReader(typeName, bytes), bytes.length)
}
