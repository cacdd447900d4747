/**
 * Tools for a log that no engine has open: what is in it, what is wrong with it, how to mend it, and the other format version; and a load for
 * an engine that is open.
 *
 * @packageDocumentation
 */
export type { BatchCompression } from '../format/batch-header.ts'
export type { GroupPart } from '../group-marks.ts'
export {
  checkLog,
  type LogCheckReport,
  type LogFinding,
  type LogFindingCode,
  type LogFindingSeverity,
  type LogHole,
} from './check.ts'
export { type ConvertOptions, type ConvertReport, convertLog } from './convert.ts'
export { type DumpOptions, type DumpPlace, type DumpRecord, dumpLog } from './dump.ts'
export type { LatencySummary } from './latencies.ts'
export type { LogFile } from './log-folder.ts'
export { applyRepair, type RepairReport } from './repair.ts'
export {
  type FileRepair,
  planRepair,
  type RepairAction,
  type RepairPlan,
  type RepairPlanOptions,
} from './repair-plan.ts'
export { parseRepairRule, type RepairCase, type RepairRule, type RepairVerdict } from './repair-rule.ts'
export {
  checkStressOptions,
  type StressDeps,
  type StressOptions,
  StressOptionsError,
  type StressReport,
  type StressSide,
  stressRaftLog,
} from './stress.ts'
export type { StressPayloads } from './stress-payloads.ts'
export type { LogToolDeps, LogToolOptions, LogToolProgress } from './tool-deps.ts'
export {
  RaftLogChangedError,
  RaftLogConversionError,
  RaftLogNotFoundError,
  RaftLogRepairRuleError,
  RaftLogRepairUnresolvedError,
} from './tool-errors.ts'
