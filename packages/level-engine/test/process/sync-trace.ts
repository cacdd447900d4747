/** What one line of a trace did, as far as it matters here. */
type TracedCall =
  | { readonly kind: 'write log' | 'sync log' | 'remove log'; readonly log: string }
  | { readonly kind: 'say'; readonly text: string }

/** A moment at which the traced process said something, and what was then at stake. */
export interface SaidMoment {
  readonly text: string
  /** Logs with bytes written since their last completed sync, whose file is still there. */
  readonly unsyncedLogs: readonly string[]
  /** System calls that wrote to a log, from the beginning. */
  readonly logWriteCount: number
}

/** What a trace tells about the log files. */
export interface SyncTrace {
  readonly moments: readonly SaidMoment[]
  /** All logs ever written to, in order. */
  readonly logs: readonly string[]
  /** Those that at the end, or when they were removed, held bytes no sync had covered. */
  readonly neverCovered: readonly string[]
}

/** Reads the output of `strace -f -y`, in which every descriptor stands with its path. */
export function readSyncTrace(lines: readonly string[]): SyncTrace {
  const unsynced = new Set<string>()
  const neverCovered = new Set<string>()
  const logs = new Set<string>()
  const moments: SaidMoment[] = []
  let logWriteCount = 0
  for (const call of completedCalls(lines)) {
    if (call.kind === 'say') moments.push({ text: call.text, unsyncedLogs: [...unsynced], logWriteCount })
    else if (call.kind === 'write log') {
      logWriteCount++
      unsynced.add(call.log)
      logs.add(call.log)
    } else {
      // LevelDB removes a log only after it synced the table made of it.
      if (call.kind === 'remove log' && unsynced.has(call.log)) neverCovered.add(call.log)
      unsynced.delete(call.log)
    }
  }
  for (const log of unsynced) neverCovered.add(log)
  return { moments, logs: [...logs], neverCovered: [...neverCovered] }
}

/** A write counts from when it began, a sync only from when it ended: whichever is worse for the engine. */
function* completedCalls(lines: readonly string[]): Generator<TracedCall> {
  const pendingSyncs = new Map<string, string>()
  for (const line of lines) {
    const [, thread, call, argument] = /^(\d+) +(?:<\.\.\. )?(\w+)(?:\(| resumed>)(.*)$/.exec(line) ?? []
    if (thread === undefined || call === undefined || argument === undefined) continue
    const resumed = line.includes(' resumed>')
    if (resumed && call !== 'fdatasync' && call !== 'fsync') continue
    const log = /(\d+\.log)/.exec(argument)?.[1]
    if (call === 'fdatasync' || call === 'fsync') {
      const target = resumed ? pendingSyncs.get(thread) : log
      if (line.includes('<unfinished ...>')) {
        if (target !== undefined) pendingSyncs.set(thread, target)
        continue
      }
      pendingSyncs.delete(thread)
      if (target !== undefined && / = 0$/.test(line)) yield { kind: 'sync log', log: target }
    } else if (call === 'unlink' || call === 'unlinkat') {
      if (log !== undefined) yield { kind: 'remove log', log }
    } else if (/^1</.test(argument)) {
      const text = /"(.*?)\\n"/.exec(argument)?.[1]
      if (text !== undefined) yield { kind: 'say', text }
    } else if (log !== undefined && /^\d+<[^>]*\.log/.test(argument)) {
      yield { kind: 'write log', log }
    }
  }
}
