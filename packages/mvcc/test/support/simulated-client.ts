import { maxTimestamp, type Timestamp } from '@stratakv/core'
import type { SeededRandom } from '@stratakv/testkit'
import {
  CommitTsExpiredError,
  checkSecondaryLock,
  checkTxnStatus,
  decodeKey,
  KeyIsLockedError,
  type LockInfo,
  MvccError,
  openScanner,
  pointGet,
  type ReadView,
} from '../../src/index.ts'
import type { NaiveSnapshots } from './naive-snapshots.ts'
import { bytes, key, longValue, type PercolatorStore, text } from './percolator-store.ts'

/** What all clients of one history share. */
export interface World {
  readonly store: PercolatorStore
  readonly model: NaiveSnapshots
  readonly names: readonly string[]
  /** The next timestamp. Time passes with these calls only. */
  tso(): Timestamp
  /** The last timestamp given out. */
  now(): Timestamp
  /** Prewrites that were sent, and may arrive once more at any time. */
  readonly sent: { readonly txn: SimulatedTxn; readonly again: () => Promise<unknown> }[]
}

/** A transaction whose client does one small step at a time, and may stop anywhere. */
export class SimulatedTxn {
  readonly startTs: Timestamp
  private readonly world: World
  private readonly writes = new Map<string, string | undefined>()
  private readonly isAsync: boolean
  private readonly promisesMinCommit: boolean
  private readonly prewritten: string[] = []
  private readonly committed: string[] = []
  private minCommitTs: Timestamp = 0n
  private commitTs: Timestamp = 0n
  isOver = false
  gaveUp = false

  constructor(world: World, random: SeededRandom) {
    this.world = world
    this.startTs = world.tso()
    this.isAsync = random.uint32() % 3 === 0
    this.promisesMinCommit = random.uint32() % 2 === 0
    for (let count = 1 + (random.uint32() % 3); count > 0; count--) {
      const name = world.names[random.uint32() % world.names.length]!
      const dice = random.uint32() % 5
      const value =
        dice === 0 ? undefined : dice === 1 ? text(longValue(`${name}@${this.startTs}`)) : `${name}@${this.startTs}`
      this.writes.set(name, value)
    }
  }

  /** Prewrites the next key, or commits the next key, the primary first. */
  async step(): Promise<void> {
    const names = [...this.writes.keys()]
    const next = names[this.prewritten.length]
    if (next !== undefined) await this.prewrite(next, names)
    else await this.commit(names[this.committed.length]!, names)
    if (this.committed.length === names.length) this.isOver = true
  }

  private get primary(): Uint8Array {
    return bytes([...this.writes.keys()][0]!)
  }

  private async prewrite(name: string, names: readonly string[]): Promise<void> {
    const value = this.writes.get(name)
    const secondaries = name === names[0] ? names.slice(1).map(bytes) : []
    const send = () =>
      this.world.store.prewrite(
        this.startTs,
        { name, kind: value === undefined ? 'delete' : 'put', value: bytes(value ?? '') },
        {
          primary: this.primary,
          lockTtlMs: 8,
          minCommitTs: this.promisesMinCommit ? this.startTs + 1n : 0n,
          commitKind: this.isAsync ? { type: 'async', maxCommitTs: 0n } : { type: 'two-phase' },
        },
        this.isAsync ? secondaries : undefined,
      )
    this.world.sent.push({ txn: this, again: send })
    try {
      const minCommitTs = await send()
      if (minCommitTs > this.minCommitTs) this.minCommitTs = minCommitTs
      this.prewritten.push(name)
      // With its last lock an async-commit transaction is committed, before anybody has heard of it.
      if (this.isAsync && this.prewritten.length === names.length) this.decide(this.minCommitTs)
    } catch (error) {
      if (!(error instanceof MvccError)) throw error
      if (error instanceof KeyIsLockedError) await resolve(this.world, error.lockInfo, this.world.now())
      await this.rollback()
    }
  }

  private async commit(name: string, names: readonly string[]): Promise<void> {
    // A step of its own: a reader that comes between must not be committed under.
    if (this.commitTs === 0n) {
      this.commitTs = this.world.tso()
      return
    }
    try {
      await this.world.store.commit(this.startTs, this.commitTs, name)
      if (name === names[0] && !this.isAsync) this.decide(this.commitTs)
      this.committed.push(name)
    } catch (error) {
      if (!(error instanceof MvccError)) throw error
      if (error instanceof CommitTsExpiredError) {
        // A reader was promised something: later, then.
        this.commitTs = this.world.tso()
        return
      }
      // Only before the transaction was decided may anything else go wrong.
      if (this.world.model.has(this.startTs)) throw error
      await this.rollback()
    }
  }

  private decide(commitTs: Timestamp): void {
    this.commitTs = commitTs
    if (!this.world.model.has(this.startTs)) {
      this.world.model.commit({ startTs: this.startTs, commitTs, writes: this.writes })
    }
  }

  private async rollback(): Promise<void> {
    this.isOver = true
    this.gaveUp = true
    for (const name of this.writes.keys()) await this.world.store.rollback(this.startTs, name)
  }
}

/**
 * Finds out what became of a lock's owner, as a client does that meets it, and ends the lock if the owner is at its end.
 * `passed`: the owner lives, but the caller may read as if the lock were not there.
 */
export async function resolve(
  world: World,
  lock: LockInfo,
  callerTs: Timestamp,
): Promise<'ended' | 'passed' | 'blocked'> {
  const { store } = world
  world.store.timestamps.updateMaxTs(callerTs === maxTimestamp ? 0n : callerTs)
  const primary = text(lock.primary)!
  const status = await store.act(lock.startTs, (reader, txn) =>
    checkTxnStatus(reader, txn, key(primary), {
      callerStartTs: callerTs,
      currentTs: world.now(),
      rollbackIfNotExist: true,
      forceSyncCommit: false,
      resolvingPessimisticLock: false,
    }),
  )
  const name = text(lock.key)!
  if (status.type === 'uncommitted') {
    if (status.lock.useAsyncCommit && isOver(status.lock, world.now())) {
      await resolveAsync(world, status.lock)
      return 'ended'
    }
    return status.minCommitTs === 'pushed' ? 'passed' : 'blocked'
  }
  await end(world, lock.startTs, status.type === 'committed' ? status.commitTs : 0n, name)
  return 'ended'
}

function isOver(lock: LockInfo, now: Timestamp): boolean {
  return (lock.startTs >> 18n) + BigInt(lock.ttlMs) < now >> 18n
}

async function resolveAsync(world: World, primary: LockInfo): Promise<void> {
  let commitTs = primary.minCommitTs
  let fate: 'locked' | 'rolled-back' = 'locked'
  for (const secondary of primary.secondaries) {
    const status = await world.store.act(primary.startTs, (reader, txn) =>
      checkSecondaryLock(reader, txn, key(text(secondary)!)),
    )
    if (status.type === 'rolled-back') fate = 'rolled-back'
    else if (status.type === 'committed') commitTs = status.commitTs
    else if (status.lock.minCommitTs > commitTs) commitTs = status.lock.minCommitTs
    if (status.type !== 'locked') break
  }
  for (const name of [primary.primary, ...primary.secondaries]) {
    await end(world, primary.startTs, fate === 'locked' ? commitTs : 0n, text(name)!)
  }
}

async function end(world: World, startTs: Timestamp, commitTs: Timestamp, name: string): Promise<void> {
  if (commitTs === 0n) await world.store.rollback(startTs, name)
  else await world.store.commit(startTs, commitTs, name)
}

/** Reads all keys at one timestamp, resolving what is in the way; keys that a living owner keeps locked are left out. */
export async function readAll(
  world: World,
  readTs: Timestamp,
  random: SeededRandom,
): Promise<Map<string, string | undefined>> {
  world.store.timestamps.updateMaxTs(readTs)
  const passed = new Set<Timestamp>()
  const view: ReadView = { readTs, isolation: 'si', resolvedLocks: passed }
  const read = random.uint32() % 2 === 0 ? readByKey : readByScan
  for (let attempt = 0; ; attempt++) {
    const { seen, locks } = await read(world, view, random)
    if (locks.length === 0 || attempt === attemptCountMax) return seen
    for (const lock of locks) {
      if ((await resolve(world, lock, readTs)) === 'passed') passed.add(lock.startTs)
    }
  }
}

const attemptCountMax = 3

interface Seen {
  readonly seen: Map<string, string | undefined>
  readonly locks: readonly LockInfo[]
}

async function readByKey(world: World, view: ReadView): Promise<Seen> {
  const seen = new Map<string, string | undefined>()
  const locks: LockInfo[] = []
  for (const name of world.names) {
    try {
      seen.set(name, text(await pointGet(world.store.engine, key(name), view)))
    } catch (error) {
      if (!(error instanceof KeyIsLockedError)) throw error
      locks.push(error.lockInfo)
    }
  }
  return { seen, locks }
}

async function readByScan(world: World, view: ReadView, random: SeededRandom): Promise<Seen> {
  const order = random.uint32() % 2 === 0 ? 'ascending' : 'descending'
  const scanner = openScanner(world.store.engine, { ...view, order })
  const entries = await scanner.scan({ limitCount: 1000 })
  scanner.close()
  const seen = new Map<string, string | undefined>(world.names.map((name) => [name, undefined]))
  const locks: LockInfo[] = []
  for (const { key: rawKey, value, error } of entries) {
    if (error === undefined) seen.set(text(rawKey)!, text(value))
    else {
      seen.delete(text(rawKey)!)
      if (error instanceof KeyIsLockedError) locks.push(error.lockInfo)
    }
  }
  return { seen, locks }
}

/** A prewrite arrives a second time, as networks have it. What it answers goes nowhere. */
export async function deliverAgain(world: World, random: SeededRandom, safePoint: Timestamp): Promise<void> {
  // GC removes the rollbacks that stop a late prewrite, trusting that nothing is under way from before its safe point.
  // And a client that gives up by itself has its answers: its rollbacks are not protected, as TiKV has it.
  const possible = world.sent.filter(({ txn }) => txn.startTs > safePoint && !txn.gaveUp)
  try {
    await possible[random.uint32() % Math.max(1, possible.length)]?.again()
  } catch (error) {
    if (!(error instanceof MvccError)) throw error
  }
}

/** Ends every lock there is, whatever its owner's age. */
export async function resolveAll(world: World): Promise<void> {
  for (const name of world.names) {
    const lock = world.store.lock(name)
    if (lock === undefined) continue
    await resolve(world, { ...lock, key: decodeKey(key(name)) }, 0n)
  }
}
