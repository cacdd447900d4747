/**
 * A multi-Raft log store in the file format of the Rust raft-engine: one sequential log for any number of Raft groups.
 *
 * @packageDocumentation
 */
export {
  copyRaftLogs,
  isUnfinishedCopy,
  type RaftLogCopyOptions,
  type RaftLogCopyProgress,
  RaftLogNotEmptyError,
  RaftLogSourceChangedError,
  RaftLogUnfinishedCopyError,
} from './copy-raft-logs.ts'
export {
  decodeFileHeader,
  encodeFileHeader,
  type FileHeader,
  type FormatVersion,
  fileHeaderBytesMax,
  type HeaderFault,
} from './format/file-header.ts'
export { type LogFileName, type LogQueue, logFileName, parseFileName, reservedFileName } from './format/file-name.ts'
export { RaftEngineReservedKeyError } from './group-marks.ts'
export type { RaftEngineListener } from './listener.ts'
export { RaftEngineOptionError, type RaftEngineOptions, type RecoveryMode } from './options.ts'
export { openRaftEngine, type RaftEngine, type RaftEngineDeps, type RaftEngineStats } from './raft-engine.ts'
