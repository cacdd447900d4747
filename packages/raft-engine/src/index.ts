/**
 * A multi-Raft log store in the file format of the Rust raft-engine: one sequential log for any number of Raft groups.
 *
 * @packageDocumentation
 */
export {
  decodeFileHeader,
  encodeFileHeader,
  type FileHeader,
  type FormatVersion,
  type HeaderFault,
} from './format/file-header.ts'
export { type LogFileName, type LogQueue, logFileName, parseFileName, reservedFileName } from './format/file-name.ts'
