import {
  type Clock,
  GiB,
  MiB,
  NoSpaceError,
  RaftLogBatchTooLargeError,
  type RaftLogChange,
  type RegionId,
} from '@stratakv/core'
import type { LogBatchWriter } from './format/batch-writer.ts'
import { checkNotReserved } from './group-marks.ts'
import { GroupOverlap } from './group-overlap.ts'
import type { RaftEngineListener } from './listener.ts'
import type { LogRange } from './log-ends.ts'
import type { LogPipe } from './log-pipe.ts'
import type { RaftEngineMetrics } from './metrics.ts'
import type { Poison } from './poison.ts'
import type { RegionLogs } from './region-logs.ts'
import { type Write, WriteGroup } from './write-group.ts'

/** A group takes no further write behind this many bytes: what waits behind it should not wait long. */
const groupBytesMax = MiB(4)

/** Of one write: half of what a batch can take, so that every place in a file has 32 bits. */
export const writeBytesMax = GiB(1)

/**
 * How many turns of the microtask queue the first write of a group waits for others. Callers that wake together (their writes
 * were one group before) write again within a few turns of each other, and should be one group again.
 */
const gatherTurns = 4

export interface WriteQueueDeps {
  readonly clock: Clock
  readonly pipe: LogPipe
  readonly regions: RegionLogs
  /** The queue has two of them: of the group that is written, and of the next. */
  readonly newWriter: () => LogBatchWriter
  readonly metrics: RaftEngineMetrics
  readonly listeners: readonly RaftEngineListener[]
  readonly poison: Poison
  /** Whether a new file may be had where the active one's disk is full. */
  readonly hasOtherRoom: () => boolean
}

interface Draft {
  readonly group: WriteGroup
  readonly writer: LogBatchWriter
  assemblyMs: number
}

/**
 * Groups the writes that come while the disk is busy: one write to the file and one sync for all of them. Groups go one
 * after another; each is brought into memory before the next begins. While one is written, the next is assembled.
 */
export class WriteQueue {
  readonly #deps: WriteQueueDeps
  readonly #freeWriters: LogBatchWriter[]
  readonly #overlap = new GroupOverlap()
  #waiting: Write[] = []
  #waitingBytes = 0
  /** So many of the first that wait go in groups of their own: what they were part of failed. */
  #singles = 0
  #flight: Draft | undefined
  /** Behind the one in flight. */
  #next: Draft | undefined
  #running: Promise<void> | undefined
  #isGathering = false

  constructor(deps: WriteQueueDeps) {
    this.#deps = deps
    this.#freeWriters = [deps.newWriter(), deps.newWriter()]
  }

  /** A write without changes that syncs is a sync. */
  write(changes: readonly RaftLogChange[], sync: boolean): Promise<number> {
    const payloadBytes = payloadOf(changes)
    return new Promise((resolve, reject) => {
      this.#deps.poison.check()
      if (payloadBytes > writeBytesMax) throw new RaftLogBatchTooLargeError(payloadBytes, writeBytesMax)
      for (const change of changes) if (change.type === 'put') checkNotReserved(change.key)
      const calledAt = this.#deps.clock.now()
      const effective = changes.some(doesSomething) ? changes : []
      this.#waiting.push({ changes: effective, sync, payloadBytes, calledAt, resolve, reject })
      this.#waitingBytes += payloadBytes
      if (this.#running === undefined) this.#running = this.#run()
      else if (this.#flight !== undefined && !this.#isGathering) void this.#assembleAhead()
    })
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    await gathered()
    /** Written, and not answered yet: the next group is to reach the disk first, if it is there. */
    let written: Draft | undefined
    while (written !== undefined || this.#next !== undefined || this.#waiting.length > 0) {
      if (written !== undefined && !this.#goesAtOnce(written.group)) {
        this.#answer(written)
        written = undefined
        // Those who were just answered may write again.
        await gathered()
      }
      const draft = this.#takeNext()
      if (draft === undefined) continue
      const writing = this.#write(draft)
      if (written !== undefined) this.#answer(written)
      if (this.#waiting.length > 0 && !this.#isGathering) void this.#assembleAhead()
      written = (await writing) ? draft : undefined
    }
    this.#running = undefined
    // A write may have come since the last look, and found us running.
    if (this.#waiting.length > 0) this.#running = this.#run()
  }

  /** Whether the next group is worth a sync of its own, or is better joined by those who are answered now. */
  #goesAtOnce(written: WriteGroup): boolean {
    if (this.#next === undefined) return false
    const nextBytes = this.#next.group.payloadBytes
    const allBytes = nextBytes + written.payloadBytes
    return nextBytes * 4 >= allBytes && this.#overlap.pays(allBytes)
  }

  /** The next group, sealed; `undefined` when nothing that waited could be part of it. */
  #takeNext(): Draft | undefined {
    const bytes = (this.#next?.group.payloadBytes ?? 0) + this.#waitingBytes
    this.#assemble(this.#overlap.pays(bytes) ? bytes / 2 : groupBytesMax)
    const draft = this.#next
    if (draft === undefined) return undefined
    this.#next = undefined
    this.#overlap.assembled(draft.assemblyMs, draft.group.payloadBytes)
    this.#deps.metrics.groupStarted(this.#deps.clock.now() - draft.group.writes[0]!.calledAt)
    return draft
  }

  async #assembleAhead(): Promise<void> {
    this.#isGathering = true
    await gathered()
    this.#isGathering = false
    // What failed is tried one by one, when what is ahead of it is done.
    if (this.#flight === undefined || this.#singles > 0) return
    this.#assemble(groupBytesMax)
  }

  /** Adds to the next group what waits, up to the write that takes it to `bytesMax`, and seals it unless more may come. */
  #assemble(bytesMax: number): void {
    const { clock, poison } = this.#deps
    const started = clock.now()
    const isAhead = this.#flight !== undefined
    let taken = 0
    const countMax = this.#singles > 0 ? 1 : this.#waiting.length
    while (taken < countMax && (this.#next?.group.payloadBytes ?? 0) < bytesMax) {
      const write = this.#waiting[taken]!
      this.#next ??= this.#newDraft()
      try {
        poison.check()
        this.#next.group.reserve(write)
      } catch (error) {
        // Whether it fits is known when what is ahead of it is done.
        if (isAhead || this.#next.group.writes.length > 0) break
        taken++
        write.reject(error)
        continue
      }
      taken++
      try {
        this.#next.group.add(write)
      } catch (error) {
        this.#dropWaiting(taken)
        this.#takeBack(this.#next, error)
        this.#next = undefined
        return
      }
    }
    this.#dropWaiting(taken)
    const draft = this.#next
    if (draft === undefined) return
    if (draft.group.writes.length === 0) {
      this.#free(draft)
      this.#next = undefined
      return
    }
    const { group } = draft
    const aheadBytes = this.#flight?.group.payloadBytes
    if (aheadBytes === undefined || this.#overlap.pays(aheadBytes + group.payloadBytes)) group.seal()
    draft.assemblyMs += clock.now() - started
  }

  #dropWaiting(count: number): void {
    if (count === 0) return
    for (const { payloadBytes } of this.#waiting.splice(0, count)) this.#waitingBytes -= payloadBytes
    this.#singles = Math.max(0, this.#singles - count)
  }

  /** Writes the group and brings it into memory; on a failure its writes wait again, or are told. */
  async #write(draft: Draft): Promise<boolean> {
    const { clock, metrics } = this.#deps
    const started = clock.now()
    this.#flight = draft
    let failure: { readonly error: unknown } | undefined
    try {
      await this.#writeOut(draft.group)
      this.#apply(draft.group)
    } catch (error) {
      failure = { error }
    }
    this.#flight = undefined
    metrics.groupWritten(clock.now() - started)
    if (failure === undefined) return true
    // The next was assembled as if this one were there.
    const next = this.#next
    this.#next = undefined
    if (next !== undefined) this.#takeBack(next, undefined)
    this.#takeBack(draft, failure.error)
    return false
  }

  async #writeOut(group: WriteGroup): Promise<void> {
    const { pipe, clock, poison, hasOtherRoom } = this.#deps
    if (group.isEmpty) {
      if (group.wantsSync) await pipe.sync()
      return
    }
    if (pipe.isFull) await pipe.rotate()
    const started = clock.now()
    try {
      await this.#append(group)
      this.#overlap.written(clock.now() - started)
    } catch (error) {
      if (!(error instanceof NoSpaceError) || poison.isSet || !hasOtherRoom()) throw error
      await pipe.rotate()
      await this.#append(group)
    }
  }

  async #append(group: WriteGroup): Promise<void> {
    const { pipe } = this.#deps
    await pipe.append(group.signedFor(pipe.active), group.wantsSync)
  }

  #apply(group: WriteGroup): void {
    const { pipe, clock, metrics, listeners, poison } = this.#deps
    if (group.isEmpty) return
    const started = clock.now()
    const file = pipe.active
    try {
      group.apply(file, file.endOffset - group.storedBytes)
    } catch (error) {
      // A bug, and memory no longer says what the file does.
      throw poison.set(error)
    }
    metrics.groupApplied(clock.now() - started)
    for (const listener of listeners) listener.onApplied?.(pipe.queue, file.seq)
  }

  #answer(draft: Draft): void {
    draft.group.resolve()
    this.#free(draft)
  }

  /**
   * A group's writes wait again, ahead of all others. With an error, one of them may be what does not fit on the disk: each is tried
   * by itself, and one that was by itself is told.
   */
  #takeBack(draft: Draft, error: unknown): void {
    const { writes } = draft.group
    this.#free(draft)
    if (error !== undefined && (writes.length === 1 || this.#deps.poison.isSet)) {
      for (const write of writes) write.reject(error)
      return
    }
    this.#waiting = [...writes, ...this.#waiting]
    for (const { payloadBytes } of writes) this.#waitingBytes += payloadBytes
    if (error !== undefined) this.#singles = writes.length
  }

  #newDraft(): Draft {
    const { clock, regions, metrics } = this.#deps
    const writer = this.#freeWriters.pop()!
    const range = (regionId: RegionId): LogRange | undefined => {
      const ahead = this.#flight?.group
      return ahead === undefined || ahead === group ? regions.range(regionId) : ahead.range(regionId)
    }
    const group = new WriteGroup({ clock, regions, writer, metrics, range })
    return { group, writer, assemblyMs: 0 }
  }

  #free({ writer }: Draft): void {
    writer.reset()
    this.#freeWriters.push(writer)
  }
}

async function gathered(): Promise<void> {
  for (let turn = 0; turn < gatherTurns; turn++) await undefined
}

function doesSomething(change: RaftLogChange): boolean {
  return change.type !== 'append' || change.entries.length > 0
}

function payloadOf(changes: readonly RaftLogChange[]): number {
  let bytes = 0
  for (const change of changes) {
    if (change.type === 'append') for (const entry of change.entries) bytes += entry.length
    else if (change.type === 'put') bytes += change.key.length + change.value.length
  }
  return bytes
}
