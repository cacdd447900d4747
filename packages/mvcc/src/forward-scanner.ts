import { chain, compareBytes, type EngineReader, type MaybePromise } from '@stratakv/core'
import { isAtOrBelow, isVersionOf, keyOf } from './key.ts'
import { checkNewest } from './point-get.ts'
import { Scanner, type ScanOptions } from './scanner.ts'
import { runSteps, type Steps, wait } from './steps.ts'
import type { ValueHolder } from './value.ts'
import { descendTo, leaveForward, plainPut, timestampSuffix, visiblePut } from './version-cursor.ts'

/** Ascending. The write cursor meets the newest version of a key first. */
export class ForwardScanner extends Scanner {
  private readonly suffix: Uint8Array
  private leaving: Uint8Array | undefined

  constructor(source: EngineReader, options: ScanOptions) {
    super(source, options)
    this.suffix = timestampSuffix(options.readTs)
  }

  protected override *start(): Steps<void> {
    yield* wait(this.writes.seekToFirst())
    if (this.locks !== undefined) yield* wait(this.locks.seekToFirst())
  }

  protected override settleWrites(): MaybePromise<unknown> {
    const key = this.leaving
    if (key === undefined || !this.writes.valid || !isVersionOf(this.writes.key, key)) return undefined
    this.leaving = undefined
    // Most keys are left by one step; only the others are worth a generator.
    return chain(this.writes.next(), (valid) =>
      valid && isVersionOf(this.writes.key, key) ? runSteps(leaveForward(this.writes, key)) : undefined,
    )
  }

  protected override currentKey(): Uint8Array | undefined {
    return this.writes.valid ? keyOf(this.writes.key) : undefined
  }

  protected override compare(left: Uint8Array, right: Uint8Array): number {
    return compareBytes(left, right)
  }

  protected override *visible(key: Uint8Array): Steps<ValueHolder | undefined> {
    this.leaving = key
    if (this.options.isolation === 'rc-check-ts') checkNewest(this.writes, key, this.options)
    if (!isAtOrBelow(this.writes.key, this.suffix)) yield* descendTo(this.writes, key, this.suffix)
    return plainPut(this.writes, key) ?? (yield* visiblePut(this.writes, key, this.options.readTs))
  }

  protected override skip(key: Uint8Array): void {
    this.leaving = key
  }

  protected override nextLock(): MaybePromise<boolean> {
    return this.locks!.next()
  }
}
