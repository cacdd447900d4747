import {
  type ApiVersion,
  type Clock,
  type ColumnFamily,
  compareBytes,
  emptyBytes,
  type Kv,
  type Modify,
} from '@stratakv/core'
import { encodeKey } from '@stratakv/mvcc'
import type { CommandCounter } from './command-counter.ts'
import { InvalidRequestRangeError, UnboundedDestroyRangeError } from './errors.ts'
import { executeOptions } from './execution-limits.ts'
import { checkBoundInRegion, readSnapshot } from './region-snapshot.ts'
import type { DeleteRangeRequest, UnsafeDestroyRangeRequest } from './request.ts'
import type { Scheduler } from './scheduler.ts'

export interface RangeDeletesDeps {
  readonly kv: Kv
  readonly apiVersion: ApiVersion
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly commandCounter: CommandCounter
  destroyRange(cf: ColumnFamily, start: Uint8Array, end: Uint8Array): Promise<void>
}

/** The ways to be rid of a range at once, past all transactions: dropped tables, for the most part. */
export class RangeDeletes {
  readonly #deps: RangeDeletesDeps

  constructor(deps: RangeDeletesDeps) {
    this.#deps = deps
  }

  async deleteRange({ context, startKey, endKey, notifyOnly }: DeleteRangeRequest): Promise<void> {
    const { apiVersion, clock, commandCounter, kv, scheduler } = this.#deps
    commandCounter('delete_range')
    const start = encodeKey(startKey)
    const givenEnd = endKey.length === 0 ? emptyBytes : encodeKey(endKey)
    apiVersion.checkRanges(context.apiVersion ?? 0, 'txn', 'delete_range', [{ start, end: givenEnd }])
    const limits = executeOptions(context, clock)
    const region = await readSnapshot(kv, context.kv, (snapshot) => snapshot.region)
    // The range is cut to the region as it was seen here; the epoch that goes along fails the write if that has changed.
    const end = givenEnd.length === 0 ? region.endKey : givenEnd
    checkBoundInRegion(start, region)
    if (end.length !== 0) {
      checkBoundInRegion(end, region)
      const order = compareBytes(start, end)
      if (order > 0) throw new InvalidRequestRangeError(start, end, region.startKey, region.endKey)
      if (order === 0) return
    }
    if (notifyOnly) return
    const pinned = { ...context.kv, epoch: context.kv.epoch ?? region.epoch }
    const changes = (['default', 'lock', 'write'] as const).map(
      (cf): Modify => ({ type: 'delete-range', cf, start, end }),
    )
    await scheduler.write('delete_range', pinned, changes, limits)
  }

  async unsafeDestroyRange({ startKey, endKey }: UnsafeDestroyRangeRequest): Promise<void> {
    this.#deps.commandCounter('unsafe_destroy_range')
    if (startKey.length === 0 || endKey.length === 0) throw new UnboundedDestroyRangeError()
    const start = encodeKey(startKey)
    const end = encodeKey(endKey)
    const order = compareBytes(start, end)
    if (order > 0) throw new InvalidRequestRangeError(start, end, emptyBytes, emptyBytes)
    if (order === 0) return
    // Locks first, as TiKV does: what a crash leaves half done then holds no lock without its data.
    for (const cf of ['lock', 'default', 'write'] as const) await this.#deps.destroyRange(cf, start, end)
  }
}
