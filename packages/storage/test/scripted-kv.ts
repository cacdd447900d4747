import {
  type Instant,
  type Kv,
  type KvContext,
  type KvSnapshot,
  type MaybePromise,
  type Modify,
  noMemoryLocks,
  type WriteAdmission,
} from '@stratakv/core'
import { wholeRegion } from './memory-kv.ts'

/** A promise that the test settles. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((give, refuse) => {
    resolve = give
    reject = refuse
  })
  return { promise, resolve, reject }
}

export const context: KvContext = { regionId: wholeRegion.id }

/** A snapshot without data that counts those that are open. */
export function emptySnapshot(onRelease: () => void): KvSnapshot {
  return {
    region: wholeRegion,
    term: 1,
    locks: noMemoryLocks(),
    get: () => undefined,
    getMany: (_cf, keys) => keys.map(() => undefined),
    iterate: () => {
      throw new Error('this snapshot has no cursors')
    },
    release: onRelease,
  }
}

/** A Kv whose two calls do what the test says at the moment. By default both work at once. */
export interface ScriptedKv extends Kv {
  onSnapshot: (open: () => KvSnapshot) => MaybePromise<KvSnapshot>
  onWrite: (changes: readonly Modify[]) => Promise<void>
  openSnapshotCount: number
  readonly written: (readonly Modify[])[]
}

export function scriptedKv(): ScriptedKv {
  const kv: ScriptedKv = {
    openSnapshotCount: 0,
    written: [],
    onSnapshot: (open) => open(),
    onWrite: () => Promise.resolve(),
    snapshot: () =>
      kv.onSnapshot(() => {
        kv.openSnapshotCount++
        return emptySnapshot(() => {
          kv.openSnapshotCount--
        })
      }),
    write(_context, changes) {
      kv.written.push(changes)
      return kv.onWrite(changes)
    },
  }
  return kv
}

/** An admission that does what the test says, and keeps the account. */
export interface ScriptedAdmission extends WriteAdmission {
  onAdmit: () => 'go' | 'busy'
  onCharge: (writeBytes: number, deadline: Instant) => MaybePromise<'charged' | 'deadline'>
  /** Charged and not refunded. */
  balanceBytes: number
}

export function scriptedAdmission(): ScriptedAdmission {
  const admission: ScriptedAdmission = {
    balanceBytes: 0,
    onAdmit: () => 'go',
    onCharge: () => 'charged',
    admit: () => admission.onAdmit(),
    charge(writeBytes, deadline) {
      const note = (verdict: 'charged' | 'deadline') => {
        if (verdict === 'charged') admission.balanceBytes += writeBytes
        return verdict
      }
      const verdict = admission.onCharge(writeBytes, deadline)
      return typeof verdict === 'string' ? note(verdict) : verdict.then(note)
    },
    refund(writeBytes) {
      admission.balanceBytes -= writeBytes
    },
  }
  return admission
}
