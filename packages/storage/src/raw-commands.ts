import { type ColumnFamily, chain, equalBytes, type KeyChange, type KvContext } from '@stratakv/core'
import type { WriteCommand } from './command.ts'
import type { RawCompareAndSwapResponse } from './raw-request.ts'
import { changesBytes } from './scheduler.ts'

/** Everything in stored form, except the values to compare. */
export interface CompareAndSwapInput {
  readonly kv: KvContext
  readonly cf: ColumnFamily
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly previousValue: Uint8Array | undefined
  /** From a stored value to the client's; `undefined` when it is dead. */
  decode(stored: Uint8Array): Uint8Array | undefined
}

/** Writes `value` if the present value is `previousValue`. The latch makes the look and the write one step. */
export function compareAndSwapCommand(input: CompareAndSwapInput): WriteCommand<RawCompareAndSwapResponse> {
  const { kv, cf, key, value } = input
  return {
    name: 'raw_compare_and_swap',
    kv,
    latchKeys: [key],
    writeBytes: key.length + value.length,
    exemptFromBusy: false,
    process: (snapshot) =>
      chain(snapshot.get(cf, key), (stored) => {
        const previousValue = stored === undefined ? undefined : input.decode(stored)
        const succeeded =
          previousValue === undefined || input.previousValue === undefined
            ? previousValue === input.previousValue
            : equalBytes(previousValue, input.previousValue)
        const response = { succeeded, previousValue }
        return { changes: succeeded ? [{ type: 'put', cf, key, value }] : [], response }
      }),
  }
}

/** Raw puts and deletes that must not fall between the look and the write of a compare-and-swap. */
export function atomicStoreCommand(kv: KvContext, changes: readonly KeyChange[]): WriteCommand<void> {
  return {
    name: 'raw_atomic_store',
    kv,
    latchKeys: changes.map((change) => change.key),
    writeBytes: changesBytes(changes),
    exemptFromBusy: false,
    process: () => ({ changes, response: undefined }),
  }
}
