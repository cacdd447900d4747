/**
 * @packageDocumentation
 * Real clients against StrataKV. What is exported is what a benchmark needs too: a node run as users run it, programs
 * that are ended by their id, programs built from pinned modules, and the data that two languages compute alike.
 */
export { ChildProgram, type ProgramEnd, ProgramFailedError, type ProgramOptions, runProgram } from './child-program.ts'
export { freePorts } from './free-ports.ts'
export { buildGo, findGo } from './go-toolchain.ts'
export { type Data, dataBytes, encodeEntry, entryHeadBytesMax, splitmix32, writeEntry } from './raft-engine/data.ts'
export { raftEngineToolchain } from './raft-engine-toolchain.ts'
export { StrataNode, type StrataNodeOptions } from './strata-node.ts'
