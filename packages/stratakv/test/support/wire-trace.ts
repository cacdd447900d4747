/** One HTTP/2 DATA frame that left the process: a part of an answer. */
export interface SentData {
  /** The port that the connection was made to. */
  readonly port: number
  readonly payload: Uint8Array
  /** Logs with bytes written since their last completed sync, at the moment at which the frame was handed to the system. */
  readonly unsyncedLogs: readonly string[]
  /** Logs written to since the answer before on this port. */
  readonly writtenLogs: readonly string[]
  /** What had been written to logs and synced by then, per log, all since the last time somebody asked. */
  readonly syncedBytes: ReadonlyMap<string, Uint8Array>
}

/** The options of strace that {@link readWireTrace} reads the output of, but for `-o`. */
export const wireTraceOptions = [
  '-f',
  // Descriptors with paths and socket addresses; strings in full, in hexadecimal.
  '-yy',
  '-xx',
  ...['-s', '1048576'],
  ...['-e', 'trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fdatasync,fsync,unlink,unlinkat'],
] as const

/** A write counts from when it began, a sync only from when it ended: whichever is worse for the node. */
export function readWireTrace(lines: readonly string[]): SentData[] {
  const unsynced = new Map<string, number[]>()
  const synced = new Map<string, number[]>()
  const writtenSince = new Map<number, Set<string>>()
  const pendingSyncs = new Map<string, string>()
  const connections = new Map<string, FrameReader>()
  const sent: SentData[] = []
  for (const line of lines) {
    const [, thread, call, rest] = /^(\d+) +(?:<\.\.\. )?(\w+)(?:\(| resumed>)(.*)$/.exec(line) ?? []
    if (thread === undefined || call === undefined || rest === undefined) continue
    const isResumed = line.includes(' resumed>')
    const log = logOf(rest)
    if (call === 'fdatasync' || call === 'fsync') {
      const target = isResumed ? pendingSyncs.get(thread) : log
      if (target === undefined) continue
      if (line.includes('<unfinished ...>')) {
        pendingSyncs.set(thread, target)
        continue
      }
      pendingSyncs.delete(thread)
      if (!/ = 0$/.test(line)) continue
      const bytes = synced.get(target) ?? []
      for (const byte of unsynced.get(target) ?? []) bytes.push(byte)
      synced.set(target, bytes)
      unsynced.delete(target)
    } else if (isResumed) {
      // What it does was seen when it began.
    } else if (call.startsWith('unlink')) {
      if (log !== undefined) unsynced.delete(log)
    } else if (log !== undefined) {
      const bytes = unsynced.get(log) ?? []
      for (const byte of stringsOf(rest)) bytes.push(byte)
      unsynced.set(log, bytes)
      for (const logs of writtenSince.values()) logs.add(log)
    } else {
      const [, connection, port] = /^\d+<(TCP:\[[^\]]*:(\d+)->[^\]]*\])>/.exec(rest) ?? []
      if (connection === undefined) continue
      const reader = connections.get(connection) ?? new FrameReader()
      connections.set(connection, reader)
      for (const payload of reader.take(stringsOf(rest))) {
        sent.push({
          port: Number(port),
          payload,
          unsyncedLogs: [...unsynced.keys()],
          writtenLogs: [...(writtenSince.get(Number(port)) ?? [])],
          syncedBytes: new Map([...synced].map(([name, bytes]) => [name, Uint8Array.from(bytes)])),
        })
        writtenSince.set(Number(port), new Set())
      }
    }
  }
  return sent
}

const frameHeaderBytes = 9
const dataFrame = 0

/** Puts together what one connection sends, and finds the DATA frames in it. */
class FrameReader {
  #rest: number[] = []

  take(bytes: readonly number[]): Uint8Array[] {
    this.#rest = this.#rest.concat(bytes)
    const found: Uint8Array[] = []
    while (this.#rest.length >= frameHeaderBytes) {
      const [high, middle, low, type] = this.#rest as [number, number, number, number]
      const end = frameHeaderBytes + (high << 16) + (middle << 8) + low
      if (this.#rest.length < end) break
      if (type === dataFrame && end > frameHeaderBytes)
        found.push(Uint8Array.from(this.#rest.slice(frameHeaderBytes, end)))
      this.#rest = this.#rest.slice(end)
    }
    return found
  }
}

/** `kv/000003.log` or `pd/metadata.log`, for a descriptor of such a file. */
function logOf(parameters: string): string | undefined {
  const [, path] = /^(?:AT_FDCWD, |\d+<)"?((?:\\x[0-9a-f]{2})+)/.exec(parameters) ?? []
  if (path === undefined) return undefined
  return /[^/]+\/[^/]+\.(?:log|raftlog)$/.exec(Buffer.from(path.replaceAll('\\x', ''), 'hex').toString())?.[0]
}

/** The bytes of all strings among the parameters, one after the other. */
function stringsOf(parameters: string): number[] {
  const hex = [...parameters.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, string]) => string!.replaceAll('\\x', ''))
  return [...Buffer.from(hex.join(''), 'hex')]
}
