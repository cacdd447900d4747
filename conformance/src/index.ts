/**
 * @packageDocumentation
 * Real clients against StrataKV. What is exported is what a benchmark needs too: a node run as users run it, programs
 * that are ended by their id, and Go programs built from pinned modules.
 */
export { ChildProgram, type ProgramEnd, ProgramFailedError, type ProgramOptions, runProgram } from './child-program.ts'
export { freePorts } from './free-ports.ts'
export { buildGo, findGo } from './go-toolchain.ts'
export { StrataNode, type StrataNodeOptions } from './strata-node.ts'
