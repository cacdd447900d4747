import type { NodeId } from './conf-state.ts'
import { idText, progressText } from './describe.ts'
import { payloadBytes } from './entry-bytes.ts'
import type { Snapshot } from './message.ts'
import type { Progress } from './progress/progress.ts'
import type { RaftCore } from './raft-core.ts'
import { RaftCompactedError, RaftSnapshotUnavailableError, RaftUnavailableError } from './storage.ts'

/**
 * Sends a follower what it lacks, as far as its flow lets it: entries, or a snapshot where they are gone. An append without
 * entries is sent only where it is asked for. Answers whether something was sent.
 */
export function sendAppend(core: RaftCore, to: NodeId, mayBeEmpty: boolean): boolean {
  const progress = core.progress(to)
  if (progress === undefined || progress.isPaused) return false
  const index = progress.next - 1
  const { log } = core
  try {
    const logTerm = log.term(index)
    const isFull = progress.state === 'replicate' && progress.inflights.isFull
    const entries = isFull ? [] : log.entriesFrom(progress.next, core.options.messageBytesMax)
    if (entries.length === 0 && !mayBeEmpty) return false
    const commit = log.committed
    core.send('append', to, { index, logTerm, entries, commit })
    progress.entriesSent(entries.length, payloadBytes(entries))
    progress.commitSent(commit)
    return true
  } catch (error) {
    if (error instanceof RaftCompactedError) return sendSnapshot(core, to, progress)
    // Not in memory: the next sign of the follower asks again.
    if (error instanceof RaftUnavailableError) return false
    throw error
  }
}

export function broadcastAppend(core: RaftCore): void {
  for (const id of core.memberIds) if (id !== core.id) sendAppend(core, id, true)
}

/** Tells members of a commit, except those that hear of it with an append that is to come. */
export function broadcastCommit(core: RaftCore): void {
  for (const id of core.memberIds) {
    if (id !== core.id && !hearsCommitLater(core, core.progress(id)!)) sendAppend(core, id, true)
  }
}

/** What it has not acknowledged brings an answer, at which it is told if nothing else is to be said. */
export function hearsCommitLater({ options, log }: RaftCore, { state, match }: Progress): boolean {
  return options.tellsCommitLater && state === 'replicate' && match < log.lastIndex
}

export function broadcastHeartbeat(core: RaftCore): void {
  const { context } = core.reads
  for (const id of core.memberIds) {
    if (id === core.id) continue
    const progress = core.progress(id)!
    // Not past what it is known to have: it may have lost the rest, or have another.
    const commit = Math.min(progress.match, core.log.committed)
    core.send('heartbeat', id, { commit, context })
    progress.commitSent(commit)
  }
}

function sendSnapshot(core: RaftCore, to: NodeId, progress: Progress): boolean {
  if (!progress.isRecentlyActive) {
    core.debug(() => `ignore sending snapshot to ${idText(to)} since it is not recently active`)
    return false
  }
  const { log } = core
  let snapshot: Snapshot
  try {
    snapshot = log.snapshot()
  } catch (error) {
    if (!(error instanceof RaftSnapshotUnavailableError)) throw error
    core.debug(() => {
      return `${core.name} failed to send snapshot to ${idText(to)} because snapshot is temporarily unavailable`
    })
    return false
  }
  const { index, term } = snapshot
  core.debug(() => {
    return `${core.name} [firstindex: ${log.firstIndex}, commit: ${log.committed}] sent snapshot[index: ${index}, term: ${term}] to ${idText(to)} [${progressText(progress)}]`
  })
  progress.becomeSnapshot(index)
  core.debug(() => `${core.name} paused sending replication messages to ${idText(to)} [${progressText(progress)}]`)
  core.send('snapshot', to, { snapshot })
  return true
}
