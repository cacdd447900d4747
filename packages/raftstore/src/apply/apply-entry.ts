import {
  type ColumnFamily,
  compareBytes,
  EpochNotMatchError,
  type KeyChange,
  KeyNotInRegionError,
  keyInRange,
  type LogIndex,
  type Modify,
  type Region,
  type RegionId,
} from '@stratakv/core'
import type { ConfChange, ConfChangeCodec, Entry } from '@stratakv/raft'
import { type CommandBody, epochChecks, type RegionCommand } from '../command/region-command.ts'
import { applyStateKey, dataEndKey, dataKey, regionStateKey } from '../keys.ts'
import {
  encodeApplyState,
  encodeInitialApplyState,
  encodeRegionState,
  type RegionRecordState,
} from '../state-records.ts'
import { decodeCommand } from '../wire/command-record.ts'
import { changePeers, confChangeOf, PeerChangeError } from './change-peers.ts'
import { MergeError, mergedRegion, preparedRegion, rolledBackRegion } from './merge-region.ts'
import { type MergeSource, MergeSourceLostError } from './merge-source.ts'
import type { LogPosition, MergeState, RegionState } from './region-state.ts'
import { SplitError, splitRegion } from './split-region.ts'

/** One step in the engine, with physical keys. */
export type EngineStep =
  | KeyChange
  | { readonly type: 'delete-range'; readonly cf: ColumnFamily; readonly start: Uint8Array; readonly end: Uint8Array }

/** What a replica's peer has to do when the entry is applied, beyond the data. */
export type ApplyEffect =
  | { readonly type: 'compact-log'; readonly truncated: LogPosition }
  | { readonly type: 'change-peers'; readonly change: ConfChange; readonly before: Region }
  | { readonly type: 'split'; readonly created: readonly Region[] }
  /** Of what the engine holds when this entry is the last that was applied. */
  | { readonly type: 'compute-hash'; readonly index: LogIndex; readonly context: Uint8Array }
  | { readonly type: 'verify-hash'; readonly index: LogIndex; readonly hash: Uint8Array }
  | { readonly type: 'prepare-merge' }
  | { readonly type: 'rollback-merge' }
  /** `source` is no region any more; `caughtUp` are its entries that were applied only now. */
  | { readonly type: 'commit-merge'; readonly source: Region; readonly caughtUp: readonly AppliedEntry[] }

/** What an entry does: the same on every replica that was in the same state. */
export interface AppliedEntry {
  readonly after: RegionState
  readonly steps: readonly EngineStep[]
  readonly effect: ApplyEffect | undefined
  /** Why it did nothing. */
  readonly refusal: Error | undefined
  /** An entry that says nothing: a leader's first, or one in the place of a change that Raft did not allow. */
  readonly isEmpty: boolean
  /** Bytes and keys of what it wrote. */
  readonly bytesWritten: number
  readonly keysWritten: number
}

/** Whether it changes data and nothing else: whoever proposed it can be answered as soon as that is known. */
export function isPlainWrite({ keysWritten, effect }: AppliedEntry): boolean {
  return keysWritten > 0 && effect === undefined
}

export interface ApplyContext {
  readonly confChanges: ConfChangeCodec
  /** The replica on this store of a region that is to be taken over. */
  readonly sourceOf: (regionId: RegionId) => MergeSource | undefined
}

/** Pure. An entry that does not fit the region any more does nothing but to be applied. @throws CommandRecordError, MergeSourceLostError */
export function applyEntry(state: RegionState, entry: Entry, context: ApplyContext): AppliedEntry {
  const { confChanges } = context
  const position = { index: entry.index, term: entry.term }
  const after: RegionState = { ...state, progress: { ...state.progress, applied: position } }
  const command = commandOf(entry, confChanges)
  if (command === undefined) return { ...nothing(after, undefined), isEmpty: true }
  const refusal = epochRefusal(state.region, command)
  if (refusal !== undefined) return nothing(after, refusal)
  const { body } = command
  switch (body.type) {
    case 'write':
      return applyWrite(after, body.changes)
    case 'compact-log': {
      const { truncated } = state.progress
      // Never past itself; and one that is late does nothing.
      const isWanted = body.index > truncated.index && body.index < entry.index
      // Of a region that merges the log is still needed.
      if (!isWanted || state.merging !== undefined) return nothing(after, undefined)
      const to = { index: body.index, term: body.term }
      return {
        ...nothing({ ...after, progress: { ...after.progress, truncated: to } }, undefined),
        effect: { type: 'compact-log', truncated: to },
      }
    }
    case 'change-peers':
      return orRefused(after, () => {
        const region = changePeers(state.region, body.changes)
        return {
          ...nothing({ ...after, region }, undefined),
          steps: [regionStateStep(region)],
          effect: { type: 'change-peers', change: confChangeOf(body.changes, noBytes), before: state.region },
        }
      })
    case 'split':
      return orRefused(after, () => {
        const { derived, created } = splitRegion(state.region, body.parts, body.rightDerive)
        const steps = [
          regionStateStep(derived),
          ...created.flatMap((region) => [regionStateStep(region), freshApplyStep(region)]),
        ]
        return { ...nothing({ ...after, region: derived }, undefined), steps, effect: { type: 'split', created } }
      })
    case 'prepare-merge':
      return orRefused(after, () => {
        const { target, minIndex } = body
        const region = preparedRegion(state.region, target)
        const merging = { target, minIndex, commit: entry.index }
        return {
          ...nothing({ ...after, region, merging }, undefined),
          steps: [regionStateStep(region, 'merging', merging)],
          effect: { type: 'prepare-merge' },
        }
      })
    case 'rollback-merge':
      return orRefused(after, () => {
        const region = rolledBackRegion(state.region, state.merging, body.commit)
        return {
          ...nothing({ ...after, region, merging: undefined }, undefined),
          steps: [regionStateStep(region)],
          effect: { type: 'rollback-merge' },
        }
      })
    case 'compute-hash':
      return {
        ...nothing(after, undefined),
        effect: { type: 'compute-hash', index: entry.index, context: body.context },
      }
    case 'verify-hash':
      return { ...nothing(after, undefined), effect: { type: 'verify-hash', index: body.index, hash: body.hash } }
    case 'commit-merge':
      return orRefused(after, () => applyCommitMerge(after, body, context))
  }
}

const noBytes = new Uint8Array(0)

/**
 * Brings the source on this store to where the merge has it, and takes it over. All in one write to the engine: a crash leaves both
 * regions as they were, or one.
 */
function applyCommitMerge(
  after: RegionState,
  body: CommandBody & { readonly type: 'commit-merge' },
  context: ApplyContext,
): AppliedEntry {
  const { source } = body
  const region = mergedRegion(after.region, source)
  const caughtUp = catchUp(body, context)
  const steps: EngineStep[] = [
    ...caughtUp.flatMap((entry) => entry.steps),
    regionStateStep(source, 'tombstone', { minIndex: 0, commit: body.commit, target: region }),
    { type: 'delete', cf: 'raft', key: applyStateKey(source.id) },
    regionStateStep(region),
    { type: 'put', cf: 'raft', key: applyStateKey(region.id), value: encodeApplyState(after.progress) },
  ]
  return {
    ...nothing({ ...after, region }, undefined),
    steps,
    effect: { type: 'commit-merge', source, caughtUp },
  }
}

function catchUp(
  { source, commit, entries }: CommandBody & { readonly type: 'commit-merge' },
  context: ApplyContext,
): AppliedEntry[] {
  const local = context.sourceOf(source.id)
  if (local === undefined) throw new MergeSourceLostError(source.id, 'it is not here')
  let state = local.state
  const from = state.progress.applied.index + 1
  if (from > commit) return []
  // Its own log has what all replicas had; behind that it may hold what was never committed.
  const sentFrom = entries[0]?.index ?? commit + 1
  const own = from < sentFrom ? local.entries(from, sentFrom) : []
  const missing = [...own, ...entries.filter(({ index }) => index >= Math.max(from, sentFrom))]
  return missing.map((entry, at) => {
    if (entry.index !== from + at) throw new MergeSourceLostError(source.id, `its log lacks entry ${from + at}`)
    const applied = applyEntry(state, entry, context)
    state = applied.after
    return applied
  })
}

function commandOf({ type, data }: Entry, confChanges: ConfChangeCodec): RegionCommand | undefined {
  if (type === 'normal') return data.length === 0 ? undefined : decodeCommand(data)
  const change = confChanges.decode(type, data)
  return change.context.length === 0 ? undefined : decodeCommand(change.context)
}

function nothing(after: RegionState, refusal: Error | undefined): AppliedEntry {
  return { after, steps: [], effect: undefined, refusal, isEmpty: false, bytesWritten: 0, keysWritten: 0 }
}

function orRefused(after: RegionState, run: () => AppliedEntry): AppliedEntry {
  try {
    return run()
  } catch (error) {
    if (error instanceof PeerChangeError || error instanceof SplitError || error instanceof MergeError)
      return nothing(after, error)
    throw error
  }
}

/** Also asked before a command is proposed. */
export function epochRefusal(region: Region, { epoch, body }: RegionCommand): EpochNotMatchError | undefined {
  const checks = epochChecks(body)
  const isSame =
    (!checks.version || epoch.version === region.epoch.version) &&
    (!checks.confVer || epoch.confVer === region.epoch.confVer)
  return isSame ? undefined : new EpochNotMatchError(region.id, epoch, [region])
}

function applyWrite(after: RegionState, changes: readonly Modify[]): AppliedEntry {
  const { region } = after
  const steps: EngineStep[] = []
  let bytesWritten = 0
  for (const change of changes) {
    if (change.type === 'delete-range') {
      if (!holdsRange(region, change.start, change.end)) {
        return nothing(after, new KeyNotInRegionError(change.start, region))
      }
      bytesWritten += change.start.length + change.end.length
      steps.push({ ...change, start: dataKey(change.start), end: dataEndKey(change.end) })
      continue
    }
    if (!keyInRange(change.key, region.startKey, region.endKey)) {
      return nothing(after, new KeyNotInRegionError(change.key, region))
    }
    bytesWritten += change.key.length + (change.type === 'put' ? change.value.length : 0)
    steps.push({ ...change, key: dataKey(change.key) })
  }
  return { ...nothing(after, undefined), steps, bytesWritten, keysWritten: changes.length }
}

/** An empty `end` is unbounded, as the region's own is. */
function holdsRange({ startKey, endKey }: Region, start: Uint8Array, end: Uint8Array): boolean {
  if (!keyInRange(start, startKey, endKey)) return false
  return endKey.length === 0 || (end.length > 0 && compareBytes(end, endKey) <= 0)
}

function regionStateStep(region: Region, state?: RegionRecordState, merge?: MergeState): KeyChange {
  return { type: 'put', cf: 'raft', key: regionStateKey(region.id), value: encodeRegionState(region, state, merge) }
}

function freshApplyStep({ id }: Region): KeyChange {
  return { type: 'put', cf: 'raft', key: applyStateKey(id), value: encodeInitialApplyState() }
}
