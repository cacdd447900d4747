import { compareBytes, type EngineReader, isPromise, type MaybePromise, maxTimestamp } from '@stratakv/core'
import { isAtOrBelow, isVersionOf, keyOf } from './key.ts'
import { checkNewest } from './point-get.ts'
import { Scanner, type ScanOptions } from './scanner.ts'
import { runSteps, type Steps, settle, wait } from './steps.ts'
import type { ValueHolder } from './value.ts'
import { descendTo, seekVersion, timestampSuffix, visiblePut } from './version-cursor.ts'
import { decodeWrite, isFenced } from './write-record.ts'

/**
 * Versions of one key to walk upwards before seeking to the newest visible one. Twice the forward figure, as each step
 * here may be the answer while the seek has to come back afterwards (TiKV `reader/scanner/backward.rs`).
 */
export const stepsBeforeSeekBackward = 16

/** Descending. The write cursor meets the oldest version of a key first and climbs to the newest visible one. */
export class BackwardScanner extends Scanner {
  private readonly suffix: Uint8Array
  private leaving: Uint8Array | undefined

  constructor(source: EngineReader, options: ScanOptions) {
    super(source, options)
    this.suffix = timestampSuffix(options.readTs)
  }

  protected override *start(): Steps<void> {
    yield* wait(this.writes.seekToLast())
    if (this.locks !== undefined) yield* wait(this.locks.seekToLast())
  }

  protected override settleWrites(): MaybePromise<unknown> {
    const key = this.leaving
    this.leaving = undefined
    // Climbing to the visible version has left the key already, as a rule.
    return key === undefined || this.isBelow(key) ? undefined : runSteps(this.leave(key))
  }

  private *leave(key: Uint8Array): Steps<void> {
    for (let step = 0; step < stepsBeforeSeekBackward; step++) {
      // Off the end by a seek forward, or on the next key: neither is where stepping down leads anywhere soon.
      if (!this.writes.valid || !isVersionOf(this.writes.key, key)) break
      const moved = this.writes.prev()
      if (isPromise(moved)) yield* settle(moved)
    }
    if (this.isBelow(key)) return
    // An encoded key sorts before all of its own versions and after those of every lesser key.
    const found = this.writes.seekForPrev(key)
    if (isPromise(found)) yield* settle(found)
  }

  private isBelow(key: Uint8Array): boolean {
    return this.writes.valid && compareBytes(this.writes.key, key) < 0
  }

  protected override currentKey(): Uint8Array | undefined {
    return this.writes.valid ? keyOf(this.writes.key) : undefined
  }

  protected override compare(left: Uint8Array, right: Uint8Array): number {
    return compareBytes(right, left)
  }

  protected override *visible(key: Uint8Array): Steps<ValueHolder | undefined> {
    this.leaving = key
    const writes = this.writes
    let newest: ValueHolder | undefined
    for (let step = 0; step < stepsBeforeSeekBackward; step++) {
      if (!writes.valid || !isVersionOf(writes.key, key)) return newest
      if (!isAtOrBelow(writes.key, this.suffix)) {
        if (this.options.isolation === 'rc-check-ts') break
        return newest
      }
      const write = decodeWrite(writes.value)
      // Each record overrules the older ones; a fenced one hides them.
      if (isFenced(write, this.options.readTs) || write.kind === 'delete') newest = undefined
      else if (write.kind === 'put') newest = write
      const moved = writes.prev()
      if (isPromise(moved)) yield* settle(moved)
    }
    return yield* this.visibleFromTop(key)
  }

  private *visibleFromTop(key: Uint8Array): Steps<ValueHolder | undefined> {
    const checksNewest = this.options.isolation === 'rc-check-ts'
    const found = seekVersion(this.writes, key, checksNewest ? maxTimestamp : this.options.readTs)
    if (isPromise(found)) yield* settle(found)
    if (checksNewest) {
      checkNewest(this.writes, key, this.options)
      yield* descendTo(this.writes, key, this.suffix)
    }
    return yield* visiblePut(this.writes, key, this.options.readTs)
  }

  protected override skip(key: Uint8Array): void {
    this.leaving = key
  }

  protected override nextLock(): MaybePromise<boolean> {
    return this.locks!.prev()
  }
}
